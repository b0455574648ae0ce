# S6: memory of the scrub at BENCH_MEMORY_ROWS, a hundred million.  Lists come
# through pipes, as they are made: memory is the same as with files, 18 GB of disk
# are not needed, and the wall time would be the generator's.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh

n=${BENCH_MEMORY_ROWS:-100000000}
big=$out/big
mkdir -p "$big"
trap 'rm -rf "$big"' EXIT
trap 'exit 1' INT TERM
rm -f "$out/m/big-build" "$out/m/big-scrub"
"$tools/gen" emails "$n" | measure big-build "$bin" index build --kind email - \
	-o "$big/list.tyx"
"$tools/gen" leads "$n" | measure big-scrub "$bin" scrub --index \
	"$big/list.tyx" --map email=email -j 2 - -o /dev/null
set -- $("$tools/gen" answer "$n")
must_keep "$4"
row S6 "memory of the scrub, $((n / 1000000)) M x $((n / 1000000)) M" \
	"$(of "$(median big-scrub 3) / 1000")" GB 1.6 at-most \
	"$(median big-scrub 2) s of CPU; the index from text: $(median big-build 2) s of CPU and $(median big-build 3) MB"
