CREATE TABLE `drifts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`confirmation_id` integer NOT NULL,
	`content_hash` text NOT NULL,
	`unreadable_pupil_ids` text DEFAULT '[]' NOT NULL,
	`found_at` integer NOT NULL,
	`ended_at` integer,
	`ending` text,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drifts_one_open` ON `drifts` (`round_id`,`unit_id`,`component`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `drifts_unit` ON `drifts` (`unit_id`);--> statement-breakpoint
ALTER TABLE `sheet_files` ADD `lock_wanted_for` text;--> statement-breakpoint
ALTER TABLE `sheet_files` ADD `locked_for` text;