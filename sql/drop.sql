-- drop_cycle_add: one
-- in: state text, source text, opened_at int, opened_on text, opened_by text, rule text, next_by text, act_by text, profile text
-- out: id int
insert into drop_cycle (state, is_open, source, opened_at, opened_on, opened_by,
	rule, next_by, act_by, profile)
values (:state, 1, :source, :opened_at, :opened_on, :opened_by,
	:rule, :next_by, :act_by, :profile)
returning id

-- drop_cycle_date: exec
-- in: id int, opened_on text, rule text, next_by text, act_by text
update drop_cycle set opened_on = :opened_on, rule = :rule, next_by = :next_by,
	act_by = :act_by
where id = :id

-- drop_cycle_by_id: one
-- in: id int
-- out: id int, state text, is_open int, source text, opened_at int, opened_on text, opened_by text, rule text, next_by text, act_by text, profile text, asked_at int, again_at int, zip_name text, zip_size int, zip_sha256 text, archive text, received_at int, imported_at int, items int, removed int, pass_id int, approved_at int, approved_by text, matched_at int, acted_at int, uploaded_at int, validated_at int, closed_at int, problem text
select id, state, is_open, source, opened_at, opened_on, opened_by, rule, next_by,
	act_by, profile, asked_at, again_at, zip_name, zip_size, zip_sha256,
	archive, received_at, imported_at, items, removed, pass_id, approved_at,
	approved_by, matched_at, acted_at, uploaded_at, validated_at, closed_at,
	problem
from drop_cycle where id = :id

-- drop_cycle_last: one
-- out: id int
select id from drop_cycle order by id desc limit 1

-- drop_cycle_hold: one
-- The same row, held until the transaction ends.
-- in: id int
-- out: state text, is_open int, pass_id int, zip_sha256 text, imported_at int
-- sqlite:
select state, is_open, pass_id, zip_sha256, imported_at
from drop_cycle where id = :id
-- postgres:
select state, is_open, pass_id, zip_sha256, imported_at
from drop_cycle where id = :id for update

-- drop_cycle_list: many
-- Newest first.
-- in: first int
-- out: id int
select id from drop_cycle order by id desc limit :first

-- drop_cycle_by_zip: one
-- in: zip_sha256 text
-- out: id int
select max(id) from drop_cycle where zip_sha256 = :zip_sha256
having max(id) is not null

-- drop_cycle_state: exec
-- in: id int, was text, state text, is_open int, at int, matched int, acted int, uploaded int, validated int, closed int
update drop_cycle set state = :state, is_open = :is_open, problem = '',
	matched_at = case when :matched = 1 then :at else matched_at end,
	acted_at = case when :acted = 1 then :at else acted_at end,
	uploaded_at = case when :uploaded = 1 then :at else uploaded_at end,
	validated_at = case when :validated = 1 then :at else validated_at end,
	closed_at = case when :closed = 1 then :at else closed_at end
where id = :id and state = :was

-- drop_cycle_asked: exec
-- in: id int, asked_at int, again_at int, problem text
update drop_cycle set asked_at = :asked_at, again_at = :again_at,
	problem = :problem
where id = :id

-- drop_cycle_ready: exec
-- The platform told by itself: whoever waits need not wait longer.
update drop_cycle set again_at = 0 where is_open = 1 and received_at = 0

-- drop_cycle_received: exec
-- Whoever asked first: a session is of the platform whose lists came, or one by hand.
-- in: id int, zip_name text, zip_size int, zip_sha256 text, archive text, at int, source text
update drop_cycle set zip_name = :zip_name, zip_size = :zip_size,
	zip_sha256 = :zip_sha256, archive = :archive, received_at = :at,
	again_at = 0, problem = '', source = :source
where id = :id and received_at = 0

-- drop_cycle_received_instead: exec
-- Other lists than those that were refused: nothing of them was taken up.
-- in: id int, zip_name text, zip_size int, zip_sha256 text, archive text, at int, source text
update drop_cycle set zip_name = :zip_name, zip_size = :zip_size,
	zip_sha256 = :zip_sha256, archive = :archive, received_at = :at,
	again_at = 0, problem = '', source = :source
where id = :id and received_at > 0 and imported_at = 0
	and not exists (select 1 from drop_item
		where cycle_id = :id or revoked_in = :id)

-- drop_cycle_imported: exec
-- in: id int, items int, removed int, at int
update drop_cycle set items = :items, removed = :removed, imported_at = :at
where id = :id and imported_at = 0

-- drop_cycle_pass: exec
-- in: id int, pass_id int
update drop_cycle set pass_id = :pass_id where id = :id

-- drop_cycle_approved: exec
-- in: id int, at int, approved_by text
update drop_cycle set approved_at = :at, approved_by = :approved_by
where id = :id and approved_at = 0

-- drop_cycle_problem: exec
-- in: id int, problem text
update drop_cycle set problem = :problem where id = :id

-- drop_file_add: exec
-- in: cycle_id int, name text, list int, items int, sha256 text
insert into drop_file (cycle_id, name, list, items, sha256)
values (:cycle_id, :name, :list, :items, :sha256)
on conflict do nothing

-- drop_file_list: many
-- in: cycle_id int
-- out: name text, list int, items int, sha256 text
select name, list, items, sha256 from drop_file
where cycle_id = :cycle_id order by list, name

