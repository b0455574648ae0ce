-- create extension toyon;
\echo Use "create extension toyon" to load this file. \quit

-- Reasons as 'opt-out,deleted'; '' when clear; null when nothing is known: the
-- value is null or no identifier of its kind.
create function toyon_check(kind text, value text) returns text
	as 'MODULE_PATHNAME', 'toyon_sql_check'
	language c stable strict parallel safe cost 50;

-- May data of this person be sold or shared; null when nothing is known.
create function toyon_may_sell(email text) returns boolean
	as 'MODULE_PATHNAME', 'toyon_sql_may_sell_email'
	language c stable strict parallel safe cost 50;
create function toyon_may_sell(kind text, value text) returns boolean
	as 'MODULE_PATHNAME', 'toyon_sql_may_sell'
	language c stable strict parallel safe cost 50;

-- What the file in use knows: up to which entry of the suppression log, since
-- when, how many identifiers.
create function toyon_index(out generation bigint, out seq bigint,
	out built_at timestamptz, out keys bigint)
	as 'MODULE_PATHNAME', 'toyon_sql_index'
	language c stable parallel safe;

-- What the State's deletion lists hold of a value: the SHA-256 of what its rules
-- (drop/1.2.0) make of it; null when it gives no key.  It asks no index, and is
-- the same for ever: an index may stand on it.  Kinds of one part: email, phone,
-- maid, vin, ctvid, first, last, dob, zip.
create function toyon_drop_hash(kind text, value text) returns bytea
	as 'MODULE_PATHNAME', 'toyon_sql_drop_hash'
	language c immutable strict parallel safe cost 50;
-- namevin
create function toyon_drop_hash(kind text, first text, last text, vin text)
	returns bytea
	as 'MODULE_PATHNAME', 'toyon_sql_drop_hash'
	language c immutable strict parallel safe cost 100;
-- ndz
create function toyon_drop_hash(kind text, first text, last text, dob text,
	zip text) returns bytea
	as 'MODULE_PATHNAME', 'toyon_sql_drop_hash'
	language c immutable strict parallel safe cost 100;
