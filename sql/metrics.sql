-- metric_counts: many
-- How the requests received in some days ended; what is open has no outcome.
-- in: from_on text, to_on text
-- out: kind text, outcome text, ground text, n int
select kind, case when closed_at > 0 then outcome else '' end, ground, count(*)
from request where received_on >= :from_on and received_on <= :to_on
group by kind, case when closed_at > 0 then outcome else '' end, ground
order by kind

-- metric_days: many
-- On which day each was received, and in which hour (UTC) its answer left.
-- in: from_on text, to_on text
-- out: kind text, received_on text, hour int, n int
select kind, received_on,
	(case when answered_at > 0 then answered_at else closed_at end) / 3600000,
	count(*)
from request
where received_on >= :from_on and received_on <= :to_on and closed_at > 0
	and outcome in ('complied', 'part', 'nothing', 'denied')
group by kind, received_on,
	(case when answered_at > 0 then answered_at else closed_at end) / 3600000
order by kind

-- metric_first: one
-- out: received_on text
select coalesce(min(received_on), '') from request
