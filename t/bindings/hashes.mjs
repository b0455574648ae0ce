// What toyon_drop_hash() is asked in every language (t/bindings/run): the State's
// published examples with the hashes published, and random values with what
// `toyon hash` makes of them.  Writes into DIR hashes.json ([kind, parts, hex or
// null]...), hashes.sql, which makes the table item of them, and hashes.want, a
// line "NR|HEX" for each.
//
//	node t/bindings/hashes.mjs TOYON DIR
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [toyon, dir] = process.argv.slice(2);
const items = [];
const hexOf = (base64) => base64 === '' ? null
	: Buffer.from(base64, 'base64').toString('hex');

const table = readFileSync(
	new URL('../../src/drop/tbl/vectors.h', import.meta.url), 'utf8')
	.replace(/^\/\*[^]*?\*\//, '');
for (const [, row] of table.matchAll(/DROP_VECTOR\(([^]*?)\)\n/g)) {
	const [kind, input, ...rest] = [...row.matchAll(/"([^"]*)"/g)]
		.map((m) => m[1]);
	items.push([kind.replace('_', ''), input.split('|'), hexOf(rest.at(-1))]);
}
if (items.length < 20)
	throw new Error('the published examples are not in their table');

let seed = 20261122;
function below(n) {
	seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
	return Math.floor(seed / 2 ** 32 * n);
}
const pick = (list) => list[below(list.length)];
const some = (letters, n) => Array.from({ length: below(n + 1) },
	() => pick(letters)).join('');
const letters = [...'abcxyzABCXYZ \'-.,"|\\%;()' +
	'\u00E9\u00D6\u0141\u00DF\u0130o\u0308\u200B\u00A0' +
	'\u0391\u03C9\u03CC\u042E\u0439\u0451\u4F8B\u{1F600}'];
const digits = [...'0123456789'];
const plain = [...'abcXYZ019._%+-'];
const hex = [...'0123456789abcdefABCDEF'];
const name = () => some(letters, 12);
const dob = () => pick([`19${some(digits, 2)}-0${below(10)}-1${below(10)}`,
	`${below(14)}/${below(33)}/19${some(digits, 2)}`,
	`July ${below(33)}, 19${some(digits, 2)}`, some(digits, 8)]);
const zip = () => pick([some(digits, 6), `${some(digits, 5)}-1234`,
	some(letters, 6)]);
const vin = () => pick(['1HGCM82633A0043', '1hgcm-82633-a0043']) +
	some([...'0123456789 z'], 3);
const random = {
	email: () => [pick([`${some(plain, 8)}@${some(plain, 8)}.${some(plain, 4)}`,
		`${some(plain, 20)}@X.example${pick(['', '.', ' ', '>'])}`,
		`${some(letters, 9)}@x.example`, some(letters, 60)])],
	phone: () => [pick([some([...digits, ...'()-+ x'], 16),
		pick(['', '+1', '1-', '011 1']) + pick(['(415)', '415.', '911-']) +
		pick(['555-', ' 555 ', '055']) + (1000 + below(12000)) +
		pick(['', '', ' x12', '#1', ' ', 'a'])])],
	maid: () => [pick(['', '{']) + Array.from({ length: 31 + below(2) },
		() => pick(hex) + pick(['', '', '-'])).join('')],
	vin: () => [vin()],
	ctvid: () => [some([...letters, ...digits], 40)],
	first: () => [name()],
	last: () => [name()],
	dob: () => [dob()],
	zip: () => [zip()],
	ndz: () => [name(), name(), dob(), zip()],
	namevin: () => [name(), name(), vin()],
};
for (const [kind, make] of Object.entries(random)) {
	const values = Array.from({ length: 400 }, make);
	values.push(make().map(() => ''), make().map(() => 'x'.repeat(1500)));
	// The command ends with 4, since some give no key.
	const { stdout } = spawnSync(toyon, ['hash', kind],
		{ input: values.map((v) => v.join('\t') + '\n').join('') });
	const hashes = stdout.toString().split('\n').slice(0, -1)
		.map((line) => hexOf(line.split('\t')[1]));
	const keyed = hashes.filter((h) => h !== null).length;
	if (hashes.length !== values.length || keyed < 40 || keyed > 400)
		throw new Error(`toyon hash ${kind}: ${keyed} of ${hashes.length}`);
	values.forEach((v, i) => items.push([kind, v, hashes[i]]));
}

const quoted = (s) => s === undefined ? 'null' : `'${s.replaceAll("'", "''")}'`;
writeFileSync(`${dir}/hashes.json`, JSON.stringify(items));
writeFileSync(`${dir}/hashes.want`,
	items.map(([, , hex], i) => `${i}|${hex ?? ''}\n`).join(''));
writeFileSync(`${dir}/hashes.sql`, 'create table item (nr integer, kind text, ' +
	'a text, b text, c text, d text);\nbegin;\n' +
	items.map(([kind, p], i) => `insert into item values (${i}, '${kind}', ` +
		[0, 1, 2, 3].map((n) => quoted(p[n])).join(', ') + ');\n').join('') +
	'commit;\n');
