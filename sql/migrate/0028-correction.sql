-- What was corrected (desk/correct.h): a cell of a row in a system, what it held
-- and what it holds now.  `sealed` stands under the installation's key and
-- outlives the case: what was corrected has to stay so (11 CCR 7023(c)).  `what`
-- names the column in words, nothing personal; by_hand: staff wrote it, where the
-- worker could not.
create table correction (
	id @id,
	request_id @int not null references request (id),
	task_id @int not null references task (id),
	system @text not null,
	table_name @text not null,
	column_name @text not null,
	what @text not null,
	source @text not null,
	made_at @int not null,
	done_at @int not null default 0,
	by_hand @int not null default 0,
	sealed @blob not null
);
create index correction_task on correction (task_id);
create index correction_request on correction (request_id);

-- By whom a later list or copy is known to be about the same person.
create table correction_identifier (
	id_key @blob not null,
	correction_id @int not null references correction (id),
	primary key (id_key, correction_id)
);
