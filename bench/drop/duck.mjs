// DuckDB matches the State's work items with records, as one would write it in SQL: each value standardized and hashed by the same
// rules (for ASCII data they need no transliteration), parts hashed, joined and hashed again, and the digests of all lists joined to
// the items in one go, so that no table of them is needed: of 100 million records it would be larger than memory.
//
//	node duck.mjs RECORDS.csv NDZ.csv Email.csv Phone.csv MAID.csv NameVIN.csv CTVID.csv
//
// Prints the matches, and their records' and items' numbers added up. THREADS: how many it may use, 2. HOW: plain (each hash is
// made for each row) or parts (hashes of parts are made once for each different value, and joined).
// DuckDB is the one that bench/suppression/package.json brings.
import duckdb from '../suppression/node_modules/@duckdb/node-api/lib/index.js';

const [records, ...lists] = process.argv.slice(2);
const KEYS = ['ndz', 'email', 'phone', 'maid', 'namevin', 'ctvid'];
const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: process.env.THREADS || '2' });
const duck = await instance.connect();

const items = (file) => `select cast(ID as bigint) as item, lower(hex(from_base64(Hash))) as h from read_csv('${file}', header=true, all_varchar=true)`;
const b64 = (text) => `to_base64(unhex(sha256(${text})))`;
const first = `regexp_replace(lower(first_name), '[^a-z0-9]', '', 'g')`;
const last = `regexp_replace(lower(last_name), '[^a-z0-9]', '', 'g')`;
const dob = `strftime(coalesce(try_strptime(dob, '%Y-%m-%d'), try_strptime(dob, '%m/%d/%Y')), '%Y%m%d')`;
const zip = `left(ltrim(regexp_replace(lower(regexp_replace(zip, '-[0-9]{4}$', '')), '[^a-z0-9]', '', 'g'), '0'), 5)`;
const vin = `regexp_replace(lower(vin), '[^a-z0-9]', '', 'g')`;
const hashes = (ndz, names) => `${ndz} as ndz, case when vin is not null then sha256(${names} || ${b64(vin)}) end as namevin,
	case when maid is not null then sha256(regexp_replace(lower(maid), '[^0-9a-f]', '', 'g')) end as maid,
	case when ctvid is not null then sha256(regexp_replace(lower(ctvid), '[^a-z0-9]', '', 'g')) end as ctvid,
	sha256(lower(regexp_replace(email, '\\s', '', 'g'))) as email,
	sha256(right(regexp_replace(phone, '[^0-9]', '', 'g'), 10)) as phone`;
const read = `select * from read_csv('${records}', header=true, all_varchar=true)`;

const PARTS = [['first_name', first], ['last_name', last], ['dob', dob], ['zip', zip]];

await duck.run(`create temp table i as ${KEYS.map((key, n) => `select ${n} as l, * from (${items(lists[n])})`).join(' union all ')}`);
let rows = `select cast(id as bigint) as id, ${hashes(`sha256(${b64(first)} || ${b64(last)} || ${b64(dob)} || ${b64(zip)})`,
	`${b64(first)} || ${b64(last)}`)} from (${read})`;
if (process.env.HOW === 'parts') {
	await duck.run(`create temp table part as select distinct unnest([${PARTS.map(([name]) => name).join(', ')}]) as raw, unnest([0, 1, 2, 3]) as p from (${read})`);
	for (const [n, [name, text]] of PARTS.entries())
		await duck.run(`create temp table of_${name} as select ${name} as raw, ${b64(text)} as h from (select raw as ${name} from part where p = ${n})`);
	rows = `select cast(id as bigint) as id, ${hashes('sha256(f.h || l.h || d.h || z.h)', 'f.h || l.h')}
		from (${read}) r left join of_first_name f on f.raw = r.first_name left join of_last_name l on l.raw = r.last_name
		left join of_dob d on d.raw = r.dob left join of_zip z on z.raw = r.zip`;
}
const result = await duck.runAndReadAll(`select count(*), sum(k.id), sum(i.item) from (select id, unnest([${KEYS.join(', ')}]) as h, unnest([0, 1, 2, 3, 4, 5]) as l
	from (${rows})) k join i on k.l = i.l and k.h = i.h`);
console.log(result.getRows()[0].join(' '));
