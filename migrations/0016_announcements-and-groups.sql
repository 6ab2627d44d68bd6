CREATE TABLE `announcement_receipts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`announcement_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`role` text NOT NULL,
	`outbox_id` integer,
	`told_at` integer NOT NULL,
	`acknowledged_at` integer,
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `announcement_receipts_once` ON `announcement_receipts` (`announcement_id`,`unit_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `announcement_receipts_person` ON `announcement_receipts` (`person_id`,`acknowledged_at`);--> statement-breakpoint
CREATE TABLE `announcement_tellings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`announcement_id` integer NOT NULL,
	`under_unit_id` integer NOT NULL,
	`told_at` integer,
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `announcement_tellings_open` ON `announcement_tellings` (`told_at`,`id`);--> statement-breakpoint
CREATE TABLE `announcements` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer,
	`unit_id` integer NOT NULL,
	`by_appointment_id` integer,
	`words` text NOT NULL,
	`letter_number` text,
	`reach` text NOT NULL,
	`passes_on_id` integer,
	`created_at` integer NOT NULL,
	`repeated_at` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `announcements_unit` ON `announcements` (`unit_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `announcements_once` ON `announcements` (`passes_on_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `chat_groups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`chat_id` text NOT NULL,
	`unit_id` integer NOT NULL,
	`linked_by_appointment_id` integer NOT NULL,
	`linked_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_groups_chat` ON `chat_groups` (`chat_id`);--> statement-breakpoint
CREATE TABLE `group_codes` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `weekly_cards` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`week` text NOT NULL,
	`outbox_id` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `weekly_cards_once` ON `weekly_cards` (`round_id`,`person_id`,`week`);