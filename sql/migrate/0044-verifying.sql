-- What was given or found out to verify who asks (desk/tbl/verifying.h), sealed apart
-- from the request and gone when the case closes (11 CCR 7060(d)).  Requests from before
-- have it beside the rest.
create table verifying (
	request_id @int not null primary key references request (id),
	sealed @blob not null
);
