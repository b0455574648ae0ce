-- document_add: exec
-- in: request_id int, use_code text, bytes int, given_at int, sealed blob
insert into document (request_id, use_code, bytes, given_at, sealed)
values (:request_id, :use_code, :bytes, :given_at, :sealed)

-- document_list: many
-- in: request_id int, use_code text
-- out: id int, bytes int, given_at int, destroyed_at int
select id, bytes, given_at, destroyed_at from document
where request_id = :request_id and use_code = :use_code
order by id

-- document_sealed: one
-- id 0: the only one of that use.
-- in: request_id int, use_code text, id int
-- out: bytes int, sealed blob
select bytes, sealed from document
where request_id = :request_id and use_code = :use_code
	and (id = :id or :id = 0)
order by id limit 1

-- document_discard: one
-- 0 rows: there is none, or it is gone already.
-- in: request_id int, use_code text, id int, at int, nothing blob
-- out: bytes int
update document set sealed = :nothing, destroyed_at = :at
where request_id = :request_id and use_code = :use_code and id = :id
	and destroyed_at = 0
returning bytes

-- document_destroy: exec
-- 0 rows: there was none, or they are gone already.
-- in: request_id int, use_code text, at int, nothing blob
update document set sealed = :nothing, destroyed_at = :at
where request_id = :request_id and use_code = :use_code and destroyed_at = 0
