-- What a request that is verified shares with others, as keyed values that lead back to
-- nothing: to see patterns of fraud (11 CCR 7060(f), (g)).  Empty: not known.
create table trace (
	request_id @int not null primary key references request (id),
	at @int not null,
	network @text not null,
	mailbox @text not null,
	address @text not null,
	name @text not null,
	mismatched @int not null default 0
);
create index trace_network on trace (network, at) where network <> '';
create index trace_mailbox on trace (mailbox, at) where mailbox <> '';
create index trace_at on trace (at);
