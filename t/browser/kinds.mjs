// The forms of know and correct, without JavaScript, to where the case stands then;
// and that no page asks what its kind may not.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { about, check, same } from './check.mjs';
import { ROOT, until } from './demo.mjs';
import { daysFromToday } from './dates.mjs';
import { NARROW, WIDE, mainOf, overflow, press, violations } from './harness.mjs';
import { signIn } from './staff.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const SEARCH_MS = 30000;
const at = (page) => new URL(page.url()).pathname;

// name -> question, as src/desk/tbl/asked.h has it.
function askedOf() {
  const text = fs.readFileSync(path.join(ROOT, 'src/desk/tbl/asked.h'), 'utf8');
  return new Map([...text.matchAll(/^ASKED\((\w+), (\w+),/gm)].map(([, question, name]) => [name, question]));
}

// No question: the trap for programs, and the language of the page.
const NO_QUESTION = ['website', 'lang'];

// What t/unit/t_form.c holds against the law is the table; here the pages are held
// against the table.
async function onlyAsked(page, questions) {
  const names = await page
    .locator('main form :is(input, textarea, select, button)[name]')
    .evaluateAll((all) => [...new Set(all.map((el) => el.name))]);
  const asked = askedOf();
  const others = names.filter((n) => !NO_QUESTION.includes(n) && !questions.includes(asked.get(n)));
  same(others, [], `${at(page)} asks only what its row says`);
}

async function answer(page, question, fill) {
  await onlyAsked(page, [question]);
  await fill();
  await press(page, page.locator('main form .acts .btn').first());
}

async function whoAsks(page, who, phone) {
  await answer(page, 'FIND', async () => {
    await page.getByLabel('Email address').fill(who.email);
    if (phone) await page.locator('#f-phone').fill(phone);
  });
  await answer(page, 'DETAILS', () => page.getByLabel('ZIP code').fill(who.zip));
}

export async function know(t, page, who) {
  about('know: the pieces');
  await page.goto('/');
  await page.getByRole('link', { name: 'See what you know about me' }).click();
  same(at(page), '/r/know/scope', 'the list leads to the first question');
  await answer(page, 'PIECES', () => page.getByLabel('The information itself, too').check());
  await answer(page, 'RANGE', () => page.getByLabel('Everything').check());
  await whoAsks(page, who, who.phone);
  await answer(page, 'DECLARATION', async () => {
    await page.getByLabel('I declare under penalty of perjury').check();
    await page.getByLabel('Your full name').fill(`${who.first} ${who.last}`);
  });
  const text = await mainOf(page);
  for (const value of ['The information itself', 'Everything', who.email, `${who.first} ${who.last}`, daysFromToday(45)])
    check(text.includes(value), `the answers have ${value}`);
  await press(page, 'Send my request');
  return confirm(t, page, 'know');
}

export async function correct(t, page, who, item) {
  about('correct');
  await page.goto('/');
  await page.getByRole('link', { name: 'Correct something' }).click();
  await answer(page, 'ITEM', async () => {
    await page.getByLabel('What is wrong').fill(item);
    await page.getByLabel('What it should say').fill('12 Elm Street');
  });
  await whoAsks(page, who);
  check((await mainOf(page)).includes('12 Elm Street'), 'the answers have what was typed');
  await press(page, 'Send my request');
  return confirm(t, page, 'correct');
}

async function confirm(t, page, kind) {
  const reference = new URL(page.url()).searchParams.get('ref');
  same(at(page), `/r/${kind}/code`, 'sent, it asks for the code');
  await page.getByLabel('Code').fill((await t.outbox.code(reference))[0]);
  await press(page, 'Confirm my email');
  same(at(page), `/r/${kind}/done`, 'and takes it');
  check(!(await mainOf(page)).includes('delete'), 'nothing is said of deleting');
  await page.goto(`/s/${reference}`);
  check((await mainOf(page)).includes(daysFromToday(45)), 'the status page has the day of the answer');
  return reference;
}

// It is searched as a deletion is, and what can be done then is said as it is.
// What is sensitive takes more than the form asks (11 CCR 7062(d)): staff say how they
// know who it is.
async function vouch(page) {
  same(await page.locator('#next').allInnerTexts(), ['I know who it is'], 'nothing can be done before it is known who asks');
  await page.getByLabel('How do you know who is asking?').fill('Called back under the number of the contract.');
  await press(page, page.locator('#next'));
}

export async function onTheDesk(t, page, { reference, next, asked, isSensitive }) {
  about('on the desk');
  const path = `/desk/r/${reference}`;
  const found = await until(SEARCH_MS, async () => {
    await page.goto(path);
    return (await page.locator('.case-h .tag.info').innerText()) === 'Ready to review';
  });
  check(found, 'the systems are searched');
  if (isSensitive) await vouch(page);
  same(await page.locator('#next').allInnerTexts(), next, 'what can be done next, and nothing deletes');
  await press(page, page.locator('form[action$="/reveal"] button'));
  const text = await mainOf(page);
  for (const value of asked) check(text.includes(value), `the case shows what was asked: ${value}`);
}

export async function looked(page, name = 'correct') {
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    same(await overflow(page), 0, `${size.width} px: nothing sticks out`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      same(await violations(page), [], `axe, ${size.width} px, ${colorScheme}`);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${size.width}-${colorScheme}.png`, fullPage: true });
    }
  }
}

// For pages.mjs, which asks of every page whether it was looked at.
export function noted(t, page) {
  t.looked = [...(t.looked ?? []), at(page)];
}

// With scripts, which axe needs; the pages themselves load none.
export async function lookedAt(t, url, name) {
  const page = await t.open();
  await page.goto(url);
  await looked(page, name);
  noted(t, page);
  await page.context().close();
}

// Staff type over what is wrong; the worker carries it out and reads it again.
async function putRight(t, page, reference) {
  about('put right');
  await page.goto(`/desk/r/${reference}`);
  await press(page, page.locator('#next'));
  same(at(page), `/desk/r/${reference}/correct/look`, 'the rows, as fields');
  check((await mainOf(page)).includes('12 Elm Street'), 'beside what was asked');
  await looked(page);
  await press(page, page.locator('#next'));
  check((await page.title()).startsWith('Problem: '), 'nothing typed over is no correction');
  await looked(page);
  const field = page.locator('.rows.fix input[aria-label^="city"]').first();
  check((await field.inputValue()) !== 'Rightville', 'as it is');
  await field.fill('Rightville');
  await press(page, page.locator('#next'));
  same(at(page), `/desk/r/${reference}`, 'approved');
  const done = await until(SEARCH_MS, async () => {
    await page.goto(`/desk/r/${reference}`);
    return (await mainOf(page)).includes('values corrected and read again, 1');
  });
  check(done, 'and carried out');
  check(!(await mainOf(page)).includes('Rightville'), 'the case shows no value');
  same(t.demo.rows('leads.db', "select id, city from person where city = 'Rightville'"), [{ id: t.people.other.id, city: 'Rightville' }], 'in that one row');
}

// 7023(c): who works with it for the business is told what it should say, behind its
// letter's link, without JavaScript.
async function vendorPutsRight(t, desk, reference) {
  about('the vendor puts it right');
  const who = t.people.other;
  const link = await t.outbox.vendorLink(reference);
  check(link?.startsWith(t.base), 'a letter with a link went out');
  const page = await t.open(NO_SCRIPT);
  await page.goto(link);
  const text = await mainOf(page);
  check(text.includes('Correct this person’s information') && text.includes('11 CCR 7023(c)'), 'what to do, and why');
  check(text.includes(who.email), 'about whom');
  check(/city \([^\n]*\s+Rightville/.test(text), 'and what it should say');
  check(!text.includes('12 Elm Street') && !/delete/i.test(text), 'nothing else of what was asked, and nothing of deleting');
  await lookedAt(t, link, 'vendor-correct');
  await press(page, 'Send this answer');
  check((await page.title()).startsWith('Problem: '), 'an answer without a choice is asked for again');
  await page.getByLabel('We can’t correct some of it').check();
  await press(page, 'Send this answer');
  check(await page.locator('.problems a[href="#f-reason"]').count(), 'that needs its reason');
  await page.getByLabel('We corrected it').check();
  await press(page, 'Send this answer');
  check((await mainOf(page)).includes('You corrected it') && (await mainOf(page)).includes('Keep it corrected'), 'recorded, with what stays to do');
  await page.goto(link);
  check(!(await page.content()).includes('Rightville'), 'afterwards the page says nothing of it');
  await lookedAt(t, link, 'vendor-corrected');
  await page.context().close();
  await desk.goto(`/desk/r/${reference}`);
  const vendors = await desk.locator('table.sys').allInnerTexts();
  check(/Corrected/.test(vendors.join()) && !/Deleted/.test(vendors.join()), `the case says so: ${vendors.join().replace(/\s+/g, ' ')}`);
  await looked(desk, 'vendor-correct-case');
}

// By a code of its own, from the status page.
async function takeBack(t, page, reference) {
  about('taken back');
  await page.goto(`/s/${reference}`);
  const before = await t.outbox.code(reference);
  await press(page, page.getByRole('link', { name: 'Take this request back' }));
  await press(page, 'Send me a code');
  await page.getByLabel('Code').fill('12');
  await press(page, 'Take it back');
  check((await page.title()).startsWith('Problem: '), 'not without the whole code');
  const fresh = await until(SEARCH_MS, async () => (await t.outbox.code(reference)).find((c) => !before.includes(c)));
  await page.getByLabel('Code').fill(fresh);
  await press(page, 'Take it back');
  same(at(page), `/s/${reference}`, 'the right one ends it');
  check((await mainOf(page)).includes('You took this request back, and it is closed.'), 'and the page says so');
  same(await page.getByRole('link', { name: 'Take this request back' }).count(), 0, 'nothing is left to take back');
}

// A note longer than a finding keeps, which a page must not run.
export const LONG_NOTE = `<script>alert(1)</script> =1+1 "${'long '.repeat(20000)}end`;

// Before the systems are copied, see after.mjs.
export function plant(t, who) {
  const [{ id }] = t.demo.rows('leads.db', `select id from lead where person_id = ${who.id} limit 1`);
  const sql = `insert into lead_note (lead_id, author, body, created_at) values (${id}, 'theo', '${LONG_NOTE}', '2026-11-02T10:00:00Z');`;
  const r = spawnSync('sqlite3', [t.demo.path('leads.db')], { input: sql, encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'a long note is there');
}

export async function kinds(t) {
  const page = await t.open(NO_SCRIPT);
  const who = t.people.other;
  const references = [
    await know(t, page, who),
    await correct(t, page, who, 'The street'),
    await correct(t, page, who, 'The city'),
  ];
  await page.context().close();
  t.known = references[0];
  const desk = await t.open();
  await desk.goto('/desk/sign-in');
  await signIn(desk, t.jo);
  const full = `${who.first} ${who.last}`;
  await onTheDesk(t, desk, { reference: references[0], next: ['Look through the package\nN'], asked: ['The information itself', full] });
  await onTheDesk(t, desk, { reference: references[1], next: ['Look at the rows\nN'], isSensitive: true, asked: ['The street', '12 Elm Street'] });
  await putRight(t, desk, references[1]);
  await vendorPutsRight(t, desk, references[1]);
  await desk.context().close();
  const back = await t.open(NO_SCRIPT);
  await takeBack(t, back, references[2]);
  await back.context().close();
}
