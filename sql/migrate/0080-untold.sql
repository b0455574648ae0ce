-- Why a company could not be told of what was asked, as the letter says it (11 CCR 7022(b)(3)),
-- sealed: the queue knows without opening it whether staff have written it.
alter table task add column untold @blob not null default '';
