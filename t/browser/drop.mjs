// The State's deletion lists on the desk: one session from the queue's row to the
// answer that was taken, its numbers known; and who may see it, who may act.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { about, check, same } from './check.mjs';
import { ROOT, temporary, until } from './demo.mjs';
import { House, KNOWN } from './drop_house.mjs';
import { NARROW, WIDE, launch, mainOf, press, textOf } from './harness.mjs';
import { Outbox } from './letters.mjs';
import { signIn } from './staff.mjs';

const WORK_MS = 30000;
const ONE = KNOWN.deleted + KNOWN.ndz + KNOWN.phone;
const ALL = ONE + KNOWN.shared + KNOWN.nobody + KNOWN.maid;

async function as(t, who) {
  const page = await t.harness.open();
  await page.goto('/desk/sign-in');
  await signIn(page, who);
  return page;
}

// Before the first request of a consumer, the State's lists are all there is.
async function rowAlone(house, page) {
  about('the queue without requests');
  house.rows('toyon.db', 'create table request_away as select * from request; delete from request');
  await page.goto('/desk');
  check((await page.locator('table.q').innerText()).includes('State of California'), 'the batch is its one row');
  for (const [view, words] of [['waiting', 'Nothing is waiting on others'], ['unconfirmed', 'Everyone has proved who they are']]) {
    await page.goto(`/desk?view=${view}`);
    const empty = await mainOf(page);
    check(empty.includes(words) && !empty.includes('No requests yet'), `${view}: ${empty}`);
  }
  house.rows('toyon.db', 'insert into request select * from request_away; drop table request_away');
}

async function row(page) {
  about('the queue');
  await page.goto('/desk');
  const line = page.locator('table.q tbody tr', { hasText: 'State of California' });
  same(await line.count(), 1, 'the batch is one row');
  const text = (await line.innerText()).replace(/\s+/g, ' ');
  check(text.includes(`${ALL} items`) && text.includes('Look at what would be done'), `it says what is next: ${text}`);
  check(/\b45 days left/.test(text), `and how long there is: ${text}`);
  await line.locator('a.row').click();
  same(new URL(page.url()).pathname, '/desk/drop/1', 'it leads to the session');
}

const BEFORE = /The numbers of this page were counted on \w+ \d+, \d{4}/;
const words = (page) => page.locator('figure.flow desc').textContent();

async function matched(page, look) {
  about('a session that is matched');
  const said = await words(page);
  for (const part of [`${ALL} items came`, `One person ${ONE}, Several people ${KNOWN.shared}, Nobody ${KNOWN.nobody}`,
    `Not looked at ${KNOWN.maid}`, `Not found ${KNOWN.nobody}`])
    check(said.includes(part), `the picture says "${part}": ${said}`);
  await page.locator('figure.flow summary').click();
  const numbers = (await page.locator('.pub tbody tr').last().innerText()).split(/\s+/);
  same(numbers.slice(0, 5), ['All', String(ALL), String(ONE), String(KNOWN.shared), String(KNOWN.nobody)],
    'the table has the same numbers');
  check((await mainOf(page)).includes('24 published examples, 0 wrong'), 'the self-check stands there');
  await look.at(page, 'drop session, its numbers open');
  await onPhone(page, 'its numbers open');
  await page.reload();
  await look.at(page, 'drop session, matched', '#next');
}

// On a phone a table has its rows one under the other: nothing of it is out of sight.
async function onPhone(page, name) {
  await page.setViewportSize(NARROW);
  const wide = await page.locator('.scroll:visible').evaluateAll((all) =>
    all.filter((s) => s.scrollWidth > s.clientWidth).map((s) => `${s.textContent.trim().slice(0, 40)}: ${s.scrollWidth} in ${s.clientWidth}`));
  same(wide, [], `${name}: tables fit on a phone`);
  await page.setViewportSize(WIDE);
}

// A step was killed before it counted: nobody approves by numbers that are not true.
async function countedBefore(t, page, look) {
  about('numbers of before');
  const approve = page.getByRole('button', { name: 'Approve and carry out' });
  t.house.rows('toyon.db', 'update drop_tally_mark set changed = changed + 1');
  await page.reload();
  const text = await mainOf(page);
  check(BEFORE.test(text), `it says of when they are: ${text.slice(0, 600)}`);
  same(await approve.count(), 0, 'nothing can be approved');
  await look.at(page, 'drop session, numbers of before', '#next');
  await page.goto('/desk/drop');
  check((await mainOf(page)).includes('Items were counted on'), 'the first page says so too');
  await look.at(page, 'drop, numbers of before', '#next');
  await page.goto('/desk/drop/1');
  await press(page, page.getByRole('button', { name: 'Count now' }));
  check(await until(WORK_MS, async () => {
    await page.goto('/desk/drop/1');
    return (await approve.count()) === 1;
  }), 'the worker counts them');
  check(!BEFORE.test(await mainOf(page)), 'and they are those of now');
}

