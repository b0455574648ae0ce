// A made-up company with two systems, one in SQLite and one in PostgreSQL, two
// companies that it tells, and the served program between them and the world.
// Letters go to a real SMTP server.  What is asked of the program is asked over
// HTTP or on the command line; of the systems, in their own databases.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { BIN, Installation, ROOT, Served, until } from '../browser/demo.mjs';
import { Outbox } from '../browser/letters.mjs';
import { Person, Staff } from '../serve/flow.mjs';
import { textOf } from '../http/talk.mjs';

const EXAMPLE = path.join(ROOT, 'examples/leads-library');
const WAIT_MS = 20000;
const JO = { email: 'jo@lakeshore.example', passphrase: 'four made-up words 4711' };

const VENDORS = `vendors:
  - name: mailharbor
    title: MailHarbor
    role: service_provider
    email: privacy@mailharbor.example
    days: 17
    receives: [ email, phone ]
    contract: [ c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 ]
    purpose: Letters
  - name: coop
    title: Lakeside Co-op
    role: third_party
    email: privacy@coop.example
    days: 17
    receives: [ email, phone ]
    by_list: true
`;
const ADDRESSES = ['privacy@mailharbor.example', 'privacy@coop.example'];

// The mail server takes no letter to an address that begins with rcpt451, and says
// that it may later (t/mail/peer.py).
const DEAF = `  - name: deaf
    title: Deaf Data
    role: third_party
    email: rcpt451@deaf.example
    days: 17
    receives: [ email, phone ]
`;

function must(r, what) {
  if (r.status !== 0) throw new Error(`${what}: ${r.stderr || r.stdout}`);
  return r.stdout;
}

const sqlText = (v) => (v === null || typeof v === 'number' ? String(v) : `'${v.replaceAll("'", "''")}'`);

export class Company extends Installation {
  // `engine` is where the record is; the CRM is in PostgreSQL either way.
  constructor(folder, engine, server) {
    super(path.join(folder, 'toyon'));
    this.folder = folder;
    this.crm = server;
    this.people = 0;
    this.env = { TOYON_DEMO: 'yes' };
    this.makeSystems();
    this.setUp(engine === 'sqlite' ? [] : ['--database', this.makeDatabase()]);
    this.outbox = new Outbox(path.join(folder, 'mail'));
  }

  psql(sql) {
    const args = ['-qAtX', '-v', 'ON_ERROR_STOP=1', this.crm];
    return must(spawnSync('psql', args, { encoding: 'utf8', input: sql }), 'psql').trim();
  }

  sqlite(sql, file = 'leads.db') {
    return must(spawnSync('sqlite3', ['-cmd', '.timeout 20000', path.join(this.folder, file)], { encoding: 'utf8', input: sql }), 'sqlite3').trim();
  }

  makeDatabase() {
    const name = `record_${process.pid}`;
    this.psql(`create database ${name}`);
    return this.crm.replace(/[^/]*$/, name);
  }

  makeSystems() {
    this.sqlite(`pragma journal_mode = wal; ${fs.readFileSync(path.join(EXAMPLE, 'leads.sqlite.sql'), 'utf8')}`);
    this.psql(fs.readFileSync(path.join(EXAMPLE, 'crm.sql'), 'utf8'));
  }

  setUp(more) {
    const passphrase = path.join(this.folder, 'passphrase');
    fs.writeFileSync(passphrase, `${JO.passphrase}\n`);
    const r = spawnSync(BIN, ['setup', '--dir', this.dir, '--no-input', '--business', 'Lakeshore Leads', '--contact',
      'privacy@lakeshore.example', '--sells', 'yes', '--name', 'Jo', '--email', JO.email, '--passphrase-file', passphrase,
      ...more], { encoding: 'utf8' });
    this.key = must(r, 'setup').trim();
    const map = fs.readFileSync(path.join(EXAMPLE, 'datamap.postgres.yaml'), 'utf8').replace(/^vendors:[\s\S]*/m, VENDORS);
    fs.writeFileSync(this.path('datamap.yaml'), map.replace('database: leads.db', `database: ${path.join(this.folder, 'leads.db')}`));
    fs.writeFileSync(this.path('credentials/crm_url'), `${this.crm}\n`, { mode: 0o600 });
  }

