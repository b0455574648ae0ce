// A deletion from the first question to the status page, without JavaScript.
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { daysFromToday } from './dates.mjs';
import { mainOf, press } from './harness.mjs';
import { REFERENCE } from './consumer.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };

// A page that did not take what was typed: before anything is clicked on it,
// then field by field.
async function checkSummary(page) {
  check((await page.title()).startsWith('Problem: '), 'the title starts with Problem:');
  // Chromium gives the focus with the first frame, shortly after the page loaded.
  const focused = await until(1000, () => page.evaluate(() => document.activeElement.matches('.problems')));
  check(focused, 'the summary has the focus');
  check((await page.locator('.problems').innerText()).includes('There is a problem'), 'and says that there is one');
}

async function checkProblem(page, field, typed, hint) {
  const link = page.locator(`.problems a[href="#f-${field}"]`);
  same(await link.count(), 1, `${field}: the summary links to it`);
  check(hint.test(await link.innerText()), `${field}: it says how to mend it: ${await link.innerText()}`);
  if (typed !== null) same(await page.locator(`#f-${field}`).inputValue(), typed, `${field}: what was typed is there`);
  await link.click();
  check(page.url().endsWith(`#f-${field}`), `${field}: the link leads to it`);
}

const at = (page) => new URL(page.url()).pathname;

async function find(page, who) {
  about('wizard: how to find you');
  await page.goto('/');
  await page.getByRole('link', { name: 'Delete my information' }).click();
  same(at(page), '/r/delete/find', 'the list leads to the first question');
  check((await mainOf(page)).includes('Step 1 of 4'), 'it says how many there are');
  await press(page, 'Continue');
  await checkSummary(page);
  await checkProblem(page, 'email', '', /email/i);
  await page.getByLabel('Email address').fill('not an address');
  await page.getByLabel('Phone number').fill('12');
  await press(page, 'Continue');
  await checkSummary(page);
  await checkProblem(page, 'email', 'not an address', /like|@|check/i);
  await checkProblem(page, 'phone', '12', /digit|number/i);
  await page.getByLabel('Email address').fill(who.email);
  await page.getByLabel('Phone number').fill('');
  await press(page, 'Continue');
  same(at(page), '/r/delete/details', 'mended, it goes on');
}

async function details(page, who) {
  about('wizard: one more detail');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  same(at(page), '/r/delete/find', 'Back goes back');
  same(await page.getByLabel('Email address').inputValue(), who.email, 'and the answer is still there');
  await press(page, 'Continue');
  await page.getByLabel('ZIP code').fill('9561');
  await press(page, 'Continue');
  await checkSummary(page);
  await checkProblem(page, 'zip', '9561', /five digits/i);
  await page.goto('/r/delete/check');
  same(at(page), '/r/delete/details', 'nobody gets past a question by typing a path');
  await page.getByLabel('ZIP code').fill(who.zip);
  await page.getByLabel('Your name').fill('Mistyped Name');
  await press(page, 'Continue');
  same(at(page), '/r/delete/sale', 'the next question comes');
}

async function sale(page) {
  about('wizard: two equal buttons');
  same(await page.locator('main form button').count(), 2, 'there are two answers');
  same(await page.locator('main [checked], main [aria-pressed=true]').count(), 0, 'and none is chosen (S10)');
  await press(page, 'No, only delete it');
  same(at(page), '/r/delete/check', 'a no is an answer');
}

async function answers(page, who) {
  about('wizard: check your answers');
  const text = await mainOf(page);
  for (const value of [who.email, who.zip, 'Mistyped Name', 'Not given'])
    check(text.includes(value), `the page shows ${value}`);
  check(text.includes(daysFromToday(45)), 'and the day the answer is due, 45 days from today');
  await page.locator('a[href="/r/delete/details?change=1"]').last().click();
  same(await page.getByLabel('ZIP code').inputValue(), who.zip, 'Change leads to the page with the answer');
  await page.getByLabel('Your name').fill(`${who.first} ${who.last}`);
  await press(page, 'Continue');
  same(at(page), '/r/delete/check', 'and back to all of them');
  await page.locator('a[href="/r/delete/sale?change=1"]').click();
  await press(page, 'Yes, stop selling it');
  check((await mainOf(page)).includes(`${who.first} ${who.last}`), 'what was changed is shown');
  same(at(page), '/r/delete/check', 'the choice can be changed as well');
  await press(page, 'Send my request');
}

