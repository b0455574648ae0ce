-- Tasks that a person does, in a system that no program reaches.  holder: where
-- their letters go, which is theirs in the data map.
create table keeper (
	task_id @int primary key references task (id),
	holder @text not null,
	reminded_at @int not null default 0
);

-- The holder's way in: only the hash of the link's secret is kept.
create table keeper_link (
	token_hash @blob primary key,
	task_id @int not null references task (id),
	created_at @int not null
);
create index keeper_link_task on keeper_link (task_id);

-- Copies for an answer to a request to know, until the case closes.
create table keeper_file (
	id @id,
	request_id @int not null references request (id),
	task_id @int not null references task (id),
	place @text not null,
	bytes @int not null,
	is_text @int not null,
	added_at @int not null,
	sealed_name @blob not null,
	sealed @blob not null
);
create index keeper_file_task on keeper_file (task_id, id);
create index keeper_file_request on keeper_file (request_id);
