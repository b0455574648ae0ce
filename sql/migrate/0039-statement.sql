-- What consumers said about information on their health that was not corrected
-- (desk/statement.h; 11 CCR 7023(f)).  sealed stands under the installation's key and
-- outlives the case: it is handed on with later disclosures.
create table statement (
	id @id,
	request_id @int not null references request (id),
	words @int not null,
	given_at @int not null,
	sealed @blob not null
);
create unique index statement_request on statement (request_id);

-- By whom it is found.
create table statement_identifier (
	id_key @blob not null,
	statement_id @int not null references statement (id),
	primary key (id_key, statement_id)
);
