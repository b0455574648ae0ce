# C5, C6: servers on loopback, each with a load of the same shape.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh
. bench/suppression/server.sh

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

rm -f "$out"/m/batch "$out"/m/redis "$out"/m/single "$out"/m/constant
look_ups
row C5 'HTTP batch of 1,000 raw emails / Redis SMISMEMBER of 1,000 digests' \
	"$(of "$(median batch 1) / $(median redis 1)")" x 10 at-least \
	"ours $(of "$(median batch 1) / 1e6") M/s, Redis $(of "$(median redis 1) / 1e6") M/s"
row C6 'HTTP single check / nginx answering a constant, 32 connections' \
	"$(of "$(median single 1) / $(median constant 1)")" x 0.85 at-least \
	"ours $(median single 1)/s, p50 $(median single 2) us; nginx $(median constant 1)/s, p50 $(median constant 2) us"
