# What the parts of bench/suppression/run share.  They are given
#   bin     the toyon to measure        tools   our small programs
#   out     a folder for large files    rows    of the list
#   rounds  how many of each            seconds of each load
#   first   a command that lets another go before all else, or nothing

# What a command cost is kept as a line "WALL CPU MEMORY" in $out/m/NAME.
measure()
{
	name=$1
	shift
	if ! "$tools/clock" "$out/cost" "$@" >"$out/said" 2>&1; then
		echo "bench: failed: $*" >&2
		tail -n 5 "$out/said" >&2
		exit 1
	fi
	cat "$out/cost" >>"$out/m/$name"
}

# median NAME COLUMN
median()
{
	awk -v c="$2" '{ print $c }' "$out/m/$1" | sort -g |
		awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# of EXPRESSION: calculates
of()
{
	awk "BEGIN { printf \"%.6g\", $1 }"
}

# row ID WHAT FIGURE UNIT AIM at-least|at-most [DETAIL]
row()
{
	awk -v id="$1" -v what="$2" -v v="$3" -v unit="$4" -v aim="$5" \
		-v how="$6" -v detail="${7-}" 'BEGIN {
		ok = how == "at-least" ? v >= aim : v <= aim
		form = v >= 1000 ? "%.0f" : v >= 100 ? "%.0f" : \
			v >= 10 ? "%.1f" : "%.2f"
		printf "| %s | %s | %s %s | %s %s %s | %s | %s |\n", id, what,
			sprintf(form, v), unit, how == "at-least" ? ">=" : "<=",
			aim, unit, ok ? "reached" : "MISSED", detail
	}' | tee -a "$out/table"
}

# An output that is not what the generator says ends the run.
must_be()
{
	cmp -s "$1" "$2" || { echo "bench: $1 is not $2" >&2; exit 1; }
}

must_hold_lines_of()
{
	"$tools/same" "$1" "$2" || exit 1
}

# What a scrub to nowhere said: how many stayed.
must_keep()
{
	kept=$(sed -n 's/.*kept \([0-9]*\).*/\1/p; s/.*: \([0-9]*\) kept.*/\1/p' \
		"$out/said" | head -n 1)
	[ "$kept" = "$1" ] ||
		{ echo "bench: kept $kept rows, not $1" >&2; exit 1; }
}

# Into the page cache, and the last round's pages out of the way.
warm()
{
	cat "$@" >/dev/null
}

free_port()
{
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1",
		() => { console.log(s.address().port); s.close(); })'
}