-- drop_item_put: exec
-- n packed items of 46 bytes: list (two digits), ID, keyed hash.  One that came with a former
-- batch is asked for anew: it is owed once more, and what was decided stays,
-- unless the consumer had withdrawn.  The second time of the same batch changes
-- nothing.
-- in: n int, packed blob, cycle_id int
-- sqlite:
with recursive place (i) as (
	select 0 union all select i + 1 from place where i + 1 < :n)
insert into drop_item (id, list, id_key, cycle_id)
select cast(substr(:packed, i * 46 + 3, 12) as text),
	cast(cast(substr(:packed, i * 46 + 1, 2) as text) as integer),
	substr(:packed, i * 46 + 15, 32), :cycle_id
from place where true
on conflict (id) do update set
	list = excluded.list, id_key = excluded.id_key,
	cycle_id = excluded.cycle_id, upload_id = 0, put_status = 0,
	sent_status = 0,
	status = case when drop_item.revoked_at = 0
		and drop_item.id_key = excluded.id_key
		then drop_item.status else 0 end,
	revoked_at = 0, revoked_in = 0
where drop_item.cycle_id <> excluded.cycle_id
-- postgres:
insert into drop_item (id, list, id_key, cycle_id)
select convert_from(substr(p.packed, i * 46 + 3, 12), 'UTF8'),
	convert_from(substr(p.packed, i * 46 + 1, 2), 'UTF8')::int,
	substr(p.packed, i * 46 + 15, 32), p.cycle_id
from (select :packed::bytea as packed, :cycle_id::bigint as cycle_id) p,
	generate_series(0, :n::int - 1) i
on conflict (id) do update set
	list = excluded.list, id_key = excluded.id_key,
	cycle_id = excluded.cycle_id, upload_id = 0, put_status = 0,
	sent_status = 0,
	status = case when drop_item.revoked_at = 0
		and drop_item.id_key = excluded.id_key
		then drop_item.status else 0 end,
	revoked_at = 0, revoked_in = 0
where drop_item.cycle_id <> excluded.cycle_id

-- drop_item_revoke: exec
-- Stamped after its release stands in the suppression log, in one transaction.
-- in: id text, at int, cycle_id int
update drop_item set revoked_at = :at, revoked_in = :cycle_id, reasons = 0
where id = :id and revoked_at = 0

-- drop_item_add_revoked: exec
-- A withdrawal of an item that never came: kept, so that it is not taken up
-- when an older batch is imported later.
-- in: id text, list int, id_key blob, at int, cycle_id int
insert into drop_item (id, list, id_key, cycle_id, revoked_at, revoked_in)
values (:id, :list, :id_key, :cycle_id, :at, :cycle_id)
on conflict do nothing

-- drop_item_by_id: one
-- in: id text
-- out: id text, list int, id_key blob, cycle_id int, revoked_at int, people int, status int, reasons int, upload_id int, sent_status int
select id, list, id_key, cycle_id, revoked_at, people, status, reasons, upload_id,
	sent_status
from drop_item where id = :id

-- drop_item_active: many
-- What is matched: a page at a time, by id.
-- in: after text, first int
-- out: id text, list int, id_key blob
select id, list, id_key from drop_item
where id > :after and revoked_at = 0 order by id limit :first

-- drop_item_active_count: one
-- out: n int
select count(*) from drop_item where revoked_at = 0

-- drop_item_nothing: exec
-- Not found: every system that may hold this list was looked at to its end, and
-- nothing has the identifier.  Up to and with an id.
-- in: list int, after text, upto text, pass_id int, at int, reasons int
update drop_item set status = 5, people = 0, decided_at = :at,
	decided_pass = :pass_id
where list = :list and id > :after and id <= :upto and status = 0
	and revoked_at = 0 and reasons = :reasons
	and not exists (select 1 from drop_match m
		where m.item_id = drop_item.id and m.pass_id = :pass_id)

-- drop_item_cut_short: exec
-- Deleted in a look that became too old before all of it was carried out, and
-- found nowhere since: deleted, which is not "not found".
-- in: list int, pass_id int, at int
update drop_item set status = 3, decided_at = :at, decided_pass = :pass_id
where list = :list and revoked_at = 0 and status in (0, 5)
	and id in (select m.item_id from drop_match m
		join drop_pass p on p.id = m.pass_id
		where p.stale_at > 0 and (m.fate = 'erased'
			or (m.fate = 'begun' and m.leads_on = 3)))
	and cycle_id <= (select max(p.cycle_id) from drop_match m
		join drop_pass p on p.id = m.pass_id
		where m.item_id = drop_item.id and p.stale_at > 0
			and (m.fate = 'erased'
				or (m.fate = 'begun' and m.leads_on = 3)))
	and not exists (select 1 from drop_match m
		where m.item_id = drop_item.id and m.pass_id = :pass_id)

-- drop_item_wants: exec
-- What items of a list are to hold in the suppression log, by how many people
-- they matched in this look, in the system with the most.  Who was matched in
-- exempt rows only counts when nobody else was, and as one.  For nobody and for
-- one person an item keeps what it has or gets `one`; for several, `several`.
-- What several people had stays theirs (status 4): when one of them is deleted by
-- another identifier, nobody knows whether the one who is left asked.
-- in: list int, after text, upto text, pass_id int, one int, several int
update drop_item set
	people = (select case when coalesce(max(s.n), 0) > 1 then max(s.n)
			when count(*) = 0 then 0
			when drop_item.status = 4 then 2 else 1 end
		from (select count(distinct case when m.is_exempt = 0
				then m.person_key end) as n
			from drop_match m
			where m.item_id = drop_item.id and m.pass_id = :pass_id
				and m.fate <> 'released'
			group by m.system) s),
	reasons = (select case when coalesce(max(s.n), 0) > 1
				or drop_item.status = 4 then :several
			when count(*) > 0 or drop_item.status = 0 then :one
			else drop_item.reasons end
		from (select count(distinct case when m.is_exempt = 0
				then m.person_key end) as n
			from drop_match m
			where m.item_id = drop_item.id and m.pass_id = :pass_id
				and m.fate <> 'released'
			group by m.system) s)
