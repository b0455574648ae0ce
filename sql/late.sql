-- late_requests: many
-- Open requests whose date to answer has passed, and nobody has noted it.
-- in: today text, first int
-- out: id int, reference text, due_on text
select id, reference, due_on from request
where closed_at = 0 and late_at = 0 and due_on <> '' and due_on < :today
order by due_on, id limit :first

-- late_request_noted: exec
-- 0 rows: another node was faster, or it was closed.
-- in: id int, at int
update request set late_at = :at
where id = :id and late_at = 0 and closed_at = 0

-- late_vendors: many
-- Companies that were told, and people who were asked, that have not answered by
-- their date.
-- in: today text, first int
-- out: id int, title text, reference text
select t.id, t.title, r.reference
from task t join request r on r.id = t.request_id
where t.done_at = 0 and t.late_at = 0
	and t.asked_at > 0 and t.due_on <> '' and t.due_on < :today
	and r.closed_at = 0
order by t.id limit :first

-- late_vendor_noted: exec
-- 0 rows: another node was faster, or the answer came.
-- in: id int, at int
update task set late_at = :at where id = :id and late_at = 0 and done_at = 0
