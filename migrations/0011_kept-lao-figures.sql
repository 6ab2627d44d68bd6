CREATE TABLE `lao_figures` (
	`round_id` integer NOT NULL,
	`lao_id` integer NOT NULL,
	`complete` integer NOT NULL,
	`counted` integer NOT NULL,
	PRIMARY KEY(`round_id`, `lao_id`)
);
