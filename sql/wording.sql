-- wording_last: many
-- out: name text, version int, sha256 text, program text, at int
select name, version, sha256, program, at from wording w
where version = (select max(version) from wording l where l.name = w.name)
order by name

-- wording_add: exec
-- in: name text, version int, sha256 text, program text, text text, at int
insert into wording (name, version, sha256, program, text, at)
values (:name, :version, :sha256, :program, :text, :at)

-- wording_list: many
-- out: name text, version int, sha256 text, program text, at int
select name, version, sha256, program, at from wording order by name, version

-- wording_text: one
-- version 0: the last.
-- in: name text, version int
-- out: version int, sha256 text, program text, text text, at int
select version, sha256, program, text, at from wording
where name = :name and (version = :version or :version = 0)
order by version desc limit 1
