CREATE TABLE `invitation_pages` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`invitation_id` integer NOT NULL,
	`sealed_code` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rich_menu_links` (
	`line_user_id` text PRIMARY KEY NOT NULL,
	`rich_menu_id` text NOT NULL,
	`at` integer NOT NULL,
	`refused` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rich_menu_links_menu` ON `rich_menu_links` (`rich_menu_id`);--> statement-breakpoint
CREATE TABLE `rich_menus` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rich_menu_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` text NOT NULL,
	`ready_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rich_menus_richMenuId_unique` ON `rich_menus` (`rich_menu_id`);