// A deletion that a law-enforcement hold stands against, from the request to its end: denied
// for the hold in words that tell nothing of it, the hold lifted, staff reminded, the
// deletion taken up again in a case of its own and carried out.  The requester asks once.
import { addSystem, asksToDelete } from './asking.mjs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { looked } from './kinds.mjs';
import { openPreview, signIn, waitForStep } from './staff.mjs';

const WORK_MS = 60000;
const WHO = { email: 'nora@archive.example', zip: '94611' };
const AGENCY = 'Oakland PD, 26-4711';
const TELLING = /law.enforcement|\bheld\b|\bhold\b|Oakland PD|4711|police|agency/i;

const ROWS = `create table reader (id integer primary key, email text, zip text);
create table loan (id integer primary key, reader_id integer references reader (id), title text);
insert into reader values (1, '${WHO.email}', '${WHO.zip}'), (2, 'otto@archive.example', '94612');
insert into loan values (1, 1, 'Maps of the coast'), (2, 2, 'Tide tables');`;

const SYSTEM = `
  - name: archive
    title: Archive
    connector: sqlite
    database: archive.db
    tables:
      - name: reader
        holds: Readers
        category: A
        key: id
        columns: [ { name: email, identifies: email, own: true, reliable: true }, { name: zip, verifies: zip, reliable: true } ]
        erase: delete
      - name: loan
        holds: Loans
        category: F
        key: id
        columns: [ { name: title } ]
        links: [ { column: reader_id, to: reader.id } ]
        erase: delete

vendors:`;

// Without the words of every letter, and of every page's foot.
const plain = (text) => text.replace(/we hold about|held information|California Privacy Protection Agency/g, '');

const left = (t) => ['reader', 'loan'].map((table) => t.demo.rows('archive.db', `select id from ${table} order by id`).map((r) => r.id));

async function asks(t) {
  about('behind a hold: the request');
  return asksToDelete(t, WHO);
}

async function held(page, path) {
  about('behind a hold: placed');
  await waitForStep(page, path, 'Review and approve');
  await page.goto(`${path}/hold`);
  await looked(page, 'behind-place');
  await page.getByLabel('Which agency').fill(AGENCY);
  await press(page, 'Place the hold');
  same(await page.locator('form[action$="/preview"]').count(), 0, 'nothing can be approved');
  await looked(page, 'behind-held');
  await page.goto(`${path}/hold`);
  await looked(page, 'behind-hold');
}

// What the requester reads has no word of it.
async function denied(t, page, path, reference) {
  about('behind a hold: denied');
  await page.goto(`${path}/deny`);
  await page.getByLabel('Law-enforcement hold').check();
  await page.getByLabel('The facts', { exact: true }).fill('Held as the direction says.');
  await press(page, 'Deny on this ground');
  await page.goto(`${path}/answer`);
  const letter = await page.locator('.letter').innerText();
  check(!TELLING.test(plain(letter)), `the letter tells nothing of it: ${letter}`);
  check(letter.includes('ask us again'), 'and that they may ask again');
  await looked(page, 'behind-answer');
  await press(page, 'Send this answer');
  const closed = await until(WORK_MS, async () => {
    await page.goto(path);
    return (await page.locator('.case-h').innerText()).includes('Closed');
  });
  check(closed, 'the letter has left');
  await looked(page, 'behind-closed');
  same(await page.locator('form[action$="/resume"]').count(), 0, 'while it is held nothing can be taken up');
  await seen(t, reference, 'behind-status', 'We could not do what you asked');
}

async function seen(t, reference, name, words) {
  const page = await t.open();
  await page.goto(`/s/${reference}`);
  const text = await mainOf(page);
  check(text.includes(words) && !TELLING.test(plain(text)), `the page of the request says "${words}", and nothing of a hold: ${text}`);
  await looked(page, name);
  await page.context().close();
}

async function lifted(page, path, reference) {
  about('behind a hold: lifted');
  await page.goto('/desk/holds');
  await looked(page, 'behind-holds');
  await Promise.all([page.waitForNavigation(), page.locator('tr', { hasText: reference }).getByRole('link').first().click()]);
  same(new URL(page.url()).pathname, `${path}/hold`, 'the list of holds leads to it');
  await press(page, 'Lift the hold');
  check((await page.locator('.flash').innerText()).includes('What was denied for it can be taken up again.'), 'and says what can be done now');
  await page.goto('/desk/holds');
  check((await mainOf(page)).includes('Denied for a hold that has ended'), 'staff are reminded');
  await looked(page, 'behind-again');
  await Promise.all([page.waitForNavigation(), page.locator(`a[href="${path}"]`).click()]);
  check((await page.locator('.now').innerText()).includes('take the deletion up again'), 'by the case, too');
  await looked(page, 'behind-resume');
}

async function takenUp(t, page, path, reference) {
  about('behind a hold: taken up again');
  const letters = t.outbox.all().length;
  await press(page, page.locator('#next'));
  const again = new URL(page.url()).pathname;
  check(again !== path && /^\/desk\/r\//.test(again), `a case of its own: ${again}`);
  check((await mainOf(page)).includes(`Taken up again: ${reference} was answered before`), 'which knows the first');
  const found = await until(WORK_MS, async () => {
    await page.goto(again);
    return (await page.locator('.case-h').innerText()).includes('Ready to review');
  });
  check(found, 'searched without another code, as the address was confirmed');
  same(t.outbox.all().length, letters, 'and without a letter');
  await looked(page, 'behind-taken-up');
  await page.goto(path);
  check((await mainOf(page)).includes(`Taken up again in ${again.split('/').pop()}`), 'the first leads to it');
  await looked(page, 'behind-first');
  return again;
}

async function carriedOut(t, page, again, reference) {
  about('behind a hold: carried out');
  await page.goto(again);
  check((await page.locator('.now').innerText()).includes(`What they were verified by was destroyed when ${reference} closed`), 'the case says why nobody is verified');
  await page.getByLabel('How do you know who is asking?').fill('As in the first case, and the address is the same.');
  await press(page, page.locator('#next'));
  await openPreview(page, again);
  await press(page, page.locator(`form[action="${again}/approve"] button`));
  check(await until(WORK_MS, () => left(t).join('|') === '2|2'), 'their rows are gone, and nobody else’s');
  const there = await until(WORK_MS, async () => {
    await page.goto(`${again}/answer`);
    return page.url().endsWith('/answer') && (await page.getByRole('button', { name: 'Send this answer' }).count());
  });
  check(there, 'the answer is there to read');
  const letter = await page.locator('.letter').innerText();
  check(letter.includes('you asked us to delete') && !TELLING.test(plain(letter)), `it tells nothing of a hold either: ${letter}`);
  await looked(page, 'behind-deleted');
  const reason = page.locator('#f-reason');
  if (await reason.count()) await reason.fill('The companies answer later.');
  await press(page, 'Send this answer');
  await seen(t, again.split('/').pop(), 'behind-status-again', 'We got it');
}

export async function behindHold(t) {
  const restore = addSystem(t, 'archive.db', ROWS, SYSTEM);
  try {
    const reference = await asks(t);
    const path = `/desk/r/${reference}`;
    const page = await t.open();
    await signIn(page, t.jo);
    await held(page, path);
    await denied(t, page, path, reference);
    await lifted(page, path, reference);
    const again = await takenUp(t, page, path, reference);
    await carriedOut(t, page, again, reference);
    await page.context().close();
  } finally {
    restore();
  }
}
