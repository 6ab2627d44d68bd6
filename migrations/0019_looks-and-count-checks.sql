CREATE TABLE `count_checks` (
	`round_id` integer NOT NULL,
	`other_institution_id` integer NOT NULL,
	`total` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `other_institution_id`)
);
--> statement-breakpoint
CREATE TABLE `status_looks` (
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`seen` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `unit_id`, `person_id`)
);
