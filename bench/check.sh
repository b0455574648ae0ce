#!/bin/sh
# The library among KEYS people (10,000,000), asked about LEADS of them
# (2,000,000): bench/b_check.c on made-up lists, in FOLDER, which is kept.
#
#	bench/check.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
keys=${KEYS:-10000000}
leads=${LEADS:-2000000}
dir=${1:-build/bench/check}
bin=${TOYON_BIN:-build/toyon}

make -s -f tools/build.mk build/lib/libtoyon.a build/toyon
mkdir -p "$dir"
gcc -std=c11 -O2 -o "$dir/gen" bench/gen.c -lcrypto
gcc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Iinclude -o "$dir/b_check" \
	bench/b_check.c build/lib/libtoyon.a \
	$(pkg-config --libs libutf8proc libidn2 libcrypto)
echo "$(nproc) processors, $(awk -F': ' '/model name/ { print $2; exit }' \
	/proc/cpuinfo), load $(cut -d' ' -f1-3 /proc/loadavg)"
if [ ! -e "$dir/$keys.tyx" ]; then
	"$dir/gen" emails "$keys" |
		"$bin" index build --kind email - -o "$dir/$keys.tyx" --quiet
fi
"$dir/gen" leads "$leads" >"$dir/leads.csv"
"$dir/gen" kept "$leads" >"$dir/kept.csv"
"$dir/b_check" "$dir/$keys.tyx" "$dir/leads.csv" "$dir/kept.csv"
