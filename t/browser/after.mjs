// After the case is closed: the list, an import, the systems and the audit
// trail, each tried by what stands in the files.
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { about, check, same } from './check.mjs';
import { identifiers, readRecords } from './csv.mjs';
import { holdings } from './staff.mjs';

const TABLES = {
  'leads.db': ['person', 'person_email', 'person_phone', 'lead', 'lead_note'],
  'crm.db': ['contact', 'contact_email', 'contact_phone', 'deal', 'note', 'invoice'],
};

// Run before anything is asked: the systems, and the list scrubbed, as they were.
export function before(t) {
  for (const db of Object.keys(TABLES)) {
    const r = spawnSync('sqlite3', [t.demo.path(db), `.backup ${t.demo.path(`before-${db}`)}`]);
    same(r.status, 0, `${db} can be copied`);
  }
  t.held = holdings(t.demo, t.people.deleted);
  const r = t.demo.run(['scrub', t.demo.path('leads.csv'), '-o', t.demo.path('before.csv')]);
  same(r.status, 0, `the list can be scrubbed before: ${r.err}`);
}

async function checked(t) {
  about('toyon check');
  const who = t.people.deleted;
  for (const [kind, value] of [...who.emails.map((v) => ['email', v]), ...who.phones.map((v) => ['phone', v])]) {
    const { status, out } = t.demo.run(['check', kind, value]);
    const [, state, reasons] = out.trim().split('\t');
    same([status, state], [4, 'suppressed'], `a ${kind} of who was deleted is suppressed`);
    check(reasons?.split(',').includes('deleted'), `${kind}: it says why: ${reasons}`);
  }
  const other = t.demo.run(['check', 'email', t.people.other.email]);
  same([other.status, other.out.trim().split('\t')[1]], [0, 'clear'], 'somebody else is clear');
  const both = t.demo.run(['check', 'email', t.people.other.email, who.email]);
  same([both.status, both.out.trim().split('\n').length], [4, 2], 'one of two is enough for 4, a line for each');
}

async function scrubbed(t) {
  about('toyon scrub');
  const { deleted, optOut } = t.people;
  const out = t.demo.path('after.csv');
  const r = t.demo.run(['scrub', t.demo.path('leads.csv'), '-o', out]);
  same(r.status, 0, `it goes through: ${r.err}`);
  const emails = new Set([...deleted.emails, optOut.email]);
  const phones = new Set([...deleted.phones, optOut.phone]);
  const was = readRecords(t.demo.path('before.csv'));
  const rows = identifiers(was);
  const theirs = rows.filter((x) => emails.has(x.email) || phones.has(x.phone));
  const left = was[0].raw + rows.filter((x) => !theirs.includes(x)).map((x) => x.raw).join('');
  for (const who of [deleted, optOut])
    check(theirs.filter((x) => x.email === who.email).length > 1, 'the list has several rows of each');
  check(fs.readFileSync(out, 'latin1') === left, `exactly their ${theirs.length} rows are gone; the others are as they were, in order`);
  const all = identifiers(readRecords(t.demo.path('leads.csv')));
  check(all.length === 100000, 'the list has 100,000 rows');
  check(/\b100,?000\b/.test(r.err), `stderr says how many there were: ${r.err.trim()}`);
}

// A list without the one column, rows and files that can't be read.
async function badLists(t) {
  about('toyon scrub: what is no list');
  const bad = [
    ['no.csv', 'colour,size\nred,2\n', 'no column says who a row is about'],
    ['ragged.csv', `email,zip\n${t.people.deleted.email},1,2\n`, 'a row has more fields than the header'],
    ['open.csv', `email,zip\n"${t.people.deleted.email},1\n`, 'a quote is never closed'],
  ];
  for (const [name, text, why] of bad) {
    fs.writeFileSync(t.demo.path(name), text);
    const out = t.demo.path(`${name}.out`);
    const r = t.demo.run(['scrub', t.demo.path(name), '-o', out]);
    check(r.status !== 0 && r.err.startsWith('toyon: '), `${why}: it is an error: ${r.err}`);
    same(fs.existsSync(out), false, `${why}: nothing lies under the final name`);
    check(!r.err.includes(t.people.deleted.email), `${why}: the error names nobody`);
  }
  const none = t.demo.run(['scrub', t.demo.path('none.csv'), '-o', t.demo.path('none.out')]);
  check(none.status !== 0 && !fs.existsSync(t.demo.path('none.out')), 'so it is with a file that is not there');
}

// Rows of a table that are not there any more, and such as were not there.
function changes(t, db, table) {
  const attach = `attach '${t.demo.path(`before-${db}`)}' as old; `;
  const gone = t.demo.rows(db, `${attach}select id from old.${table} except select id from main.${table} order by id`);
  const [{ n }] = t.demo.rows(db,
    `${attach}select count(*) as n from (select * from main.${table} except select * from old.${table})`);
  return { gone: gone.map((r) => r.id), other: n };
}

// By the keys in the copy that was made before.
function expectedGone(t, db, table) {
  const { id, contact } = t.people.deleted;
  const where = {
    person: `id = ${id}`,
    lead_note: `lead_id in (select id from lead where person_id = ${id})`,
    contact: `id = ${contact}`,
    note: `${contact} in (contact_id, other_contact_id)`,
    invoice: 'false',
  };
  const otherwise = db === 'leads.db' ? `person_id = ${id}` : `contact_id = ${contact}`;
  return t.demo
    .rows(`before-${db}`, `select id from ${table} where ${where[table] ?? otherwise} order by id`)
    .map((r) => r.id);
}

