-- statement_add: one
-- in: request_id int, item int, words int, given_at int, sealed_about blob, sealed blob
-- out: id int
insert into statement (request_id, item, words, given_at, sealed_about, sealed)
values (:request_id, :item, :words, :given_at, :sealed_about, :sealed)
returning id

-- statement_identifier_add: exec
-- in: id_key blob, statement_id int
insert into statement_identifier (id_key, statement_id)
values (:id_key, :statement_id)
on conflict do nothing

-- statement_of_request: many
-- in: request_id int
-- out: item int, words int, given_at int, sealed_about blob, sealed blob
select item, words, given_at, sealed_about, sealed from statement
where request_id = :request_id order by item

-- statement_of_key: many
-- in: id_key blob
-- out: id int, sealed_about blob, sealed blob
select s.id, s.sealed_about, s.sealed
from statement_identifier i join statement s on s.id = i.statement_id
where i.id_key = :id_key
order by s.id

-- statement_page: many
-- Those of everybody, by identifier, a page at a time.
-- in: after_key blob, after_id int, first int
-- out: id_key blob, id int, sealed_about blob, sealed blob
select i.id_key, s.id, s.sealed_about, s.sealed
from statement_identifier i join statement s on s.id = i.statement_id
where i.id_key > :after_key
	or (i.id_key = :after_key and s.id > :after_id)
order by i.id_key, s.id
limit :first

-- statement_any: one
-- Is there any at all?
-- out: any_there int
select case when exists (select 1 from statement_identifier) then 1 else 0 end

-- statement_forget: exec
-- Who is deleted has nothing left that it could be about.
-- in: id_key blob, nothing blob
update statement set sealed = :nothing, sealed_about = :nothing
where id in (
	select statement_id from statement_identifier where id_key = :id_key)

-- statement_identifier_forget: exec
-- in: id_key blob
delete from statement_identifier where statement_id in (
	select mine.statement_id from statement_identifier mine
	where mine.id_key = :id_key)
