// A demo of the binary in a folder of its own: started, read from what it
// prints, worked on by commands, and ended with all its processes.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const BIN = process.env.TOYON_BIN ?? path.join(ROOT, 'build/release/toyon');

const START_MS = 60000;
const STOP_MS = 25000;
const LOOK_MS = 20;

export const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

// Asks until it is answered with something; undefined when the time is over.
export async function until(ms, ask) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await ask();
    if (got) return got;
    if (Date.now() > end) return undefined;
    await sleep(LOOK_MS);
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Those that run, to be ended with this process whatever happens.
const served = new Set();
process.on('exit', () => served.forEach((s) => s.kill()));

// A `toyon` that serves: `toyon demo`, or `toyon serve` in a folder that is
// there.  Its log lines go to the file `log`, what it tells people to `said`.
export class Served {
  constructor(args, { log, env = {} }) {
    this.said = '';
    this.logPath = log;
    const fd = fs.openSync(log, 'a');
    this.logFrom = fs.fstatSync(fd).size;
    this.startedAt = Date.now();
    this.child = spawn(BIN, args, { detached: true, stdio: ['ignore', 'pipe', fd], env: { ...process.env, ...env } });
    fs.closeSync(fd);
    this.ended = new Promise((r) => this.child.on('exit', (code, signal) => r(code ?? signal)));
    this.child.on('error', (e) => (this.said += `${e}\n`));
    this.child.stdout.on('data', (d) => (this.said += d));
    served.add(this);
  }

  get pid() {
    return this.child.pid;
  }

  // Its own lines: the file may have been another's before.
  get log() {
    return fs.readFileSync(this.logPath).subarray(this.logFrom).toString();
  }

  // Where it is served: from the log line of the supervisor.
  get base() {
    return this.log.match(/msg=ready .*?url="?(http:\/\/[^\s"]+)/)?.[1];
  }

  async ready() {
    const up = await until(START_MS, () => this.base || this.child.exitCode !== null);
    if (up !== true && up) return this;
    this.kill();
    throw new Error(`it does not start: ${this.said}${this.log.slice(-2000)}`);
  }

  // Processes whose parent it is.
  children() {
    const r = spawnSync('ps', ['-o', 'pid=', '--ppid', String(this.pid)], { encoding: 'utf8' });
    return r.stdout.split('\n').map(Number).filter(Boolean);
  }

  async stop() {
    const start = Date.now();
    if (this.child.exitCode === null) this.child.kill('SIGTERM');
    const status = await Promise.race([this.ended, sleep(STOP_MS).then(() => 'still there')]);
    this.kill();
    return { status, ms: Date.now() - start };
  }

  // Its children end when it does.
  kill() {
    served.delete(this);
    if (this.child.exitCode === null && this.child.signalCode === null && this.pid) this.child.kill('SIGKILL');
  }
}

// A folder for a run's files that is gone at its end, unless TOYON_KEEP is set.
export function temporary(name) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `toyon-${name}.`));
  if (process.env.TOYON_KEEP) console.log(`kept: ${dir}`);
  else process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

// An installation, and commands on it.  What they say on stderr is kept in the
// file `said`, for who looks for personal data in it.
export class Installation {
  constructor(dir, said) {
    this.dir = dir;
    this.saidPath = said;
  }

  path(...names) {
    return path.join(this.dir, ...names);
  }

  run(args, input = '') {
    const r = spawnSync(BIN, [...args, '--dir', this.dir], {
      encoding: 'utf8',
      input,
      maxBuffer: 1 << 28,
      timeout: START_MS,
    });
    if (this.saidPath) fs.appendFileSync(this.saidPath, r.stderr ?? '');
    return { status: r.status, out: r.stdout, err: r.stderr };
  }

  // Rows of a SQLite database in it, as objects; the service may be writing there.
  rows(database, sql) {
    const r = spawnSync('sqlite3', ['-json', '-cmd', '.timeout 20000', this.path(database), sql], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (r.status !== 0) throw new Error(`sqlite3: ${r.stderr}`);
    return r.stdout.trim() ? JSON.parse(r.stdout) : [];
  }
}

export class Demo extends Installation {
  static async start(dir, { logs, args = [], env = {} }) {
    const demo = new Demo(path.join(dir, 'demo'), path.join(logs, 'commands.log'));
    demo.served = new Served(['demo', '--dir', demo.dir, '--port', '0', ...args], {
      log: path.join(logs, 'serve.log'),
      env,
    });
    await demo.served.ready();
    demo.base = demo.served.base.replace(/\/$/, '');
    return demo;
  }

  // "suppressed" or "clear", as a program hears it.
  async apiSays(email) {
    const r = await this.call('suppressions:check', { items: [{ kind: 'email', value: email }] });
    const text = await r.text();
    return r.status === 200 ? JSON.parse(text).data[0].state : `${r.status} ${text}`;
  }

  call(what, body) {
    return fetch(`${this.base}/api/v1/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.apiKey}` },
      body: JSON.stringify(body),
    });
  }

  // One record with these identifiers, before it is stored or handed on.
  async screens(identifiers) {
    return (await this.call('records:screen', { records: [{ identifiers }] })).json();
  }

  stop() {
    return this.served.stop();
  }
}
