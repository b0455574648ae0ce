-- The record of truth.  Instants are milliseconds UTC, 0 for never; legal days
-- are ISO dates in Pacific time.  What identifies a person stands only in
-- columns named `sealed` (secretbox, one key per request, wrapped by the master
-- key) and, keyed and one way, in columns named `id_key`.

create table setting (
	name @text primary key,
	value @text not null,
	changed_at @int not null,
	changed_by @text not null
);

create table staff (
	id @id,
	email @text not null unique,
	name @text not null,
	role @text not null,
	passphrase @text not null,
	created_at @int not null,
	disabled_at @int not null default 0
);

create table session (
	token_hash @blob primary key,
	staff_id @int not null references staff (id),
	csrf @text not null,
	created_at @int not null,
	seen_at @int not null
);

create table api_key (
	id @id,
	name @text not null,
	key_hash @blob not null unique,
	shown @text not null,
	created_at @int not null,
	used_at @int not null default 0,
	revoked_at @int not null default 0
);

-- How often something was tried in a window of time: sign-ins, codes, look-ups.
create table attempt (
	bucket @text not null,
	window_at @int not null,
	n @int not null,
	primary key (bucket, window_at)
);

-- What a consumer has typed so far; gone after two hours or when sent.
create table draft (
	token_hash @blob primary key,
	kind @text not null,
	sealed @blob not null,
	changed_at @int not null
);

create table request (
	id @id,
	reference @text not null unique,
	kind @text not null,
	channel @text not null,
	state @text not null,
	received_at @int not null,
	received_on @text not null,
	confirm_by @text not null,
	due_on @text not null,
	extendable_to @text not null,
	rule @text not null,
	receipt_confirmed_at @int not null default 0,
	email_confirmed_at @int not null default 0,
	approved_at @int not null default 0,
	answered_at @int not null default 0,
	closed_at @int not null default 0,
	outcome @text not null default '',
	owner_id @int not null default 0,
	is_test @int not null default 0,
	keep_until @text not null default '',
	wrapped_key @blob not null,
	sealed @blob not null
);
create index request_open on request (due_on, id) where closed_at = 0;
create index request_closed on request (closed_at) where closed_at > 0;

-- Keyed hashes of what the requester gave: to recognise the same person again.
create table request_identifier (
	request_id @int not null references request (id),
	kind @text not null,
	id_key @blob not null,
	primary key (request_id, kind, id_key)
);
create index request_identifier_key on request_identifier (id_key);

-- The 6-digit code that proves control of an e-mail address.
create table code (
	request_id @int primary key references request (id),
	code_hash @blob not null,
	made_at @int not null,
	tries @int not null default 0
);

-- One thing to be done somewhere else for a request: a system searched and
-- erased, a vendor told.  It is done when there is evidence, never before.
create table task (
	id @id,
	request_id @int not null references request (id),
	target @text not null,
	name @text not null,
	title @text not null,
	state @text not null,
	attempts @int not null default 0,
	due_on @text not null default '',
	created_at @int not null,
	asked_at @int not null default 0,
	done_at @int not null default 0,
	rows_found @int not null default 0,
	rows_erased @int not null default 0,
	problem @text not null default '',
	evidence @text not null default '',
	sealed @blob not null,
	unique (request_id, target, name)
);
create index task_open on task (state, due_on) where done_at = 0;

-- A vendor's way in: only the hash of the link's secret is kept.
create table vendor_link (
	token_hash @blob primary key,
	task_id @int not null references task (id),
	created_at @int not null,
	used_at @int not null default 0
);

-- Letters out: to the requester, to vendors.  Recipient, subject and text are
-- sealed with the request's key.
create table mail (
	id @id,
	request_id @int not null references request (id),
	task_id @int not null default 0,
	template @text not null,
	state @text not null,
	created_at @int not null,
	sent_at @int not null default 0,
	message_id @text not null default '',
	sealed @blob not null
);
create index mail_request on mail (request_id, id);

-- What runs later.  A job is leased, not taken: a worker that dies loses the
-- lease, and the next one goes on.  (kind, subject_id) is unique while open, so
-- that asking twice is asking once.
create table job (
	id @id,
	kind @text not null,
	subject_id @int not null,
	run_at @int not null,
	attempts @int not null default 0,
	lease_until @int not null default 0,
	lease_by @text not null default '',
	done_at @int not null default 0,
	problem @text not null default ''
);
create unique index job_once on job (kind, subject_id) where done_at = 0;
create index job_due on job (run_at) where done_at = 0;

-- The suppression log: append only, the index file is made from it.  The last
-- entry for an id_key is what holds.
create table suppression (
	seq @id,
	at @int not null,
	act @text not null,
	kind @text not null,
	id_key @blob not null,
	reasons @int not null,
	source @text not null,
	request_id @int not null default 0
);
create index suppression_key on suppression (id_key, seq);

-- One hash chain over everything that happened.  `line` is the entry's canonical
-- text, hash = SHA-256(previous hash as hex, newline, line).
create table audit (
	seq @int primary key,
	at @int not null,
	actor @text not null,
	event @text not null,
	reference @text not null,
	detail @text not null,
	line @text not null,
	hash @text not null
);
create index audit_reference on audit (reference, seq);

create table audit_head (
	one @int primary key,
	seq @int not null,
	hash @text not null
);
insert into audit_head (one, seq, hash) values (1, 0, '');

-- The head of the chain, signed (Ed25519) at intervals.
create table audit_seal (
	seq @int primary key,
	at @int not null,
	hash @text not null,
	signature @text not null
);

-- What is kept of a finished request: the six fields of 11 CCR 7101(b), the
-- evidence of each system and vendor, signed.  Nothing personal.
create table receipt (
	request_id @int primary key references request (id),
	at @int not null,
	body @text not null,
	signature @text not null
);
