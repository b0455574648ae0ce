-- job_add: exec
-- Asks for a job once: when it is open already, only an earlier time counts.
-- While somebody is at work on it, any time counts: it runs once more then
-- (job_done), so that what was asked for in the meantime is not forgotten.
-- in: kind text, subject_id int, run_at int
insert into job (kind, subject_id, run_at) values (:kind, :subject_id, :run_at)
on conflict (kind, subject_id) where done_at = 0
do update set run_at = excluded.run_at where excluded.run_at < job.run_at

-- job_not_before: exec
-- One that waits, whether its time came in the meantime or not.
-- in: kind text, run_at int
update job set run_at = :run_at
where kind = :kind and done_at = 0 and run_at < :run_at

-- job_lease: one
-- Takes the job that has been due for longest, until lease_until; a job whose
-- lease ran out is due since then.  run_at becomes the end of time, which
-- job_add() makes earlier and job_done() looks at.  attempts counts this one;
-- problem is what the last one said.
-- in: now int, lease_until int, lease_by text
-- out: id int, kind text, subject_id int, attempts int, problem text
-- sqlite:
update job set lease_until = :lease_until, lease_by = :lease_by,
	attempts = attempts + 1, run_at = 9223372036854775807, with_id = 0
where id = (
	select id from job
	where done_at = 0
		and case when lease_until > 0 then lease_until else run_at end
			<= :now
	order by case when lease_until > 0 then lease_until else run_at end, id
	limit 1)
returning id, kind, subject_id, attempts, problem
-- postgres:
update job set lease_until = :lease_until, lease_by = :lease_by,
	attempts = attempts + 1, run_at = 9223372036854775807, with_id = 0
where id = (
	select id from job
	where done_at = 0
		and case when lease_until > 0 then lease_until else run_at end
			<= :now
	order by case when lease_until > 0 then lease_until else run_at end, id
	limit 1
	for update skip locked)
returning id, kind, subject_id, attempts, problem

-- job_lease_along: many
-- Searches or erasures of the same system that are due as well: done in the run of
-- with_id.  state: what their tasks wait for.  crashed: the problem of those that
-- run alone.
-- in: now int, lease_until int, lease_by text, with_id int, kind text, state text, system text, crashed text, first int
-- out: id int, subject_id int, attempts int
-- sqlite:
update job set lease_until = :lease_until, lease_by = :lease_by,
	attempts = attempts + 1, run_at = 9223372036854775807,
	with_id = :with_id
where id in (
	select j.id from job j join task t on t.id = j.subject_id
	where j.kind = :kind and j.done_at = 0 and j.id <> :with_id
		and case when j.lease_until > 0 then j.lease_until
			else j.run_at end <= :now
		and t.target = 'system' and t.name = :system
		and t.state = :state and t.done_at = 0
		and j.problem <> :crashed
	order by j.run_at, j.id limit :first)
returning id, subject_id, attempts
-- postgres:
update job set lease_until = :lease_until, lease_by = :lease_by,
	attempts = attempts + 1, run_at = 9223372036854775807,
	with_id = :with_id
where id in (
	select j.id from job j join task t on t.id = j.subject_id
	where j.kind = :kind and j.done_at = 0 and j.id <> :with_id
		and case when j.lease_until > 0 then j.lease_until
			else j.run_at end <= :now
		and t.target = 'system' and t.name = :system
		and t.state = :state and t.done_at = 0
		and j.problem <> :crashed
	order by j.run_at, j.id limit :first
	for update of j skip locked)
returning id, subject_id, attempts

-- job_extend_along: exec
-- in: with_id int, lease_by text, lease_until int
update job set lease_until = :lease_until
where with_id = :with_id and lease_by = :lease_by and done_at = 0

-- job_retry_along: exec
-- The run ended by itself.
-- in: with_id int, lease_by text, run_at int, problem text
update job set
	run_at = case when run_at < :run_at then run_at else :run_at end,
	lease_until = 0, lease_by = '', with_id = 0, problem = :problem
where with_id = :with_id and lease_by = :lease_by and done_at = 0

-- job_extend: exec
-- More time for the one who holds the lease; 0 rows: it was lost, stop working.
-- in: id int, lease_by text, lease_until int
update job set lease_until = :lease_until
where id = :id and lease_by = :lease_by and done_at = 0

-- job_done: exec
-- Closes the job, or opens it anew when it was asked for in the meantime.  0
-- rows: the lease was lost, and whoever has it now closes it.
-- in: id int, lease_by text, at int
update job set
	done_at = case when run_at = 9223372036854775807 then :at else 0 end,
	attempts = case when run_at = 9223372036854775807 then attempts else 0 end,
	lease_until = 0, lease_by = '', with_id = 0, problem = ''
where id = :id and lease_by = :lease_by and done_at = 0

-- job_retry: exec
-- Gives the lease back, to be tried again at run_at or when asked for earlier.
-- in: id int, lease_by text, run_at int, problem text
update job set
	run_at = case when run_at < :run_at then run_at else :run_at end,
	lease_until = 0, lease_by = '', with_id = 0, problem = :problem
where id = :id and lease_by = :lease_by and done_at = 0

-- job_give_back: exec
-- Nobody worked on it: as it was before it was leased, and due.
-- in: id int, lease_by text, now int
update job set run_at = :now, lease_until = 0, lease_by = '', with_id = 0,
	attempts = attempts - 1
where id = :id and lease_by = :lease_by and done_at = 0

-- job_end_waiting: exec
-- Not to be tried any more.  0 rows while somebody is at work on it.
-- in: kind text, subject_id int, at int
update job set done_at = :at, problem = ''
where kind = :kind and subject_id = :subject_id and done_at = 0
	and lease_until = 0

-- job_stuck: many
-- Open jobs that were tried at least so often, most often tried first.
-- in: attempts int, first int
-- out: id int, kind text, subject_id int, attempts int, problem text
select id, kind, subject_id, attempts, problem from job
where done_at = 0 and attempts >= :attempts
order by attempts desc, id limit :first

-- job_purge: exec
-- in: before int
delete from job where done_at > 0 and done_at < :before

-- job_release: exec
-- The worker of this node died and is started anew: what it held is due now,
-- not when the leases run out.
-- in: lease_by text, now int
update job set run_at = :now, lease_until = 0, lease_by = '', with_id = 0
where done_at = 0 and lease_by = :lease_by
