// What holds of the processes of `toyon serve`, tried from outside: a request
// filed before one of them is killed is there afterwards, none is left behind.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { about, check, report, same, scenario } from '../browser/check.mjs';
import { daysFromToday } from '../browser/dates.mjs';
import { BIN, Installation, ROOT, Served, isAlive, sleep, temporary, until } from '../browser/demo.mjs';
import { Person, Staff, close, confirm, optOut, send, sendCorrection } from './flow.mjs';

const JO = { email: 'jo@lakeshore.example', passphrase: 'herons by the water' };
const MARIA = { email: 'mgomez@mail.example', zip: '95814', first: 'Maria', last: 'Gomez' };
const GRACE = { email: 'gkim@mail.example', zip: '95112', first: 'Grace', last: 'Kim' };
const BACK_MS = 5000;
const STOP_MS = 20000;

const work = temporary('serve');
const place = (...names) => path.join(work, ...names);

function make(dir, args = []) {
  const r = spawnSync(BIN, ['demo', '--dir', dir, '--no-serve', ...args], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`no demo: ${r.stderr}`);
  return new Installation(dir);
}

function serve(dir, listen = '127.0.0.1:0', env = {}) {
  return new Served(['serve', '--dir', dir, '--listen', listen], { log: place('serve.log'), env });
}

const answers = (base) => new Person(base).get('/').then((a) => a.status === 200, () => false);

// Its children by name, as its log says.
function children(s) {
  const out = {};
  for (const [, name, pid] of s.log.matchAll(/msg=started child=(\w+) pid=(\d+)/g)) out[name] = Number(pid);
  return out;
}

// --- how it starts and what it may do -----------------------------------------------

async function started(s) {
  about('start');
  const until1 = Date.now() + 10000;
  while (!s.base && Date.now() < until1) await sleep(2);
  check(s.base, `it says where it is served: ${s.log.slice(-400)}`);
  check(await answers(s.base), 'and answers there');
  console.log(`first page after ${Date.now() - s.startedAt} ms`);
  const { web, worker } = children(s);
  same(s.children().toSorted(), [web, worker].toSorted(), 'it has two children, web and worker');
}

