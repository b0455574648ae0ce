#!/bin/sh
# Checks an evidence pack of `toyon drop evidence`, or the evidence file of a case, with
# nothing but a shell, sha256sum, OpenSSL 3 and, for a ZIP, unzip:
#     sh verify-evidence.sh FOLDER|FILE.zip KEY
# KEY is the business's public key (64 hex digits, or the file audit.pub), as it
# was given to you.
set -eu
fail() { echo "broken: $*"; exit 1; }
unhex() { printf %s "$1" | tr a-f A-F | basenc --base16 -d; }
key=$2
[ ! -f "$key" ] || key=$(cat "$key")
dir=$(mktemp -d) && trap 'rm -r "$dir"' EXIT
from=$1
if [ -f "$from" ]; then
	mkdir "$dir/files"
	unzip -q "$from" -d "$dir/files" || fail "the ZIP"
	from=$dir/files
fi
cd "$from"
sign=$(sed -n 's/.*"signature":"\([0-9a-f]*\)".*/\1/p' SIGNATURE.json)
[ ${#sign} = 128 ] || fail "no signature"
case $(cat SIGNATURE.json) in
'{"toyon_drop_evidence":1,'*) head='toyon drop evidence 1' ;;
'{"toyon_case_evidence":1,'*) head='toyon case evidence 1' ;;
*) fail "this is no evidence of ours" ;;
esac
sha256sum --check --strict --quiet SHA256SUMS || fail "a file was changed"
for f in *; do
	case $f in SHA256SUMS | SIGNATURE.json) continue ;; esac
	grep -q "^[0-9a-f]\{64\}  $f\$" SHA256SUMS || fail "$f does not belong"
done
unhex "302a300506032b6570032100$key" > "$dir/key"
unhex "$sign" > "$dir/sign"
{ printf '%s\n' "$head"; cat SHA256SUMS; } > "$dir/text"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$dir/key" -rawin \
	-in "$dir/text" -sigfile "$dir/sign" > /dev/null || fail "the signature"
[ ! -f trail.jsonl ] || while IFS= read -r line; do
	case $line in '{"entry":'*) ;; *) continue ;; esac
	before=${line##*'"before":"'} && before=${before%'"}'}
	rest=${line%'","before":"'*} && hash=${rest##*'"hash":"'}
	text=${rest#'{"entry":'} && text=${text%',"hash":"'*}
	now=$(printf '%s\n%s' "$before" "$text" | sha256sum)
	[ "${now%% *}" = "$hash" ] || fail "an entry of the audit trail"
done < trail.jsonl
echo "the pack fits, signed with key $key"
