# I1, I2, B5: signals that are on the disk when they are answered, against rows that
# PostgreSQL inserts, a transaction each.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh
. bench/suppression/postgres.sh
. bench/suppression/server.sh

insert()
{
	before=$(psql -X -At -d "$pg_url" -c 'select count(*) from signal')
	$first "$pg_bin/pgbench" -n -M prepared -c 64 -j 2 -T "$seconds" \
		-f bench/suppression/signal.sql "$pg_url" >"$out/said" 2>&1
	after=$(psql -X -At -d "$pg_url" -c 'select count(*) from signal')
	did=$(sed -n 's/.*actually processed: \([0-9]*\).*/\1/p' "$out/said")
	[ "$did" = $((after - before)) ] ||
		{ echo 'bench: PostgreSQL lost a signal' >&2; exit 1; }
	sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$out/said" >>"$out/m/postgres"
}

# Everything that was acknowledged is in the record.
must_have_signals()
{
	have=$(sqlite3 "$1/toyon.db" "select sum(length(id_key) / 32)
		from suppression where source like '%:gpc'")
	[ "$have" = "$2" ] ||
		{ echo "bench: $have signals stored of $2" >&2; exit 1; }
}

signals()
{
	serve "$out/signalled"
	postgres_start "$(free_port)"
	sent=0
	for i in $(seq "$rounds"); do
		for pack in 100 1; do
			drive "signals-$pack" signals "$ours_port" 64 \
				"$seconds" $pack "$key" "$sent"
			sent=$((sent + $(awk '{ print $2 }' "$out/cost")))
		done
		insert
	done
	must_have_signals "$out/signalled" "$sent"
}

# A process of its own follows the same folder while signals come in.
visible()
{
	serve "$out/seen"
	for i in $(seq "$rounds"); do
		$first "$tools/visible" "$out/seen" "$ours_port" "$key" 2000 \
			>>"$out/m/visible" || exit 1
		end
		serve "$out/seen"
	done
	end
	ours_pid=
}

rm -f "$out"/m/signals-* "$out"/m/postgres "$out"/m/visible
visible
signals
row I1 'durable signals in packs of 100, 64 connections' \
	"$(of "$(median signals-100 1) / 1e6")" M/s 1 at-least \
	"p50 $(median signals-100 2) us"
row I2 'one signal a request, 64 connections: ours / PostgreSQL insert' \
	"$(of "$(median signals-1 1) / $(median postgres 1)")" x 6 at-least \
	"ours $(median signals-1 1)/s, p50 $(median signals-1 2) us; PostgreSQL $(median postgres 1)/s"
row B5 'acknowledged to seen by another process, p99 of 2,000 signals' \
	"$(of "$(median visible 2) / 1000")" ms 1 at-most \
	"p50 $(median visible 1) us, longest $(median visible 3) us"