const status = (pid, name) => fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${name}:\\s*(\\d+)`, 'm'))?.[1];

async function confined(s) {
  about('what the web process may do');
  const { web, worker } = children(s);
  same(status(web, 'Seccomp'), '2', 'its system calls pass a filter');
  same(status(web, 'NoNewPrivs'), '1', 'and it can gain no rights');
  const threads = fs.readdirSync(`/proc/${web}/task`);
  same(threads.filter((t) => status(`${web}/task/${t}`, 'Seccomp') !== '2'), [], 'nor can any of its threads');
  const open = fs.readdirSync(`/proc/${web}/fd`).map((fd) => fs.readlinkSync(`/proc/${web}/fd/${fd}`));
  same(open.filter((f) => f.includes('/credentials') || f.endsWith('leads.db') || f.endsWith('crm.db')), [],
    'it holds no secret and no system open');
  check(worker !== web, 'the worker is another process');
}

function memory(s) {
  const pids = [s.pid, ...Object.values(children(s))];
  const sum = (name) =>
    pids.reduce((n, pid) => {
      const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      return n + Number(text.match(new RegExp(`^${name}:\\s*(\\d+)`, 'm'))[1]);
    }, 0);
  console.log(`resident: ${(sum('Rss') / 1024).toFixed(1)} MB in ${pids.length} processes, ` +
    `${(sum('Pss') / 1024).toFixed(1)} MB with shared pages counted once`);
}

// --- what it refuses -------------------------------------------------------------------

async function portInUse(s, dir) {
  about('the port is in use');
  const second = serve(dir, new URL(s.base).host);
  const code = await Promise.race([second.ended, sleep(5000).then(() => 'still there')]);
  check(typeof code === 'number' && code !== 0, `the second one ends: ${code}`);
  check(/^toyon: .*(in use|taken)/m.test(second.log), `and says why: ${second.log.trim()}`);
  check(/^hint: /m.test(second.log), 'and what to do');
  second.kill();
  check(await answers(s.base), 'the first one is still served');
}

async function noInstallation() {
  about('no installation');
  const s = serve(place('nothing'));
  const code = await Promise.race([s.ended, sleep(5000).then(() => 'still there')]);
  check(typeof code === 'number' && code !== 0, `a folder without one is refused: ${code}`);
  check(/^toyon: /m.test(s.log) && /setup/.test(s.log), `with the command that makes one: ${s.log.trim()}`);
  s.kill();
}

// --- several at once ---------------------------------------------------------------------

// A search that learns another address asks for itself once more while it still
// runs: what is asked for then is done, and not left until a lease runs out.
async function several(s, at) {
  about('several at once');
  const staff = await Staff.signIn(s.base, JO);
  const references = [];
  for (let i = 0; i < 12; i++) {
    references.push(await sendCorrection(s.base, GRACE, `detail ${i}`));
    await confirm(s.base, at.path('outbox'), references[i], 'correct');
  }
  for (const r of references)
    check(await staff.waitFor(`/desk/r/${r}`, 'Ready to review', 10000), 'each search comes to its end');
}

// --- what is killed comes back ------------------------------------------------------------

async function comesBack(s, name) {
  about(`${name} is killed`);
  const pid = children(s)[name];
  process.kill(pid, 'SIGKILL');
  const back = await until(BACK_MS, () => {
    const now = children(s)[name];
    return now !== pid && isAlive(now) && now;
  });
  check(back, 'another one takes its place');
  same(isAlive(pid), false, 'the old one is gone');
  check(await until(BACK_MS, () => answers(s.base)), 'pages are answered');
}

// One request through it all, with a process killed wherever it can hurt.
async function requestSurvives(s, at) {
  const first = await optOut(s.base, 'someone@example.com');
  const reference = await send(s.base, MARIA);
  await comesBack(s, 'web');
  const page = await new Person(s.base).get(`/s/${reference}`);
  same(page.status, 200, 'a request accepted before is there');
  same((await new Person(s.base).get(`/s/${first}`)).status, 200, 'so is an opt-out');
  same(at.run(['check', 'email', 'someone@example.com']).status, 4, 'which is in force');
  await comesBack(s, 'worker');
  const staff = await Staff.signIn(s.base, JO);
  about('after both were killed');
  same(await close(s.base, at.path('outbox'), staff, reference), '', 'the request goes through to its end');
  same(at.rows('leads.db', `select count(*) as n from person_email where lower(trim(email)) = '${MARIA.email}'`)[0].n, 0,
    'the person is gone from the lead database');
  same(at.run(['check', 'email', MARIA.email]).status, 4, 'and suppressed');
}

// --- how it ends ------------------------------------------------------------------------

async function ended(s) {
  about('SIGTERM');
  const pids = [s.pid, ...Object.values(children(s))];
  const url = new URL(s.base);
  const idle = net.connect(url.port, url.hostname);
  idle.on('error', () => {});
  await new Promise((r) => idle.on('connect', r));
  const { status: code, ms } = await s.stop();
  same(code, 0, 'it ends well');
  check(ms < STOP_MS, `in time, with a connection open: ${ms} ms`);
  same(pids.filter(isAlive), [], 'none of its processes is left');
  idle.destroy();
}

async function orphans(dir) {
  about('the supervisor itself is killed');
  const s = await serve(dir).ready();
  const pids = Object.values(children(s));
  process.kill(s.pid, 'SIGKILL');
  const gone = await until(STOP_MS, () => !pids.some(isAlive));
  check(gone, 'its children end with it');
  const again = await serve(dir).ready();
  check(await answers(again.base), 'and it can be started anew');
  await again.stop();
}

// --- a system that is away ---------------------------------------------------------------

async function unreachable(at) {
  about('a system that can\'t be reached');
  fs.renameSync(at.path('crm.db'), at.path('crm.away'));
  const s = await serve(at.dir).ready();
  const staff = await Staff.signIn(s.base, JO);
  const reference = await send(s.base, GRACE);
  await confirm(s.base, at.path('outbox'), reference);
  const page = await staff.waitFor(`/desk/r/${reference}`, 'Try again now');
  check(/get CRM back/i.test(page), 'is the next step of the case');
  check(!page?.includes('Review and approve'), 'and nothing can be approved meanwhile');
  fs.renameSync(at.path('crm.away'), at.path('crm.db'));
  await staff.act(reference, 'retry');
  check(await staff.waitFor(`/desk/r/${reference}`, 'Review and approve'), 'is searched when it is back');
  fs.renameSync(at.path('crm.db'), at.path('crm.away'));
  await staff.act(reference, 'approve');
  const half = await staff.waitFor(`/desk/r/${reference}`, 'Try again now');
  check(half?.includes('so that it can be erased'), 'when it is away again, it is not called done');
  check((await staff.get(`/desk/r/${reference}/answer`)).status === 303, 'and nothing can be answered');
  fs.renameSync(at.path('crm.away'), at.path('crm.db'));
  check(await staff.waitFor(`/desk/r/${reference}`, 'Waiting for'), 'it is tried again by itself until it is done');
  same(at.rows('crm.db', `select count(*) as n from contact_email where lower(trim(email)) = '${GRACE.email}'`)[0].n, 0,
    'and the person is gone');
  await s.stop();
}

// --- the demo -------------------------------------------------------------------------------

async function temporaryDemo() {
  about('toyon demo without a folder');
  fs.mkdirSync(place('tmp'));
  const s = await new Served(['demo', '--port', '0', '--clock', '+21d'], {
    log: place('demo.log'), env: { TMPDIR: place('tmp') } }).ready();
  const text = (await new Person(s.base).get('/')).body;
  check(text.includes(daysFromToday(66)), 'with the clock moved by 21 days, a deletion is due 66 days from today');
  same(fs.readdirSync(place('tmp')).length, 1, 'it lies in a folder of its own');
  process.kill(s.pid, 'SIGINT');
  const code = await Promise.race([s.ended, sleep(STOP_MS).then(() => 'still there')]);
  same(code, 0, 'Ctrl-C ends it');
  same(fs.readdirSync(place('tmp')), [], 'and deletes it');
}

async function demoAgain() {
  about('toyon demo in a folder, twice');
  const dir = place('again');
  const once = await new Served(['demo', '--dir', dir, '--port', '0'], { log: place('demo.log') }).ready();
  const reference = await optOut(once.base, '');
  await once.stop();
  const twice = await new Served(['demo', '--dir', dir, '--port', '0'], { log: place('demo.log') }).ready();
  same((await new Person(twice.base).get(`/s/${reference}`)).status, 200, 'the second time it serves what was there');
  await twice.stop();
}

// --- a real mail server --------------------------------------------------------------------------

// aiosmtpd in a process of its own, that stores what it is given (t/mail/peer.py).
async function mailServer() {
  const box = place('mailbox');
  const [cert, key] = [place('smtp.pem'), place('smtp.key')];
  fs.mkdirSync(box);
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-keyout', key, '-out', cert], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  const peer = spawn('/usr/bin/python3', [path.join(ROOT, 't/mail/peer.py'), box, cert, key], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ports = path.join(box, 'ports');
  if (!(await until(STOP_MS, () => fs.existsSync(ports)))) throw new Error('the mail server does not start');
  return { box, port: fs.readFileSync(ports, 'utf8').match(/^plain=(\d+)$/m)[1], end: () => peer.stdin.end() };
}

async function overSmtp() {
  about('letters by SMTP');
  const at = make(place('smtp'));
  const mail = await mailServer();
  fs.appendFileSync(at.path('toyon.yaml'), `mail_server: "smtp://127.0.0.1:${mail.port}"\n`);
  const s = await serve(at.dir).ready();
  const staff = await Staff.signIn(s.base, JO);
  const reference = await send(s.base, GRACE);
  same(await close(s.base, mail.box, staff, reference), '', 'code, notice and answer come by mail, and the case closes');
  const to = fs.readdirSync(mail.box).filter((f) => f.endsWith('.env')).map((f) => fs.readFileSync(path.join(mail.box, f), 'utf8').split('\n')[1]);
  same(to.filter((t) => t === GRACE.email).length, 3, 'three letters to the requester: receipt, code, answer');
  check(to.some((t) => t.startsWith('privacy@mailharbor')), `one to the company: ${to}`);
  same(fs.existsSync(at.path('outbox')), false, 'nothing is left in a folder');
  same((await staff.get('/desk/outbox')).status, 404, 'and there is no outbox page');
  await s.stop();
  mail.end();
}

// --- PostgreSQL --------------------------------------------------------------------------------

function sql(url, text) {
  const r = spawnSync('psql', ['-q', '-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', text], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`psql: ${r.stderr}`);
  return r.stdout.trim();
}

async function crmOnPostgres(url) {
  about('the CRM on PostgreSQL');
  const at = make(place('pg-crm'), ['--postgres', url]);
  const held = () => sql(url, `select count(*) from contact_email where lower(trim(email)) = '${GRACE.email}'`);
  check(Number(held()) > 0, 'the person is in it');
  const others = Number(sql(url, 'select count(*) from contact'));
  const s = await serve(at.dir).ready();
  const staff = await Staff.signIn(s.base, JO);
  const reference = await send(s.base, GRACE);
  same(await close(s.base, at.path('outbox'), staff, reference), '', 'a deletion goes through to its end');
  same(held(), '0', 'the person is gone from it');
  same(Number(sql(url, 'select count(*) from contact')), others - 1, 'and nobody else');
  same(at.run(['check', 'email', GRACE.email]).status, 4, 'and suppressed');
  await s.stop();
}

// The record itself on PostgreSQL: a real installation with the demo's systems.
async function recordOnPostgres(url) {
  about('the record on PostgreSQL');
  const from = make(place('systems'));
  const at = new Installation(place('pg-record'));
  const r = at.run(['setup', '--no-input', '--business', 'Lakeshore Leads', '--contact', 'privacy@lakeshore.example', '--phone', '',
    '--sells', 'yes', '--name', 'Jo Lindqvist', '--email', JO.email, '--passphrase-file', '-', '--database', url],
    `${JO.passphrase}\n`);
  same(r.status, 0, `toyon setup makes it: ${r.err}`);
  for (const f of ['leads.db', 'crm.db', 'datamap.yaml']) fs.copyFileSync(from.path(f), at.path(f));
  const s = await serve(at.dir).ready();
  await optOut(s.base, 'someone@example.com');
  same(at.run(['check', 'email', 'someone@example.com']).status, 4, 'an opt-out is in force at once');
  const reference = await send(s.base, MARIA);
  await comesBack(s, 'web');
  const staff = await Staff.signIn(s.base, JO);
  about('the record on PostgreSQL');
  same(await close(s.base, at.path('outbox'), staff, reference), '', 'a deletion goes through to its end');
  same(fs.existsSync(at.path('toyon.db')), false, 'no other database was made');
  check(Number(sql(url, 'select count(*) from request')) >= 2, 'the requests are in PostgreSQL');
  const dump = spawnSync('pg_dump', ['--inserts', '-d', url], { encoding: 'utf8', maxBuffer: 1 << 28 });
  check(dump.status === 0 && dump.stdout.includes(reference.replace('-', '')), `the database can be dumped: ${dump.stderr}`);
  const inHex = (v) => Buffer.from(v).toString('hex');
  for (const secret of [MARIA.email, MARIA.last, inHex(MARIA.email)])
    check(!dump.stdout.includes(secret), 'and nobody can be read in it without the keys');
  await ended(s);
}

// --- all -------------------------------------------------------------------------------------------

async function processes() {
  const at = make(place('one'));
  const s = serve(at.dir);
  await started(s);
  await confined(s);
  await portInUse(s, at.dir);
  await noInstallation();
  memory(s);
  await several(s, at);
  await requestSurvives(s, at);
  await ended(s);
  await orphans(at.dir);
  await unreachable(at);
}

const url = process.env.TOYON_TEST_PG;
const second = url.replace(/\/([^/]*)$/, '/$1_record');
process.on('SIGTERM', () => process.exit(143));
await scenario('processes', processes);
await scenario('demo without a folder', temporaryDemo);
await scenario('demo twice', demoAgain);
await scenario('letters by SMTP', overSmtp);
await scenario('CRM on PostgreSQL', () => crmOnPostgres(url));
await scenario('record on PostgreSQL', async () => {
  sql(url, `create database ${second.match(/[^/]*$/)[0]}`);
  try {
    await recordOnPostgres(second);
  } finally {
    sql(url, `drop database ${second.match(/[^/]*$/)[0]} with (force)`);
  }
});
report('t_serve');
process.exit();
