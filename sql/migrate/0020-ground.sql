-- The ground of a denial, beside the outcome: it is counted by the year when who
-- asked is long forgotten (11 CCR 7101(b), 7102(a)(2)).
alter table request add column ground @text not null default '';