async function code(t, page, who) {
  about('wizard: the code');
  same(at(page), '/r/delete/code', 'sent, it asks for the code');
  same(page.url().includes('@') || page.url().includes(who.zip), false, 'nothing personal is in the address');
  const reference = new URL(page.url()).searchParams.get('ref');
  check(REFERENCE.test(reference), 'the page goes by the reference number');
  await page.goto('/r/delete/check');
  same(at(page), '/r/delete/find', 'what was typed is gone from this browser');
  same(await page.getByLabel('Email address').inputValue(), '', 'all of it');
  await page.goto(`/r/delete/code?ref=${reference}`);
  await page.getByLabel('Code').fill('12 34');
  await press(page, 'Confirm my email');
  await checkSummary(page);
  await checkProblem(page, 'code', null, /six digits/i);
  const codes = await t.outbox.code(reference);
  same(codes.length, 1, 'one code lies in the outbox');
  await page.getByLabel('Code').fill(codes[0] === '000000' ? '000001' : '000000');
  await press(page, 'Confirm my email');
  await checkSummary(page);
  await checkProblem(page, 'code', null, /not the code/i);
  await page.getByLabel('Code').fill(` ${codes[0].slice(0, 3)} ${codes[0].slice(3)} `);
  await press(page, 'Confirm my email');
  same(at(page), '/r/delete/done', 'the right code is taken, with blanks as people paste them');
  return reference;
}

async function done(page, reference) {
  about('wizard: done');
  const text = await mainOf(page);
  check(text.includes(reference), 'it shows the reference number');
  check(text.includes(daysFromToday(45)), 'and the day the answer is due');
  check(text.includes('opted out of the sale'), 'and that the sale has stopped');
  await page.goto(`/r/delete/code?ref=${reference}`);
  same(at(page), '/r/delete/done', 'the code is not asked for again');
}

async function status(page, reference) {
  about('status by reference');
  await page.goto('/s');
  await page.getByLabel('Reference number').fill(` ${reference.toLowerCase().replace('-', ' ')} `);
  await press(page, 'See status');
  same(at(page), `/s/${reference}`, 'typed in lower case with blanks it is found');
  const text = await mainOf(page);
  same(await page.locator('h1').innerText(), 'Delete personal information', 'it shows what was asked');
  check(text.includes(daysFromToday(45)), 'and until when it is answered');
  same(await page.locator('[aria-current=step]').count(), 1, 'one step is the present one');
  same(/@/.test(text.replace(/\S+@lakeshore\S*/g, '')), false, 'and nothing that says who asked');
}

async function mistyped(page, reference) {
  about('a mistyped reference');
  await page.goto('/s');
  const other = reference[0] === '2' ? '3' : '2';
  await page.getByLabel('Reference number').fill(other + reference.slice(1));
  await press(page, 'See status');
  await checkSummary(page);
  await checkProblem(page, 'reference', other + reference.slice(1), /K7QF-2M9X/);
  await page.getByLabel('Reference number').fill('');
  await press(page, 'See status');
  await checkSummary(page);
  await checkProblem(page, 'reference', '', /Enter the reference/);
}

async function suppressedAtOnce(t, who) {
  about('the sale stops before the code');
  const { status: exit, out } = t.demo.run(['check', 'email', who.email]);
  same([exit, out.trim().split('\t')[2]], [4, 'opt-out'], 'yes to "stop selling" was in force when it was sent');
}

export async function wizard(t) {
  const who = t.people.deleted;
  const page = await t.open(NO_SCRIPT);
  await find(page, who);
  await details(page, who);
  await sale(page);
  await answers(page, who);
  await suppressedAtOnce(t, who);
  t.reference = await code(t, page, who);
  await done(page, t.reference);
  await status(page, t.reference);
  await mistyped(page, t.reference);
  await page.context().close();
}
