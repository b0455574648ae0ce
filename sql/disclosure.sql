-- disclosure_add: one
-- in: at int, recipient text, title text, role text, purpose text, kept int, members int, mark text, log_seq int, in_sha256 text, out_sha256 text, receipt text
-- out: id int
insert into disclosure (at, recipient, title, role, purpose, kept, members,
	mark, log_seq, in_sha256, out_sha256, receipt)
values (:at, :recipient, :title, :role, :purpose, :kept, :members,
	:mark, :log_seq, :in_sha256, :out_sha256, :receipt)
returning id

-- disclosure_list: many
-- The batches of a span of time, oldest first, a page at a time by id.
-- in: after int, from_at int, to_at int, first int
-- out: id int, at int, recipient text, title text, role text, purpose text, kept int, mark text, out_sha256 text
select id, at, recipient, title, role, purpose, kept, mark, out_sha256
from disclosure
where id > :after and at >= :from_at and at < :to_at
order by id limit :first

-- disclosure_receipt: one
-- in: id int
-- out: receipt text
select receipt from disclosure where id = :id
