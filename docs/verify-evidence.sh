#!/bin/sh
# Checks an evidence pack of `toyon drop evidence` with nothing but a shell,
# sha256sum and OpenSSL 3:     sh verify-evidence.sh FOLDER KEY
# KEY is the business's public key (64 hex digits, or the file audit.pub), as it
# was given to you.
set -eu
fail() { echo "broken: $*"; exit 1; }
unhex() { printf %s "$1" | tr a-f A-F | basenc --base16 -d; }
key=$2
[ ! -f "$key" ] || key=$(cat "$key")
cd "$1"
sign=$(sed -n 's/.*"signature":"\([0-9a-f]*\)".*/\1/p' SIGNATURE.json)
[ ${#sign} = 128 ] || fail "no signature"
sha256sum --check --strict --quiet SHA256SUMS || fail "a file was changed"
for f in *; do
	case $f in SHA256SUMS | SIGNATURE.json) continue ;; esac
	grep -q "^[0-9a-f]\{64\}  $f\$" SHA256SUMS || fail "$f does not belong"
done
dir=$(mktemp -d) && trap 'rm -r "$dir"' EXIT
unhex "302a300506032b6570032100$key" > "$dir/key"
unhex "$sign" > "$dir/sign"
{ printf 'toyon drop evidence 1\n'; cat SHA256SUMS; } > "$dir/text"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$dir/key" -rawin \
	-in "$dir/text" -sigfile "$dir/sign" > /dev/null || fail "the signature"
echo "the pack fits, signed with key $key"
