-- consent_text_add: exec
-- in: purpose text, version int, since_version int, text text, sha256 text, at int
insert into consent_text (purpose, version, since_version, text, sha256, at)
values (:purpose, :version, :since_version, :text, :sha256, :at)

-- consent_text_last: one
-- in: purpose text
-- out: version int, since_version int, sha256 text
select version, since_version, sha256 from consent_text
where purpose = :purpose order by version desc limit 1

-- consent_text_list: many
-- out: purpose text, version int, since_version int, text text, sha256 text, at int
select purpose, version, since_version, text, sha256, at from consent_text
order by purpose, version

-- consent_add: exec
-- in: id_key blob, purpose text, version int, given int, actor text, at int
insert into consent (id_key, purpose, version, given, actor, at)
values (:id_key, :purpose, :version, :given, :actor, :at)

-- consent_last: one
-- What somebody said last.  The order is that of the ledger: clocks of nodes differ.
-- in: id_key blob, purpose text
-- out: version int, given int
select version, given from consent
where id_key = :id_key and purpose = :purpose
order by id desc limit 1

-- consent_last_at: one
-- The same of what was said up to an instant, to look back.
-- in: id_key blob, purpose text, at int
-- out: version int, given int
select version, given from consent
where id_key = :id_key and purpose = :purpose and at <= :at
order by id desc limit 1

-- consent_history: many
-- in: id_key blob
-- out: purpose text, version int, given int, actor text, at int
select purpose, version, given, actor, at from consent
where id_key = :id_key order by id

-- consent_count: one
-- How many consent now, by their last word, to a version that still counts.
-- in: purpose text, since_version int
-- out: n int
select count(*) as n from consent c
where c.purpose = :purpose and c.given = 1 and c.version >= :since_version
	and not exists (select 1 from consent l where l.id_key = c.id_key
		and l.purpose = c.purpose and l.id > c.id)