async function lists(page, look) {
  about('lists and their reasons');
  await page.goto('/desk/drop');
  await look.at(page, 'drop', '#next');
  await onPhone(page, 'drop');
  const maid = page.locator('details.choose', { hasText: 'Mobile advertising ID' });
  await maid.locator('summary').click();
  await look.at(page, 'drop, a list open');
  await maid.getByLabel('No').nth(1).check();
  await press(page, maid.locator('button'));
  check((await page.title()).startsWith('Problem: '), 'a list without a reason is not kept');
  same(await maid.getByLabel('No').nth(1).isChecked(), true, 'what was chosen is still there');
  await look.at(page, 'drop, no reason');
  await maid.getByLabel('Reason').fill('No app of ours reads it.');
  await press(page, maid.locator('button'));
  const text = await mainOf(page);
  check(text.includes('The list and its reason are kept.'), 'with one it is');
  check(text.includes('5 without a reason'), 'and the others are still counted');
}

async function failures(page, look) {
  about('accesses that failed');
  const one = page.locator('details.choose', { hasText: 'Since' }).or(page.locator('details.choose', { hasText: 'Notice by' }));
  await one.first().locator('summary').click();
  const text = await mainOf(page);
  check(text.includes('Notice by') && text.includes('4821'), 'the notice is prepared, with the number of the account');
  await look.at(page, 'drop, an outage open');
  await one.first().getByLabel('Whose fault was it?').selectOption('platform');
  await press(page, page.getByRole('button', { name: 'Keep whose fault it was' }));
  check((await mainOf(page)).includes('Whose fault it was is kept.'), 'whose fault it was is kept');
  await one.first().locator('summary').click();
  await press(page, page.getByRole('button', { name: 'The notice was sent' }));
  check((await page.title()).startsWith('Problem: '), 'a notice that nobody finds again is none');
  await page.getByLabel('How can the notice be found again?').fill('Message 12 in the account');
  await press(page, page.getByRole('button', { name: 'The notice was sent' }));
  check((await mainOf(page)).includes('Notice sent'), 'with its place it is kept');
}

// Waits for the worker, and for its numbers.
async function waitFor(page, state) {
  const there = await until(WORK_MS, async () => {
    await page.goto('/desk/drop/1');
    return (await page.locator('.case-h .tag').first().innerText()) === state && !BEFORE.test(await mainOf(page));
  });
  check(there, `the session gets to "${state}": ${(await mainOf(page)).slice(0, 300)}`);
}

async function carriedOut(t, page, look) {
  about('approve, and the worker does the rest');
  await page.goto('/desk/drop/1');
  await press(page, page.getByRole('button', { name: 'Approve and carry out' }));
  check((await mainOf(page)).includes('Approved. It is being carried out now.'), 'it is said');
  await waitFor(page, 'Reported');
  const said = await words(page);
  for (const part of [`Deleted ${ONE}, Opted out ${KNOWN.shared}`, `Not found ${KNOWN.nobody + KNOWN.maid}`, `Reported ${ALL}`])
    check(said.includes(part), `the picture says "${part}": ${said}`);
  const gone = `select count(*) as n from person where id between 401 and ${400 + KNOWN.deleted}`;
  same(t.house.rows('leads.db', gone)[0].n, 0, 'one person with an identifier: deleted');
  same(t.house.rows('leads.db', 'select count(*) as n from person where id in (301, 302, 303, 5301, 5302, 5303)')[0].n, 6,
    'several people with one: nobody is deleted');
  await look.at(page, 'drop session, reported', '#next');
  await onPhone(page, 'reported');
  await press(page, 'Keep what it said');
  check((await page.title()).startsWith('Problem: '), 'something has to be chosen');
  await look.at(page, 'drop session, nothing chosen');
  await page.getByLabel('What did it say?').selectOption('processed');
  await press(page, 'Keep what it said');
  check((await mainOf(page)).includes('This session is closed'), 'with the rows processed it closes');
  await look.at(page, 'drop session, closed');
  await page.goto('/desk/drop/99');
  same(await status(page, '/desk/drop/99'), 404, 'there is no session 99');
  await look.at(page, 'no such drop session');
}

async function status(page, where, form) {
  const r = form
    ? await page.request.post(where, { form, headers: { Origin: new URL(page.url()).origin }, maxRedirects: 0 })
    : await page.request.get(where);
  return r.status();
}

