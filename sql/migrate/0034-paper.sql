-- How a letter leaves: 'email', 'sms', or 'paper': then it waits until staff have
-- printed and posted it.
alter table mail add column way @text not null default 'email';
create index mail_paper on mail (id) where way = 'paper' and state = 'waiting';
