// A parent asks to delete for a child under 13, without JavaScript: the form is signed
// and sent, staff look at it and write the check down, and only then anything is
// searched.  The letters are the parent's.
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { looked } from './kinds.mjs';
import { typeBorn } from './minors.mjs';
import { signIn } from './staff.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const SEARCH_MS = 30000;
const YEAR = new Date().getFullYear();
const SCAN = { name: 'form.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n\0\xff signed by hand', 'latin1') };
const CHILD = 'asked.for@example.com';
const PARENT = 'asks.for.it@example.com';
const at = (page) => new URL(page.url()).pathname;

async function fill(page, year = YEAR - 9) {
  await page.locator('#f-email').fill(CHILD);
  await typeBorn(page, year);
  await page.locator('#f-parent_name').fill('Pat Doe');
  await page.locator('#f-parent_email').fill(PARENT);
  await page.locator('#f-check').check();
}

async function ask(t, page) {
  about('a parent asks to delete');
  await page.goto('/');
  await page.getByRole('link', { name: 'Ask for your child' }).click();
  same(at(page), '/child/ask', 'the start page leads there');
  same(await page.locator('.callers a').count(), 3, 'delete, know and correct: nobody asks to stop something');
  await page.getByRole('link', { name: 'Delete it' }).click();
  await press(page, 'Send this request');
  for (const field of ['email', 'month', 'parent_name', 'parent_email', 'check'])
    check(await page.locator(`.problems a[href="#f-${field}"]`).count(), `${field} is missing`);
  await fill(page, YEAR - 14);
  await press(page, 'Send this request');
  check((await mainOf(page)).includes('From 13 on they ask for themselves'), 'not for somebody of 14');
  same(await page.locator('#f-parent_email').inputValue(), PARENT, 'what was typed is still there');
  await fill(page);
  await press(page, 'Send this request');
  same(at(page), '/child/ask/done', 'asked');
  const reference = new URL(page.url()).searchParams.get('ref');
  const [letter] = await t.outbox.about(reference, /parent or guardian/);
  check(letter?.to.includes(PARENT), 'the parent hears of it');
  same(t.outbox.all().filter((l) => l.to.includes(CHILD)).length, 0, 'the child does not');
  return reference;
}

async function sendForm(page, reference) {
  about('the signed form');
  await page.goto(`/s/${reference}`);
  check((await mainOf(page)).includes('find out that you are the child’s parent'), 'the status says what is missing');
  await page.getByRole('link', { name: 'Send the signed form' }).click();
  await press(page, 'Send the form');
  check((await mainOf(page)).includes('Choose the form that you signed'), 'no file is a problem');
  await page.locator('#f-file').setInputFiles({ ...SCAN, buffer: Buffer.from('<script>') });
  await press(page, 'Send the form');
  check((await mainOf(page)).includes('PDF, PNG or JPEG'), 'nor is it a page');
  await page.locator('#f-file').setInputFiles(SCAN);
  await press(page, 'Send the form');
  check((await mainOf(page)).includes('We have the form'), 'sent');
  await page.goto(new URL(page.url()).pathname);
  await page.locator('#f-file').setInputFiles(SCAN);
  await press(page, 'Send the form');
}

async function staffCheck(t, page, reference) {
  about('staff look at the form');
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await page.goto(`/desk/r/${reference}`);
  check((await mainOf(page)).toLowerCase().includes('find out whether the parent asks'), 'one next step');
  same(await page.locator('form[action$="/search"]').count(), 0, 'and no search before');
  await page.locator('#next').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Look at form 1' }).click()]);
  same(file.suggestedFilename(), 'form.pdf', 'it is what came, however many came later');
  await page.getByText('Discard form 2').click();
  await looked(page, 'parent-forms');
  await press(page, 'Destroy form 2');
  check((await mainOf(page)).includes('Another one can come in its place'), 'one that is none is discarded');
  await page.goto(`/desk/r/${reference}/parent`);
  check((await mainOf(page)).includes('and was destroyed on'), 'and the page says so');
  await page.locator('#f-check').check();
  await page.locator('#f-saw').fill('The signed form, with both names');
  await press(page, 'It is the parent or guardian');
  const answered = await until(SEARCH_MS, async () => {
    await page.goto(`/desk/r/${reference}/answer`);
    return (await page.getByRole('button', { name: 'Send this answer', exact: true }).count()) > 0;
  });
  check(answered, 'then it is searched, and nothing is found');
  await press(page, 'Send this answer');
}

async function told(t, reference) {
  about('the answer');
  const [letter] = await t.outbox.about(reference, /so there was nothing to\s+delete/);
  check(letter?.to.includes(PARENT) && /"you" is the child/.test(letter.text), 'to the parent, about the child');
  same(t.outbox.all().filter((l) => l.to.includes(CHILD)).length, 0, 'and never to the child');
  const closed = await until(SEARCH_MS, () => t.demo.rows('toyon.db', `select closed_at from request where reference = '${reference.replace('-', '')}' and closed_at > 0`).length);
  check(closed, 'closed');
  const [form] = t.demo.rows('toyon.db', `select length(sealed) as n, destroyed_at from document where use_code = 'parent form' and request_id = (select id from request where reference = '${reference.replace('-', '')}')`);
  check(form.n === 0 && form.destroyed_at > 0, 'and the form is destroyed (11 CCR 7060(d))');
}

export async function parents(t) {
  const page = await t.open(NO_SCRIPT);
  const reference = await ask(t, page);
  await sendForm(page, reference);
  const desk = await t.open();
  await staffCheck(t, desk, reference);
  await desk.context().close();
  await told(t, reference);
  await page.context().close();
}

// As t/browser/pages.mjs looks at them.
export async function parentAskPages(look, page) {
  await page.goto('/child/ask');
  await look.at(page, 'for a child, start', '.callers a');
  for (const kind of ['delete', 'know', 'correct']) {
    await page.goto(`/child/ask/${kind}`);
    await look.at(page, `for a child, ${kind}`, 'main form .acts .btn');
    await press(page, 'Send this request');
    await look.at(page, `for a child, ${kind} not taken`, 'main form .acts .btn');
  }
  await page.goto('/child/ask/delete');
  await fill(page);
  await press(page, 'Send this request');
  await look.at(page, 'for a child, asked', 'main .btn');
  const reference = new URL(page.url()).searchParams.get('ref');
  await page.goto(`/s/${reference}`);
  await look.at(page, 'status of a child’s request');
  await page.goto(`/s/${reference}/form`);
  await look.at(page, 'signed form', 'main form .btn');
  await press(page, 'Send the form');
  await look.at(page, 'signed form, not taken', 'main form .btn');
  await page.locator('#f-file').setInputFiles(SCAN);
  await press(page, 'Send the form');
  await look.at(page, 'signed form, sent');
  return reference;
}

export async function parentCasePages(look, page, reference) {
  await page.goto(`/desk/r/${reference}/parent`);
  await look.at(page, 'check of a parent, the form came', 'main form .btn');
}
