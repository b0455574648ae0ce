-- drop_evidence_item_keys: many
-- Identifiers of items, a page at a time.
-- in: after blob, first int
-- out: id_key blob, list int
select id_key, min(list) from drop_item
where id_key > :after group by id_key order by id_key limit :first

-- drop_evidence_hold_keys: many
-- Identifiers that are held for an item and are no item's own.
-- in: after blob, first int
-- out: id_key blob, kind text
select h.id_key, min(h.kind) from drop_hold h
where h.id_key > :after
	and not exists (select 1 from drop_item i where i.id_key = h.id_key)
group by h.id_key order by h.id_key limit :first

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
-- in: cycle_id int
-- out: list int, status int, is_revoked int, n int, sent int
select list, status, case when revoked_at > 0 then 1 else 0 end, count(*),
	coalesce(cast(sum(case when status <> 0 and status = sent_status
		then 1 else 0 end) as bigint), 0)
from drop_item where cycle_id = :cycle_id
group by 1, 2, 3 order by 1, 2, 3
