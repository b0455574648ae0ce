-- notice_add: exec
-- in: kind text, version int, from_on text, sha256 text, text text, collected int, sold int, shared int, disclosed int, at int, published_by text
insert into notice (kind, version, from_on, sha256, text, collected, sold, shared,
	disclosed, at, published_by)
values (:kind, :version, :from_on, :sha256, :text, :collected, :sold, :shared,
	:disclosed, :at, :published_by)

-- notice_list: many
-- Every version, without its text, newest first.
-- out: kind text, version int, from_on text, sha256 text, collected int, sold int, shared int, disclosed int, at int, published_by text
select kind, version, from_on, sha256, collected, sold, shared, disclosed, at, published_by
from notice order by kind, version desc

-- notice_now: many
-- The version of each that is in force on that day.
-- in: today text
-- out: kind text, version int, from_on text
select kind, version, from_on from notice n
where version = (select max(l.version) from notice l
	where l.kind = n.kind and l.from_on <= :today)
order by kind

-- notice_text: one
-- in: kind text, version int
-- out: text text
select text from notice where kind = :kind and version = :version

-- notice_words_add: exec
-- in: kind text, version int, lang text, sha256 text, text text
insert into notice_words (kind, version, lang, sha256, text)
values (:kind, :version, :lang, :sha256, :text)

-- notice_words_list: many
-- Of every version, without the text.
-- out: kind text, version int, lang text, sha256 text
select kind, version, lang, sha256 from notice_words order by kind, version, lang

-- notice_words_of: many
-- Of one version.
-- in: kind text, version int
-- out: lang text, text text
select lang, text from notice_words where kind = :kind and version = :version
order by lang

-- notice_recipients: many
-- Who got lists since an instant, by the disclosure ledger; one of its purposes.
-- in: from_at int
-- out: recipient text, role text, purpose text
select recipient, role, min(purpose) as purpose from disclosure where at >= :from_at
group by recipient, role order by recipient, role

-- valuation_add: exec
-- in: method text, counts int, taken_off int, among int, country int, value int, how text, how_es text, at int, noted_by text
insert into valuation (method, counts, taken_off, among, country, value, how, how_es, at, noted_by)
values (:method, :counts, :taken_off, :among, :country, :value, :how, :how_es, :at, :noted_by)

-- valuation_list: many
-- Newest first.
-- out: id int, method text, counts int, taken_off int, among int, country int, value int, how text, how_es text, at int, noted_by text
select id, method, counts, taken_off, among, country, value, how, how_es, at, noted_by
from valuation order by id desc