  // One more company to tell, whose mail server is out of order.
  addDeafVendor() {
    fs.appendFileSync(this.path('datamap.yaml'), DEAF);
  }

  // A command, at the time that the service has.
  run(args, input = '') {
    const r = spawnSync(BIN, [...args, '--dir', this.dir], {
      encoding: 'utf8', input, env: { ...process.env, ...this.env }, timeout: WAIT_MS });
    return { status: r.status, out: r.stdout, err: r.stderr };
  }

  // The same without waiting in it, for who serves meanwhile what it asks: stdout.
  runBeside(args, env) {
    const child = spawn(BIN, [...args, '--dir', this.dir], { env: { ...process.env, ...this.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (d) => (out += d));
    return new Promise((done) => child.on('close', () => done(out)));
  }

  async startMail() {
    const at = path.join(this.folder, 'mail');
    const [key, cert] = ['mail.key', 'mail.crt'].map((f) => path.join(this.folder, f));
    fs.mkdirSync(at);
    must(spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
      '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { encoding: 'utf8' }), 'openssl');
    this.mail = spawn('/usr/bin/python3', [path.join(ROOT, 't/mail/peer.py'), at, cert, key], { stdio: ['pipe', 'ignore', 'ignore'] });
    const ports = path.join(at, 'ports');
    if (!(await until(WAIT_MS, () => fs.existsSync(ports)))) throw new Error('the mail server does not start');
    this.env.TOYON_MAIL_SERVER = `smtp://127.0.0.1:${fs.readFileSync(ports, 'utf8').match(/^plain=(\d+)$/m)[1]}`;
  }

  // Served from now on, so many days later than before.
  async serve(days = 0) {
    this.days = (this.days ?? 0) + days;
    if (this.days) this.env.TOYON_CLOCK = `+${this.days}d`;
    this.served = new Served(['serve', '--dir', this.dir, '--listen', this.listen ?? '127.0.0.1:0'], {
      log: path.join(this.folder, 'serve.log'), env: this.env });
    await this.served.ready();
    this.base = this.served.base.replace(/\/$/, '');
    this.staff = await Staff.signIn(this.base, JO);
  }

  // As California has it.
  today() {
    return new Date(Date.now() + this.days * 86400000).toLocaleDateString('en-CA', { timeZone: 'America/Los_Angeles' });
  }

  async later(days) {
    await this.served.stop();
    await this.serve(days);
  }

  // As if the power went: nothing has time to say anything.
  async crash() {
    const children = this.served.children();
    this.served.kill();
    for (const pid of children) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It died with its parent.
      }
    }
    await this.served.ended;
  }

  async stop() {
    await this.served.stop();
    this.mail.stdin.end();
  }

  // The process of the supervisor's that has this name in its log.
  child(name) {
    return Number([...this.served.log.matchAll(new RegExp(`msg=started child=${name} pid=(\\d+)`, 'g'))].at(-1)[1]);
  }

  // --- people -------------------------------------------------------------------

  // Somebody who stands in both systems, with rows in most tables.  Who has a Social Security
  // number there is asked for a declaration, too, before anything is deleted.
  person(name, { note = 'Called about an offer.', hasSsn = false } = {}) {
    const id = ++this.people;
    const who = { id, first: name, last: `Made${id}`, email: `${name.toLowerCase()}.${id}@example.com`,
      phone: `510-555-${String(100 + id).padStart(4, '0')}`, zip: '94607', ssn: `512-34-${String(5000 + id)}` };
    const ssn = hasSsn ? who.ssn : null;
    const rows = (table, all) => all.map((r) => `insert into ${table} values (${r.map(sqlText).join(', ')});`).join('\n');
    const now = '2026-01-05 10:00:00';
    this.sqlite([
      rows('person', [[id, who.first, who.last, '1980-02-03', '12 Elm Street', 'Oakland', 'CA', who.zip, ssn, 'web', now]]),
      rows('person_email', [[id, id, who.email, 1]]),
      rows('person_phone', [[id, id, who.phone, 'mobile']]),
      rows('lead', [[id, id, 'Solar', 12000, '192.0.2.7', '/offer', now]]),
      rows('lead_note', [[id, id, 'Jo', note, now]]),
    ].join('\n'));
    this.psql([
      rows('contact', [[id, `${who.first} ${who.last}`, '', '12 Elm Street', 'Oakland', who.zip, now]]),
      rows('contact_email', [[id, id, who.email, 'home']]),
      rows('contact_phone', [[id, id, who.phone, 'mobile']]),
      rows('deal', [[id, id, 'Roof', 12000, 'open', now]]),
    ].join('\n'));
    return who;
  }

  // How many rows of a person each system has, counted in its own database.
  held(who) {
    const count = (table, column) => `(select count(*) from ${table} where ${column} = ${who.id})`;
    return {
      leads: Number(this.sqlite(`select ${count('person', 'id')} + ${count('person_email', 'person_id')} + ${count('lead', 'person_id')};`)),
      crm: Number(this.psql(`select ${count('contact', 'id')} + ${count('contact_email', 'contact_id')} + ${count('deal', 'contact_id')}`)),
    };
  }

  list(name, people) {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, `email,phone\n${people.map((p) => `${p.email},${p.phone}\n`).join('')}`);
    return file;
  }