where list = :list and id > :after and id <= :upto and revoked_at = 0
	and (status = 0 or exists (select 1 from drop_match m
		where m.item_id = drop_item.id and m.pass_id = :pass_id))

-- drop_item_page: one
-- The end of the next page of a list's active items; no row after the last.
-- in: list int, after text, first int
-- out: upto text, n int
select max(id), count(*) from (
	select id from drop_item where list = :list and id > :after
		and revoked_at = 0
	order by id limit :first) p
having count(*) > 0

-- drop_item_settle: exec
-- What became of the people an item matched: decided when all of it is done.
-- One person: deleted, or exempt when nothing could be deleted; what was deleted
-- once is not called exempt later.  Several: opted out.
-- in: list int, after text, upto text, pass_id int, at int
update drop_item set decided_at = :at, decided_pass = :pass_id,
	status = case
		when people > 1 then 4
		when exists (select 1 from drop_match m
			where m.item_id = drop_item.id and m.pass_id = :pass_id
				and m.fate = 'erased') then 3
		when status = 3 then 3
		else 2 end
where list = :list and id > :after and id <= :upto and revoked_at = 0
	and people > 0 and decided_pass <> :pass_id
	and exists (select 1 from drop_match m
		where m.item_id = drop_item.id and m.pass_id = :pass_id
			and m.fate <> 'known')
	and not exists (select 1 from drop_match m
		where m.item_id = drop_item.id and m.pass_id = :pass_id
			and m.fate = '')

-- drop_page_wants: many
-- What active items and their holds say of the identifiers of a page of items:
-- the bits of one and of several people (law/reason.h).
-- in: list int, after text, upto text, one int, several int
-- out: id_key blob, wanted int
select p.id_key,
	coalesce(max(i.reasons & :one), 0)
	| coalesce(max(i.reasons & :several), 0)
	| coalesce((select max(h.reasons) from drop_hold h
		where h.id_key = p.id_key), 0)
from (select distinct id_key from drop_item
	where list = :list and id > :after and id <= :upto) p
left join drop_item i on i.id_key = p.id_key and i.revoked_at = 0
group by p.id_key

-- drop_wanted: one
-- What the platform's items say of one identifier: the bits of one and of several
-- people (law/reason.h).
-- in: id_key blob, but_id text, one int, several int
-- out: one int, several int, held int
select coalesce((select max(i.reasons & :one)
		from drop_item i where i.id_key = :id_key and i.revoked_at = 0
			and i.id <> :but_id), 0),
	coalesce((select max(i.reasons & :several)
		from drop_item i where i.id_key = :id_key and i.revoked_at = 0
			and i.id <> :but_id), 0),
	coalesce((select max(h.reasons) from drop_hold h
		where h.id_key = :id_key and h.item_id <> :but_id), 0)

-- drop_hold_add: exec
-- in: item_id text, id_key blob, kind text, reasons int, at int
insert into drop_hold (item_id, id_key, kind, reasons, at)
values (:item_id, :id_key, :kind, :reasons, :at)
on conflict do nothing

-- drop_hold_of: many
-- in: item_id text
-- out: id_key blob, kind text, reasons int
select id_key, kind, reasons from drop_hold
where item_id = :item_id order by id_key

-- drop_hold_drop: exec
-- in: item_id text
delete from drop_hold where item_id = :item_id

-- drop_hold_spent: many
-- Items that opted several people out once and now match one, or nobody new.
-- in: pass_id int, first int
-- out: item_id text
select distinct h.item_id from drop_hold h
join drop_item i on i.id = h.item_id
where i.people = 1 and i.revoked_at = 0
	and exists (select 1 from drop_match m
		where m.item_id = i.id and m.pass_id = :pass_id)
order by h.item_id limit :first

-- drop_pass_add: one
-- in: cycle_id int, is_screen int, started_at int, items int, profile text, check_vectors int, check_failed int
-- out: id int
insert into drop_pass (cycle_id, is_screen, started_at, items, profile,
	check_vectors, check_failed)
values (:cycle_id, :is_screen, :started_at, :items, :profile,
	:check_vectors, :check_failed)
returning id

-- drop_pass_by_id: one
-- in: id int
-- out: id int, cycle_id int, is_screen int, started_at int, matched_at int, acted_at int, stale_at int, approved_at int, items int, profile text, check_vectors int, check_failed int
select id, cycle_id, is_screen, started_at, matched_at, acted_at, stale_at,
	approved_at, items, profile, check_vectors, check_failed
from drop_pass where id = :id

-- drop_pass_list: many
-- in: cycle_id int
-- out: id int, is_screen int, started_at int, matched_at int, acted_at int, items int, profile text, check_vectors int, check_failed int
select id, is_screen, started_at, matched_at, acted_at, items, profile,
	check_vectors, check_failed
from drop_pass where cycle_id = :cycle_id order by id

