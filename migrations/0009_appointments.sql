CREATE TABLE `submissions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`seen_hash` text NOT NULL,
	`counted` integer NOT NULL,
	`state` text NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`tapped_at` integer NOT NULL,
	`word` text,
	`ended_by_person_id` integer,
	`ended_by_appointment_id` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_one_waiting` ON `submissions` (`round_id`,`unit_id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `submissions_unit` ON `submissions` (`round_id`,`unit_id`);--> statement-breakpoint
ALTER TABLE `confirm_runs` ADD `submission_id` integer;--> statement-breakpoint
ALTER TABLE `confirmations` ADD `certifier_person_id` integer;--> statement-breakpoint
ALTER TABLE `confirmations` ADD `certifier_appointment_id` integer;--> statement-breakpoint
ALTER TABLE `appointments` ADD `suspended_reason` text;--> statement-breakpoint
ALTER TABLE `appointments` ADD `replaced_by_appointment_id` integer;--> statement-breakpoint
ALTER TABLE `invitations` ADD `replaces_appointment_id` integer;