  // A list that goes to a company: what it got, as text.
  handOver(vendor, people, purpose = 'joint marketing') {
    const name = `to-${vendor}-${(this.lists = (this.lists ?? 0) + 1)}.csv`;
    const out = path.join(this.folder, `out-${name}`);
    must(this.shaped(this.run(['scrub', this.list(name, people), '-o', out, '--for', vendor, '--purpose', purpose])), 'scrub');
    return fs.readFileSync(out, 'utf8');
  }

  shaped(r) {
    return { status: r.status, stdout: r.out, stderr: r.err };
  }

  // --- asking -------------------------------------------------------------------

  browser() {
    return new Person(this.base);
  }

  async page(route, headers = []) {
    const a = await this.browser().web.send({ method: 'GET', path: route, headers, form: [], body: null });
    return { status: a.status, text: textOf(a), headers: a.headers };
  }

  async api(method, route, body) {
    const r = await fetch(`${this.base}/api/v1/${route}`, {
      method, headers: { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: r.status, json: await r.json() };
  }

  // What a program hears that asks before it uses somebody's data.
  async may(use, value, kind = 'email') {
    const { json } = await this.api('POST', 'suppressions:check', { items: [{ kind, value }], for: use });
    const [x] = json.data;
    return { may: x.may, reasons: x.reasons, because: (x.because ?? []).map((b) => b.reason) };
  }

  async visit(items, more = {}) {
    const { json } = await this.api('POST', 'visits', { items: items.map(([kind, value]) => ({ kind, value })), ...more });
    return json.data;
  }

  // "suppressed" or "clear", as the command says.
  listed(value, kind = 'email') {
    return this.run(['check', kind, value]).out.split('\t')[1];
  }

  lettersTo(address) {
    return this.outbox.all().filter((l) => l.to.includes(address));
  }

  // The letter to an address that matches, once it is there.
  letter(address, regex) {
    return until(WAIT_MS, () => this.lettersTo(address).find((l) => regex.test(l.text)));
  }

  letterOf(address, reference) {
    return this.letter(address, new RegExp(reference));
  }

  // --- a request on its way -------------------------------------------------------

  async code(who, reference, kind) {
    const [code] = await this.outbox.code(reference);
    await this.browser().post(`/r/${kind}/code`, { ref: reference, code });
  }

  // Sent and confirmed: its reference.
  async ask(kind, who, first = {}) {
    const b = this.browser();
    for (const [step, form] of Object.entries(first)) await b.post(`/r/${kind}/${step}`, form);
    await b.post(`/r/${kind}/find`, { email: who.email, phone: who.phone });
    await b.post(`/r/${kind}/details`, { zip: who.zip, name: `${who.first} ${who.last}` });
    if (first.scope?.pieces === 'specific')
      await b.post(`/r/${kind}/declaration`, { declared: 'yes', signed_by: `${who.first} ${who.last}` });
    if (kind === 'delete') await b.post('/r/delete/sale', { stop_sale: 'no' });
    const at = await b.post(`/r/${kind}/check`, {});
    const reference = new URL(at, 'http://x').searchParams.get('ref');
    await this.code(who, reference, kind);
    return reference;
  }

  // Until the worker has done what waited before: who asks now gets a letter after
  // it, and is searched for after it.
  async settle() {
    await this.waitFor(await this.ask('delete', this.person('Last')), 'Review and approve');
  }

  // The kinds of information only: it takes no declaration.
  know(who) {
    return this.ask('know', who, { scope: { pieces: 'categories' }, range: { range: 'all' } });
  }

  casePage(reference) {
    return this.staff.page(`/desk/r/${reference}`);
  }

  // The case's page; a case that never has this text ends the scenario.
  async waitFor(reference, text, ms = WAIT_MS) {
    const page = await this.staff.waitFor(`/desk/r/${reference}`, text, ms);
    if (!page) throw new Error(`the case never says "${text}"`);
    return page;
  }

  // What the company is asked to do stands behind the link of its letter.
  async vendorAnswers(address, reference) {
    const letter = await this.letterOf(address, reference);
    const link = new URL(letter.text.match(/https?:\/\/\S+\/v\/[\w-]+/)[0]).pathname;
    await this.browser().post(link, { answer: 'deleted', rows: '1' });
  }

  async vendorsAnswer(reference) {
    for (const address of ADDRESSES) await this.vendorAnswers(address, reference);
  }

  // A deletion, from the form to approval.
  async approveDeletion(who) {
    const reference = await this.ask('delete', who);
    await this.waitFor(reference, 'Review and approve');
    await this.staff.act(reference, 'approve');
    return reference;
  }

  // To the end: what stayed in the systems.
  async deleteWholly(who) {
    const reference = await this.approveDeletion(who);
    await this.vendorsAnswer(reference);
    await this.waitFor(reference, 'Read and send');
    await this.staff.act(reference, 'answer');
    await this.waitFor(reference, 'Closed:');
    return reference;
  }

  // The package of a request to know, looked through and approved; the page that
  // comes of it.
  async approvePackage(reference) {
    await this.waitFor(reference, 'Look through the package');
    const at = `/desk/r/${reference}/package`;
    const { csrf } = hidden(await this.casePage(reference), at);
    const review = textOf(await this.staff.web.send({ method: 'POST', path: at, headers: [], form: [['csrf', csrf]], body: null }));
    const form = { ...hidden(review, `${at}/mark`), go: 'approve' };
    const a = await this.staff.web.send({ method: 'POST', path: `${at}/mark`, headers: [], form: Object.entries(form), body: null });
    return { review, status: a.status, text: textOf(a) };
  }

  async answerKnow(who) {
    const reference = await this.know(who);
    await this.approvePackage(reference);
    await this.waitFor(reference, 'Read and send');
    await this.staff.act(reference, 'answer');
    await this.waitFor(reference, 'Closed:');
    return reference;
  }
}

// What the form to this action carries by itself.
export function hidden(page, action) {
  const form = page.split('<form').find((f) => f.includes(`action="${action}"`));
  if (!form) throw new Error(`no form to ${action}`);
  const fields = [...form.split('</form>')[0].matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map((m) => [m[1], m[2]]));
}

// The fields of a form that a person sees, without the one that only programs fill in.
export function fieldsOf(page, action) {
  const form = page.split('<form').find((f) => f.includes(`action="${action}"`)) ?? '';
  return [...form.split('</form>')[0].matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
    .map(([tag]) => ({ name: tag.match(/name="(\w+)"/)?.[1], type: tag.match(/type="(\w+)"/)?.[1] ?? 'text', tag }))
    .filter((f) => f.type !== 'hidden' && f.name !== 'website');
}
