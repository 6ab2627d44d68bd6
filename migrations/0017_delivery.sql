CREATE TABLE `outbox_batches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`retry_key` text NOT NULL,
	`payload` text NOT NULL,
	`recipients` integer NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`first_tried_at` integer NOT NULL,
	`ended_at` integer,
	`line_request_id` text,
	`error` text
);
--> statement-breakpoint
CREATE TABLE `quota_months` (
	`month` text PRIMARY KEY NOT NULL,
	`quota` integer,
	`used` integer DEFAULT 0 NOT NULL,
	`read_at` integer DEFAULT 0 NOT NULL,
	`sent_since` integer DEFAULT 0 NOT NULL,
	`sent_by_us` integer DEFAULT 0 NOT NULL,
	`exhausted_at` integer
);
--> statement-breakpoint
CREATE TABLE `sending_lanes` (
	`lane` text PRIMARY KEY NOT NULL,
	`tokens` real NOT NULL,
	`counted_at` integer NOT NULL,
	`paused_until` integer DEFAULT 0 NOT NULL,
	`strikes` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD `batch_id` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `waits_for` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `of_act` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `reported_at` integer;--> statement-breakpoint
CREATE INDEX `outbox_pending` ON `outbox` (`urgency`,`id`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_pending_person` ON `outbox` (`line_user_id`,`urgency`,`id`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_pending_reply` ON `outbox` (`id`) WHERE state = 'pending' and channel = 'reply';--> statement-breakpoint
CREATE INDEX `outbox_batch` ON `outbox` (`batch_id`) WHERE batch_id is not null;--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`reported_at`,`id`) WHERE state = 'dead';