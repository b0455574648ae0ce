#!/bin/sh
# C7: "who of these LEADS (1,000,000) may not be sold?" in SQLite, with
# toyon_may_sell() on an index of KEYS (10,000,000) people, against the same
# people in an indexed table: with a function that hashes the address, and with
# the hash already in a column, which is the best that a table can do.
#
#	bench/sqlite_function.sh [FOLDER]
#
# ROUNDS (5) alternating, all in memory and warm; CPU seconds, medians.  A count
# that is not the generator's ends it.  What opening takes is said by itself.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
keys=${KEYS:-10000000}
leads=${LEADS:-1000000}
rounds=${ROUNDS:-5}
dir=${1:-build/bench/check}
bin=${TOYON_BIN:-$root/build/toyon}

make -s -f tools/build.mk build/bindings/toyon_sqlite.so build/toyon
mkdir -p "$dir"
gcc -std=c11 -O2 -o "$dir/gen" bench/gen.c -lcrypto
gcc -std=c11 -O2 -fPIC -shared -o "$dir/sqlite_sha.so" bench/sqlite_sha256.c \
	-lcrypto
cp build/bindings/toyon_sqlite.so "$dir/"
cd "$dir"

if [ ! -e "$keys.tyx" ]; then
	./gen emails "$keys" |
		"$bin" index build --kind email - -o "$keys.tyx" --quiet
fi
db=sqlite-$keys-$leads.db
if [ ! -e "$db" ]; then
	rm -f new.db
	./gen emails "$keys" >list.txt
	./gen leads "$leads" >leads.csv
	sqlite3 new.db >load.out <<END
.load ./sqlite_sha
pragma journal_mode = off;
pragma synchronous = off;
pragma cache_size = -2000000;
create temp table line (hex text);
.import list.txt line
create table suppressed (hash blob primary key) without rowid;
insert or ignore into suppressed select blob_of_hex(hex) as h from line order by h;
.mode csv
.import leads.csv raw
create table lead (email text, hash blob);
insert into lead select email, email_sha256(email) from raw;
drop table raw;
END
	rm list.txt
	mv new.db "$db"
fi
suppressed=$(./gen answer "$leads" | awk '{ print $2 - $4 }')

# run NAME SQL: the second of two runs counts; the first time is of opening
run()
{
	sqlite3 "$db" >"$1.out" 2>&1 <<END
.load ./sqlite_sha
.load ./toyon_sqlite
pragma cache_size = -2000000;
pragma mmap_size = 8000000000;
.timer on
create temp table o as select toyon_open('$keys.tyx');
.timer off
$2
.timer on
$2
END
	[ "$(grep -c "^$suppressed$" "$1.out")" = 2 ] ||
		{ echo "$1 is wrong, not $suppressed:"; cat "$1.out"; exit 1; }
	awk '/^Run Time/ { open = t; t = $6 + $8 } END { print t, open }' \
		"$1.out" >>"$1.times"
}

# median NAME COLUMN
median()
{
	awk -v c="$2" '{ print $c }' "$1.times" | sort -n |
		awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

found='(select 1 from suppressed as s where s.hash ='
rm -f ./*.times
echo "$(nproc) processors, $(awk -F': ' '/model name/ { print $2; exit }' \
	/proc/cpuinfo), load $(cut -d' ' -f1-3 /proc/loadavg)"
for round in $(seq "$rounds"); do
	run toyon 'select count(*) from lead where not toyon_may_sell(email);'
	run hashing "select count(*) from lead
		where exists $found email_sha256(email));"
	run column "select count(*) from lead where exists $found lead.hash);"
done
ours=$(median toyon 1)
for name in toyon hashing column; do
	t=$(median $name 1)
	awk -v name=$name -v t="$t" -v ours="$ours" -v n="$leads" 'BEGIN {
		printf "%-8s %6.3f s CPU  %6.0f ns a row  %5.1fx\n", name, t,
			t * 1e9 / n, t / ours }'
done
echo "toyon_open(), once: $(median toyon 2) s CPU"
