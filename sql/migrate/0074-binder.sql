-- The evidence file of a case (desk/binder.h).  sealed: the ZIP, under the request's key;
-- last: the case's entry of the audit trail that it ends with.
--
-- state: "wanted" the worker makes it; "stopped" it was not made, why says problem;
-- "made".
create table binder (
	request_id @int primary key references request (id),
	state @text not null,
	problem @text not null default '',
	last @int not null default 0,
	bytes @int not null default 0,
	sha256 @text not null default '',
	made_at @int not null default 0,
	sealed @blob not null
);
