CREATE TABLE `quota_pauses` (
	`payer` text NOT NULL,
	`bucket` text NOT NULL,
	`until` integer NOT NULL,
	`strikes` integer NOT NULL,
	PRIMARY KEY(`payer`, `bucket`)
);
--> statement-breakpoint
CREATE TABLE `quota_slots` (
	`payer` text NOT NULL,
	`bucket` text NOT NULL,
	`slot` integer NOT NULL,
	`used` integer NOT NULL,
	`granted_at` integer NOT NULL,
	PRIMARY KEY(`payer`, `bucket`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `roster_reads` (
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`read_at` integer NOT NULL,
	`previous_read_at` integer,
	`edited_at` integer,
	`last_editor` text,
	PRIMARY KEY(`round_id`, `institution_id`, `read_at`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `sheet_files` ADD `dirty_since` integer;--> statement-breakpoint
ALTER TABLE `sheet_files` ADD `looked_at` integer;