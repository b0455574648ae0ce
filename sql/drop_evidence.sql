-- drop_evidence_keys: many
-- Identifiers of items, and those that are held for one (list -1, unless they are
-- an item's own as well), a page at a time.  Each half has a whole page, so that
-- none is skipped.
-- in: after blob, first int
-- out: id_key blob, list int, kind text
select k.id_key, max(k.list), max(k.kind) from (
	select * from (
		select id_key, max(list) as list, '' as kind from drop_item
		where id_key > :after group by id_key order by id_key limit :first) i
	union all
	select * from (
		select id_key, -1 as list, max(kind) as kind from drop_hold
		where id_key > :after group by id_key order by id_key limit :first) h
	) k
group by k.id_key order by k.id_key limit :first

-- drop_evidence_log: many
-- What the platform's lists wrote into the suppression log within a period.
-- in: from_at int, to_at int
-- out: act text, kind text, n int, first_at int, last_at int
select act, kind, sum(length(id_key) / 32), min(at), max(at) from suppression
where source = 'drop' and at >= :from_at and at < :to_at
group by act, kind order by act, kind

-- drop_evidence_revoked: many
-- Withdrawals by the session that brought them.
-- out: cycle_id int, list int, n int
select revoked_in, list, count(*) from drop_item
where revoked_at > 0 group by revoked_in, list order by revoked_in, list

-- drop_evidence_audit: many
-- Entries of the audit trail about the State's lists within a period.
-- in: from_at int, to_at int
-- out: event text, n int, first_seq int, last_seq int
select event, count(*), min(seq), max(seq) from audit
where event like 'drop.%' and at >= :from_at and at < :to_at
group by event order by event

-- drop_evidence_statuses: many
-- What was withdrawn is one row of its list, whatever its status was.
-- in: cycle_id int
-- out: list int, status int, is_revoked int, n int, sent int
select list, case when revoked_at > 0 then 0 else status end,
	case when revoked_at > 0 then 1 else 0 end, count(*),
	coalesce(cast(sum(case when status <> 0 and status = sent_status
		then 1 else 0 end) as bigint), 0)
from drop_item where cycle_id = :cycle_id
group by 1, 2, 3 order by 1, 3, 2
