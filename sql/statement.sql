-- statement_add: one
-- in: request_id int, words int, given_at int, sealed blob
-- out: id int
insert into statement (request_id, words, given_at, sealed)
values (:request_id, :words, :given_at, :sealed)
returning id

-- statement_identifier_add: exec
-- in: id_key blob, statement_id int
insert into statement_identifier (id_key, statement_id)
values (:id_key, :statement_id)
on conflict do nothing

-- statement_of_request: one
-- in: request_id int
-- out: words int, given_at int, sealed blob
select words, given_at, sealed from statement where request_id = :request_id

-- statement_of_key: many
-- in: id_key blob
-- out: id int, sealed blob
select s.id, s.sealed
from statement_identifier i join statement s on s.id = i.statement_id
where i.id_key = :id_key
order by s.id

-- statement_any: one
-- Is there any at all?
-- out: any_there int
select case when exists (select 1 from statement_identifier) then 1 else 0 end

-- statement_forget: exec
-- Who is deleted has nothing left that it could be about.
-- in: id_key blob, nothing blob
update statement set sealed = :nothing
where id in (
	select statement_id from statement_identifier where id_key = :id_key)

-- statement_identifier_forget: exec
-- in: id_key blob
delete from statement_identifier where statement_id in (
	select mine.statement_id from statement_identifier mine
	where mine.id_key = :id_key)