async function auditor(t, look) {
  about('an auditor');
  const page = await as(t, { email: 'ada@audit.example', passphrase: t.passphrase });
  await page.goto('/desk/drop/1');
  same(await page.locator('main form').count(), 0, 'sees a session, and nothing to press');
  await page.goto('/desk/drop');
  same(await page.locator('main form').count(), 0, 'nor on the first page');
  await look.at(page, 'drop, as an auditor');
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  for (const where of ['/desk/drop', '/desk/drop/list', '/desk/drop/outage', '/desk/drop/1/go', '/desk/drop/1/approve', '/desk/drop/1/outcome'])
    same(await status(page, where, { csrf, list: 'Email', reason: 'x', outage: '1', fault: 'ours', word: 'processed' }), 403,
      `${where} is refused`);
  await page.context().close();
}

async function agent(t) {
  about('an agent on the phone line');
  const page = await as(t, { email: 'pat@phone.example', passphrase: t.passphrase });
  await page.goto('/desk?view=open');
  same(await page.locator('a[href="/desk/drop"]').count(), 0, 'has no link');
  check(!(await textOf(page)).includes('State of California'), 'and no row');
  same(await status(page, '/desk/drop'), 403, 'the page is refused');
  same(await status(page, '/desk/drop/1'), 403, 'and the session');
  await page.context().close();
}

async function forged(page) {
  about('a form of another site');
  for (const where of ['/desk/drop', '/desk/drop/1/approve'])
    same(await status(page, where, { csrf: 'x' }), 403, `${where} without the token`);
}

// --- the company that is told ---

const told = (t) => JSON.parse(t.house.run(['drop', 'status', '--json']).out).session.vendors;

async function fileOfHashes(t, page, link) {
  about('the file of hashes');
  const href = await page.getByRole('link', { name: 'Download the hashes' }).getAttribute('href');
  const r = await page.request.get(href);
  same(r.status(), 200, 'the link leads to the file');
  same(r.headers()['content-type'], 'text/csv; charset=utf-8', 'it is CSV');
  check(/^attachment; filename="drop-\d+-mailharbor\.csv"$/.test(r.headers()['content-disposition']), 'to be saved');
  const csv = await r.body();
  const [{ sha256 }] = t.house.rows('toyon.db', 'select sha256 from drop_vendor');
  same(crypto.createHash('sha256').update(csv).digest('hex'), sha256, 'byte for byte what the record says');
  check((await mainOf(page)).includes(sha256), 'and what the page says');
  const [head, ...lines] = csv.toString().trimEnd().split('\n');
  same(head, 'Kind,Hash,Act', 'a head');
  const count = (re) => lines.filter((l) => re.test(l)).length;
  same([count(/^email,[\w+/]{43}=,delete$/), count(/^phone,[\w+/]{43}=,delete$/), count(/^email,[\w+/]{43}=,opt-out$/), lines.length],
    [KNOWN.deleted, KNOWN.phone, KNOWN.shared, KNOWN.deleted + KNOWN.phone + KNOWN.shared],
    'hashes of the kinds it receives, and nothing else');
  same(await status(page, `${link.replace(/.(?=.{9}$)/, (c) => (c === 'a' ? 'b' : 'a'))}/file`), 404, 'a changed link has no file');
}

async function answered(t, page, look, link) {
  about('its answer');
  await press(page, 'Send this answer');
  check((await page.title()).startsWith('Problem: '), 'an answer without a choice is asked for again');
  await look.at(page, 'direction, not taken');
  await page.getByLabel('We must keep some of it').check();
  await press(page, 'Send this answer');
  check((await page.title()).startsWith('Problem: '), 'and one that keeps without a reason');
  await page.getByLabel('We deleted and opted out what matched').check();
  await page.getByLabel('How many records?').fill('many');
  await press(page, 'Send this answer');
  same(await page.getByLabel('How many records?').inputValue(), 'many', 'what was typed comes back');
  same(told(t)[0].state, 'asked', 'nothing is kept of these');
  await page.getByLabel('How many records?').fill('52');
  await press(page, 'Send this answer');
  const text = await mainOf(page);
  check(text.includes('Your answer is recorded') && text.includes('52 records'), `it is recorded: ${text}`);
  await look.at(page, 'direction, answered');
  same(await status(page, `${link}/file`), 409, 'the file is not handed out any more');
  same(await status(page, link, { answer: 'nothing' }), 303, 'another answer leads to the first');
  const [row] = t.house.rows('toyon.db', 'select state, answered_rows, answered_by, opened_at > 0 as seen from drop_vendor');
  same(row, { state: 'deleted', answered_rows: 52, answered_by: 'vendor:mailharbor', seen: 1 }, 'which stands');
  same(told(t)[0].state, 'deleted', 'and `toyon drop status` says so');
  const pack = path.join(t.house.parent, 'evidence');
  same(t.house.run(['drop', 'evidence', '-o', pack]).status, 0, 'an evidence pack is written');
  const { sha256 } = t.house.rows('toyon.db', 'select sha256 from drop_vendor')[0];
  const table = fs.readdirSync(pack).filter((f) => f.includes('vendors')).map((f) => fs.readFileSync(path.join(pack, f), 'utf8')).join('');
  check(table.includes(sha256) && /,deleted,[^\n]*,52,/.test(table), `and so it says: ${table}`);
}

