-- Asked for by one key or one request at a time, which a union that drops what is there
-- twice does not let through: all identifiers were read for each question.  Who asks
-- does not care about twice.
drop view hold_key;
drop view request_key;
create view request_key as
select request_id, id_key from request_identifier
union all
select request_id, id_key from request_found;

create view hold_key as
select h.id as hold_id, h.ended_at, r.id_key
from hold h join request_key r on r.request_id = h.request_id
where h.request_id > 0
union all
select h.id, h.ended_at, i.id_key
from hold h join hold_identifier i on i.hold_id = h.id;
