// Children and teenagers, without JavaScript: a parent asks, staff write down how they
// were checked, the parent says yes; from 13 on it is their own choice.
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { signIn } from './staff.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const at = (page) => new URL(page.url()).pathname;
const YEAR = new Date().getFullYear();

// What `toyon check` says of an address now.
function reasons(t, email) {
  return t.demo.run(['check', 'email', email]).out.trim().split('\t')[2] ?? '';
}

export async function typeBorn(page, year) {
  await page.getByLabel('Month').fill('3');
  await page.getByLabel('Day').fill('5');
  await page.getByLabel('Year').fill(String(year));
}

export async function askForChild(page, id, year = YEAR - 9) {
  await page.goto('/child/opt-in');
  await page.locator('#f-id').fill(id);
  await typeBorn(page, year);
  await page.getByLabel('Your name').fill('Pat Doe');
  await page.getByLabel('Your email address').fill(`parent.of.${id}`);
  await page.locator('#f-check').check();
  await press(page, 'Go on');
  return new URL(page.url()).searchParams.get('ref');
}

async function secondAct(t, reference) {
  const [letter] = await t.outbox.about(reference, /\/opt-in\/confirm\//);
  return { letter, link: letter?.text.match(/https?:\/\/\S+\/opt-in\/confirm\/[\w-]+/)?.[0] };
}

async function parent(t, page) {
  about('a parent asks');
  await page.goto('/');
  await page.getByRole('link', { name: 'Choices for children' }).click();
  await page.getByRole('link', { name: 'Allow the sale for my child' }).click();
  same(at(page), '/child/opt-in', 'the start page leads there');
  same(await page.locator('#f-month').inputValue(), '', 'no date is filled in');
  same(await page.locator('input[name=check]:checked').count(), 0, 'and no method is chosen');
  await askForChild(page, 'kid@example.com', YEAR - 14);
  check((await mainOf(page)).includes('From 13 on your child decides'), 'not for somebody of 14');
  const reference = await askForChild(page, 'kid@example.com');
  same(at(page), '/child/sent', 'asked');
  check((await mainOf(page)).includes('Print the form'), 'how they are checked');
  same(reasons(t, 'kid@example.com'), 'minor', 'nothing is sold while it waits');
  await page.getByRole('link', { name: 'The form to print' }).click();
  check((await mainOf(page)).includes('penalty of perjury'), 'the form (7070(a)(2))');
  check((await mainOf(page)).includes(reference), 'with the number');
  return reference;
}

async function staffCheck(t, page, reference) {
  about('staff check the parent');
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await page.getByRole('link', { name: 'Parents' }).click();
  same(at(page), '/desk/parents', 'the rail leads there');
  await page.getByRole('link', { name: reference }).click();
  check((await mainOf(page)).includes('Parent not checked'), 'the case says so');
  await page.locator('#next').click();
  same(at(page), `/desk/r/${reference}/parent`, 'one next step');
  await press(page, 'It is the parent or guardian');
  check((await mainOf(page)).includes('Choose the method'), 'not without a method');
  await page.locator('#f-check').check();
  await page.locator('#f-saw').fill('A signed form came by mail');
  await press(page, 'It is the parent or guardian');
  same(at(page), `/desk/r/${reference}`, 'back to the case');
  check((await mainOf(page)).includes('Parent checked'), 'which says it');
  same(reasons(t, 'kid@example.com'), 'minor', 'the check alone allows nothing');
}

async function parentSaysYes(t, page, reference) {
  about('the parent says yes');
  const { letter, link } = await secondAct(t, reference);
  check(letter?.to.includes('parent.of.kid@example.com'), 'the letter goes to the parent');
  check(/opt out again at any time, for\s+your\s+child/.test(letter?.text ?? ''), 'and tells how to take it back (7070(b))');
  await page.goto(link ?? '/');
  check((await mainOf(page)).includes('your child’s information'), 'whose information it is');
  await press(page, 'Yes, allow it');
  check((await mainOf(page)).includes('It is allowed'), 'said');
  same(reasons(t, 'kid@example.com'), '', 'and done');
}

async function teenager(t, page) {
  about('13 to 15');
  await page.goto('/teen');
  await page.getByLabel('Your email address').fill('teen@example.com');
  await typeBorn(page, YEAR - 14);
  await press(page, 'Go on to step 2');
  same(at(page), '/teen/sent', 'asked');
  same(reasons(t, 'teen@example.com'), 'minor', 'not sold by default');
  const letters = t.outbox.all().filter((l) => l.to.includes('teen@example.com'));
  const link = (letters[0] ?? (await waitFor(t, 'teen@example.com')))?.text.match(/https?:\/\/\S+\/opt-in\/confirm\/[\w-]+/)?.[0];
  await page.goto(link ?? '/');
  await press(page, 'No, don’t allow it');
  check((await mainOf(page)).includes('Nothing has changed'), 'a no is a no');
  same(reasons(t, 'teen@example.com'), 'minor', 'and they stay as they were');
  await page.goto('/teen');
  await page.getByLabel('Your email address').fill('small@example.com');
  await typeBorn(page, YEAR - 10);
  await press(page, 'Go on to step 2');
  check((await mainOf(page)).includes('A parent or guardian decides this'), 'under 13 nobody decides for themselves');
  same(reasons(t, 'small@example.com'), 'minor', 'and what was said is known');
}

// The address of an age gate, as a program of the business gets it.
async function gateFor(t, account, path = '/on') {
  for (const [name, value] of [['age_gate', 'yes'], ['age_gate_returns', t.base]])
    same(t.demo.run(['setting', name, value]).status, 0, `the setting ${name}`);
  const r = await fetch(`${t.base}/api/v1/age-gate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${t.demo.apiKey}` },
    body: JSON.stringify({ items: [{ kind: 'account', value: account }], return_to: `${t.base}${path}` }),
  });
  const text = await r.text();
  same(r.status, 200, `a gate: ${text}`);
  return JSON.parse(text).data.url;
}