-- drop_pass_open_screen: one
-- A screening that was begun and not carried through; when a system of it that is
-- left was tried last.
-- out: id int, started_at int, matched_at int, approved_at int, tried_at int
select p.id, p.started_at, p.matched_at, p.approved_at,
	coalesce((select max(l.started_at) from drop_look l
		where l.pass_id = p.id and l.done_at = 0), 0)
from drop_pass p
where p.is_screen = 1 and p.acted_at = 0 and p.stale_at = 0
order by p.id desc limit 1

-- drop_pass_last: one
-- When everything held was looked at to its end last; 0: never.
-- out: matched_at int
select coalesce(max(matched_at), 0) from drop_pass

-- drop_pass_stale: exec
-- in: id int, at int
update drop_pass set stale_at = :at
where id = :id and acted_at = 0 and stale_at = 0

-- drop_pass_approved: exec
-- in: id int, at int, approved_by text
update drop_pass set approved_at = :at, approved_by = :approved_by
where id = :id and approved_at = 0

-- drop_pass_decides: one
-- Whether companies are to be told of anything that was decided in a look.
-- in: id int
-- out: n int
select count(*) from (
	select 1 from drop_item
	where decided_pass = :id and status in (3, 4) limit 1) i

-- drop_pass_acts: one
-- in: id int
-- out: n int
select count(*) from (
	select 1 from drop_act where pass_id = :id limit 1) a

-- drop_pass_matched: exec
-- in: id int, at int
update drop_pass set matched_at = :at where id = :id and matched_at = 0

-- drop_pass_acted: exec
-- in: id int, at int
update drop_pass set acted_at = :at where id = :id and acted_at = 0

-- drop_look_add: exec
-- in: pass_id int, system text, title text, lists int
insert into drop_look (pass_id, system, title, lists)
values (:pass_id, :system, :title, :lists)
on conflict do nothing

-- drop_look_list: many
-- in: pass_id int
-- out: system text, title text, lists int, tries int, started_at int, done_at int, records int, keys int, no_key int, matches int, report text, problem text
select system, title, lists, tries, started_at, done_at, records, keys, no_key,
	matches, report, problem
from drop_look where pass_id = :pass_id order by system

-- drop_look_begun: exec
-- in: pass_id int, system text, at int
update drop_look set started_at = :at, tries = tries + 1, problem = ''
where pass_id = :pass_id and system = :system and done_at = 0

-- drop_look_done: exec
-- in: pass_id int, system text, at int, records int, keys int, no_key int, report text
update drop_look set done_at = :at, records = :records, keys = :keys,
	no_key = :no_key, report = :report, problem = '',
	matches = (select count(*) from drop_match m
		where m.pass_id = :pass_id and m.system = :system)
where pass_id = :pass_id and system = :system and done_at = 0

-- drop_look_failed: exec
-- in: pass_id int, system text, problem text
update drop_look set problem = :problem
where pass_id = :pass_id and system = :system and done_at = 0

-- drop_look_missing: one
-- Systems not looked at to their end, of those that may hold this list (a bit);
-- and how many there are in all.
-- in: pass_id int, bit int
-- out: missing int, able int
select coalesce(cast(sum(case when done_at = 0 then 1 else 0 end) as bigint), 0),
	count(*)
from drop_look where pass_id = :pass_id and lists & :bit <> 0

-- drop_match_add: exec
-- An item that was withdrawn meanwhile matches nobody.  Other items of the same
-- list may have the same hash: they match as well.  What went before of who is matched
-- again is not forgotten (drop_led_keep).
-- in: pass_id int, item_id text, system text, held_in text, is_exempt int, person_key blob, sealed blob
insert into drop_match (pass_id, item_id, system, held_in, is_exempt, person_key,
	sealed, leads_on, led_rows)
select :pass_id, i.id, :system, :held_in, :is_exempt, :person_key, :sealed,
	coalesce((select max(b.leads_on) from drop_led_begun b
		where b.item_id = i.id and b.system = :system
			and b.person_key = :person_key), 0),
	coalesce((select max(b.led_rows) from drop_led_begun b
		where b.item_id = i.id and b.system = :system
			and b.person_key = :person_key), 0)
from drop_item it join drop_item i
	on i.id_key = it.id_key and i.list = it.list and i.revoked_at = 0
where it.id = :item_id
on conflict do nothing

-- drop_match_people: many
-- People of one system who are deleted: one of their items matched nobody else.
-- Somebody may come several times, one after the other; people of one table stand
-- together.  After whom was told last: who stays open is not told again.
-- in: pass_id int, system text, after_in text, after_key blob, first int
-- out: person_key blob, held_in text, sealed blob
select m.person_key, m.held_in, m.sealed
from drop_match m
where m.pass_id = :pass_id and m.system = :system and m.fate = ''
	and exists (select 1 from drop_item i
		where i.id = m.item_id and i.people = 1 and i.revoked_at = 0)
	and (m.held_in, m.person_key) > (:after_in, :after_key)
order by m.held_in, m.person_key, m.id limit :first

-- drop_match_is_row: one
-- Did any look ever match this row, as whomever, and not see it erased?  What becomes of it
-- is decided by that.
-- in: system text, person_key blob
-- out: n int
select count(*) from (select 1 from drop_match
	where system = :system and person_key = :person_key
		and fate <> 'erased' limit 1) x

