// The made-up company as a data broker: its people on the State's lists, handed
// out by `toyon drop simulate`, so that every number of a session is known.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { BIN, Installation, Served, until } from './demo.mjs';

const WAIT_MS = 20000;

// What is on the lists, and how often.
export const KNOWN = { deleted: 40, shared: 3, nobody: 120, ndz: 20, phone: 15, maid: 6 };

const id = (kind, n) => `${kind}${String(n).padStart(12 - kind.length, '0')}`;

// Hashes by the binary's own rules: a value a line.
function hashes(kind, values) {
  const r = spawnSync(BIN, ['hash', kind], { encoding: 'utf8', input: values.map((v) => `${v}\n`).join('') });
  return r.stdout.trimEnd().split('\n').map((l) => l.split('\t')[1]);
}

function putList(dir, name, kind, values) {
  const lines = hashes(kind, values).map((h, i) => `${id(name.slice(0, 3), i)},${h}\n`);
  fs.writeFileSync(path.join(dir, `${name}.csv`), `ID,Hash\n${lines.join('')}`);
}

// Three people get the same addresses as three others.
function share(house) {
  house.rows('leads.db', `insert into person_email (person_id, email, is_confirmed)
    select person_id + 5000, email, 0 from person_email where person_id in (301, 302, 303) and is_confirmed = 1`);
}

function putLists(house, dir) {
  const emails = (where) => house.rows('leads.db', `select person_id, min(email) as v from person_email
    where ${where} group by person_id order by person_id`).map((r) => r.v);
  const shared = house.rows('leads.db', `select email as v from person_email
    where person_id in (301, 302, 303) and is_confirmed = 1`);
  const nobody = Array.from({ length: KNOWN.nobody }, (_, i) => `nobody${i}@nowhere.example`);
  fs.mkdirSync(dir, { recursive: true });
  putList(dir, 'Email', 'email',
    [...emails(`person_id between 401 and ${400 + KNOWN.deleted}`), ...shared.map((r) => r.v), ...nobody]);
  putList(dir, 'Phone', 'phone', house.rows('leads.db', `select min(phone) as v from person_phone
    where person_id between 501 and ${500 + KNOWN.phone} group by person_id`).map((r) => r.v));
  putList(dir, 'NDZ', 'ndz', house.rows('leads.db', `select first_name || char(9) || last_name || char(9)
    || birth_date || char(9) || zip as v from person where birth_date is not null and id > 600
    order by id limit ${KNOWN.ndz}`).map((r) => r.v));
  putList(dir, 'MAID', 'maid', Array.from({ length: KNOWN.maid },
    (_, i) => `a3f1c2d4-5678-90ab-cdef-1234567890${String(i).padStart(2, '0')}`));
}

// The State's platform of this machine.
class Platform {
  constructor(dir, lists) {
    this.said = '';
    this.child = spawn(BIN, ['drop', 'simulate', '--dir', dir, '--lists', lists, '--prepare', '0'],
      { stdio: ['ignore', 'pipe', 'ignore'] });
    this.child.stdout.on('data', (d) => (this.said += d));
  }

  async ready() {
    await until(WAIT_MS, () => this.said.includes('batches'));
    this.url = this.said.match(/^url\s+(\S+)/m)[1];
    this.key = this.said.match(/^key\s+(\S+)/m)[1];
    return this;
  }

  stop() {
    this.child.kill('SIGTERM');
  }
}

export class House extends Installation {
  static async make(dir, log) {
    const house = new House(path.join(dir, 'demo'), log);
    house.parent = dir;
    const r = spawnSync(BIN, ['demo', '--no-serve', '--dir', house.dir], { encoding: 'utf8' });
    if (r.status !== 0) throw new Error(`no demo: ${r.stderr}`);
    [, house.email, house.passphrase] = r.stdout.match(/sign in as (\S+@\S+), passphrase: (.+)/);
    share(house);
    putLists(house, path.join(dir, 'lists', '1'));
    const boot = fs.readFileSync(house.path('toyon.yaml'), 'utf8');
    const connect = (url) => fs.writeFileSync(house.path('toyon.yaml'),
      `${boot}drop_url: "${url}"\ndrop_broker: "4821"\n`);
    house.platform = await new Platform(path.join(dir, 'platform'), path.join(dir, 'lists')).ready();
    fs.writeFileSync(house.path('credentials', 'drop_api_key'), `${house.platform.key}\n`, { mode: 0o600 });
    connect('http://127.0.0.1:1'); // nobody answers: an outage to tell of
    house.run(['drop', 'pull']);
    connect(house.platform.url);
    return house;
  }

  async serve(log) {
    this.served = new Served(['demo', '--dir', this.dir, '--port', '0'], { log });
    await this.served.ready();
    this.base = this.served.base.replace(/\/$/, '');
  }

  async stop() {
    this.platform.stop();
    if (this.served) await this.served.stop();
  }
}
