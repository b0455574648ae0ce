-- The CRM of "Lakeshore Leads"; the same text for SQLite and PostgreSQL.  A note
-- may be about two contacts.  Invoices are kept for the tax office, so nothing
-- but the number of the contact stands in them.

create table contact (
	id integer primary key,
	full_name text not null,
	company text,
	street text not null,
	city text not null,
	zip text not null,
	created_at timestamp not null
);

create table contact_email (
	id integer primary key,
	contact_id integer not null references contact (id),
	email text not null,
	label text not null
);
create index contact_email_contact on contact_email (contact_id);

create table contact_phone (
	id integer primary key,
	contact_id integer not null references contact (id),
	phone text not null,
	label text not null
);
create index contact_phone_contact on contact_phone (contact_id);

create table deal (
	id integer primary key,
	contact_id integer not null references contact (id),
	title text not null,
	amount integer not null,
	stage text not null,
	created_at timestamp not null
);
create index deal_contact on deal (contact_id);

create table note (
	id integer primary key,
	contact_id integer references contact (id),
	other_contact_id integer references contact (id),
	author text not null,
	body text not null,
	created_at timestamp not null
);
create index note_contact on note (contact_id);
create index note_other_contact on note (other_contact_id);

create table invoice (
	id integer primary key,
	contact_id integer not null,
	amount integer not null,
	billed_on date not null
);
create index invoice_contact on invoice (contact_id);