-- drop_match_erased: exec
-- The items for which this person was matched alone.
-- in: pass_id int, system text, person_key blob, fate text, act_id int, at int
update drop_match set fate = :fate, act_id = :act_id, at = :at
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = '' and exists (select 1 from drop_item i
		where i.id = drop_match.item_id and i.people = 1)

-- drop_match_several: many
-- Who is opted out in one system, for each item that says so.
-- in: pass_id int, system text, first int
-- out: id int, item_id text, held_in text, person_key blob, sealed blob
select m.id, m.item_id, m.held_in, m.person_key, m.sealed
from drop_match m
where m.pass_id = :pass_id and m.system = :system and m.fate = ''
	and exists (select 1 from drop_item i
		where i.id = m.item_id and i.people > 1 and i.revoked_at = 0)
order by m.held_in, m.person_key, m.id limit :first

-- drop_match_fate: exec
-- in: id int, fate text, act_id int, at int
update drop_match set fate = :fate, act_id = :act_id, at = :at
where id = :id and fate = ''

-- drop_match_release: exec
-- The consumer withdrew: nothing is done any more on this item.
-- in: item_id text, at int
update drop_match set fate = 'released', at = :at
where item_id = :item_id and fate = ''

-- drop_match_counts: many
-- What a look found, by system and table: people once.  alone: whose rows are to
-- go; who was matched alone in rows that the data map keeps is neither alone nor
-- several, and so is everybody until it is decided how many people an item matched.
-- in: pass_id int
-- out: system text, held_in text, people int, alone int, several int, erased int, kept int, opted_out int, open int
select p.system, p.held_in, count(*),
	coalesce(cast(sum(p.alone) as bigint), 0),
	coalesce(cast(sum(p.several) as bigint), 0),
	coalesce(cast(sum(p.erased) as bigint), 0),
	coalesce(cast(sum(p.kept) as bigint), 0),
	coalesce(cast(sum(p.opted_out) as bigint), 0),
	coalesce(cast(sum(p.is_open) as bigint), 0)
from (
	select m.system, m.held_in, m.person_key,
		max(case when i.people = 1 and m.is_exempt = 0 then 1
			else 0 end) as alone,
		min(case when i.people > 1 then 1 else 0 end) as several,
		max(case when m.fate = 'erased' then 1 else 0 end) as erased,
		max(case when m.fate in ('kept', 'held') then 1 else 0 end)
			as kept,
		max(case when m.fate = 'opted-out' then 1 else 0 end) as opted_out,
		max(case when m.fate = '' then 1 else 0 end) as is_open
	from drop_match m join drop_item i on i.id = m.item_id
	where m.pass_id = :pass_id and m.fate not in ('known', 'begun')
	group by m.system, m.held_in, m.person_key) p
group by p.system, p.held_in order by p.system, p.held_in

-- drop_match_forget: exec
-- What was left open in looks that were looked at again; some of it at a time.
-- in: first int
delete from drop_match where id in (
	select m.id from drop_match m
	join drop_pass p on p.id = m.pass_id and p.stale_at > 0
	where m.fate in ('', 'known') order by m.id limit :first)

-- drop_match_known_drop: exec
-- What repeats an earlier look, some of it at a time: there is nothing to do.
-- in: pass_id int, first int
delete from drop_match where id in (
	select id from drop_match_known
	where pass_id = :pass_id order by id limit :first)

-- drop_match_known_aside: exec
-- What repeats an earlier look of somebody who was matched alone, some of it at a
-- time: nothing is to be done, but it tells who somebody else of this look is.
-- in: pass_id int, first int
update drop_match set fate = 'known' where id in (
	select k.id from drop_match_known k
	join drop_match m on m.id = k.id
	join drop_item i on i.id = m.item_id and i.people = 1
	where k.pass_id = :pass_id order by k.id limit :first)

-- drop_match_aside_drop: exec
-- Some of it at a time, when nobody of the look is open any more.
-- in: pass_id int, first int
delete from drop_match where id in (
	select id from drop_match where pass_id = :pass_id and fate = 'known'
	order by id limit :first)

-- drop_match_new: one
-- Whether a look has open matches that repeat no earlier one.
-- in: pass_id int
-- out: n int
select count(*) from (
	select 1 from drop_match m join drop_item i on i.id = m.item_id
	where m.pass_id = :pass_id and m.fate = '' and i.revoked_at = 0
		and not exists (select 1 from drop_match_known k
			where k.id = m.id)
	limit 1) f

-- drop_match_standing: many
-- Who was matched alone in a row of one system that the data map keeps, and kept before.
-- As drop_match_people.
-- in: pass_id int, system text, after_in text, after_key blob, first int
-- out: person_key blob, held_in text, sealed blob
select m.person_key, m.held_in, m.sealed
from drop_match m
where m.pass_id = :pass_id and m.system = :system and m.fate = ''
	and m.is_exempt = 1
	and exists (select 1 from drop_item i
		where i.id = m.item_id and i.people = 1)
	and exists (select 1 from drop_match_known k where k.id = m.id)
	and (m.held_in, m.person_key) > (:after_in, :after_key)
order by m.held_in, m.person_key, m.id limit :first

-- drop_match_leads: exec
-- leads_on: 1, rows that go belong to it; 4, whether any do could not be asked.
-- in: pass_id int, system text, person_key blob, leads_on int
update drop_match set leads_on = :leads_on
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = '' and leads_on = 0

