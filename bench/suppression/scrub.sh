# S1-S5, S8, B2, B3: a list of leads, suppressed people taken out of it.
cd "$(dirname "$0")/../.."
. bench/suppression/common.sh

leads=$out/leads.csv
clean=$out/clean.csv
demo=$out/demo
set -- $(cat "$out/answer")
kept=$4

duck()
{
	node bench/suppression/duck.mjs "$@"
}

# Under its name when it is whole: a run may be interrupted.
make_table()
{
	[ ! -f "$out/duck.db" ] || return 0
	rm -f "$out/new.db"
	duck table "$out/new.db" "$out/emails.txt"
	mv "$out/new.db" "$out/duck.db"
}

# The folder's index holds emails and phones: what an installation has.
make_installation()
{
	rm -rf "$demo"
	"$bin" demo --dir "$demo" --port 0 --no-serve >"$out/made"
	"$tools/stock" "$demo/keys/index.key" "$out/emails.txt" \
		"$out/phones.txt" "$demo/index.tyx" >"$out/said"
}

ours_ready()
{
	rm -f "$clean"
	measure ours-ready "$bin" scrub --index "$out/list.tyx" \
		--map email=email -j 2 "$leads" -o "$clean"
	must_be "$clean" "$out/kept.csv"
}

duck_ready()
{
	rm -f "$clean"
	measure duck-ready node bench/suppression/duck.mjs ready \
		"$out/duck.db" "$leads" "$clean"
	must_hold_lines_of "$clean" "$out/kept.csv"
}

ours_both()
{
	rm -f "$clean"
	measure ours-both "$bin" scrub --dir "$demo" \
		--map email=email,phone=phone -j 2 "$leads" -o "$clean"
	must_be "$clean" "$out/kept-both.csv"
}

duck_both()
{
	rm -f "$clean"
	measure duck-both node bench/suppression/duck.mjs both - \
		"$leads" "$clean" "$out/emails.txt" "$out/phones.txt"
	must_hold_lines_of "$clean" "$out/kept-both.csv"
}

ours_text()
{
	rm -f "$clean" "$out/text.tyx"
	measure ours-text sh -ec '
		"$1" index build --kind email "$2/emails.txt" -o "$2/text.tyx"
		"$1" scrub --index "$2/text.tyx" --map email=email -j 2 \
			"$2/leads.csv" -o "$2/clean.csv"' sh "$bin" "$out"
	must_be "$clean" "$out/kept.csv"
}

duck_text()
{
	rm -f "$clean"
	measure duck-text node bench/suppression/duck.mjs text - \
		"$leads" "$clean" "$out/emails.txt"
	must_hold_lines_of "$clean" "$out/kept.csv"
}

one_core()
{
	measure one-core "$bin" scrub --index "$out/list.tyx" \
		--map email=email -j 1 "$leads" -o /dev/null
	must_keep "$kept"
	TOYON_SHA=shani measure no-avx512 "$tools/b_scrub" scrub "$leads" \
		email=email "$out/b.tyx" /dev/null 1
	must_keep "$kept"
}

from_text()
{
	rm -f "$out/list.tyx"
	measure build-1 "$bin" index build --kind email -j 1 \
		"$out/emails.txt" -o "$out/list.tyx"
	rm -f "$out/list.tyx"
	measure build-2 "$bin" index build --kind email -j 2 \
		"$out/emails.txt" -o "$out/list.tyx"
}

# ratio ID WHAT NAME COLUMN AIM UNIT
ratio()
{
	ours=$(median "ours-$3" "$4")
	theirs=$(median "duck-$3" "$4")
	row "$1" "$2" "$(of "$theirs / $ours")" x "$5" at-least \
		"ours $ours s, DuckDB $theirs s, memory $(median "ours-$3" 3) and $(median "duck-$3" 3) MB"
}

rm -f "$out"/m/*
make_installation
make_table
"$tools/b_scrub" build "$out/emails.txt" - "$out/b.tyx" 2 >"$out/said"
warm "$leads" "$out/emails.txt" "$out/phones.txt"
for i in $(seq "$rounds"); do
	from_text
	ours_ready
	duck_ready
	ours_text
	duck_text
	ours_both
	duck_both
	one_core
done

ratio S1 'email, file to file, index ready: DuckDB / ours, wall' ready 1 10
ratio S2 'the same, CPU' ready 2 12
row S3 'one core, to nowhere, CPU a row' \
	"$(of "$(median one-core 2) * 1e9 / $rows")" ns 90 at-most
ratio S4 'email and phone: DuckDB / ours, wall' both 1 15
ratio S5 'index from the text list, and scrub: DuckDB / ours, wall' text 1 8
row S8 'one core, without AVX-512, CPU a row' \
	"$(of "$(median no-avx512 2) * 1e9 / $rows")" ns 130 at-most
row B2 'index from a text list, one thread, wall' \
	"$(of "$rows / $(median build-1 1) / 1e6")" M/s 10 at-least \
	"two threads: $(of "$rows / $(median build-2 1) / 1e6") M/s"
info=$("$bin" index info --json "$out/list.tyx" | tr -d '\n')
keys=$(echo "$info" | sed 's/.*"keys": *\([0-9]*\).*/\1/')
hot=$(echo "$info" | sed 's/.*"hot_size": *\([0-9]*\).*/\1/')
row B3 'size of a key in the index' "$(of "$hot / $keys")" bytes 11 at-most
