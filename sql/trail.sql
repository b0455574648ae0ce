-- trail_counts: one
-- What the console's rail says on every page.
-- in: today text
-- out: open int, late int
select (select count(*) from request where closed_at = 0 and due_on <> ''),
	(select count(*) from task t join request r on r.id = t.request_id
		where t.target = 'vendor' and t.done_at = 0 and t.due_on <> ''
			and t.due_on < :today and r.closed_at = 0)
