-- Who erases in a system now: one run at a time.  Of a run that was killed it ends by itself.
create table expiry_lease (
	system @text primary key,
	held_by @text not null,
	held_until @int not null
);
