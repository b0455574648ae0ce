-- From here on it is taken down as well who says of somebody under an approved deletion that
-- they are deleted: of deletions up to this request nobody knows whether another one did.
insert into said_begin (request_id) select coalesce(max(id), 0) from request;
