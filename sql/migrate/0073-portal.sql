-- Account holders who signed in again on the business's own site, and came with its word
-- (desk/portal.h).  Each row is one assertion, which serves once, and one browser.
--
-- account, network: keyed values, one way; network empty: not known, or an inner one.
-- sealed: the address of the account, under the secret of that browser.  ended_at: 0
-- while the browser may stay in.
create table portal_visit (
	token_hash @blob primary key,
	nonce_hash @blob not null unique,
	account @blob not null,
	network @text not null,
	sealed @blob not null,
	made_at @int not null,
	ended_at @int not null default 0
);
create index portal_visit_account on portal_visit (account, made_at);
create index portal_visit_made on portal_visit (made_at);