// By putRight() of kinds.mjs, in a table of the Lead exchange.
const CORRECTED = 1;

async function systems(t) {
  about('the systems');
  for (const [db, tables] of Object.entries(TABLES))
    for (const table of tables) {
      const { gone, other } = changes(t, db, table);
      const want = expectedGone(t, db, table);
      same(gone, want, `${table}: exactly the person's rows are gone`);
      check(want.length > 0 || table === 'invoice', `${table}: and there were some`);
      same(other, table === 'person' ? CORRECTED : 0, `${table}: every other row is as it was, but for the one that was corrected`);
    }
  for (const [what, n] of Object.entries(holdings(t.demo, t.people.deleted))) same(n, 0, `${what}: zero rows of the person`);
  check(Object.values(t.held).every((n) => n > 0), 'of which there were some in each table');
}

function countPeople(t) {
  return t.demo.rows('leads.db', 'select count(*) as n from person')[0].n;
}

async function imported(t) {
  about('toyon import');
  const [header, ...records] = readRecords(t.demo.path('leads.csv'));
  const rows = identifiers([header, ...records]);
  const known = t.demo.rows('leads.db', 'select lower(trim(email)) as e from person_email').map((r) => r.e);
  const inSystem = new Set(known);
  const theirs = rows.filter((r) => t.people.deleted.emails.includes(r.email));
  check(theirs.length > 1, 'the list has rows of who was deleted');
  const kept = new Set(identifiers(readRecords(t.demo.path('after.csv'))).map((r) => r.raw));
  const others = rows.filter((r) => kept.has(r.raw) && r.email && r.phone && !inSystem.has(r.email)).slice(0, 5);
  const list = t.demo.path('again.csv');
  fs.writeFileSync(list, header.raw + [...theirs, ...others].map((r) => r.raw).join(''), 'latin1');
  const had = countPeople(t);
  const args = ['import', 'leads', list, '--skip', 'comment', '--set', 'is_confirmed=0,line=unknown'];
  const r = t.demo.run([...args, '--rejects', t.demo.path('refused.csv')]);
  same(r.status, 0, `it goes through: ${r.err}`);
  same(countPeople(t) - had, others.length, 'the others are in');
  same(holdings(t.demo, t.people.deleted).People, 0, 'who was deleted is not');
  const back = t.demo.rows('leads.db', `select count(*) as n from person_email where lower(trim(email)) in
    (${t.people.deleted.emails.map((e) => `'${e}'`).join()})`);
  same(back[0].n, 0, 'not under any of the addresses');
  const refused = fs.readFileSync(t.demo.path('refused.csv'), 'latin1');
  same(refused.split('\n').filter((l) => /@/.test(l)).length, theirs.length, 'their rows lie in the file of refused ones');
}

// A line of an export with one of its bytes changed; never into itself.
function changed(line, at) {
  const c = line[at];
  const other = /\d/.test(c) ? String((Number(c) + 1) % 10) : c === 'e' ? 'f' : 'e';
  return line.slice(0, at) + other + line.slice(at + 1);
}

// Where to change a byte of an entry: the time, the actor or event, the detail,
// the hash.
const PLACES = [
  ['the time', (l) => l.indexOf('"at":"') + 8],
  ['the event', (l) => l.indexOf('"event":"') + 10],
  ['the hash', (l) => l.indexOf('"hash":"') + 20],
  ['the last digit of the hash', (l) => l.lastIndexOf('"') - 1],
];

async function auditTrail(t) {
  about('toyon audit');
  const file = t.demo.path('trail.jsonl');
  const key = t.demo.path('keys', 'audit.pub');
  const exported = t.demo.run(['audit', 'export', '-o', file]);
  same(exported.status, 0, `it is exported: ${exported.err}`);
  const verify = () => t.demo.run(['audit', 'verify', file, '--key', key]);
  const good = verify();
  same(good.status, 0, `it is proven from the export alone: ${good.out}${good.err}`);
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const entries = lines.flatMap((l, i) => (l.startsWith('{"entry"') ? [i] : []));
  for (const who of Object.values(t.people))
    check(!lines.some((l) => l.includes(who.email) || l.includes(who.phone)), 'nothing personal stands in it');
  const mine = entries.filter((i) => lines[i].includes(t.reference.replace('-', '')));
  check(mine.length > 10, 'the whole case is in it');
  for (const i of [entries[0], mine[0], mine[3], mine.at(-1), entries.at(-1)])
    for (const [what, place] of PLACES) {
      const seq = JSON.parse(lines[i]).entry.seq;
      const text = [...lines];
      text[i] = changed(lines[i], place(lines[i]));
      fs.writeFileSync(file, text.join('\n'));
      const bad = verify();
      same(bad.status, 4, `one byte of ${what} of entry ${seq} changed: it is found`);
      check(new RegExp(`\\b${seq}\\b`).test(bad.out), `and the entry is named: ${bad.out.trim()}`);
    }
  const without = lines.filter((_, i) => i !== mine[1]);
  fs.writeFileSync(file, without.join('\n'));
  same(verify().status, 4, 'so is one that was taken out');
  fs.writeFileSync(file, lines.join('\n'));
  same(verify().status, 0, 'put back, it is whole again');
}

export async function after(t) {
  await checked(t);
  await scrubbed(t);
  await badLists(t);
  await systems(t);
  await imported(t);
  await auditTrail(t);
}
