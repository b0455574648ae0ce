// Nothing personal in what the program writes for operators: the log of a whole
// run of the browser tests, what commands said on stderr meanwhile, and then the
// log and the errors of everything that goes wrong while a person is at hand: a
// system that is no database, lists and identifiers that can't be read.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { about, check, report, same, scenario } from '../browser/check.mjs';
import { BIN, Installation, ROOT, Served, temporary } from '../browser/demo.mjs';
import { Staff, confirm, send } from '../serve/flow.mjs';

const RUN = path.join(ROOT, 'build/log', process.env.TOYON_BUILD ?? 'release', 'browser.d');
const JO = { email: 'jo@lakeshore.example', passphrase: 'herons by the water' };
const ELLEN = {
  first: 'Ellen', last: 'Tran', email: 'ellen.tran@work.example', emails: ['e.tran@example.net', 'ellen.tran@work.example'],
  phones: ['9165550142'], zip: '95616', street: '410 F St',
};

// --- what is looked for --------------------------------------------------------------

const spelled = (phone) => [
  phone,
  phone.replace(/(...)(...)(....)/, '$1-$2-$3'),
  phone.replace(/(...)(...)(....)/, '($1) $2-$3'),
  phone.replace(/(...)(...)(....)/, '$1.$2.$3'),
];

const word = (s) => new RegExp(`(?<![\\p{L}\\d])${s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\d])`, 'iu');

// What gives a person away; each with the words for the report, which must not.
function traces(who) {
  return [
    ...who.emails.map((v, i) => [`address ${i + 1}`, word(v)]),
    ...who.emails.map((v, i) => [`address ${i + 1} in a URL`, word(encodeURIComponent(v))]),
    ...who.phones.flatMap((v, i) => spelled(v).map((s) => [`phone ${i + 1}`, word(s)])),
    ['first name', word(who.first)],
    ['last name', word(who.last)],
    ['street', word(who.street)],
    ['ZIP code', word(who.zip)],
    ...(who.ssn ? [['SSN', word(who.ssn)]] : []),
  ];
}

function namesNobody(text, people, what) {
  for (const who of people)
    for (const [kind, regex] of traces(who)) check(!regex.test(text), `${what}: no ${kind} of a person`);
  same(text.match(/[\w.+-]+(@|%40)[\w-]+\.[\w.-]+/g), null, `${what}: no email address at all`);
}

// --- the log ------------------------------------------------------------------------------

