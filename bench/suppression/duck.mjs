// DuckDB takes suppressed people out of a list, as one would write it in SQL.
//
//	node duck.mjs table DB HASHES.txt			a table made ready
//	node duck.mjs ready DB LEADS.csv OUT.csv		against that table
//	node duck.mjs text - LEADS.csv OUT.csv HASHES.txt	against the list as text
//	node duck.mjs both - LEADS.csv OUT.csv EMAILS PHONES	emails and phones
//
// THREADS: how many it may use, 2.
import { DuckDBInstance } from '@duckdb/node-api';

const [how, db, leads, out, emails, phones] = process.argv.slice(2);
const instance = await DuckDBInstance.create(db === '-' ? ':memory:' : db, { threads: process.env.THREADS || '2' });
const duck = await instance.connect();

const list = (file) => `read_csv('${file}', header=false, columns={'h': 'VARCHAR'}, delim=',', quote='', escape='')`;
const email = 'sha256(lower(trim(l.email)))';
const phone = `sha256(right(regexp_replace(l.phone, '[^0-9]', '', 'g'), 10))`;
const scrub = (joins) => `copy (select l.* from read_csv('${leads}', header=true, all_varchar=true) l ${joins}) to '${out}' (header, format csv)`;

if (how === 'table') {
	await duck.run(`create table suppressed as select h from ${list(leads)}`);
	await duck.run('checkpoint');
} else if (how === 'ready')
	await duck.run(scrub(`anti join suppressed s on ${email} = s.h`));
else if (how === 'text')
	await duck.run(scrub(`anti join ${list(emails)} s on ${email} = s.h`));
else if (how === 'both')
	await duck.run(scrub(`anti join ${list(emails)} s on ${email} = s.h anti join ${list(phones)} p on ${phone} = p.h`));
else
	throw new Error('table, ready, text or both');
