-- trace_add: exec
-- in: request_id int, at int, network text, mailbox text, address text, name text
insert into trace (request_id, at, network, mailbox, address, name)
values (:request_id, :at, :network, :mailbox, :address, :name)

-- trace_of: one
-- in: request_id int
-- out: at int, network text, mailbox text
select at, network, mailbox from trace where request_id = :request_id

-- trace_mismatched: exec
-- Did what was typed match nowhere?  0 rows: the request leaves no trace.
-- in: request_id int, mismatched int
update trace set mismatched = :mismatched where request_id = :request_id

-- trace_count: one
-- Of one network, or of one mailbox: the other is empty.  A name or an address that was
-- not given differs from none.
-- in: network text, mailbox text, from_at int, to_at int
-- out: requests int, addresses int, names int, mismatches int
select count(*), count(distinct case when address <> '' then address end),
	count(distinct case when name <> '' then name end),
	count(case when mismatched = 1 then 1 end)
from trace
where ((network = :network and network <> '')
		or (mailbox = :mailbox and mailbox <> ''))
	and at between :from_at and :to_at

-- trace_purge: exec
-- in: before int
delete from trace where at < :before
