CREATE TABLE `findings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`snapshot_id` integer NOT NULL,
	`row` integer,
	`pupil` text NOT NULL,
	`pupil_hash` text,
	`how` text NOT NULL,
	`found_on` text NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `findings_institution` ON `findings` (`round_id`,`institution_id`);--> statement-breakpoint
CREATE TABLE `held_acts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`input` text NOT NULL,
	`tapped_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_at` integer,
	`decided_by_person_id` integer,
	`decided_by_appointment_id` integer,
	`word` text,
	`outcome` text,
	`run_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `held_acts_state` ON `held_acts` (`round_id`,`state`);--> statement-breakpoint
CREATE INDEX `held_acts_unit` ON `held_acts` (`unit_id`);--> statement-breakpoint
CREATE TABLE `overview_looks` (
	`round_id` integer NOT NULL,
	`lao_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`shown_hash` text NOT NULL,
	`seen` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `lao_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `extension_endings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`extension_id` integer NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`letter_number` text NOT NULL,
	`by_appointment_id` integer,
	FOREIGN KEY (`extension_id`) REFERENCES `extensions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `extension_endings_one` ON `extension_endings` (`extension_id`);--> statement-breakpoint
CREATE TABLE `extension_tellings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`extension_id` integer NOT NULL,
	`what` text NOT NULL,
	`province_id` integer NOT NULL,
	`told_at` integer,
	FOREIGN KEY (`extension_id`) REFERENCES `extensions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`province_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `extension_tellings_once` ON `extension_tellings` (`extension_id`,`what`,`province_id`);--> statement-breakpoint
CREATE INDEX `extension_tellings_open` ON `extension_tellings` (`told_at`);--> statement-breakpoint
ALTER TABLE `confirm_runs` ADD `held_act_id` integer;