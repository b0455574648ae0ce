// Who has no email address signs on paper: what is held of them takes a declaration, staff
// ask for it in a letter, print and post it, and write down that it came back.  Meanwhile
// the consumer's pages say what to do with the letter; then the case goes on to its end.
import { spawnSync } from 'node:child_process';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { openPreview, signIn, waitForStep } from './staff.mjs';
import { Look } from './pages.mjs';
import { shoot } from './paper.mjs';

const WORK_MS = 60000;
const WHO = { id: 900020, name: 'Faye Wren', phone: '530-555-0166', zip: '95631' };
const ADDRESS = '1 Lake St, Davis, CA 95616';

function plant(t) {
  const sql = `.timeout 20000
    insert into person (id, first_name, last_name, birth_date, street, city, state, zip, ssn, source, created_at)
      select ${WHO.id}, 'Faye', 'Wren', '1951-02-03', '4 Lake Rd', 'Davis', 'CA', '${WHO.zip}', '123-45-6790', source, created_at from person limit 1;
    insert into person_phone (id, person_id, phone, line)
      select ${WHO.id}, ${WHO.id}, '${WHO.phone}', line from person_phone limit 1;`;
  const r = spawnSync('sqlite3', [t.demo.path('leads.db')], { input: sql, encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'they are there');
}

const isHeld = (t) => t.demo.rows('leads.db', `select count(*) as n from person where id = ${WHO.id}`)[0].n === 1;

// Their letter came; staff call the number on it.
async function entered(desk) {
  about('signed on paper: the request');
  await desk.goto('/desk/intake/delete');
  await desk.locator('#f-channel').selectOption('mail');
  for (const [field, value] of Object.entries({ phone: WHO.phone, name: WHO.name, street: '4 Lake Rd', city: 'Davis, CA', zip: WHO.zip }))
    await desk.locator(`#f-${field}`).fill(value);
  await press(desk, desk.locator('#next'));
  const reference = new URL(desk.url()).searchParams.get('ref');
  await desk.goto(`/desk/r/${reference}`);
  await press(desk, desk.locator('#next'));
  await desk.locator('#f-note').fill('She answered and said that she wrote it.');
  await press(desk, 'They confirmed it');
  return reference;
}

async function asked(t, desk, look, path) {
  about('signed on paper: asked for');
  await waitForStep(desk, path, 'Ask for the declaration');
  check((await mainOf(desk)).includes('It takes 3 and a signed declaration here'), 'what is sensitive takes a declaration');
  same(t.demo.run(['setting', 'address', ADDRESS]).status, 0, 'it can be sent back');
  await desk.goto(path);
  await press(desk, 'Ask for the declaration');
  same(await desk.locator('form[action$="/preview"]').count(), 0, 'nothing is approved before it is back');
  check((await mainOf(desk)).includes('2 letters of this case to print and post'), 'what is to be posted stands on top');
  check(!(await desk.locator('.flash').innerText()).includes('on its way'), 'and no letter is said to be on its way that nobody has posted');
  await look.at(desk, 'case, the letter to sign waits to be posted', '#next');
  await shoot(desk, 'signed-case-asked');
}

async function posted(t, desk, look, reference) {
  about('signed on paper: posted');
  await desk.goto('/desk/letters');
  const row = () => desk.locator('tr', { hasText: reference }).filter({ hasText: 'We ask for a signature' });
  await press(desk, row().locator('button'));
  const text = await desk.locator('.sheet-p').innerText();
  for (const words of ['Faye Wren', ADDRESS, `To send back. Request ${reference}`, 'I declare under penalty of perjury', 'Signature: ___'])
    check(text.includes(words), `the letter says "${words}": ${text}`);
  check(!text.includes('/declare'), 'and leads to no page, which could send no code');
  await look.at(desk, 'letter to sign', 'main form .btn');
  await shoot(desk, 'signed-letter');
  await press(desk, 'Mark as posted');
  same(await row().count(), 0, 'it is out of the tray');
}

// What the consumer finds by the number on the letter.
async function consumers(t, look, reference, { isBack }) {
  about(`signed on paper: the consumer’s pages, ${isBack ? 'after' : 'before'}`);
  const page = await t.open();
  await page.goto(`/s/${reference}`);
  same(await page.getByRole('link', { name: 'Read it and sign' }).count(), 0, 'nothing can be signed on a page');
  const status = await mainOf(page);
  same(status.includes('What you sign comes by mail: sign the letter at its end, and send it back to us.'), !isBack, `the status says what to do with the letter: ${status}`);
  await look.at(page, isBack ? 'status, signed on paper' : 'status, to be signed on paper');
  await shoot(page, isBack ? 'signed-status-back' : 'signed-status');
  if (isBack) await page.goto(`/s/${reference}/declare`);
  else await press(page, page.getByRole('link', { name: 'How to sign it' }));
  same(await page.locator('h1').innerText(), isBack ? 'It is signed' : 'Sign the letter that we sent you', 'and so does the page behind it');
  same(await page.locator('main form').count(), 0, 'which sends no code');
  check(!(await mainOf(page)).includes('Wren'), 'and names nobody');
  await look.at(page, isBack ? 'declare, signed on paper' : 'declare, to be signed on paper', 'main .btn');
  await shoot(page, isBack ? 'signed-declare-back' : 'signed-declare');
  await page.context().close();
}

async function cameBack(desk, look, path) {
  about('signed on paper: it came back');
  await desk.goto(path);
  await desk.getByLabel('The name below the signature').fill(WHO.name);
  await press(desk, 'It is signed');
  check(await desk.locator('.problems a[href="#f-signed_on"]').count(), 'the day is asked for');
  same(await desk.getByLabel('The name below the signature').inputValue(), WHO.name, 'and the name stays');
  await desk.getByLabel('The day on it').fill(new Date(Date.now() - 8 * 3600000).toISOString().slice(0, 10));
  await press(desk, 'It is signed');
  const text = await mainOf(desk);
  check(text.includes('came back on paper'), `the case says so: ${text}`);
  await look.at(desk, 'case, signed on paper', '#next');
  await shoot(desk, 'signed-case-back');
}

async function carriedOut(t, desk, look, path, reference) {
  about('signed on paper: carried out');
  await openPreview(desk, path);
  await press(desk, desk.locator(`form[action="${path}/approve"] button`));
  check(await until(WORK_MS, () => !isHeld(t)), 'their rows are gone');
  const there = await until(WORK_MS, async () => {
    await desk.goto(`${path}/answer`);
    return new URL(desk.url()).pathname === `${path}/answer` && (await desk.getByRole('button', { name: 'Send this answer' }).count());
  });
  check(there, 'the answer is there to read');
  const reason = desk.locator('#f-reason');
  if (await reason.count()) await reason.fill('The companies have until day 90.');
  check((await mainOf(desk)).includes('to Faye W. by mail.'), 'and says where it goes');
  check(!/the email address/.test(await desk.locator('.letter').innerText()), 'the letter speaks of no address that they never gave');
  await look.at(desk, 'answer, by mail', 'main form .btn');
  await shoot(desk, 'signed-answer');
  await press(desk, 'Send this answer');
  await desk.goto('/desk/letters');
  check(await desk.locator('tr', { hasText: reference }).count(), 'it is posted like the others');
}

export async function signed(t) {
  plant(t);
  const look = new Look(t);
  const desk = await t.open();
  await signIn(desk, t.jo);
  const reference = await entered(desk);
  const path = `/desk/r/${reference}`;
  await asked(t, desk, look, path);
  await posted(t, desk, look, reference);
  await consumers(t, look, reference, { isBack: false });
  await cameBack(desk, look, path);
  await consumers(t, look, reference, { isBack: true });
  await carriedOut(t, desk, look, path, reference);
  await desk.context().close();
  t.looked = [...(t.looked ?? []), ...look.seen];
}
