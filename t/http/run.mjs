// Runs the scripts.  See README.md.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScript, ScriptError } from './script.mjs';
import { Browser, textOf } from './talk.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const START_MS = 20000;
const count = { passed: 0, failed: 0 };

function check(ok, where, what) {
  if (ok) count.passed++;
  else {
    count.failed++;
    console.error(`${where}: not so: ${what}`);
  }
}

const fill = (text, kept) => text.replace(/\{(\w+)\}/g, (all, name) => kept[name] ?? all);

function filled(request, kept) {
  const f = (s) => fill(s, kept);
  if (request.raw !== undefined) return { raw: f(request.raw) };
  return {
    ...request,
    path: f(request.path),
    headers: request.headers.map(([n, v]) => [n, f(v)]),
    form: request.form.map(([n, v]) => [n, f(v)]),
    body: request.body === null ? null : f(request.body),
  };
}

function jsonAt(body, dotted) {
  try {
    return dotted.split('.').reduce((v, key) => v?.[key], JSON.parse(body));
  } catch {
    return undefined;
  }
}

// Of cookies there may be several.
const header = (answer, name) => [answer.headers[name.toLowerCase()]].flat().join(', ') || undefined;

// "..." at the end leaves the rest open: a reference number, a date.
function isValue(value, expected) {
  return expected.endsWith('...')
    ? value !== undefined && value.startsWith(expected.slice(0, -3))
    : value === expected;
}

function keep(e, value, where, kept) {
  check(value !== undefined, where, `there is something to keep as ${e.to}`);
  kept[e.to] = value ?? '';
}

// One function a kind of expectation.
const EXPECT = {
  header: (e, a, w, k) =>
    check(isValue(header(a, e.name), fill(e.text, k)), w, `${e.name}: ${header(a, e.name)}`),
  no: (e, a, w) => check(header(a, e.name) === undefined, w, `${e.name}: ${header(a, e.name)}`),
  has: (e, a, w, k) => check(textOf(a).includes(fill(e.text, k)), w, `has ${e.text}`),
  lacks: (e, a, w, k) => check(!textOf(a).includes(fill(e.text, k)), w, `lacks ${e.text}`),
  json: (e, a, w, k) => {
    const got = jsonAt(a.body, e.path);
    check(String(got) === fill(e.text, k), w, `${e.path} is ${got}`);
  },
  keep: (e, a, w, k) => keep(e, textOf(a).match(new RegExp(e.regex))?.[1], w, k),
  keepHeader: (e, a, w, k) => keep(e, header(a, e.name), w, k),
  closed: (e, a, w) => check(a.closed, w, 'closed after one answer'),
  follow: () => {},
};

async function runTurn(browser, turn, next, name, kept) {
  const request = turn.request ? filled(turn.request, kept) : next;
  if (!request) throw new ScriptError(`${name}:${turn.line}: nothing to follow`);
  const a = request.raw !== undefined ? await browser.sendRaw(request.raw) : await browser.send(request);
  const { status, expect, line } = turn.answer;
  check(status.includes(String(a.status)), `${name}:${line}`, `status ${a.status}`);
  for (const e of expect) EXPECT[e.kind](e, a, `${name}:${e.line}`, kept);
  if (!expect.some((e) => e.kind === 'follow')) return null;
  return { method: 'GET', path: header(a, 'location') ?? '/', headers: [], form: [], body: null };
}

async function runCase(base, name, one) {
  const browser = new Browser(base);
  const kept = {};
  let next = null;
  try {
    for (const turn of one.turns) next = await runTurn(browser, turn, next, name, kept);
  } catch (e) {
    check(false, `${name}:${one.line}`, `${one.title}: ${e.message}`);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const s = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });
}

async function isUp(base) {
  try {
    await new Browser(base).send({ method: 'GET', path: '/', headers: [], form: [], body: null });
    return true;
  } catch {
    return false;
  }
}

