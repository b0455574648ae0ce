#!/bin/sh
# Checks the chain of a Toyon audit export with nothing but a shell and
# sha256sum:     sh verify-audit.sh EXPORT
# Each entry's hash is SHA-256(hash before, line end, the entry's text).  The last
# line carries the same hash, signed; with OpenSSL 3 that is checked as well, with
# the key in the header (compare it with the one the business gave you).
set -eu
fail() { echo "broken: $*"; exit 1; }
quote='"hash":"'
unhex() { printf %s "$1" | tr a-f A-F | basenc --base16 -d; }
IFS= read -r head < "$1" || fail "the file is empty"
case $head in '{"toyon_audit":1,'*'}') ;; *) fail "no header" ;; esac
key=${head##*'"public_key":"'} && key=${key%%'"'*}
seq=${head##*'"from":'} && seq=${seq%%,*}
to=${head##*'"to":'} && to=${to%%,*}
prev=${head##*'"before":"'} && prev=${prev%'"}'}
end=
while IFS= read -r line; do
	case $line in
	'{"entry":{"seq":'"$seq"',"at":'*) ;;
	'{"toyon_audit":'* | '{"seal":'*) continue ;;
	'{"end":'*) end=$line && continue ;;
	*) fail "entry $seq is not where it should be" ;;
	esac
	hash=${line##*"$quote"}
	text=${line#'{"entry":'} && text=${text%",$quote$hash"}
	now=$(printf '%s\n%s' "$prev" "$text" | sha256sum)
	prev=${now%% *}
	[ "$hash" = "$prev\"}" ] || fail "entry $seq was changed"
	seq=$((seq + 1))
done < "$1"
[ "$seq" -gt "$to" ] || fail "entry $seq is missing"
case $end in *"$quote$prev"'","signature":"'*) ;; *) fail "no end" ;; esac
echo "unbroken up to entry $to, hash $prev"
command -v openssl > /dev/null || exit 0
dir=$(mktemp -d) && trap 'rm -r "$dir"' EXIT
sign=${end##*'"signature":"'} && unhex "${sign%'"}}'}" > "$dir/sign"
unhex "302a300506032b6570032100$key" > "$dir/key"
all=$(sed '$d' "$1" | sha256sum)
printf 'toyon audit export 1\n%s\n%s' "${all%% *}" "$prev" > "$dir/text"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$dir/key" -rawin \
	-in "$dir/text" -sigfile "$dir/sign" > /dev/null || fail "the signature"
echo "signed with key $key"