-- drop_match_unasked: exec
-- All that drop_match_standing hands out of the system.
-- in: pass_id int, system text, leads_on int
update drop_match set leads_on = :leads_on
where pass_id = :pass_id and system = :system and fate = '' and is_exempt = 1
	and leads_on = 0
	and exists (select 1 from drop_item i
		where i.id = drop_match.item_id and i.people = 1)
	and exists (select 1 from drop_match_known k
		where k.id = drop_match.id)

-- drop_match_open: one
-- in: pass_id int
-- out: n int
select count(*) from drop_match m join drop_item i on i.id = m.item_id
where m.pass_id = :pass_id and m.fate = '' and i.revoked_at = 0

-- drop_match_of_item: many
-- in: item_id text
-- out: pass_id int, system text, held_in text, person_key blob, fate text, act_id int, at int
select pass_id, system, held_in, person_key, fate, act_id, at from drop_match
where item_id = :item_id order by id

-- drop_act_add: one
-- in: pass_id int, system text, act text, at int, people int, rows_planned int, rows_gone int, rows_kept int, identifiers int, is_proven int, evidence text
-- out: id int
insert into drop_act (pass_id, system, act, at, people, rows_planned, rows_gone,
	rows_kept, identifiers, is_proven, evidence)
values (:pass_id, :system, :act, :at, :people, :rows_planned, :rows_gone,
	:rows_kept, :identifiers, :is_proven, :evidence)
returning id

-- drop_act_done: exec
-- in: id int, at int, people int, rows_gone int, is_proven int, evidence text
update drop_act set at = :at, people = :people, rows_gone = :rows_gone,
	is_proven = :is_proven, evidence = :evidence
where id = :id

-- drop_act_list: many
-- in: pass_id int, after int, first int
-- out: id int, system text, act text, at int, people int, rows_planned int, rows_gone int, rows_kept int, identifiers int, is_proven int, evidence text
select id, system, act, at, people, rows_planned, rows_gone, rows_kept,
	identifiers, is_proven, evidence
from drop_act where pass_id = :pass_id and id > :after order by id limit :first

-- drop_act_sums: many
-- in: pass_id int
-- out: system text, act text, people int, rows_gone int, rows_kept int, identifiers int, unproven int
select system, act, coalesce(cast(sum(people) as bigint), 0),
	coalesce(cast(sum(rows_gone) as bigint), 0),
	coalesce(cast(sum(rows_kept) as bigint), 0),
	coalesce(cast(sum(identifiers) as bigint), 0),
	coalesce(cast(sum(1 - is_proven) as bigint), 0)
from drop_act where pass_id = :pass_id
group by system, act order by system, act

-- drop_upload_add: one
-- in: cycle_id int, list int, is_amend int, name text, row_count int, made_at int
-- out: id int
insert into drop_upload (cycle_id, list, is_amend, name, row_count, state, made_at)
values (:cycle_id, :list, :is_amend, :name, :row_count, 'made', :made_at)
returning id

-- drop_upload_name: exec
-- in: id int, name text, row_count int
update drop_upload set name = :name, row_count = :row_count where id = :id

-- drop_upload_take: exec
-- Puts items into a file: decided, not answered with this status, and in no
-- other file that waits.  is_amend: answered before, with another status.
-- in: upload_id int, list int, is_amend int, first int
update drop_item set upload_id = :upload_id, put_status = status
where id in (
	select i.id from drop_item i
	where i.list = :list and i.revoked_at = 0 and i.status <> 0
		and i.status <> i.sent_status
		and (case when i.sent_status = 0 then 0 else 1 end) = :is_amend
		and not exists (select 1 from drop_upload u
			where u.id = i.upload_id and u.state in ('made', 'exported'))
	order by i.id limit :first)

-- drop_upload_rows: many
-- in: upload_id int, after text, first int
-- out: id text, status int
select id, put_status from drop_item
where upload_id = :upload_id and id > :after order by id limit :first

-- drop_upload_sha: exec
-- in: id int, sha256 text, state text
update drop_upload set sha256 = :sha256, state = :state
where id = :id and state = 'made'

-- drop_upload_open: many
-- Files whose fate at the platform is not known.
-- in: cycle_id int
-- out: id int, list int, is_amend int, name text, row_count int, sha256 text, state text, is_unheard int
select id, list, is_amend, name, row_count, sha256, state, is_unheard
from drop_upload
where cycle_id = :cycle_id and state in ('made', 'exported') order by id

-- drop_upload_tried: exec
-- Before it goes: from here on the platform may have it without our hearing of it.
-- in: id int
update drop_upload set tries = tries + 1, is_unheard = 1 where id = :id

-- drop_upload_heard: exec
-- The platform said that it takes nothing.
-- in: id int
update drop_upload set is_unheard = 0 where id = :id

-- drop_upload_said: exec
-- in: id int, state text, said_at int, is_repeated int, message text
update drop_upload set state = :state, said_at = :said_at,
	is_repeated = :is_repeated, message = :message
where id = :id and state in ('made', 'exported')

-- drop_item_sent: exec
-- in: upload_id int, at int
update drop_item set was_status = sent_status, sent_status = put_status,
	sent_at = :at
where upload_id = :upload_id

-- drop_item_unsend: exec
-- The file was refused: its items wait for another one.
-- in: upload_id int
update drop_item set upload_id = 0, put_status = 0, sent_status = 0, sent_at = 0
where upload_id = :upload_id

-- drop_item_unput: exec
-- The file was not taken: its items keep what was answered before.
-- in: upload_id int
update drop_item set upload_id = 0, put_status = 0 where upload_id = :upload_id

