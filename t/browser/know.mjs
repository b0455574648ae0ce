// The answer to a request to know: staff look through it and leave something out,
// the requester opens it with a fresh code and takes it home, where it is a page
// without a network.  After kinds.mjs, whose request this is.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { about, check, same } from './check.mjs';
import { temporary, until } from './demo.mjs';
import { LONG_NOTE } from './kinds.mjs';
import { NARROW, WIDE, mainOf, overflow, press, violations } from './harness.mjs';
import { atEverySize } from './pages.mjs';
import { signIn } from './staff.mjs';

const WORK_MS = 30000;
const POINTER = 24;
const THUMB = 44;

export const stateOf = (page) => page.locator('.case-h .tag.info').innerText();

// What leaves, as the person has it in the systems.
function held(t, who) {
  const [person] = t.demo.rows('leads.db', `select street, ssn from person where id = ${who.id}`);
  return person;
}

async function review(t, page, who) {
  about('know: staff look through it');
  const { street, ssn } = held(t, who);
  await page.goto(`/desk/r/${t.known}`);
  await press(page, page.locator('#next'));
  const text = await mainOf(page);
  check(text.includes(street), 'the values are there to read');
  check(!ssn || !text.includes(ssn), 'but never the Social Security number');
  check(text.includes('That is enough for the pieces themselves'), 'and how sure it is who asks');
  await atEverySize(page, 'package review', POINTER);
  await page.setViewportSize(WIDE);
  await press(page, 'Read it as the requester will');
  check((await mainOf(page)).includes(street), 'the letter has them too');
  await atEverySize(page, 'package letter', POINTER);
  await page.setViewportSize(WIDE);
  await press(page, 'Back to the package');
}

// A column that is ticked is gone from what is approved, and only then approved.
async function approve(t, page, who) {
  about('know: left out and approved');
  const { street } = held(t, who);
  await page.getByRole('checkbox', { name: 'street', exact: true }).check();
  await press(page, page.locator('#next'));
  check((await page.locator('.flash').innerText()).startsWith('Kept.'), 'what was ticked is kept, not approved unseen');
  check(await page.getByRole('checkbox', { name: 'street', exact: true }).isChecked(), 'and still ticked');
  await press(page, 'Read it as the requester will');
  check(!(await mainOf(page)).includes(street), 'the street is left out');
  await press(page, 'Back to the package');
  await press(page, page.locator('#next'));
  const made = await until(WORK_MS, async () => {
    await page.goto(`/desk/r/${t.known}`);
    return (await stateOf(page)) === 'Answer ready';
  });
  check(made, 'the worker makes it');
}

export async function answer(t, page) {
  about('know: the letter');
  await press(page, page.locator('#next'));
  const text = await mainOf(page);
  check(text.includes(`/s/${t.known}/package`) && text.includes('fresh code'), 'how to open it');
  await press(page, page.locator('main form .btn').first());
  const closed = await until(WORK_MS, async () => {
    await page.goto(`/desk/r/${t.known}`);
    return (await stateOf(page)) === 'Closed';
  });
  check(closed, 'sent, the case is closed');
}

// The code that came last: the first one confirmed the address.
export async function freshCode(t, before) {
  const found = await until(WORK_MS, async () => {
    const codes = await t.outbox.code(t.known);
    return codes.length > before && codes;
  });
  return found.filter((c) => !t.usedCodes.includes(c)).at(-1) ?? found.at(-1);
}

async function open(t, page) {
  about('know: a fresh code opens it');
  t.usedCodes = await t.outbox.code(t.known);
  await page.goto(`/s/${t.known}`);
  await page.getByRole('link', { name: 'Open our answer' }).click();
  await atEverySize(page, 'package door', THUMB);
  const before = t.usedCodes.length;
  await press(page, 'Send me the code');
  await atEverySize(page, 'package code', THUMB);
  await page.getByLabel('Code').fill('12');
  await press(page, 'Open the answer');
  check((await page.title()).startsWith('Problem: '), 'two digits are none');
  await page.getByLabel('Code').fill(await freshCode(t, before));
  await press(page, 'Open the answer');
  check((await mainOf(page)).includes('What we know about you'), 'the letter is there');
  await atEverySize(page, 'package page', THUMB);
  const other = await t.open();
  await other.goto(`/s/${t.known}/package`);
  check(!(await mainOf(other)).includes('What we know about you'), 'in this browser, and no other');
  await other.context().close();
}

