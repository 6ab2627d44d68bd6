DROP INDEX `inbox_open`;--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`state`,`order_key`,`id`) WHERE state <> 'done';