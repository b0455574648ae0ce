// An installation of its own in a temporary folder, served on a free port.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const BIN = process.env.TOYON_BIN;
const READY_MS = 15000;
const LETTER_MS = 60000;

export class Service {
  constructor(database) {
    this.dir = fs.mkdtempSync(path.join(os.tmpdir(), 't_api.'));
    this.database = database;
    this.log = '';
    const pass = path.join(this.dir, 'passphrase');
    fs.writeFileSync(pass, 'four made-up words 4711\n');
    const more = database === 'sqlite' ? [] : ['--database', database];
    this.key = this.toyon('setup', '--no-input', '--business', 'Lakeshore Leads', '--contact',
      'privacy@lakeshore.example', '--sells', 'yes', '--name', 'Jo', '--email', 'jo@lakeshore.example',
      '--passphrase-file', pass, ...more).stdout.trim();
  }

  // The data map of the installation, read by each call that needs it.
  map(yaml) {
    fs.writeFileSync(path.join(this.dir, 'toyon/datamap.yaml'), yaml);
  }

  toyon(...args) {
    return spawnSync(BIN, [...args, '--dir', path.join(this.dir, 'toyon')], { encoding: 'utf8' });
  }

  start(env = {}) {
    this.child = spawn(BIN, ['serve', '--dir', path.join(this.dir, 'toyon'), '--listen', '127.0.0.1:0'],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`not ready:\n${this.log}`)), READY_MS);
      const look = (text) => {
        this.log += text;
        const ready = /toyon is ready on (\S+)/.exec(this.log.slice(this.from ?? 0));
        if (!ready) return;
        clearTimeout(late);
        this.url = ready[1];
        done();
      };
      this.from = this.log.length;
      this.child.stdout.on('data', look);
      this.child.stderr.on('data', look);
      this.child.on('exit', (code) => fail(new Error(`ended with ${code}:\n${this.log}`)));
    });
  }

  // What it does to processes: SIGTERM lets them end, SIGKILL is a power cut.
  // The children die with the supervisor (PR_SET_PDEATHSIG).
  stop(signal = 'SIGTERM') {
    const ended = new Promise((done) => { this.child.on('exit', done); });
    if (signal === 'SIGKILL') {
      for (const m of this.log.slice(this.from).matchAll(/msg=started child=web pid=(\d+)/g)) kill(Number(m[1]));
    }
    this.child.kill(signal);
    return ended;
  }

  // Of the outbox, which is where letters go without a mail server, about a request; once
  // there are any.
  async letters(reference) {
    const box = path.join(this.dir, 'toyon/outbox');
    for (const until = Date.now() + LETTER_MS; Date.now() < until; ) {
      const all = fs.existsSync(box) ? fs.readdirSync(box).filter((f) => f.endsWith('.eml')) : [];
      const found = all.map((f) => fs.readFileSync(path.join(box, f), 'utf8')).filter((text) => text.includes(reference));
      if (found.length) return found;
      await new Promise((done) => { setTimeout(done, 100); });
    }
    return [];
  }

  end() {
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
