-- attempt_add: one
-- Counts one try, and says how many there were in this window with it.
-- in: bucket text, window_at int
-- out: n int
insert into attempt (bucket, window_at, n) values (:bucket, :window_at, 1)
on conflict (bucket, window_at) do update set n = attempt.n + 1
returning n

-- attempt_count: one
-- in: bucket text, window_at int
-- out: n int
select coalesce((select n from attempt
	where bucket = :bucket and window_at = :window_at), 0)

-- attempt_forget: exec
-- in: bucket text, window_at int
delete from attempt where bucket = :bucket and window_at = :window_at

-- attempt_purge: exec
-- in: before int
delete from attempt where window_at < :before
