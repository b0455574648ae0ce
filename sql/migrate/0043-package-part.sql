-- The bytes of a package, a part each, under the request's key (desk/package_parts.h).
-- run: of the worker; parts of a run that did not end are no package's.
create table package_part (
	request_id @int not null references request (id),
	run @text not null,
	number @int not null,
	sealed @blob not null,
	primary key (request_id, run, number)
);
