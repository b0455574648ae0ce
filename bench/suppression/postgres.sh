# A PostgreSQL that keeps what it says it has, for one measurement: durable, on a
# free port of 127.0.0.1.
#
#	. postgres.sh; postgres_start PORT; ... ; postgres_stop

postgres_as()
{
	if [ "$(id -u)" = 0 ]; then
		(cd / && ${first-} runuser -u postgres -- "$@")
	else
		${first-} "$@"
	fi
}

postgres_start()
{
	for d in /usr/lib/postgresql/*/bin; do
		[ ! -x "$d/postgres" ] || pg_bin=$d
	done
	pg_dir=$(mktemp -d)
	chmod 755 "$pg_dir"
	[ "$(id -u)" != 0 ] || chown postgres "$pg_dir"
	postgres_as "$pg_bin/initdb" -D "$pg_dir/data" -U toyon -A trust -E UTF8 \
		--locale=C.UTF-8 >/dev/null
	postgres_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -s -w -l "$pg_dir/log" -o \
		"-p $1 -h 127.0.0.1 -k '' -c shared_buffers=1GB -c max_wal_size=8GB" \
		start >/dev/null
	pg_url=postgresql://toyon@127.0.0.1:$1/postgres
	psql -q -X -d "$pg_url" -c 'create table signal (
		id_key bytea primary key, kind int not null,
		at timestamptz not null)'
}

postgres_stop()
{
	[ -n "${pg_dir-}" ] || return 0
	postgres_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -s -m immediate stop || :
	rm -rf "$pg_dir"
	pg_dir=
}
