CREATE TABLE `attestations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`content_hash` text NOT NULL,
	`counted` integer NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attestations_unit` ON `attestations` (`round_id`,`unit_id`,`component`);--> statement-breakpoint
CREATE TABLE `component_states` (
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`confirmation_id` integer,
	`reported_confirmation_id` integer,
	`reopened_times` integer DEFAULT 0 NOT NULL,
	`not_required_reason` text,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `unit_id`, `component`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `component_states_unit` ON `component_states` (`unit_id`);--> statement-breakpoint
CREATE TABLE `confirm_runs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`purpose` text NOT NULL,
	`step` text NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`inbox_id` integer,
	`seen_hash` text,
	`tapped_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`outcome` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `confirm_runs_open` ON `confirm_runs` (`step`,`not_before`);--> statement-breakpoint
CREATE INDEX `confirm_runs_unit` ON `confirm_runs` (`unit_id`,`step`);--> statement-breakpoint
CREATE TABLE `confirmations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`receipt_number` text NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`snapshot_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`tapped_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`committed_at` integer NOT NULL,
	`after_due_at` integer,
	`event_seq` integer NOT NULL,
	`head_hash` text NOT NULL,
	`cancelled_at` integer,
	`cancel_reason` text,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `confirmations_receipt` ON `confirmations` (`receipt_number`);--> statement-breakpoint
CREATE INDEX `confirmations_unit` ON `confirmations` (`round_id`,`unit_id`,`component`);--> statement-breakpoint
CREATE TABLE `lao_marks` (
	`round_id` integer NOT NULL,
	`lao_id` integer NOT NULL,
	`shown_hash` text NOT NULL,
	`appointment_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `lao_id`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lao_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reopening_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`confirmation_id` integer NOT NULL,
	`category` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`waiting_at_unit_id` integer,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reopening_one_open` ON `reopening_requests` (`round_id`,`unit_id`,`component`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `reopening_waiting` ON `reopening_requests` (`waiting_at_unit_id`,`state`);--> statement-breakpoint
CREATE TABLE `reopening_steps` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`request_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`act` text NOT NULL,
	`word` text,
	`person_id` integer,
	`appointment_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `reopening_requests`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reopening_steps_request` ON `reopening_steps` (`request_id`);--> statement-breakpoint
CREATE TABLE `snapshots` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`component` text NOT NULL,
	`hash` text NOT NULL,
	`counted` integer NOT NULL,
	`totals` text NOT NULL,
	`rows` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `snapshots_unit` ON `snapshots` (`round_id`,`unit_id`,`component`);--> statement-breakpoint
CREATE TABLE `commands` (
	`idempotency_key` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`person_id` integer,
	`result` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `conversations` (
	`line_user_id` text PRIMARY KEY NOT NULL,
	`appointment_id` integer,
	`expecting` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`webhook_event_id` text NOT NULL,
	`order_key` text NOT NULL,
	`event_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`body` text,
	`state` text DEFAULT 'new' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`error` text,
	`done_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_event` ON `inbox` (`webhook_event_id`);--> statement-breakpoint
CREATE INDEX `inbox_open` ON `inbox` (`state`,`order_key`,`id`);--> statement-breakpoint
CREATE INDEX `inbox_order` ON `inbox` (`order_key`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`line_user_id` text NOT NULL,
	`person_id` integer,
	`notice` text NOT NULL,
	`payload` text,
	`channel` text NOT NULL,
	`reply_token` text,
	`reply_token_until` integer,
	`retry_key` text NOT NULL,
	`urgency` integer DEFAULT 5 NOT NULL,
	`dedupe_key` text,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`first_tried_at` integer,
	`ended_at` integer,
	`line_request_id` text,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`state`,`not_before`);--> statement-breakpoint
CREATE INDEX `outbox_person` ON `outbox` (`line_user_id`,`id`);--> statement-breakpoint
CREATE TABLE `pending_actions` (
	`token` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`person_id` integer NOT NULL,
	`appointment_id` integer NOT NULL,
	`unit_id` integer,
	`round_id` integer,
	`input` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `pending_actions_expiry` ON `pending_actions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `pending_actions_person` ON `pending_actions` (`person_id`);--> statement-breakpoint
CREATE TABLE `reminders` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`moment` text NOT NULL,
	`owes` text NOT NULL,
	`outbox_id` integer,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_once` ON `reminders` (`round_id`,`moment`,`unit_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `appointments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`order_number` text,
	`order_date` text,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`suspended_at` integer,
	`granted_by_appointment_id` integer,
	`ended_reason` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `appointments_unit` ON `appointments` (`unit_id`,`role`);--> statement-breakpoint
CREATE INDEX `appointments_person` ON `appointments` (`person_id`);--> statement-breakpoint
CREATE TABLE `google_addresses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`email` text NOT NULL,
	`state` text DEFAULT 'unchecked' NOT NULL,
	`created_at` integer NOT NULL,
	`replaced_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `google_addresses_person` ON `google_addresses` (`person_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code_hash` text NOT NULL,
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`person_name` text,
	`order_number` text,
	`order_date` text,
	`created_by_appointment_id` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`appointment_id` integer,
	`revoked_at` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_code` ON `invitations` (`code_hash`);--> statement-breakpoint
CREATE INDEX `invitations_unit` ON `invitations` (`unit_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`telephone` text,
	`line_user_id` text,
	`line_display_name` text,
	`blocked_at` integer,
	`thai_numerals` integer DEFAULT false NOT NULL,
	`quiet_from` integer,
	`quiet_to` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_line_user` ON `people` (`line_user_id`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`version` integer NOT NULL,
	`round_id` integer,
	`unit_id` integer,
	`person_id` integer,
	`appointment_id` integer,
	`data` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_unit` ON `events` (`unit_id`,`seq`);--> statement-breakpoint
CREATE INDEX `events_person` ON `events` (`person_id`,`seq`);--> statement-breakpoint
CREATE TABLE `installation` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `quota_ledger` (
	`identity` text NOT NULL,
	`bucket` text NOT NULL,
	`minute` integer NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`identity`, `bucket`, `minute`)
);
--> statement-breakpoint
CREATE TABLE `count_sheets` (
	`round_id` integer NOT NULL,
	`lao_id` integer NOT NULL,
	`version` integer NOT NULL,
	`content_hash` text NOT NULL,
	`errors` integer NOT NULL,
	`unexplained_warnings` integer NOT NULL,
	`unchecked` integer NOT NULL,
	`total` integer NOT NULL,
	`rows` integer NOT NULL,
	`read_at` integer NOT NULL,
	`edited_at` integer,
	`last_editor` text,
	PRIMARY KEY(`round_id`, `lao_id`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lao_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `holds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`content_hash` text NOT NULL,
	`missing` integer NOT NULL,
	`out_of` integer NOT NULL,
	`missing_pupil_ids` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by_appointment_id` integer,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `holds_institution` ON `holds` (`round_id`,`institution_id`,`state`);--> statement-breakpoint
CREATE TABLE `other_counts` (
	`round_id` integer NOT NULL,
	`other_institution_id` integer NOT NULL,
	`baseline` integer,
	`baseline_date` text,
	`current` integer,
	`checked` integer DEFAULT false NOT NULL,
	`reason` text,
	`read_at` integer,
	PRIMARY KEY(`round_id`, `other_institution_id`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_institution_id`) REFERENCES `other_institutions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `other_institutions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`lao_id` integer NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`affiliation` text NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`lao_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `other_institutions_code` ON `other_institutions` (`lao_id`,`code`);--> statement-breakpoint
CREATE TABLE `pupil_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pupil_id` integer NOT NULL,
	`change` text NOT NULL,
	`previous_read_at` integer,
	`read_at` integer NOT NULL,
	`last_editor` text,
	`former_key` text,
	FOREIGN KEY (`pupil_id`) REFERENCES `pupils`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pupil_changes_pupil` ON `pupil_changes` (`pupil_id`);--> statement-breakpoint
CREATE TABLE `pupils` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`key` text NOT NULL,
	`number_kind` text NOT NULL,
	`row` integer NOT NULL,
	`row_hash` text NOT NULL,
	`data` text NOT NULL,
	`grade` text NOT NULL,
	`sex` text NOT NULL,
	`status` text NOT NULL,
	`counts` integer NOT NULL,
	`first_seen_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`gone_at` integer,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pupils_key` ON `pupils` (`round_id`,`institution_id`,`key`);--> statement-breakpoint
CREATE TABLE `roster_problems` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`row` integer NOT NULL,
	`column_key` text,
	`severity` text NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	`explained` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `roster_problems_unit` ON `roster_problems` (`round_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `rosters` (
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`version` integer NOT NULL,
	`content_hash` text NOT NULL,
	`counted` integer NOT NULL,
	`errors` integer NOT NULL,
	`unexplained_warnings` integer NOT NULL,
	`totals` text NOT NULL,
	`read_at` integer NOT NULL,
	`edited_at` integer,
	`last_editor` text,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `institution_id`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `agreements` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`institution_id` integer NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_by_appointment_id` integer NOT NULL,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`answered_at` integer,
	`answered_by_appointment_id` integer,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `agreements_institution` ON `agreements` (`round_id`,`institution_id`);--> statement-breakpoint
CREATE TABLE `extensions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round_id` integer NOT NULL,
	`scope` text NOT NULL,
	`unit_id` integer,
	`until` integer NOT NULL,
	`reason` text NOT NULL,
	`letter_number` text NOT NULL,
	`by_appointment_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `extensions_round` ON `extensions` (`round_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `rounds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`school_year` integer NOT NULL,
	`term` integer NOT NULL,
	`carries_round_id` integer,
	`as_of` text NOT NULL,
	`recording_opens_at` integer NOT NULL,
	`confirming_opens_at` integer NOT NULL,
	`institution_due_at` integer NOT NULL,
	`lao_due_at` integer NOT NULL,
	`other_counts_due_at` integer NOT NULL,
	`province_due_at` integer NOT NULL,
	`recording_closes_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`letter_number` text,
	`letter_date` text,
	`help_desk` text,
	`baseline_date` text,
	`assumed` text NOT NULL,
	`clauses` text NOT NULL,
	`active` integer DEFAULT false NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_code` ON `rounds` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_one_active` ON `rounds` (`active`) WHERE active = 1;--> statement-breakpoint
CREATE TABLE `change_feeds` (
	`drive_id` text PRIMARY KEY NOT NULL,
	`page_token` text NOT NULL,
	`polled_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sheet_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`round_id` integer NOT NULL,
	`kind` text NOT NULL,
	`spreadsheet_id` text,
	`data_tab_id` integer,
	`report_tab_id` integer,
	`state` text NOT NULL,
	`state_reason` text,
	`locked` integer DEFAULT false NOT NULL,
	`lock_wanted` integer DEFAULT false NOT NULL,
	`content_hash` text,
	`report_hash` text,
	`drive_version` text,
	`edited_at` integer,
	`last_editor` text,
	`dirty_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`read_at` integer,
	`shared_with` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sheet_files_unit` ON `sheet_files` (`round_id`,`unit_id`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `sheet_files_spreadsheet` ON `sheet_files` (`spreadsheet_id`);--> statement-breakpoint
CREATE INDEX `sheet_files_dirty` ON `sheet_files` (`dirty_at`);--> statement-breakpoint
CREATE TABLE `unit_codes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` integer NOT NULL,
	`code` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `unit_codes_unit` ON `unit_codes` (`unit_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `unit_codes_code` ON `unit_codes` (`code`,`valid_from`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`level` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`parent_id` integer,
	`district` text,
	`telephone` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`merged_into_id` integer,
	`certifier_required` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`,`level`);--> statement-breakpoint
CREATE INDEX `units_level` ON `units` (`level`);