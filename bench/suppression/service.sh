# C5, C6, I1, I2: servers on loopback, each with a load of the same shape.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh
. bench/suppression/postgres.sh

ours_pid=
redis_pid=
nginx_pid=
key=

end()
{
	for p in $ours_pid $redis_pid $nginx_pid; do
		kill "$p" 2>/dev/null && wait "$p" 2>/dev/null || :
	done
	postgres_stop
}
trap end EXIT
trap 'exit 1' INT TERM

# drive NAME HOW PORT CONNECTIONS ...: a line "THINGS_A_SECOND P50_US" more
drive()
{
	name=$1
	shift
	$first "$tools/drive" "$@" >"$out/cost" || exit 1
	awk '{ print $2 / $3, $4 }' "$out/cost" >>"$out/m/$name"
}

# A server is up when its port takes a connection.
wait_port()
{
	node -e 'const net = require("net");
		let tries = 600;
		const ask = () => net.connect(+process.argv[1], "127.0.0.1")
			.on("connect", function () { this.destroy(); })
			.on("error", () => tries-- ? setTimeout(ask, 50)
				: process.exit(1));
		ask()' "$1"
}

# serve DIR: sets ours_port and key
serve()
{
	rm -rf "$1"
	"$bin" demo --dir "$1" --port 0 --no-serve >"$out/made"
	key=$(sed -n 's/.*key \(ty_live[A-Za-z0-9_-]*\).*/\1/p' "$out/made")
	[ -z "${2-}" ] || "$tools/stock" "$1/keys/index.key" "$2" - \
		"$1/index.tyx" >"$out/said"
	ours_port=$(free_port)
	TOYON_API_CALLS=1000000000 TOYON_LOG_LEVEL=warn $first "$bin" serve --dir "$1" \
		--listen "127.0.0.1:$ours_port" >"$out/serve.log" 2>&1 &
	ours_pid=$!
	wait_port "$ours_port"
}

start_redis()
{
	redis_port=$(free_port)
	$first redis-server --port "$redis_port" --bind 127.0.0.1 --save '' \
		--appendonly no --daemonize no --dir "$out" >"$out/redis.log" &
	redis_pid=$!
	wait_port "$redis_port"
	node bench/suppression/redis.mjs "$redis_port" "$out/emails.txt"
}

start_nginx()
{
	nginx_port=$(free_port)
	mkdir -p "$out/nginx"
	sed "s|DIR|$out/nginx|; s|PORT|$nginx_port|" bench/suppression/nginx.conf \
		>"$out/nginx.conf"
	$first nginx -e "$out/nginx.log" -c "$out/nginx.conf" &
	nginx_pid=$!
	wait_port "$nginx_port"
}

insert()
{
	before=$(psql -X -At -d "$pg_url" -c 'select count(*) from signal')
	"$pg_bin/pgbench" -n -M prepared -c 64 -j 2 -T "$seconds" \
		-f bench/suppression/signal.sql "$pg_url" >"$out/said" 2>&1
	after=$(psql -X -At -d "$pg_url" -c 'select count(*) from signal')
	did=$(sed -n 's/.*actually processed: \([0-9]*\).*/\1/p' "$out/said")
	[ "$did" = $((after - before)) ] ||
		{ echo 'bench: PostgreSQL lost a signal' >&2; exit 1; }
	sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$out/said" >>"$out/m/postgres"
}

# Everything that was acknowledged is in the record.
must_have_# Not first: PostgreSQL starts by its own means.
signals()
{
	first=
	have=$(sqlite3 "$1/toyon.db" \
		"select count(*) from suppression where source like '%:gpc'")
	[ "$have" = "$2" ] ||
		{ echo "bench: $have signals stored of $2" >&2; exit 1; }
}

look_ups()
{
	serve "$out/served" "$out/emails.txt"
	start_redis
	start_nginx
	for i in $(seq "$rounds"); do
		drive batch batch "$ours_port" 4 "$seconds" \
			"$out/questions.txt" "$key"
		drive redis redis "$redis_port" 4 "$seconds" \
			"$out/questions.txt"
		drive single single "$ours_port" 32 "$seconds" \
			"$out/questions.txt" "$key"
		drive constant constant "$nginx_port" 32 "$seconds" -
	done
	end
	ours_pid= redis_pid= nginx_pid=
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

rm -f "$out"/m/batch "$out"/m/redis "$out"/m/single "$out"/m/constant \
	"$out"/m/signals-* "$out"/m/postgres
look_ups
row C5 'HTTP batch of 1,000 raw emails / Redis SMISMEMBER of 1,000 digests' \
	"$(of "$(median batch 1) / $(median redis 1)")" x 10 at-least \
	"ours $(of "$(median batch 1) / 1e6") M/s, Redis $(of "$(median redis 1) / 1e6") M/s"
row C6 'HTTP single check / nginx answering a constant, 32 connections' \
	"$(of "$(median single 1) / $(median constant 1)")" x 0.85 at-least \
	"ours $(median single 1)/s, p50 $(median single 2) us; nginx $(median constant 1)/s, p50 $(median constant 2) us"
signals
row I1 'durable signals in packs of 100, 64 connections' \
	"$(of "$(median signals-100 1) / 1e6")" M/s 1 at-least
row I2 'one signal a request, 64 connections: ours / PostgreSQL insert' \
	"$(of "$(median signals-1 1) / $(median postgres 1)")" x 6 at-least \
	"ours $(median signals-1 1)/s, PostgreSQL $(median postgres 1)/s"
