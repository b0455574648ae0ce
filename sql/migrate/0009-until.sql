-- When reasons of the suppression list end (desk/suppress_until.h): a row is
-- there for as long as its reason holds.  `reason` is one bit.
create table suppression_until (
	id_key @blob not null,
	reason @int not null,
	kind @text not null,
	until_at @int not null,
	primary key (id_key, reason)
);
create index suppression_until_at on suppression_until (until_at);

-- The purposes behind the locks of law/tbl/reasons.h (desk/purpose.h): what data
-- that is kept under an exception may be used for.
create table purpose_lock (
	lock @int primary key,
	purpose @text not null unique,
	since_at @int not null
);
