CREATE TABLE `unit_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`what` text NOT NULL,
	`valid_from` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`from_parent_id` integer,
	`to_parent_id` integer,
	`merged_into_id` integer,
	`reason` text,
	`letter_number` text,
	`by_appointment_id` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `unit_changes_unit` ON `unit_changes` (`unit_id`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `unit_changes_from` ON `unit_changes` (`from_parent_id`);