function fields(line) {
  const out = {};
  for (const [, key, quoted, plain] of line.matchAll(/([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) out[key] = quoted ?? plain;
  return out;
}

function routes() {
  const text = ['tbl/routes.h', 'tbl/api.h'].map((f) => fs.readFileSync(path.join(ROOT, f), 'utf8')).join('\n');
  return new Set([...text.matchAll(/\b(?:GET|POST|PUT|PATCH|DELETE),\s*"([^"]+)"/g)].map((m) => m[1]));
}

// URLs are logged as the patterns of their routes, never as they came.
function patternsOnly(lines) {
  const known = routes();
  check(known.size > 30, 'the routes can be read');
  const strange = new Set();
  for (const l of lines.map(fields))
    if (l.route !== undefined && !known.has(l.route)) strange.add(l.route);
  same([...strange].filter((r) => r !== '-' && r !== ''), [], 'a request is logged by its route');
  const raw = lines.filter((l) => /\?ref=|\/v\/[\w-]{8}|\/s\/[0-9A-Z]{4}|\/desk\/r\/[0-9A-Z]{4}/.test(l));
  same(raw, [], 'no path as it came');
}

// But for the one line that `toyon serve` says to whoever started it.
function wellFormed(text) {
  const lines = text.split('\n').filter((l) => l && !l.startsWith('toyon is ready on http'));
  const odd = lines.filter((l) => !/^ts=\S+Z level=(debug|info|warn|error) process=(serve|web|worker) msg=/.test(l));
  same(odd, [], 'every line is one event with time, level, process and message');
  return lines;
}

function wholeRun() {
  about('the browser run');
  const fresh = fs.existsSync(path.join(RUN, 'people.json')) &&
    fs.statSync(path.join(RUN, 'people.json')).mtimeMs > fs.statSync(BIN).mtimeMs;
  if (!fresh) spawnSync(path.join(ROOT, 't/browser/run'), ['started', 'consumer', 'wizard', 'staff', 'after'], { stdio: 'ignore' });
  const people = Object.values(JSON.parse(fs.readFileSync(path.join(RUN, 'people.json'), 'utf8')));
  const log = fs.readFileSync(path.join(RUN, 'serve.log'), 'utf8');
  const said = fs.readFileSync(path.join(RUN, 'commands.log'), 'utf8');
  const lines = wellFormed(log);
  check(lines.filter((l) => l.includes('msg=request')).length > 100, 'the log has the requests of the run');
  check(said.includes('100,000') || said.includes('100000'), 'and what the commands said is there');
  // Staff drop what was taken out of the data map; until then its job can't be done.  The
  // run kills who makes a package, and asks for somebody whom three rows may be.
  const expected = (l) => l.includes('the data map has no system') ||
    l.includes('the data map has no vendor') || l.includes('ended by itself" kind=package status=9') || l.includes('rows of person have this name and ZIP code"');
  same(lines.filter((l) => / level=error /.test(l) && !expected(l)), [], 'nothing else went wrong in it');
  namesNobody(log, people, 'the log');
  namesNobody(said, people, 'what commands said');
  patternsOnly(lines);
}

// --- what goes wrong ---------------------------------------------------------------------------

// Each fails with the person in what it was given.
function failures(at) {
  const { email, first, last } = ELLEN;
  const list = (name, text) => {
    fs.writeFileSync(at.path(name), text);
    return at.path(name);
  };
  return [
    ['an address that is none', ['check', 'email', `${email}@`]],
    ['a name where a number belongs', ['check', 'phone', `${first} ${last}`]],
    ['a number that is too short', ['check', 'phone', '916-555-014']],
    ['suppress what is no address', ['suppress', 'email', `${first}.${last} at home`, '--reason', 'opt-out']],
    ['release what is no number', ['release', 'phone', `${email} 9165550142x`]],
    ['a kind that there is not', ['check', 'emial', email]],
    ['a ragged list', ['scrub', list('ragged.csv', `email,zip\n${email},1,2\n`), '-o', at.path('x.csv')]],
    ['an open quote', ['scrub', list('open.csv', `email,zip\n"${email},${last}\n`), '-o', at.path('x.csv')]],
    ['a header of people', ['scrub', list('head.csv', `${email},${last}\nx,y\n`), '-o', at.path('x.csv')]],
    ['a column that is not there', ['import', 'leads', list('short.csv', `email,nickname\n${email},${first}\n`)]],
    ['a row that the system refuses', ['import', 'leads', list('null.csv', `first_name,last_name,email\n${first},${last},x${email}\n`),
      '--set', 'is_confirmed=0']],
    ['an index of people', ['scrub', list('ok.csv', `email\n${email}\n`), '--index', list('bad.tyx', `${email}\n${last}\n`)]],
    ['an audit trail of people', ['audit', 'verify', list('trail.txt', `{"entry":{"seq":1,"at":"${email}"}}\n`)]],
  ];
}

function errorTexts(at) {
  about('errors of commands');
  for (const [why, args] of failures(at)) {
    const r = at.run(args);
    check(r.status !== 0, `${why} is refused: ${r.status}`);
    check(r.err.length > 10 || r.out.length > 10, `${why}: something is said`);
    namesNobody(r.err, [ELLEN], why);
  }
}

// A system that can't be searched, for a person who waits for it.
async function brokenSystem(at) {
  about('a system that is no database');
  fs.writeFileSync(at.path('crm.db'), `${ELLEN.email} ${ELLEN.first} ${ELLEN.last}\n`.repeat(500));
  const log = path.join(path.dirname(at.dir), 'serve.log');
  const s = await new Served(['serve', '--dir', at.dir, '--listen', '127.0.0.1:0'], { log }).ready();
  const staff = await Staff.signIn(s.base, JO);
  const reference = await send(s.base, ELLEN);
  await confirm(s.base, at.path('outbox'), reference);
  const page = await staff.waitFor(`/desk/r/${reference}`, 'Try again now');
  check(page, 'the case says that a system has to be got back');
  check(page && !/CRM<small>System<\/small><\/td><td><span class="st ok"/.test(page), 'and it is not called done');
  await staff.post('/desk/sign-in', { email: JO.email, passphrase: `${ELLEN.email} ${ELLEN.last}` }, 422);
  await staff.post('/opt-out', { id: `${ELLEN.email} ${ELLEN.last}` }, 422);
  await staff.get(`/s/${encodeURIComponent(ELLEN.email)}`);
  await staff.get(`/${encodeURIComponent(ELLEN.email)}?name=${ELLEN.last}`);
  await staff.get(`/v/${encodeURIComponent(ELLEN.email)}`);
  await s.stop();
  const lines = wellFormed(s.log);
  check(lines.some((l) => / level=(warn|error) process=worker /.test(l)), 'the worker says that it failed');
  namesNobody(s.log, [ELLEN], 'its log');
  patternsOnly(lines);
}

async function failing() {
  const dir = temporary('logs');
  const at = new Installation(path.join(dir, 'demo'));
  const made = spawnSync(BIN, ['demo', '--dir', at.dir, '--no-serve'], { encoding: 'utf8' });
  same(made.status, 0, `there is a demo: ${made.stderr}`);
  errorTexts(at);
  await brokenSystem(at);
}

process.on('SIGTERM', () => process.exit(143));
await scenario('the whole run', wholeRun);
await scenario('what goes wrong', failing);
report('t_logs');
process.exit();
