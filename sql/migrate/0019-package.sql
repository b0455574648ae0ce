-- The answer to a request to know (desk/package.h).  marks: what staff left out;
-- sealed: the ZIP; letter: its letter as a page of the site shows it; all three
-- under the request's key.
--
-- state: "" nothing was approved; "wanted" approved, the worker makes it;
-- "stopped" it was not made, why says problem; "made".
create table package (
	request_id @int primary key references request (id),
	state @text not null default '',
	problem @text not null default '',
	seen @text not null default '',
	marks @blob not null,
	sealed @blob not null,
	letter @blob not null,
	bytes @int not null default 0,
	rows_given @int not null default 0,
	is_whole @int not null default 0,
	is_specific @int not null default 0,
	made_at @int not null default 0,
	expires_on @text not null default ''
);

-- Who typed the fresh code: a browser's secret, as its hash.
create table package_visit (
	token_hash @blob primary key,
	request_id @int not null references request (id),
	made_at @int not null
);
create index package_visit_made on package_visit (made_at);
