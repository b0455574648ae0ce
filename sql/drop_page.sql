-- drop_page_way: many
-- Items of one session: by list, by how many people each matched (2: several),
-- by status, and whether that was answered.
-- in: cycle_id int
-- out: list int, people int, status int, is_sent int, is_revoked int, n int
select list, case when people > 1 then 2 else people end, status,
	case when status <> 0 and status = sent_status then 1 else 0 end,
	case when revoked_at > 0 then 1 else 0 end, count(*)
from drop_item where cycle_id = :cycle_id
group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
