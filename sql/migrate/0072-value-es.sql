-- How a value was estimated, in Spanish, for the notice in Spanish; '' where nobody wrote it.
alter table valuation add column how_es @text not null default '';
