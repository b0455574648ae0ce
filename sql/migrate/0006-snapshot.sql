-- What holds at a signed entry of the suppression log, for a machine that begins
-- to follow it (desk/follow_snapshot.h): signed hashes, and the blocks.  A block
-- is there before its snapshot is.
create table suppression_snapshot (
	seq @int primary key,
	at @int not null,
	hash @text not null,
	kinds @int not null,
	bits @int not null,
	keys @int not null,
	size @int not null,
	signature @text not null,
	blocks @blob not null
);

create table suppression_block (
	seq @int not null,
	n @int not null,
	bytes @blob not null,
	primary key (seq, n)
);
