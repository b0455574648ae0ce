# S6: memory of the scrub at BENCH_MEMORY_ROWS, a hundred million; 25 GB of disk.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh

n=${BENCH_MEMORY_ROWS:-100000000}
big=$out/big
mkdir -p "$big"
trap 'rm -rf "$big"' EXIT
trap 'exit 1' INT TERM
rm -f "$out/m/big-build" "$out/m/big-scrub"
"$tools/gen" emails "$n" >"$big/emails.txt"
measure big-build "$bin" index build --kind email "$big/emails.txt" \
	-o "$big/list.tyx"
rm "$big/emails.txt"
"$tools/gen" leads "$n" >"$big/leads.csv"
measure big-scrub "$bin" scrub --index "$big/list.tyx" --map email=email -j 2 \
	"$big/leads.csv" -o /dev/null
set -- $("$tools/gen" answer "$n")
must_keep "$4"
row S6 "memory of the scrub, $((n / 1000000)) M x $((n / 1000000)) M" \
	"$(of "$(median big-scrub 3) / 1000")" GB 1.6 at-most \
	"build $(median big-build 1) s and $(median big-build 3) MB, scrub $(median big-scrub 1) s"
