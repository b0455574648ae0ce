-- What an API key may be used for: codes of tbl/scopes.h with blanks between them.
-- Empty: everything, as those made before.
alter table api_key add column scopes @text not null default '';
