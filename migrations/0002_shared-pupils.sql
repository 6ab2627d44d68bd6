CREATE TABLE `pupils_in_error` (
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`round_id`, `institution_id`, `key`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `shared_pupil_claims` (
	`shared_pupil_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`since` integer NOT NULL,
	`ended_at` integer,
	`ended_why` text,
	PRIMARY KEY(`shared_pupil_id`, `institution_id`),
	FOREIGN KEY (`shared_pupil_id`) REFERENCES `shared_pupils`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `shared_pupil_claims_institution` ON `shared_pupil_claims` (`institution_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `shared_pupil_steps` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`shared_pupil_id` integer NOT NULL,
	`act` text NOT NULL,
	`unit_id` integer NOT NULL,
	`keeper_id` integer,
	`word` text,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`shared_pupil_id`) REFERENCES `shared_pupils`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `shared_pupil_steps_question` ON `shared_pupil_steps` (`shared_pupil_id`,`act`);--> statement-breakpoint
CREATE TABLE `shared_pupils` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`key` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`superior_id` integer NOT NULL,
	`keeper_id` integer,
	`opened_at` integer NOT NULL,
	`resolved_at` integer,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`superior_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`keeper_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shared_pupils_key` ON `shared_pupils` (`round_id`,`key`);--> statement-breakpoint
CREATE INDEX `shared_pupils_superior` ON `shared_pupils` (`superior_id`,`state`);