-- drop_item_unamend: exec
-- Rows of a correction that was taken were refused: what was answered before holds
-- at the platform, and the correction is owed again.
-- in: upload_id int
update drop_item set upload_id = 0, put_status = 0, sent_status = was_status
where upload_id = :upload_id and was_status <> 0

-- drop_upload_list: many
-- in: cycle_id int
-- out: id int, list int, is_amend int, name text, row_count int, sha256 text, state text, made_at int, tries int, said_at int, is_repeated int, message text, outcome text, outcome_at int, outcome_by text, outcome_message text
select id, list, is_amend, name, row_count, sha256, state, made_at, tries, said_at,
	is_repeated, message, outcome, outcome_at, outcome_by, outcome_message
from drop_upload where cycle_id = :cycle_id order by id

-- drop_upload_by_name: one
-- in: name text
-- out: id int, cycle_id int, list int, is_amend int, state text, outcome text
select id, cycle_id, list, is_amend, state, outcome
from drop_upload where name = :name

-- drop_upload_outcome: exec
-- in: id int, outcome text, at int, outcome_by text, outcome_message text
update drop_upload set outcome = :outcome, outcome_at = :at,
	outcome_by = :outcome_by, outcome_message = :outcome_message
where id = :id

-- drop_upload_tally: one
-- in: cycle_id int
-- out: files int, waiting int, rejected int, processed int
select count(*),
	coalesce(cast(sum(case when state in ('made', 'exported')
		then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when state = 'rejected' or outcome = 'rejected'
		then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when state = 'accepted' and outcome = 'processed'
		then 1 else 0 end) as bigint), 0)
from drop_upload where cycle_id = :cycle_id

-- drop_item_unsent: one
-- Decided and not answered so, by whether it is a correction; and undecided.
-- out: fresh int, amends int, undecided int
select (select count(*) from drop_item where revoked_at = 0 and status <> 0
		and sent_status = 0),
	(select count(*) from drop_item where revoked_at = 0 and status <> 0
		and sent_status <> 0 and status <> sent_status),
	(select count(*) from drop_item where revoked_at = 0 and status = 0)

-- drop_item_undecided: many
-- out: list int, n int
select list, count(*) from drop_item
where revoked_at = 0 and status = 0 group by list order by list

-- drop_event_add: exec
-- 0 rows: it was told before, under this id or another one.
-- in: event_id text, type text, sent_at int, at int, body text, signed_sha256 text
insert into drop_event (event_id, type, sent_at, at, body, signed_sha256)
values (:event_id, :type, :sent_at, :at, :body, :signed_sha256)
on conflict do nothing

-- drop_event_list: many
-- Newest first.
-- in: first int
-- out: event_id text, type text, sent_at int, at int, body text
select event_id, type, sent_at, at, body from drop_event
order by at desc, event_id limit :first

-- drop_outage_add: exec
-- One goes on at a time: another failure makes it longer.
-- in: at int, fault text, said text, problem text, notice_by text
insert into drop_outage (from_at, last_at, tries, fault, said, problem, notice_by)
values (:at, :at, 1, :fault, :said, :problem, :notice_by)
on conflict (to_at) where to_at = 0 do update set last_at = excluded.last_at,
	tries = drop_outage.tries + 1, said = excluded.said,
	problem = excluded.problem

-- drop_outage_over: exec
-- in: at int
update drop_outage set to_at = :at where to_at = 0

-- drop_outage_list: many
-- Newest first.
-- in: first int
-- out: id int, from_at int, last_at int, to_at int, tries int, fault text, said text, problem text, notice_by text, notice_at int, notice_note text
select id, from_at, last_at, to_at, tries, fault, said, problem, notice_by,
	notice_at, notice_note
from drop_outage order by id desc limit :first

-- drop_outage_by_id: one
-- in: id int
-- out: id int, from_at int, last_at int, to_at int, tries int, fault text, said text, problem text, notice_by text, notice_at int, notice_note text
select id, from_at, last_at, to_at, tries, fault, said, problem, notice_by,
	notice_at, notice_note
from drop_outage where id = :id

-- drop_outage_fault: exec
-- in: id int, fault text, notice_by text
update drop_outage set fault = :fault, notice_by = :notice_by where id = :id

-- drop_outage_noticed: exec
-- in: id int, at int, note text
update drop_outage set notice_at = :at, notice_note = :note where id = :id

-- drop_list_put: exec
-- in: list int, is_selected int, is_held int, reason text, decided_at int, decided_by text
insert into drop_list (list, is_selected, is_held, reason, decided_at, decided_by)
values (:list, :is_selected, :is_held, :reason, :decided_at, :decided_by)
on conflict (list) do update set is_selected = excluded.is_selected,
	is_held = excluded.is_held, reason = excluded.reason,
	decided_at = excluded.decided_at, decided_by = excluded.decided_by

-- drop_list_all: many
-- out: list int, is_selected int, is_held int, reason text, decided_at int, decided_by text
select list, is_selected, is_held, reason, decided_at, decided_by
from drop_list order by list

-- drop_vendor_add: exec
-- 0 rows: it is there already, made or in the making.
-- in: cycle_id int, pass_id int, vendor text, title text, role text, kinds text, file text, planned_at int
insert into drop_vendor (cycle_id, pass_id, vendor, title, role, kinds, row_count,
	file, sha256, state, planned_at)
values (:cycle_id, :pass_id, :vendor, :title, :role, :kinds, 0, :file,
	'', 'making', :planned_at)
