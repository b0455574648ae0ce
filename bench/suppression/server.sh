# The servers of this comparison, and the load on them: what service.sh and
# signals.sh share.  They end with the script.
ours_pid=
redis_pid=
nginx_pid=
key=

end()
{
	for p in $ours_pid $redis_pid $nginx_pid; do
		kill "$p" 2>/dev/null && wait "$p" 2>/dev/null || :
	done
	[ -z "${pg_dir-}" ] || postgres_stop
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
