-- Opting in takes two separate acts (11 CCR 7028(a)): the nonce of the form that asked,
-- and the secret of the page that confirms.  Both only as keyed hashes.
create table opt_in (
	request_id @int primary key references request (id),
	asked_hash @blob not null unique,
	token_hash @blob not null unique
);