on conflict do nothing

-- drop_vendor_of: one
-- in: pass_id int, vendor text
-- out: id int, state text
select id, state from drop_vendor
where pass_id = :pass_id and vendor = :vendor

-- drop_vendor_made: exec
-- in: id int, row_count int, sha256 text
update drop_vendor set state = 'planned', row_count = :row_count,
	sha256 = :sha256
where id = :id and state = 'making'

-- drop_vendor_drop: exec
-- There is nothing to tell it.
-- in: id int
delete from drop_vendor where id = :id and state = 'making'

-- drop_vendor_row_put: exec
-- What a vendor is told of a page of items: matched in this look, a line for each
-- hash.  What it was told before stands, but for who was deleted here again: they
-- have to be deleted again there too.
-- in: vendor_id int, vendor text, pass_id int, list int, after text, upto text
insert into drop_vendor_row (vendor_id, list, item_id, id_key, act)
select :vendor_id, i.list, min(i.id), i.id_key, i.status
from drop_item i
where i.list = :list and i.id > :after and i.id <= :upto
	and i.decided_pass = :pass_id and i.revoked_at = 0
	and i.status in (3, 4)
	and not exists (select 1 from drop_vendor_row r
		join drop_vendor v on v.id = r.vendor_id
		where r.id_key = i.id_key and r.list = i.list
			and v.vendor = :vendor
			and (r.vendor_id = :vendor_id or (r.act = i.status
				and not exists (select 1 from drop_match m
					where m.item_id = i.id
						and m.pass_id = :pass_id
						and m.fate = 'erased'))))
group by i.list, i.id_key, i.status
on conflict do nothing

-- drop_vendor_rows: many
-- in: vendor_id int, list int, after text, first int
-- out: item_id text, id_key blob, act int
select item_id, id_key, act from drop_vendor_row
where vendor_id = :vendor_id and list = :list and item_id > :after
order by item_id limit :first

-- drop_vendor_list: many
-- in: cycle_id int
-- out: id int, vendor text, title text, role text, kinds text, row_count int, file text, sha256 text, state text, planned_at int, asked_at int, due_on text, opened_at int, answered_at int, answered_by text, answered_rows int, reason text, problem text
select id, vendor, title, role, kinds, row_count, file, sha256, state, planned_at,
	asked_at, due_on, opened_at, answered_at, answered_by, answered_rows,
	reason, problem
from drop_vendor where cycle_id = :cycle_id order by id

-- drop_vendor_by_id: one
-- in: id int
-- out: id int, cycle_id int, pass_id int, vendor text, title text, role text, kinds text, row_count int, file text, sha256 text, state text, planned_at int, asked_at int, due_on text, opened_at int, answered_at int, answered_rows int, reason text
select id, cycle_id, pass_id, vendor, title, role, kinds, row_count, file, sha256, state,
	planned_at, asked_at, due_on, opened_at, answered_at, answered_rows,
	reason
from drop_vendor where id = :id

-- drop_vendor_asked: exec
-- in: id int, at int, due_on text
update drop_vendor set state = 'asked', asked_at = :at, due_on = :due_on,
	problem = ''
where id = :id and state = 'planned'

-- drop_vendor_problem: exec
-- in: id int, problem text
update drop_vendor set problem = :problem where id = :id

-- drop_vendor_opened: exec
-- in: id int, at int
update drop_vendor set opened_at = :at where id = :id and opened_at = 0

-- drop_vendor_answered: exec
-- in: id int, state text, at int, answered_by text, answered_rows int, reason text
update drop_vendor set state = :state, answered_at = :at,
	answered_by = :answered_by, answered_rows = :answered_rows,
	reason = :reason
where id = :id and answered_at = 0

-- drop_vendor_waiting: many
-- To be told.
-- out: id int, cycle_id int, vendor text, title text, role text, row_count int, planned_at int
select id, cycle_id, vendor, title, role, row_count, planned_at
from drop_vendor where state = 'planned' order by id

-- drop_access_last: one
-- The day of the last access that got an answer; empty before the first.  A rehearsal
-- is no access to the State's lists.
-- in: source text
-- out: opened_on text
select coalesce(max(opened_on), '') from drop_cycle
where received_at > 0 and source in (:source, 'hand')

-- drop_cycle_strange: one
-- Sessions that have lists of another platform than this one, and the first of them.
-- in: source text
-- out: n int, id int
select count(*), coalesce(min(id), 0) from drop_cycle
where received_at > 0 and source not in (:source, 'hand', 'rehearsal')

-- drop_cycle_rehearsed: exec
-- in: id int
update drop_cycle set source = 'rehearsal' where id = :id

-- drop_cycle_items: many
-- What came with a session last, and was not withdrawn; a page at a time.
-- in: cycle_id int, after text, first int
-- out: id text, list int, id_key blob
select id, list, id_key from drop_item
where cycle_id = :cycle_id and id > :after and revoked_at = 0
order by id limit :first

-- drop_item_waiting: one
-- Items of a list that are in no file yet: see drop_upload_take.
-- in: list int, is_amend int
-- out: n int
select count(*) from (
	select i.id from drop_item i
	where i.list = :list and i.revoked_at = 0 and i.status <> 0
		and i.status <> i.sent_status
		and (case when i.sent_status = 0 then 0 else 1 end) = :is_amend
		and not exists (select 1 from drop_upload u
			where u.id = i.upload_id and u.state in ('made', 'exported'))
	limit 1) w
