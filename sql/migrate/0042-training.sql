-- What members of staff were trained on, and when (11 CCR 7100(a)); the last one of each
-- counts.  noted_by: who wrote it down, as in the audit trail.
create table training (
	id @id,
	staff_id @int not null references staff (id),
	trained_on @text not null,
	what @text not null,
	noted_at @int not null,
	noted_by @text not null
);
create index training_staff on training (staff_id, trained_on);