const accountSays = (t, account) => t.demo.run(['check', 'account', account]).out.trim().split('\t')[2] ?? '';

async function ageGate(t, page) {
  about('the age gate');
  await page.goto(await gateFor(t, 'visitor-1', '/child'));
  const text = await mainOf(page);
  check(!/\b(13|16|18|old enough|parent|child)\b/.test(text), `it names no age: ${text}`);
  same(await page.locator('#f-year').inputValue(), '', 'and no date is filled in');
  await typeBorn(page, YEAR - 9);
  await press(page, 'Go on');
  await page.waitForURL('**/child');
  same(accountSays(t, 'visitor-1'), 'minor', 'a child is not sold');
  await page.goto(await gateFor(t, 'visitor-2', '/child'));
  same(await page.locator('#f-year').count(), 0, 'who goes back finds no fields');
  await press(page, 'Go on');
  await page.waitForURL('**/child');
  same(accountSays(t, 'visitor-2'), 'minor', 'and is no older');
}

async function waitFor(t, email) {
  for (let i = 0; i < 60; i++) {
    const found = t.outbox.all().find((l) => l.to.includes(email));
    if (found) return found;
    await new Promise((r) => setTimeout(r, 250));
  }
  return undefined;
}

export async function minors(t) {
  const page = await t.open(NO_SCRIPT);
  const reference = await parent(t, page);
  const desk = await t.open();
  await staffCheck(t, desk, reference);
  await desk.context().close();
  await parentSaysYes(t, page, reference);
  await teenager(t, page);
  await ageGate(t, page);
  await page.context().close();
}

// As t/browser/pages.mjs looks at them; staff are signed in.
export async function minorPages(look, page) {
  await page.goto('/child');
  await look.at(page, 'children', 'main a');
  await page.goto('/child/opt-in');
  await look.at(page, 'a parent asks', 'main form .btn');
  await press(page, 'Go on');
  await look.at(page, 'a parent asks, not taken');
  const reference = await askForChild(page, 'look@example.com');
  await look.at(page, 'a parent asked');
  await page.goto(`/child/form?ref=${reference}`);
  await look.at(page, 'the form to sign');
  await page.goto('/teen');
  await look.at(page, '13 to 15', 'main form .btn');
  await press(page, 'Go on to step 2');
  await look.at(page, '13 to 15, not taken');
  await page.goto('/teen/sent');
  await look.at(page, '13 to 15, asked');
  await page.goto('/teen/sent?by=parent');
  await look.at(page, 'under 13');
  await page.goto(await gateFor(look.t, 'looked-at'));
  await look.at(page, 'age gate', 'main form .btn');
  await press(page, 'Go on');
  await look.at(page, 'age gate, not taken');
  look.seen.add('/age/done'); // leads on by itself: ageGate() follows it
  return reference;
}

export async function parentPages(look, page, reference) {
  await page.goto('/desk/parents');
  await look.at(page, 'parents to check', 'table a');
  await page.goto(`/desk/r/${reference}`);
  await look.at(page, 'case of a child', '#next');
  await page.goto(`/desk/r/${reference}/parent`);
  await look.at(page, 'check of a parent', 'main form .btn');
  await press(page, 'It is the parent or guardian');
  await look.at(page, 'check of a parent, not taken');
}
