# C1, C2, C4, C7, B1, B4: look-ups in the program's own memory.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh

# The last number of the line of a report that begins so.
figure()
{
	awk -v begin="$1" 'index($0, begin) == 1 {
		for (i = 1; i <= NF; i++)
			if ($i ~ /^[0-9.]+$/)
				v = $i
	}
	END { print v }' "$2"
}

key=$out/demo/keys/index.key
[ -f "$out/demo/index.tyx" ] || { echo 'bench: run scrub first' >&2; exit 1; }
"$tools/stock" "$key" "$out/emails.txt" - "$out/emails.tyx" >"$out/said"

"$tools/b_index" "$rows" "$out" >"$out/b_index.txt" ||
	{ cat "$out/b_index.txt"; exit 1; }
row B1 'index from keys, CPU' "$(figure 'B1 build from keys' \
	"$out/b_index.txt")" 'M/s' 25 at-least

some=$((rows < 2000000 ? rows : 2000000))
"$tools/gen" leads $some >"$out/some.csv"
"$tools/gen" kept $some >"$out/some-kept.csv"
"$tools/b_check" "$out/list.tyx" "$out/some.csv" "$out/some-kept.csv" \
	>"$out/b_check.txt" || { cat "$out/b_check.txt"; exit 1; }
row C1 'library, digest in hand, 16 a call, CPU' \
	"$(figure 'C1 digest in hand' "$out/b_check.txt")" ns 25 at-most \
	"in the index itself: $(figure 'C1 look-up, digest at hand' \
		"$out/b_index.txt") ns"
row C2 'library, raw email, 1,024 a call, CPU' \
	"$(figure 'C2 raw email' "$out/b_check.txt")" ns 60 at-most \
	"one by one, alone: $(figure 'C3 raw email' "$out/b_check.txt") ns"

rm -f "$out/m/cold"
for i in $(seq "$rounds"); do
	"$tools/keyvalue" cold "$out/emails.txt" "$out/emails.tyx" "$key" \
		>>"$out/m/cold"
done
row B4 'open to first answer, not in the page cache' "$(median cold 1)" s 0.15 \
	at-most

mkdir -p "$out/kv"
rm -f "$out"/kv/*
set -- $("$tools/keyvalue" "$out/emails.txt" "$out/emails.tyx" "$key" \
	"$out/kv" "$rounds")
rm -rf "$out/kv"
row C4 'digest in hand: LMDB / ours, CPU' "$(of "$2 / $1")" x 60 at-least \
	"ours $1 ns, LMDB $2 ns"
row C4 'digest in hand: SQLite prepared / ours, CPU' "$(of "$3 / $1")" x 100 \
	at-least "SQLite $3 ns"

KEYS=$rows LEADS=$((rows < 1000000 ? rows : 1000000)) ROUNDS=$rounds \
	TOYON_BIN=$bin bench/sqlite_function.sh \
	"$out/sqlite" >"$out/sqlite.txt" || { cat "$out/sqlite.txt"; exit 1; }

ratio_of()
{
	awk -v name="$1" '$1 == name { print $NF + 0 }' "$out/sqlite.txt"
}
row C7 'in SQLite: EXISTS that hashes the address / toyon_may_sell(), CPU' \
	"$(ratio_of hashing)" x 5 at-least \
	"$(ratio_of column)x when the hash stands in a column"
