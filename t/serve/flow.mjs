// One request from the form to the closed case over plain HTTP, for tests of what
// runs behind the pages.  How pages look and read is t/browser's.
import { Outbox } from '../browser/letters.mjs';
import { until } from '../browser/demo.mjs';
import { Browser, textOf } from '../http/talk.mjs';

const WORK_MS = 30000;

export class Person {
  constructor(base) {
    this.web = new Browser(base);
  }

  async get(path) {
    return this.web.send({ method: 'GET', path, headers: [], form: [], body: null });
  }

  // A form, and where it leads.
  async post(path, form, want = 303) {
    const a = await this.web.send({ method: 'POST', path, headers: [], form: Object.entries(form), body: null });
    if (a.status !== want) throw new Error(`POST ${path.replace(/\/v\/.*/, '/v/...')}: ${a.status}`);
    return a.headers.location ?? '';
  }
}

const referenceIn = (location) => new URL(location, 'http://x').searchParams.get('ref');

export async function optOut(base, id) {
  const p = new Person(base);
  return referenceIn(await p.post('/opt-out', { id }));
}

// A deletion, sent; its code is not entered yet.
export async function send(base, who) {
  const p = new Person(base);
  await p.post('/r/delete/find', { email: who.email, phone: '' });
  await p.post('/r/delete/details', { zip: who.zip, name: `${who.first} ${who.last}` });
  await p.post('/r/delete/sale', { stop_sale: 'no' });
  return referenceIn(await p.post('/r/delete/check', {}));
}

// A correction of something, sent: one person may ask for many at once.
export async function sendCorrection(base, who, item) {
  const p = new Person(base);
  await p.post('/r/correct/item', { item, should_be: 'what I say' });
  await p.post('/r/correct/find', { email: who.email, phone: '' });
  await p.post('/r/correct/details', { zip: who.zip, name: `${who.first} ${who.last}` });
  return referenceIn(await p.post('/r/correct/check', {}));
}

export async function confirm(base, outboxDir, reference, kind = 'delete') {
  const [code] = await new Outbox(outboxDir).code(reference);
  await new Person(base).post(`/r/${kind}/code`, { ref: reference, code });
}

export class Staff extends Person {
  static async signIn(base, { email, passphrase }) {
    const s = new Staff(base);
    await s.post('/desk/sign-in', { email, passphrase });
    return s;
  }

  async page(path) {
    return textOf(await this.get(path));
  }

  // The whole page, once it has `text`; undefined when it never has.
  waitFor(path, text, ms = WORK_MS) {
    return until(ms, async () => {
      const page = await this.page(path).catch(() => '');
      return page.includes(text) && page;
    });
  }

  // Sends the form of a case's page as it stands there.
  async act(reference, what, typed = {}) {
    const path = `/desk/r/${reference}`;
    const page = what === 'approve' ? await this.rows(path) : await this.page(what === 'answer' ? `${path}/answer` : path);
    return this.post(`${path}/${what}`, { ...hidden(page, `${path}/${what}`), ...typed });
  }

  // The rows to be deleted: asked for by POST, as looking leaves an entry.
  async rows(path) {
    const form = Object.entries(hidden(await this.page(path), `${path}/preview`));
    return textOf(await this.web.send({ method: 'POST', path: `${path}/preview`, headers: [], form, body: null }));
  }
}

// What the form to this action carries by itself.
function hidden(page, action) {
  const form = page.split('<form').find((f) => f.includes(`action="${action}"`));
  if (!form) throw new Error(`no form to ${action}`);
  const fields = [...form.split('</form>')[0].matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map((m) => [m[1], m[2]]));
}

// From the code to the closed case.  Says what did not happen, or ''.
export async function close(base, outboxDir, staff, reference) {
  const path = `/desk/r/${reference}`;
  await confirm(base, outboxDir, reference);
  if (!(await staff.waitFor(path, 'Review and approve'))) return 'the search does not end';
  await staff.act(reference, 'approve');
  const link = await new Outbox(outboxDir).vendorLink(reference);
  if (!link) return 'the company is not told';
  await new Person(base).post(new URL(link).pathname, { answer: 'deleted', rows: '1' });
  if (!(await staff.waitFor(path, 'Read and send'))) return 'it is never ready to be answered';
  await staff.act(reference, 'answer');
  return (await staff.waitFor(path, 'Closed:')) ? '' : 'the case does not close';
}