async function direction(t, staff, look) {
  about('a company that is directed');
  const hasLink = (l) => l.text.match(/https?:\/\/\S+\/v\/drop\/[\w-]+/)?.[0];
  const outbox = new Outbox(t.house.path('outbox'));
  const link = await until(WORK_MS, () => outbox.all().map(hasLink).find(Boolean));
  check(link, 'gets a letter with a link');
  const page = await t.harness.open();
  await page.goto(new URL(link).pathname);
  const text = await mainOf(page);
  for (const part of ['MailHarbor', 'DROP-1', `${KNOWN.deleted + KNOWN.phone + KNOWN.shared} hashes`, 'drop/1.2.0',
    'email address: ', 'US phone number: ', 'Please answer by', 'hashes, not people'])
    check(text.includes(part), `the page says "${part}": ${text}`);
  same((await page.context().cookies()).length, 0, 'without an account or a cookie');
  await look.at(page, 'direction', 'form .btn');
  await fileOfHashes(t, page, link);
  await answered(t, page, look, link);
  for (const where of ['/v/drop', `/v/drop/${'x'.repeat(54)}`])
    same(await status(page, where), 404, 'another link leads nowhere');
  await page.context().close();
  await staff.goto('/desk/drop/1');
  check(/MailHarbor\s+58/.test(await mainOf(staff)), 'staff see it with the session');
}

// Between sessions: somebody turns up with an address that nobody had, and waits
// for a person like a session does.
async function screened(t, page, look) {
  about('who was found by screening');
  const left = () => t.house.rows('leads.db', 'select count(*) as n from person where id = 700')[0].n;
  t.house.rows('leads.db', "insert into person_email (person_id, email, is_confirmed) values (700, 'nobody0@nowhere.example', 0)");
  same(t.house.run(['drop', 'screen']).status, 0, 'toyon drop screen');
  await page.goto('/desk');
  await page.locator('table.q tbody tr', { hasText: 'State of California' }).locator('a.row').click();
  same(new URL(page.url()).pathname, '/desk/drop/1', 'the queue leads to it');
  const button = page.getByRole('button', { name: 'Approve and carry out' });
  same(await button.count(), 1, 'one button');
  check(/To delete: 1 people?/.test((await mainOf(page)).replace(/\s+/g, ' ')), `with how many: ${(await mainOf(page)).slice(0, 400)}`);
  same(left(), 1, 'nobody is deleted before it is pressed');
  await look.at(page, 'drop session, somebody was found', '#next');
  await press(page, button);
  check(await until(WORK_MS, async () => left() === 0), 'the worker deletes them');
  check(await until(WORK_MS, async () => {
    await page.goto('/desk/drop/1');
    return !(await button.count());
  }), 'and the button is gone');
}

// For docs/drop-evidence.md.
async function screenshot(page) {
  await page.setViewportSize(WIDE);
  await page.goto('/desk/drop/1');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(ROOT, 'docs/screenshot-drop.png') });
}

async function through(t, look) {
  const page = await as(t, t.house);
  await rowAlone(t.house, page);
  await row(page);
  await matched(page, look);
  await countedBefore(t, page, look);
  await lists(page, look);
  await failures(page, look);
  await carriedOut(t, page, look);
  await forged(page);
  await look.linksAnswer(page);
  await direction(t, page, look);
  await screened(t, page, look);
  if (process.env.TOYON_SCREENSHOTS) await screenshot(page);
  await page.context().close();
  await auditor(t, look);
  await agent(t);
}

// Its pages count as looked at; its links lead somewhere in its own house.
export async function drop(logs, main) {
  const look = new main.constructor({});
  const dir = temporary('drop');
  const house = await House.make(dir, path.join(logs, 'drop-commands.log'));
  const t = { house, passphrase: 'herons by the water' };
  try {
    const ran = [['drop', 'pull'], ['drop', 'match'],
      ['user', 'add', 'ada@audit.example', '--name', 'Ada', '--role', 'auditor', '--passphrase-file', '-'],
      ['user', 'add', 'pat@phone.example', '--name', 'Pat', '--role', 'agent', '--passphrase-file', '-']];
    for (const args of ran) {
      const r = house.run(args, `${t.passphrase}\n`);
      same(r.status, 0, `toyon ${args.slice(0, 2).join(' ')}: ${r.err}`);
    }
    await house.serve(path.join(logs, 'drop-serve.log'));
    t.harness = await launch(house.base);
    await through(t, look);
    look.seen.forEach((p) => main.seen.add(p));
  } finally {
    await t.harness?.close();
    await house.stop();
  }
}
