-- Email that came to the business's own address, out of its Maildir (11 CCR 7020(e)).
-- digest: of the file, keyed: taken once.  state: 'open'; 'request', with the reference of
-- the one that it asks for or is about; 'none', it asks for nothing.  reply: what tells how
-- to make a request: 'waits', 'sent', 'failed', or 'none'.  sealed: sender, subject, text,
-- under a key of its own.
create table inbox (
	id @id,
	digest @text not null unique,
	received_at @int not null,
	taken_at @int not null,
	confirm_by @text not null,
	state @text not null default 'open',
	reference @text not null default '',
	handled_at @int not null default 0,
	keep_until @text not null default '',
	reply @text not null,
	reply_id @text not null,
	wrapped_key @blob not null,
	sealed @blob not null
);
create index inbox_open on inbox (received_at) where state = 'open';
create index inbox_reply on inbox (id) where reply = 'waits';
