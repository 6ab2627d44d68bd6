ALTER TABLE `reminders` ADD `unreachable` text;--> statement-breakpoint
ALTER TABLE `rounds` ADD `reminder_policy` text;