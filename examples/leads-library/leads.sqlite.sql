-- The lead exchange of "Lakeshore Leads", for SQLite: people who asked for an
-- offer on a web page, how they can be reached, what they asked for, and what
-- the staff wrote down.

create table person (
	id integer primary key,
	first_name text not null,
	last_name text not null,
	birth_date date,
	street text not null,
	city text not null,
	state text not null,
	zip text not null,
	ssn text,
	source text not null,
	created_at timestamp not null
);

create table person_email (
	id integer primary key,
	person_id integer not null references person (id),
	email text not null,
	is_confirmed integer not null
);
create index person_email_person on person_email (person_id);

create table person_phone (
	id integer primary key,
	person_id integer not null references person (id),
	phone text not null,
	line text not null
);
create index person_phone_person on person_phone (person_id);

create table lead (
	id integer primary key,
	person_id integer not null references person (id),
	product text not null,
	amount integer not null,
	ip_address text not null,
	page text not null,
	created_at timestamp not null
);
create index lead_person on lead (person_id);

create table lead_note (
	id integer primary key,
	lead_id integer not null references lead (id),
	author text not null,
	body text not null,
	created_at timestamp not null
);
create index lead_note_lead on lead_note (lead_id);
