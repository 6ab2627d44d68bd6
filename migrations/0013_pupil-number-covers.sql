DROP INDEX `pupils_number`;--> statement-breakpoint
CREATE INDEX `pupils_number` ON `pupils` (`round_id`,`key`,`institution_id`) WHERE gone_at is null and counts = 1 and number_kind <> 'waiting';