-- One kind of letter for each language in which it is written: its language stood in the name
-- of three kinds, which nothing reads any more.  lang: of a letter from before its language was
-- sealed with it; '' of every other.
alter table mail add column lang @text not null default '';
update mail set lang = 'es'
where template in ('code_es', 'code_sms_es', 'package_es');
update mail set template = 'code' where template = 'code_es';
update mail set template = 'code_sms' where template = 'code_sms_es';
update mail set template = 'package' where template = 'package_es';
