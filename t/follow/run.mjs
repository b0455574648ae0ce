// One installation and several copies of its list, all on this machine.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Service } from '../api/service.mjs';
import { Proxy } from './proxy.mjs';

const BIN = process.env.TOYON_BIN;
const MANY = 60000;
const KILLS = 50;
let passed = 0;
let failed = 0;

function check(ok, why) {
  if (ok) {
    passed++;
    return;
  }
  failed++;
  console.log(`not so: ${why}`);
}
const same = (got, wanted, why) =>
  check(JSON.stringify(got) === JSON.stringify(wanted), `${why}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);

const service = new Service('sqlite');
const inst = path.join(service.dir, 'toyon');
const db = path.join(inst, 'toyon.db');
const tokens = path.join(service.dir, 'api.key');
const dirOf = (name) => path.join(service.dir, name);
const run = (args, input) => spawnSync(BIN, args, { encoding: 'utf8', input, maxBuffer: 1 << 28 });
const emails = (n, from = 0) => Array.from({ length: n }, (_, i) => `made.up.${from + i}@example.com`);

function sql(text) {
  const r = spawnSync('sqlite3', ['-cmd', '.timeout 10000', db, text], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return r.stdout.trim();
}

function suppress(values, kind = 'email') {
  const r = service.toyon('suppress', kind, ...values, '--reason', 'opt-out');
  if (r.status !== 0) throw new Error(r.stderr);
}

// The worker signs each ten minutes; here at once.
async function seal() {
  const top = Number(sql('select max(seq) from suppression'));
  for (let i = 0; i < 300; i++) {
    if (Number(sql('select coalesce(max(seq), 0) from suppression_seal')) >= top) return;
    sql("update job set run_at = 0 where kind = 'seal' and done_at = 0 and lease_until = 0");
    await sleep(100);
  }
  throw new Error(`nothing was signed:\n${service.log}`);
}

const key = ['--key-file', path.join(inst, 'keys/index.key')];
const start = ['--public-key', path.join(inst, 'keys/audit.pub'), ...key];
const followArgs = (name, ...more) => ['follow', '--dir', dirOf(name), '--token-file', tokens, ...more];
const follow = (name, ...more) => run(followArgs(name, '--once', '--json', ...more));
const begin = (name, url = service.url, ...more) => follow(name, url, ...start, ...more);
// The proxy lives in this process: it has to go on meanwhile.
function followBeside(name, ...more) {
  return new Promise((done) => {
    const child = spawn(BIN, followArgs(name, '--once', ...more), { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (text) => { stderr += text; });
    child.on('exit', (status) => done({ status, stderr }));
  });
}
const state = (name) => JSON.parse(fs.readFileSync(path.join(dirOf(name), 'follow.json')));
const states = (name, values, kind = 'email') =>
  JSON.parse(run(['check', '--follow', dirOf(name), '--json', kind, ...values]).stdout).map((v) => v.state);
// Everything but when it was asked last.
const content = (name) => {
  const { contact_at, is_in_doubt, ...rest } = state(name);
  const hash = createHash('sha256').update(JSON.stringify(rest));
  for (const file of ['tail.log', 'index.tyx']) {
    const full = path.join(dirOf(name), file);
    hash.update(fs.existsSync(full) ? fs.readFileSync(full) : 'none');
  }
  return hash.digest('hex');
};

async function testAppears() {
  // An empty log is signed when the worker starts; what comes then is not.
  for (let i = 0; i < 150 && sql('select count(*) from suppression_seal') === '0'; i++) await sleep(100);
  suppress(['a@example.com', 'b@example.com']);
  for (const name of ['one', 'two']) same(begin(name).status, 0, `${name} begins`);
  same(states('one', ['a@example.com', 'c@example.com']), ['suppressed', 'clear'], 'an opt-out is at the edge');
  const digest = createHash('sha256').update('a@example.com').digest('hex');
  same(states('two', [digest]), ['suppressed'], 'and by its hash');
  service.toyon('release', 'email', 'a@example.com', '--why', 'mistake');
  same(states('one', ['a@example.com']), ['suppressed'], 'before it is asked for');
  for (const name of ['one', 'two']) {
    same(follow(name).status, 0, `${name} goes on, without address and keys`);
    same(states(name, ['a@example.com', 'b@example.com']), ['clear', 'suppressed'], `a release is at ${name}`);
  }
  const one = JSON.parse(run(['check', '--follow', dirOf('one'), '--json', 'email', 'b@example.com']).stdout)[0];
  same(one.age.unsigned, 3, 'what nobody has signed is counted');
  check(one.age.contact_s >= 0 && one.age.contact_s < 60, 'and how old it is');
  await seal();
  const r = JSON.parse(follow('one').stdout);
  same([r.seq, r.signed_seq], [3, 3], 'signed later');
  check(fs.existsSync(path.join(dirOf('one'), 'index.tyx')), 'and folded into a file');
  same(states('one', ['a@example.com', 'b@example.com']), ['clear', 'suppressed'], 'from the file');
  const info = run(['index', 'info', path.join(dirOf('one'), 'index.tyx'), '--dir', inst]);
  same(info.status, 0, `the file is an index: ${info.stderr}`);
}

// Who consented to a purpose stands in a ledger of the installation: a copy said yes of
// whoever is not on the list.
function testUses() {
  fs.writeFileSync(path.join(inst, 'train.txt'), 'May we train our models with it?');
  service.toyon('consent', 'ask', 'Train our models', path.join(inst, 'train.txt'));
  const here = service.toyon('check', 'email', 'c@example.com', '--for', 'Train our models');
  check(here.stdout.includes('no\tno-consent'), `nobody consented: ${here.stdout}${here.stderr}`);
  const there = run(['check', '--follow', dirOf('one'), 'email', 'c@example.com', '--for', 'Train our models']);
  same([there.status, there.stdout], [2, ''], 'a copy gives no answer');
  check(there.stderr.includes('neither who consented'), `and says why: ${there.stderr}`);
  const share = run(['check', '--follow', dirOf('one'), 'email', 'c@example.com', 'b@example.com', '--for', 'share']);
  check(share.stdout.includes('c@example.com\tyes') && share.stdout.includes('b@example.com\tno\topt-out'), 'uses of the law it knows');
}

function testBytes() {
  const before = JSON.parse(follow('one').stdout);
  suppress(emails(1000, 500000));
  const after = JSON.parse(follow('one').stdout);
  same([after.changes, after.seq - before.seq], [1000, 1000], 'all changes came');
  const perChange = (after.bytes - before.bytes) / 1000;
  console.log(`bytes: ${before.bytes} for "nothing new", ${perChange} more a change`);
  check(perChange <= 45.1, `45 bytes a change: ${perChange}`);
}

function testRefusals() {
  const other = path.join(service.dir, 'other.key');
  fs.writeFileSync(other, `${'7'.repeat(64)}\n`);
  same(follow('none').status, 2, 'a new folder needs an address');
  check(!fs.existsSync(path.join(dirOf('none'), 'follow.json')), 'and is not begun');
  let r = follow('wrong', service.url, '--public-key', other, ...key);
  same(r.status, 1, 'another public key');
  check(/signature/.test(r.stderr), `says so: ${r.stderr}`);
  r = follow('foreign', service.url, '--public-key', path.join(inst, 'keys/audit.pub'), '--key-file', other);
  same(r.status, 1, "another installation's key for identifiers");
  r = follow('one', 'http://127.0.0.1:1');
  same(r.status, 1, 'a folder is for one installation');
  same(run(['follow', 'http://example.com', '--dir', dirOf('x'), '--once', '--token-file', tokens, ...start]).status, 2, 'no API key without TLS');
  r = run(['follow', '--dir', dirOf('one'), '--once'], '');
  same(r.status, 2, 'no API key');
  fs.writeFileSync(other, 'ty_live_nonsense');
  same(run(['follow', '--dir', dirOf('one'), '--once', '--token-file', other]).status, 1, 'a wrong API key');
  r = follow('keyless', service.url, '--public-key', path.join(inst, 'keys/audit.pub'));
  same(r.status, 0, 'a copy without the key for identifiers');
  r = run(['check', '--follow', dirOf('keyless'), 'email', 'b@example.com']);
  same(r.status, 3, `which nobody can ask: ${r.stderr}`);
  check(/--key-file/.test(r.stderr), 'and it says why');
}

async function testStale() {
  same(follow('two', '--max-age', '1s').status, 0, 'a limit is set');
  same(states('two', ['b@example.com']), ['suppressed'], 'fresh enough');
  await sleep(2100);
  const r = run(['check', '--follow', dirOf('two'), 'email', 'b@example.com']);
  same([r.status, r.stdout], [75, ''], `too old, no answer: ${r.stderr}`);
  check(/hint: /.test(r.stderr), 'with a hint');
  const list = path.join(service.dir, 'short.csv');
  fs.writeFileSync(list, 'email\nb@example.com\nz@example.com\n');
  same(run(['scrub', '--follow', dirOf('two'), list]).status, 75, 'no scrub either');
  same(follow('two', '--max-age', '1h').status, 0, 'asked again');
  same(states('two', ['b@example.com']), ['suppressed'], 'and it answers');
  const s = state('two');
  fs.writeFileSync(path.join(dirOf('two'), 'follow.json'), JSON.stringify({ ...s, sealed_at: s.sealed_at - 6e6 }));
  const old = run(['check', '--follow', dirOf('two'), 'email', 'b@example.com']);
  same(old.status, 75, `"nothing new" for ever, from a proxy: ${old.stderr}`);
  check(/signed/.test(old.stderr), 'is told apart');
  sql('update suppression_seal set at = at'); // still the old one there
  await seal();
}

async function testScrub() {
  const list = path.join(service.dir, 'list.csv');
  fs.writeFileSync(list, `email,n\n${emails(3000, 499000).map((m, i) => `${m},${i}`).join('\n')}\n`);
  follow('one');
  const there = service.toyon('scrub', list).stdout;
  const here = run(['scrub', '--follow', dirOf('one'), list]);
  check(here.status === 0 && here.stdout === there, `the same rows as there: ${here.stderr}`);
  check(there.split('\n').length < 2100, 'some of them gone');
  const r = run(['scrub', '--follow', dirOf('one'), list, '--json', '-o', '/dev/null']);
  check(JSON.parse(r.stdout).age.seq > 1000, 'how old the copy was');
}

async function testTampered() {
  const proxy = new Proxy(service.url);
  await proxy.listen();
  same((await followBeside('mitm', proxy.url, ...start)).status, 0, 'through an honest proxy');
  await seal();
  await followBeside('mitm');
  suppress(emails(50, 600000));
  await seal();
  const was = content('mitm');
  const ways = ['flip', 'flip', 'flip', 'flip', 'flip', 'flip', 'cut', 'cut', 'cut', 'hang up', 'drop', 'other',
    'too long', 'fail', 'forge', 'shorten'];
  for (const how of ways) {
    proxy.how = how;
    const r = await followBeside('mitm');
    // Without its last entry a page is whole, if it has no seal behind that.
    if (how === 'shorten' && r.status === 0) continue;
    check(r.status === 1 || r.status === 75, `${how}: refused (${r.status}): ${r.stderr}`);
    same(content('mitm'), was, `${how}: nothing changed`);
  }
  proxy.how = 'pass';
  same((await followBeside('mitm')).status, 0, 'and then all is well');
  same(states('mitm', emails(50, 600000)), Array(50).fill('suppressed'), 'all of them');

  // What is not signed yet can be forged by who holds the wire; not for long.
  suppress(emails(20, 700000));
  proxy.how = 'forge';
  await followBeside('mitm');
  const last = JSON.parse(run(['check', '--follow', dirOf('mitm'), '--json', 'email', 'q@example.com']).stdout)[0];
  same(last.age.unsigned, 20, 'taken, and said to be unsigned');
  await seal();
  proxy.how = 'pass';
  const r = await followBeside('mitm');
  same(r.status, 1, `the seal uncovers it: ${r.stderr}`);
  same((await followBeside('mitm')).status, 0, 'asked again from what was signed');
  same(states('mitm', emails(20, 700000)), Array(20).fill('suppressed'), 'the truth');
  same(state('mitm').seq, state('mitm').signed_seq, 'and signed');
  proxy.close();
}

// Killed anywhere, in the middle of pages and of folding; it always answers, and
// in the end it has everything.  How long one takes differs between machines, so the
// time until the kill grows while kills hit, and shrinks when one came too late.
async function testKills() {
  const all = emails(MANY);
  const r0 = run(['suppress', 'email', '-', '--reason', 'opt-out', '--dir', inst], all.join('\n'));
  same(r0.status, 0, `many opt-outs: ${r0.stderr}`);
  await seal();
  let kills = 0;
  let whole = 0;
  const span = { anew: 80, on: 80 };
  const folder = dirOf('killed');
  const begun = () => fs.existsSync(path.join(folder, 'follow.json'));
  for (let i = 0; i < KILLS; i++) {
    const way = begun() ? 'on' : 'anew';
    const args = followArgs('killed', '--once', ...(begun() ? [] : [service.url, ...start]));
    const child = spawn(BIN, args, { stdio: 'ignore' });
    const ended = new Promise((done) => { child.on('exit', (code, signal) => done(signal)); });
    await sleep(1 + Math.random() * span[way]);
    child.kill('SIGKILL');
    const hit = (await ended) === 'SIGKILL';
    kills += hit;
    span[way] *= hit ? 1.1 : 0.8;
    if (i % 10 === 0) suppress(emails(3, 800000 + i * 10));
    if (!begun() || !state('killed').contact_at) continue;
    const r = run(['check', '--follow', folder, 'email', all[0], 'nobody@example.com']);
    check(r.status === 4 && /nobody@example.com\tclear/.test(r.stdout), `after kill ${i} it answers: ${r.stderr}`);
    whole++;
    // From the start again, so that folding is under way when the next one comes.
    if (i < KILLS - 5 && whole % 2) fs.rmSync(folder, { recursive: true });
  }
  console.log(`killed ${kills} times, whole ${whole} times`);
  check(kills > 4, `in the middle: ${kills}`);
  service.toyon('release', 'email', '--why', 'mistake', ...all.slice(0, 100));
  await seal();
  const r = follow('killed');
  same(r.status, 0, `then let alone: ${r.stderr}`);
  const some = [...all.slice(0, 2000), ...emails(300, 800000), 'b@example.com', 'x@example.com'];
  const there = service.toyon('check', 'email', ...some).stdout;
  same(run(['check', '--follow', dirOf('killed'), 'email', ...some]).stdout, there, 'the answers are those of the installation');
}

// A copy that begins, or that is far behind, takes what holds instead of what was.
async function testSnapshot() {
  const [top, snap, blocks] = ['select max(seq) from suppression', 'select max(seq) from suppression_snapshot',
    'select count(*) from suppression_block'].map((q) => Number(sql(q)));
  check(snap >= MANY && snap <= top && blocks === 2, `there is one: ${snap} of ${top}, ${blocks} blocks`);
  const some = [...emails(2000), ...emails(300, 800000), 'a@example.com', 'b@example.com', 'x@example.com'];
  const there = service.toyon('check', 'email', ...some).stdout;
  const asThere = (name, why) =>
    same(run(['check', '--follow', dirOf(name), 'email', ...some]).stdout, there, `${why}: the answers are those of the installation`);
  const fresh = JSON.parse(begin('fresh').stdout);
  same([fresh.seq, fresh.changes], [top, top - snap], 'only the changes behind it came as such');
  check(fresh.bytes < 15.5 * snap + 46 * (top - snap), `and few bytes: ${fresh.bytes}`);
  console.log(`snapshot: ${fresh.bytes} bytes for ${top} changes`);
  asThere('fresh', 'a new copy');
  const far = JSON.parse(follow('one').stdout);
  same([far.seq, far.changes], [top, 20000 + top - snap], 'one that is far behind takes it after a page');
  asThere('one', 'far behind');

  const proxy = new Proxy(service.url);
  await proxy.listen();
  const parts = [/snapshot$/, /block\?.*n=0$/, /block\?.*n=1$/];
  for (const only of parts) {
    for (const how of ['flip', 'flip', 'cut', 'other', 'too long', ...(only === parts[2] ? ['hang up'] : [])]) {
      Object.assign(proxy, { how, only });
      const r = await followBeside('parts', proxy.url, ...start);
      check(r.status === 1 || r.status === 75, `${how} of ${only}: refused (${r.status}): ${r.stderr}`);
      same(state('parts').seq, 0, `${how} of ${only}: nothing changed`);
    }
  }
  same(run(['check', '--follow', dirOf('parts'), 'email', some[0]]).status, 75, 'a part gives no answers');
  Object.assign(proxy, { how: 'pass', asked: [] });
  same((await followBeside('parts')).status, 0, 'then all is well');
  check(!proxy.asked.some((url) => /snapshot$|n=0$/.test(url)) && proxy.asked.some((url) => /n=1$/.test(url)),
    `what was there is not asked for again: ${proxy.asked}`);
  asThere('parts', 'in parts');
  proxy.close();

  const wrong = path.join(service.dir, 'third.key');
  fs.writeFileSync(wrong, `${'7'.repeat(64)}\n`);
  const r = follow('wrongly', service.url, '--public-key', wrong);
  check(r.status === 1 && /snapshot's signature/.test(r.stderr), `signed by somebody else: ${r.stderr}`);
  sql('create table kept as select * from suppression_block; update suppression_block set bytes = zeroblob(length(bytes)) where n = 1');
  const changed = begin('changed');
  check(changed.status === 1 && /not the block that was signed/.test(changed.stderr),
    `changed in the database, by who can't sign: ${changed.stderr}`);
  sql('delete from suppression_block; insert into suppression_block select * from kept; drop table kept');
  same(follow('changed').status, 0, 'put back');

  fs.truncateSync(path.join(dirOf('parts'), 'index.tyx'), 5000);
  const damaged = run(['check', '--follow', dirOf('parts'), 'email', some[0]]);
  check(damaged.status === 1, `a damaged copy does not answer: ${damaged.stderr}`);
  same(follow('parts', '--anew', service.url).status, 1, 'and stays that of one address');
  same(follow('fresh', '--anew').status, 0, 'begun again');
  asThere('fresh', 'begun again');
}

async function testRuns() {
  const child = spawn(BIN, followArgs('one', '--every', '1s'), { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => { child.on('exit', done); });
  await sleep(700);
  same(follow('one').status, 1, 'one process for each folder');
  suppress(['late@example.com']);
  const from = Date.now();
  while (states('one', ['late@example.com'])[0] !== 'suppressed' && Date.now() - from < 10000) await sleep(50);
  same(states('one', ['late@example.com']), ['suppressed'], 'it comes by itself');
  await service.stop();
  await sleep(1500);
  same(states('one', ['late@example.com']), ['suppressed'], 'the installation is down');
  await service.start();
  child.kill('SIGTERM');
  same(await ended, 0, 'it ends when it is told to');
}

try {
  fs.writeFileSync(tokens, `${service.key}\n`);
  await service.start();
  await testAppears();
  testUses();
  testBytes();
  testRefusals();
  await testStale();
  await testScrub();
  await testTampered();
  await testKills();
  await testSnapshot();
  await testRuns();
} catch (e) {
  failed++;
  console.log(e.stack);
} finally {
  await service.stop();
  service.end();
}
console.log(`t_follow: ${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
