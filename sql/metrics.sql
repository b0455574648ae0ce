-- metric_counts: many
-- How the requests received in some days ended; what is open has no outcome.  A case that
-- opened itself for a minor is nobody's request, and what was taken up again was received
-- once.
-- in: from_on text, to_on text
-- out: kind text, outcome text, ground text, n int
select kind, case when closed_at > 0 then outcome else '' end, ground, count(*)
from request where received_on >= :from_on and received_on <= :to_on
	and channel <> 'found'
	and again_of = 0
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
	and again_of = 0
	and outcome in ('complied', 'part', 'nothing', 'denied')
	and channel <> 'found'
group by kind, received_on,
	(case when answered_at > 0 then answered_at else closed_at end) / 3600000
order by kind

-- metric_first: one
-- out: received_on text
select coalesce(min(received_on), '') from request where channel <> 'found'

-- metric_drop_cycles: many
-- Sessions with the State's platform that were opened in some days.
-- in: from_on text, to_on text
-- out: id int
select id from drop_cycle
where opened_on >= :from_on and opened_on <= :to_on and items > 0
	and source <> 'rehearsal'
order by id

-- metric_drop_days: many
-- In which hour (UTC) the platform took the first statuses of each session.
-- in: from_on text, to_on text
-- out: opened_on text, hour int, n int
select c.opened_on, u.said_at / 3600000, u.row_count
from drop_cycle c join drop_upload u on u.cycle_id = c.id
where c.opened_on >= :from_on and c.opened_on <= :to_on
	and u.is_amend = 0 and u.said_at > 0
	and u.state in ('accepted', 'exported') and u.outcome <> 'rejected'
	and c.source <> 'rehearsal'
order by c.opened_on, u.id