// What later days bring is tried on a clock that is ahead (libfaketime).
const clockAt = (when) => ({
  LD_PRELOAD: '/usr/$LIB/faketime/libfaketimeMT.so.1',
  FAKETIME: `@${when}`,
  FAKETIME_DISABLE_SHM: '1',
});
const LATER = clockAt('2027-01-04 18:00:00');
// Beyond the holidays that are known.
const BEYOND = clockAt('2028-12-23 18:00:00');

// Two uses of it: one that an opt-out stops, and one with an appeal instead.
const AUTOMATED = `
automated:
  - { name: lead-price, title: Prices of loans, decision: finance, purpose: To set the rate }
  - { name: screening, title: Rental screening, decision: housing, purpose: To screen tenants, exception: appeal }
`;

function set(dir, name, value) {
  const { status, stderr } = spawnSync(process.env.TOYON_BIN, ['setting', '--dir', dir, name, value]);
  if (status) throw new Error(`setting ${name}: ${stderr}`);
}

async function startDemo(env = {}) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'toyon-http.'));
  const port = await freePort();
  const child = spawn(process.env.TOYON_BIN, ['demo', '--dir', path.join(dir, 'demo'), '--port', String(port)], {
    stdio: ['ignore', 'ignore', fs.openSync(path.join(dir, 'log'), 'w')],
    env: { ...process.env, ...env },
  });
  const base = `http://127.0.0.1:${port}`;
  const until = Date.now() + START_MS;
  while (!(await isUp(base))) {
    if (Date.now() > until || child.exitCode !== null)
      throw new Error(`the demo does not start:\n${fs.readFileSync(path.join(dir, 'log'), 'utf8')}`);
    await new Promise((r) => setTimeout(r, 50));
  }
  const stop = async () => {
    const ended = new Promise((r) => child.on('exit', r));
    child.kill('SIGTERM');
    await ended;
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { base, stop, dir: path.join(dir, 'demo') };
}

function scriptsIn(folder, names) {
  return fs
    .readdirSync(path.join(HERE, folder))
    .filter((f) => f.endsWith('.http') && (!names.length || names.includes(path.basename(f, '.http'))))
    .map((f) => path.join(folder, f));
}

async function runScripts(server, scripts) {
  try {
    for (const f of scripts) {
      const name = `t/http/${f}`;
      for (const one of readScript(name, fs.readFileSync(path.join(HERE, f), 'utf8')))
        await runCase(server.base, name, one);
    }
  } finally {
    await server.stop();
  }
}

// Account holders sign in on a site that is not there: nothing but its address is needed.
const PORTAL = { TOYON_PORTAL: 'yes', TOYON_ACCOUNT_URL: 'https://shop.example.com/again' };

async function runPortal(scripts) {
  const server = await startDemo(PORTAL);
  const folder = path.join(server.dir, 'credentials');
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder, 'account_key'), `hs256:${'07'.repeat(32)}`, { mode: 0o600 });
  await runScripts(server, scripts);
}

async function main(names) {
  const now = scriptsIn('.', names);
  // A sanitizer's own library has to be the first one that is loaded.
  const isFixed = process.env.TOYON_URL || (process.env.TOYON_BUILD ?? 'release') !== 'release';
  const later = isFixed ? [] : scriptsIn('later', names);
  const beyond = isFixed ? [] : scriptsIn('beyond', names);
  const given = { base: process.env.TOYON_URL, stop: async () => {} };
  if (now.length) await runScripts(process.env.TOYON_URL ? given : await startDemo(), now);
  const portal = process.env.TOYON_URL ? [] : scriptsIn('portal', names);
  if (portal.length) await runPortal(portal);
  if (beyond.length) await runScripts(await startDemo(BEYOND), beyond);
  if (!later.length) return;
  const server = await startDemo(LATER);
  set(server.dir, 'uses_admt', 'yes');
  fs.appendFileSync(path.join(server.dir, 'datamap.yaml'), AUTOMATED);
  await runScripts(server, later);
}

try {
  await main(process.argv.slice(2).map((f) => path.basename(f, '.http')));
} catch (e) {
  check(false, 't/http', e.message);
}
console.log(`http: ${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed || !count.passed ? 1 : 0;
