# shellcheck shell=sh
# A made-up data broker and the State's platform, for t/proof/run and
# bench/drop/cycle: sourced.  Needs bin, dir, cycles (the program of cycles.c),
# consumers, records, sessions, seed, and TOYON_TEST_PG.

made() { "$cycles" "$consumers" "$records" "$sessions" "$seed" "$@"; }
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$TOYON_TEST_PG" "$@"; }

# copy_in TABLE: rows from stdin
copy_in() { sql -c "copy $1 from stdin with (format csv)"; }

make_lists()
{
	for k in $(seq "$sessions"); do
		mkdir -p "$dir/lists/$k"
		for list in NDZ Email Phone MAID NameVIN CTVID Removed; do
			made items "$k" $list >"$dir/lists/$k/$list.csv"
		done
		[ "$k" != 1 ] || rm "$dir/lists/$k/Removed.csv"
	done
}

make_files()
{
	mkdir -p "$dir/in/lake/people"
	made orders >"$dir/in/lake/orders.csv"
	for f in 0 1 2 3; do
		made people $f 0 >"$dir/in/lake/people/$f.csv"
	done
}

make_tables()
{
	sql -c "create table person (id bigint, first_name text,
			last_name text, dob date, zip text, phone text, vin text);
		create table email (id bigint, person_id bigint, email text);
		create table device (id bigint, person_id bigint, maid text,
			ctvid text);
		create table invoice (id bigint, email text, cents int)"
	for t in person email device; do
		made $t 0 | copy_in $t
	done
	made invoice | copy_in invoice
	sql -c "alter table person add primary key (id);
		alter table email add primary key (id);
		alter table device add primary key (id);
		alter table invoice add primary key (id);
		alter table email add foreign key (person_id) references person;
		alter table device add foreign key (person_id) references person;
		create index on email (person_id);
		create index on device (person_id);
		analyze"
}

# What comes in between sessions: after session K.
add_late()
{
	for f in 0 1 2 3; do
		made late $f "$1" >>"$dir/in/lake/people/$f.csv"
	done
	for t in person email device; do
		made $t-late "$1" | copy_in $t
	done
}

# simulate OPTION...: sets sim, url
simulate()
{
	: >"$dir/said"
	"$bin" drop simulate --dir "$dir/sim" --prepare 0 "$@" \
		>"$dir/said" 2>"$dir/sim.err" &
	sim=$!
	for _ in $(seq 2400); do
		grep -q '^batches' "$dir/said" && break
		kill -0 $sim 2>/dev/null || break
		sleep 0.05
	done
	url=$(sed -n 's/^url *//p' "$dir/said")
	[ "$url" ] || { cat "$dir/sim.err"; exit 1; }
}

stop_simulator()
{
	[ -n "${sim-}" ] || return 0
	kill $sim 2>/dev/null || :
	wait $sim || :
	sim=
}

set_up()
{
	echo secret-passphrase-1 >"$dir/pass"
	"$bin" setup --no-input --dir "$dir/in" --business B --sells yes \
		--contact b@example.com --name Jo --email jo@example.com \
		--passphrase-file "$dir/pass" >/dev/null 2>"$dir/stderr" ||
		{ cat "$dir/stderr"; exit 1; }
	printf 'drop_url: %s\ndrop_broker: 4821\n' "$url" \
		>>"$dir/in/toyon.yaml"
	cp "$dir/sim/api-key" "$dir/in/credentials/drop_api_key"
	printf %s "$TOYON_TEST_PG" >"$dir/in/credentials/crm_url"
	chmod 600 "$dir/in/credentials/drop_api_key" \
		"$dir/in/credentials/crm_url"
	cp t/proof/datamap.yaml "$dir/in/datamap.yaml"
}

# --- compared with the truth: each prints the first lines that differ ------------

# same WHAT A B
same() { cmp -s "$2" "$3" || { echo "$1:"; diff "$2" "$3" | head -5; }; }

# Files and tables after session K, byte for byte.
check_records()
{
	for f in 0 1 2 3; do
		made people $f "$1" | cmp -s - "$dir/in/lake/people/$f.csv" ||
			{ echo "people/$f.csv:"; made people $f "$1" |
				diff - "$dir/in/lake/people/$f.csv" | head -5; }
	done
	made orders | cmp -s - "$dir/in/lake/orders.csv" || echo "orders.csv"
	for t in person email device invoice; do
		case $t in
		invoice) made $t ;;
		*) made $t "$1" ;;
		esac >"$dir/right"
		sql -c "copy (select * from $t order by id) to stdout
			with (format csv)" >"$dir/is"
		same "table $t" "$dir/right" "$dir/is"
	done
}

# What the platform took up to session K: each row once, and nothing else.
check_verdict()
{
	made verdict "$1" | LC_ALL=C sort >"$dir/right"
	awk -F, -v OFS=, 'NR > 1 && $5 > 0 && $8 == "good" {
		print $2, $3, $6, $7 }' "$dir/sim/verdict.csv" |
		LC_ALL=C sort >"$dir/is"
	same "verdict" "$dir/right" "$dir/is"
	awk -F, 'NR > 1 && $5 > 0 && $8 != "good"' "$dir/sim/verdict.csv" |
		head -5
}

check_suppression()
{
	for kind in email phone; do
		made checks $kind >"$dir/right"
		cut -f1 "$dir/right" | "$bin" check --dir "$dir/in" $kind - \
			2>"$dir/stderr" | cut -f1,2 >"$dir/is"
		same "suppression of $kind" "$dir/right" "$dir/is"
	done
}
