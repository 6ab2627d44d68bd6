CREATE TABLE `wrong_codes` (
	`chat_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`chat_id`, `code_hash`)
);
--> statement-breakpoint
CREATE INDEX `wrong_codes_at` ON `wrong_codes` (`at`);