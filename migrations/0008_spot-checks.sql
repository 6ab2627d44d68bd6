CREATE TABLE `spot_check_institutions` (
	`spot_check_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`position` integer NOT NULL,
	`note` text,
	`note_at` integer,
	`note_by_appointment_id` integer,
	PRIMARY KEY(`spot_check_id`, `institution_id`),
	FOREIGN KEY (`spot_check_id`) REFERENCES `spot_checks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `spot_check_institutions_institution` ON `spot_check_institutions` (`institution_id`);--> statement-breakpoint
CREATE TABLE `spot_check_pupils` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`spot_check_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`pupil_id` integer NOT NULL,
	`number` integer NOT NULL,
	`result` text,
	`note` text,
	`result_at` integer,
	`result_by_person_id` integer,
	`result_by_appointment_id` integer,
	FOREIGN KEY (`spot_check_id`) REFERENCES `spot_checks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pupil_id`) REFERENCES `pupils`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spot_check_pupils_once` ON `spot_check_pupils` (`spot_check_id`,`pupil_id`);--> statement-breakpoint
CREATE INDEX `spot_check_pupils_pupil` ON `spot_check_pupils` (`pupil_id`);--> statement-breakpoint
CREATE TABLE `spot_checks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`province_id` integer NOT NULL,
	`number` integer NOT NULL,
	`method` text NOT NULL,
	`seed` text NOT NULL,
	`seed_from` text NOT NULL,
	`frame` text NOT NULL,
	`frame_hash` text NOT NULL,
	`person_id` integer,
	`appointment_id` integer,
	`drawn_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`province_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spot_checks_number` ON `spot_checks` (`round_id`,`province_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `spot_checks_seed` ON `spot_checks` (`seed`);