async function download(t, page) {
  about('know: the ZIP');
  const dir = temporary('package');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the ZIP' }).click()]);
  same(file.suggestedFilename(), `my-information-${t.known}.zip`, 'a name of ours');
  await file.saveAs(path.join(dir, 'package.zip'));
  const r = spawnSync('unzip', ['-q', path.join(dir, 'package.zip'), '-d', path.join(dir, 'out')], { encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'a stock unzip opens it');
  const data = JSON.parse(fs.readFileSync(path.join(dir, 'out/data.json'), 'utf8'));
  same(data.reference, t.known, 'data.json is of this request');
  check(data.tables.some((table) => table.rows.some((row) => row.includes(LONG_NOTE))), 'the long note is whole, and as it was');
  for (const table of data.tables) check(fs.existsSync(path.join(dir, 'out', table.file)), `${table.file} is there`);
  return path.join(dir, 'out/index.html');
}

// As it lies on somebody's computer: no network, and nothing asked of one.
async function offline(t, file, who, javaScriptEnabled) {
  about(`know: index.html by itself, ${javaScriptEnabled ? 'with' : 'without'} scripts`);
  const context = await t.harness.browser.newContext({ offline: true, viewport: WIDE, javaScriptEnabled });
  const page = await context.newPage();
  const said = [];
  page.on('console', (m) => said.push(m.text()));
  page.on('pageerror', (e) => said.push(String(e)));
  page.on('request', (q) => {
    if (!q.url().startsWith('file:')) said.push(q.url());
  });
  await page.goto(pathToFileURL(file).href);
  const text = await mainOf(page);
  const { street, ssn } = held(t, who);
  check(text.includes(who.email) && !text.includes(street), 'the values, but for what was left out');
  check(!ssn || !fs.readFileSync(file, 'utf8').includes(ssn), 'and no Social Security number');
  check(text.includes('What we sold or shared') && text.includes('What we gave to others for a business purpose'), 'two lists');
  if (javaScriptEnabled) {
    for (const size of [NARROW, WIDE])
      for (const colorScheme of ['light', 'dark']) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        same(await violations(page), [], `axe, ${size.width} px, ${colorScheme}`);
        same(await overflow(page), 0, `nothing sticks out at ${size.width} px`);
      }
    await searches(page, who);
    const long = page.locator('.kn-v summary');
    same(await long.count(), 1, 'the long note is folded');
    await long.click();
    check((await page.locator('.kn-v pre').innerText()).includes('<script>alert(1)</script> =1+1'), 'and text, not a script');
  } else {
    check(!(await page.locator('.kn-search').isVisible()), 'no field that would do nothing');
  }
  same(said, [], 'a quiet console, and nothing loaded');
  await context.close();
}

async function searches(page, who) {
  const all = await page.locator('.kn-rec:visible').count();
  await page.locator('#kn-q').fill(who.email);
  const some = await page.locator('.kn-rec:visible').count();
  check(some > 0 && some < all, `${some} of ${all} records have the address`);
  same(await page.locator('#kn-n').innerText(), String(some), 'and it says how many');
  await page.locator('#kn-q').fill('zzz nobody has this');
  same(await page.locator('.kn-rec:visible').count(), 0, 'none has this');
  await page.locator('#kn-q').fill('');
  same(await page.locator('.kn-rec:visible').count(), all, 'all are back');
}

// The link beside a record opens the form, with what it is about filled in.
async function correct(t, page) {
  about('know: correct it');
  await page.goto(`/s/${t.known}/package`);
  await page.getByRole('link', { name: 'Is this wrong? Correct it' }).first().click();
  same(new URL(page.url()).pathname, '/r/correct/item', 'the form');
  check((await page.getByLabel('What is wrong').inputValue()).startsWith('Lead exchange, '), 'pre-filled with what it is about');
}

// The one to delete opens the choice of kinds, with those of the record.
async function remove(t, page) {
  about('know: delete what is in a record');
  await page.goto(`/s/${t.known}/package`);
  const record = page.locator('.kn-rec').filter({ hasText: t.people.other.email }).first();
  await record.getByRole('link', { name: 'Delete this kind of information' }).click();
  same(new URL(page.url()).pathname, '/r/delete/parts', 'the choice');
  check(await page.getByLabel('Identifiers').isChecked(), 'its kind is ticked');
  check((await mainOf(page)).includes('not one record by itself'), 'and what that means is said');
  await atEverySize(page, 'delete by kind', THUMB);
}

export async function know(t) {
  const who = t.people.other;
  const desk = await t.open();
  await desk.goto('/desk/sign-in');
  await signIn(desk, t.jo);
  await review(t, desk, who);
  await approve(t, desk, who);
  await answer(t, desk);
  const page = await t.open({ acceptDownloads: true });
  await open(t, page);
  const file = await download(t, page);
  await correct(t, page);
  await remove(t, page);
  await desk.goto(`/desk/r/${t.known}`);
  check((await mainOf(desk)).includes('The package was downloaded'), 'the download is recorded');
  await desk.context().close();
  await page.context().close();
  await offline(t, file, who, true);
  await offline(t, file, who, false);
}
