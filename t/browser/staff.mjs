// The desk: from signing in to a closed case, as Jo does it.
import fs from 'node:fs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';

const WORK_MS = 20000;

export async function signIn(page, { email, passphrase }) {
  await page.goto('/desk/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Passphrase').fill(passphrase);
  await press(page, 'Sign in');
}

const at = (page) => new URL(page.url()).pathname;

async function signingIn(t, page) {
  about('sign in');
  await page.goto('/desk');
  same(at(page), '/desk/sign-in', 'nobody sees the desk without signing in');
  await signIn(page, { ...t.jo, passphrase: 'not this one at all' });
  check((await page.title()).startsWith('Problem: '), 'a wrong passphrase is a problem');
  const wrong = await page.locator('.problems').innerText();
  same(await page.getByLabel('Email').inputValue(), t.jo.email, 'the address is still there');
  same(await page.getByLabel('Passphrase').inputValue(), '', 'the passphrase is not');
  await signIn(page, { email: 'nobody@lakeshore.example', passphrase: t.jo.passphrase });
  same(await page.locator('.problems').innerText(), wrong, 'an unknown address gets the same sentence');
  await signIn(page, t.jo);
  same(at(page), '/desk', 'the right one leads to the queue');
  const cookie = (await page.context().cookies()).find((c) => c.name === 'toyon_session');
  same([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, 'Lax', '/desk'], 'the session is for the desk alone');
}

// Guessing is slow: ten wrong ones, then a pause, whether there is such an account
// or not.
async function guessing(t) {
  about('sign in: guessing');
  const page = await t.open();
  await page.goto('/desk/sign-in');
  const status = [];
  for (let i = 0; i < 11; i++) {
    const form = { email: 'guess@lakeshore.example', passphrase: `wrong passphrase ${i}` };
    status.push((await page.request.post('/desk/sign-in', { form, maxRedirects: 0 })).status());
  }
  same(status, [...Array(10).fill(422), 429], 'the eleventh try in a row is refused');
  await page.context().close();
}

// Days until each row's answer is due; negative when late.
async function daysOfRows(page) {
  const cells = await page.locator('table.q tbody td:first-child').allInnerTexts();
  return cells.map((c) => {
    const [, n, words] = c.replace(/\s+/g, ' ').match(/(\d+) (days? (?:left|late))/) ?? [];
    return words?.endsWith('late') ? -n : Number(n);
  });
}

async function queue(page) {
  about('queue');
  const headline = await page.locator('#rw').innerText();
  check(/^(Nothing is|\d+ (is|are)) overdue$/.test(headline), `the headline is a sentence: ${headline}`);
  const days = await daysOfRows(page);
  check(days.length > 1, 'the demo has something to do');
  const out = await page.locator('form[action="/desk/sign-out"] button').boundingBox();
  check(out.y + out.height <= page.viewportSize().height, 'the way out is in sight');
  same(days, days.toSorted((a, b) => a - b), 'the soonest deadline comes first');
  const tabs = page.locator('nav.tabs a');
  same(await tabs.count(), 5, 'there are five views');
  let late = 0;
  for (let i = 0; i < (await tabs.count()); i++) {
    const n = Number(await tabs.nth(i).locator('.n').innerText());
    await Promise.all([page.waitForNavigation(), tabs.nth(i).click()]);
    const title = await tabs.nth(i).innerText();
    same(await tabs.nth(i).getAttribute('aria-current'), 'page', `${title} is the current view`);
    const rows = await page.locator('table.q tbody tr').count();
    same(rows, Math.min(n, 100), `${title} has as many rows as it says`);
    check(n > 0, `${title} is not empty in the demo`);
    if (page.url().includes('view=open')) late = (await daysOfRows(page)).filter((d) => d < 0).length;
  }
  same(headline, late ? `${late} ${late === 1 ? 'is' : 'are'} overdue` : 'Nothing is overdue', 'the headline counts right');
}

// Each dot of the chart is a link to its case, by mouse and by keyboard.
async function dots(page) {
  about('queue: the chart');
  await page.goto('/desk?view=open');
  const links = page.locator('.run svg a');
  const n = await links.count();
  const rows = await page.locator('table.q .row').allInnerTexts();
  const title = await links.first().locator('title').textContent();
  check(n > 1 && n <= rows.length, `dots are links: ${n}`);
  same(title.split(',')[0], rows[0], 'the first one is the soonest');
  check(/, due \w+ \d+, \d{4}(, held up)?$/.test(title), `and says when: ${title}`);
  same(await links.first().getAttribute('aria-label'), title, 'to everybody');
  await page.locator('a[href="#list"]').focus();
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
  same(await page.evaluate(() => document.activeElement.getAttribute('href')), `/desk/r/${rows[0]}`, 'Tab goes into the chart');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  same(at(page), `/desk/r/${rows[0]}`, 'Enter opens the case');
  await page.goto('/desk');
  const href = await links.nth(n - 1).getAttribute('href');
  await Promise.all([page.waitForNavigation(), links.nth(n - 1).click()]);
  same(at(page), href, 'a click does too');
  await page.goto('/desk');
  await page.locator('a[href="#list"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => !!document.activeElement.closest('nav.tabs')), 'and the chart can be skipped');
}

async function search(page, t, what, why) {
  await page.goto('/desk');
  await page.locator('#q').fill(what);
  await Promise.all([page.waitForNavigation(), page.locator('#q').press('Enter')]);
  const rows = await page.locator('table.q .row').allInnerTexts();
  check(at(page) === `/desk/r/${t.reference}` || rows.includes(t.reference), `${why}: ${rows.join(' ')}`);
  same(/[@]/.test(decodeURIComponent(page.url())), false, `${why}, and no address is in the URL`);
}

async function searches(t, page) {
  about('search');
  const who = t.people.deleted;
  await search(page, t, who.email.toUpperCase(), 'an email address finds the case, in any case');
  await search(page, t, t.reference.toLowerCase().replace('-', ''), 'so does a reference as people type it');
  await page.goto('/desk');
  await page.locator('#q').fill('nobody@nowhere.example');
  await Promise.all([page.waitForNavigation(), page.locator('#q').press('Enter')]);
  check((await mainOf(page)).includes('Nothing matches'), 'what is not there is said not to be there');
}

// The case's page once its next step has this button; the worker gets there.
export async function waitForStep(page, path, button) {
  const there = await until(WORK_MS, async () => {
    await page.goto(path);
    return (await page.locator('.now').innerText()).includes(button);
  });
  check(there, `the next step becomes "${button}"`);
}

function hides(text, who, why) {
  const shown = [...who.emails, who.last, ...who.phones, who.zip].filter((v) => text.includes(v));
  same(shown, [], why);
}

async function masked(t, page) {
  about('case: masked until revealed');
  const who = t.people.deleted;
  const path = `/desk/r/${t.reference}`;
  await waitForStep(page, path, 'Review and approve');
  hides(await page.content(), who, 'nothing of the requester is in the page');
  check((await mainOf(page)).includes(`${who.first} ${who.last[0]}.`), 'but the initial');
  await press(page, page.locator(`form[action="${path}/reveal"] button`));
  const shown = await mainOf(page);
  check(shown.includes(who.email) && shown.includes(who.last) && shown.includes(who.zip), 'asked for by POST it is shown');
  await page.goto(path);
  const again = await page.content();
  hides(again, who, 'opened anew, it is hidden');
  check((await mainOf(page)).includes('Staff looked at who the requester is'), 'looking left an entry');
  check((await mainOf(page)).includes('ZIP code'), 'the detail that matched is named');
}

// What the systems hold, counted by their own keys.
export function holdings(demo, who) {
  const count = (db, sql) => demo.rows(db, `select count(*) as n from ${sql}`)[0].n;
  return {
    People: count('leads.db', `person where id = ${who.id}`),
    Leads: count('leads.db', `lead where person_id = ${who.id}`),
    'Notes on leads': count('leads.db', `lead_note where lead_id in (select id from lead where person_id = ${who.id})`),
    'Telephone numbers': count('leads.db', `person_phone where person_id = ${who.id}`),
    Contacts: count('crm.db', `contact where id = ${who.contact}`),
    Deals: count('crm.db', `deal where contact_id = ${who.contact}`),
    Notes: count('crm.db', `note where ${who.contact} in (contact_id, other_contact_id)`),
  };
}

// The rows are asked for by POST: looking at them leaves an entry.
export async function openPreview(page, path) {
  await page.goto(path);
  await press(page, page.locator(`form[action="${path}/preview"] button`));
}

async function preview(t, page) {
  about('preview');
  const who = t.people.deleted;
  await openPreview(page, `/desk/r/${t.reference}`);
  const text = await mainOf(page);
  same(await page.locator('h2.sub').allInnerTexts(), ['Lead exchange', 'CRM'], 'both systems are shown');
  for (const [title, n] of Object.entries(holdings(t.demo, who))) {
    const card = page.locator('.card', { has: page.locator('h3', { hasText: new RegExp(`^${title}$`) }) }).first();
    check((await card.innerText()).includes(`${n} to delete`), `${title}: ${n} rows, as counted in the database`);
    check((await card.locator('thead th').count()) > 1, `${title}: with its columns`);
  }
  for (const value of [who.email, who.street, who.last]) check(text.includes(value), `the rows show ${value}`);
  const invoices = page.locator('.card', { has: page.locator('h3', { hasText: 'Invoices' }) });
  check((await invoices.innerText()).includes('Kept'), 'what the law lets the business keep is called kept');
  same(who.ssn && text.includes(who.ssn), who.ssn && false, 'the social security number is never shown');
  const entries = () => t.demo.rows('toyon.db', 'select count(*) as n from audit')[0].n;
  const before = entries();
  for (const path of ['preview', 'answer', 'receipt', '']) await page.request.get(`/desk/r/${t.reference}/${path}`);
  same(entries(), before, 'a GET leaves no entry');
  await openPreview(page, `/desk/r/${t.reference}`);
  same(entries(), before + 2, 'looking at the rows does, one for each system');
}

// What the form to approve carries, but for the token.
async function approvalForm(page, t) {
  await openPreview(page, `/desk/r/${t.reference}`);
  const fields = await page
    .locator('form[action$="/approve"] input[type=hidden]')
    .evaluateAll((all) => all.map((i) => [i.name, i.value]));
  const { csrf, ...rest } = Object.fromEntries(fields);
  return { csrf, rest };
}

// A POST to the desk by hand, with this token in the form.
function post(page, path, form) {
  return page.request.post(path, { form, maxRedirects: 0 });
}

async function stillUndecided(page, t, why) {
  await page.goto(`/desk/r/${t.reference}`);
  check((await page.locator('.now').innerText()).includes('Review and approve'), why);
}

async function forged(t, page) {
  about('forged forms');
  const path = `/desk/r/${t.reference}`;
  const { csrf, rest } = await approvalForm(page, t);
  t.approval = rest;
  for (const what of ['approve', 'deny', 'take', 'reveal', 'preview', 'retry', 'chase', 'answer', 'search', 'drop', 'let', 'search-again']) {
    const r = await post(page, `${path}/${what}`, rest);
    same(r.status(), 403, `${what} without the token is refused`);
  }
  const wrong = csrf.replace(/.$/, (c) => (c === 'a' ? 'b' : 'a'));
  same((await post(page, `${path}/approve`, { ...rest, csrf: wrong })).status(), 403, 'so is a token that is off by one letter');
  same((await post(page, '/desk/sign-out', {})).status(), 403, 'nobody can be signed out from elsewhere');
  const cross = await page.request.post(`${path}/approve`, {
    form: { ...rest, csrf }, maxRedirects: 0, headers: { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' } });
  same(cross.status(), 403, 'even the right token does not help a page of another site');
  await stillUndecided(page, t, 'and nothing has changed');
}

async function roles(t) {
  about('roles');
  const path = `/desk/r/${t.reference}`;
  for (const who of [t.auditor, t.agent]) {
    const page = await t.open();
    await signIn(page, who);
    await page.goto(path);
    same(await page.locator(`form[action$="/reveal"], form[action$="/preview"], a[href$="/deny"], a[href$="/extend"]`).count(), 0,
      `what ${who.role} may not do is absent`);
    const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
    for (const what of ['reveal', 'preview', 'deny', 'answer', 'search', 'drop']) {
      const form = { csrf, ground: 'UNVERIFIED', reason: 'none' };
      const r = await post(page, `${path}/${what}`, form);
      same(r.status(), 403, `${who.role} can't ${what}`);
    }
    same((await post(page, `${path}/approve`, { ...t.approval, csrf })).status(), 403, `${who.role} can't approve`);
    same((await page.request.get('/desk/audit')).status(), who.role === 'auditor' ? 200 : 403, `${who.role} and the audit trail`);
    same((await page.request.get('/desk/outbox')).status(), 403, `${who.role} can't read letters`);
    await stillOpen(page, path, who.role);
    await page.context().close();
  }
}

async function stillOpen(page, path, role) {
  await page.goto(path);
  check((await page.locator('.now').innerText()).includes('eview'), `nothing that ${role} tried changed the case`);
}

async function approve(t, page) {
  about('approve');
  const path = `/desk/r/${t.reference}`;
  same(holdings(t.demo, t.people.deleted), t.held, 'until now nothing was touched in either system');
  await openPreview(page, path);
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  same(at(page), path, 'it leads back to the case');
  let words = [];
  await until(WORK_MS, async () => {
    await page.goto(path);
    words = await page.locator('table.sys tr', { hasText: 'System' }).locator('.st').allInnerTexts();
    return words.length === 2 && words.every((w) => w.trim().startsWith('Deleted'));
  });
  same(words.map((w) => w.trim()), ['Deleted', 'Deleted, some kept'], 'both systems show Deleted, one with its invoices');
  const facts = await page.locator('table.sys').innerText();
  check(/none left/.test(facts), `and that they were read again: ${facts.replace(/\s+/g, ' ')}`);
  same(t.demo.run(['check', 'email', t.people.deleted.email]).status, 4, 'the person is suppressed');
}

async function vendor(t) {
  about('the vendor');
  const who = t.people.deleted;
  t.vendorLink = await t.outbox.vendorLink(t.reference);
  check(t.vendorLink?.startsWith(t.base), `the letter has a link to this site: ${t.vendorLink?.slice(0, 40)}`);
  const page = await t.open({ javaScriptEnabled: false });
  await page.goto(t.vendorLink);
  check((await mainOf(page)).includes(who.email), 'it says whom to look for');
  same((await page.context().cookies()).length, 0, 'without an account or a cookie');
  await press(page, 'We got this');
  check((await mainOf(page)).includes('We noted that you got this'), 'it can be acknowledged in one click');
  await press(page, 'Send this answer');
  check((await page.title()).startsWith('Problem: '), 'an answer without a choice is asked for again');
  await page.getByLabel('We deleted it').check();
  await page.getByLabel('How many records?').fill('two');
  await press(page, 'Send this answer');
  same(await page.getByLabel('How many records?').inputValue(), 'two', 'what was typed comes back');
  check(await page.getByLabel('We deleted it').isChecked(), 'with the choice');
  await page.getByLabel('How many records?').fill('2');
  await press(page, 'Send this answer');
  const done = await mainOf(page);
  check(done.includes('Your answer is recorded') && /2 records/.test(done), 'the answer is recorded');
  await page.goto(t.vendorLink);
  hides(await page.content(), who, 'afterwards the page shows nothing of the person');
  await page.goto(`${t.base}/v/${'x'.repeat(43)}`);
  check((await mainOf(page)).includes('not found'), 'another link leads nowhere');
  await page.context().close();
}

async function answer(t, page) {
  about('the answer');
  const path = `/desk/r/${t.reference}`;
  await waitForStep(page, path, 'Read and send');
  hides(await page.content(), t.people.deleted, 'the draft on the case page greets nobody by the whole name');
  await page.goto(`${path}/answer`);
  const letter = await page.locator('.letter').innerText();
  check(letter.includes('We have deleted it'), 'the letter says that it is deleted');
  check(letter.includes(t.reference), 'with the reference');
  check(/nothing else was left/.test(letter) && /kept/i.test(letter), 'and what was kept, and that nothing else is left');
  check(letter.includes('has confirmed that it did'), 'and that the company confirmed');
  hides(letter, t.people.deleted, 'but no detail of the person');
  await press(page, 'Send this answer');
  const closed = await until(WORK_MS, async () => {
    await page.goto(path);
    return (await page.locator('.now').innerText()).startsWith('Closed');
  });
  check(closed, 'the case closes when the letter has left');
  const letters = await t.outbox.about(t.reference, /We have deleted it/);
  same(letters.length, 1, 'the letter lies in the outbox, once');
  check(letters[0]?.to.includes(t.people.deleted.email), 'addressed to who asked');
}

async function receipt(t, page) {
  about('receipt');
  const path = `/desk/r/${t.reference}`;
  await page.goto(path);
  await page.getByRole('link', { name: 'See the receipt' }).click();
  same(at(page), `${path}/receipt`, 'the closed case leads to its receipt');
  const text = await mainOf(page);
  check(text.includes('Lead exchange') || text.includes('leads'), 'it lists the systems');
  check(/[0-9a-f]{64}/.test(text), 'and a hash');
  check(/Answered \(Pacific time\)\s+[A-Z][a-z]+ \d+, 20\d\d, \d+:\d\d [ap]\.m\./.test(text), 'it says when, with year and zone');
  hides(text, t.people.deleted, 'and nothing of the person');
  const json = await (await page.request.get(`${path}/receipt.json`)).text();
  hides(json, t.people.deleted, 'nor does the JSON');
  check(JSON.stringify(JSON.parse(json)).includes(t.reference), 'which is about this request');
}

async function trail(t, page) {
  about('audit page');
  await page.goto('/desk/audit');
  const lines = await page.locator('table.trail tbody tr').allInnerTexts();
  const mine = lines.filter((l) => l.includes(t.reference)).map((l) => l.replace(/\s+/g, ' '));
  for (const what of ['Approved', 'Closed', 'read again: none left', 'confirmed', 'Staff looked at who the requester is'])
    check(mine.some((l) => l.includes(what)), `it has "${what}"`);
  check(mine.every((l) => /[A-Z][a-z]+ \d+, 20\d\d, \d+:\d\d [ap]\.m\./.test(l)), 'each with its year');
  const numbers = lines.map((l) => Number(l.split(/\s/)[0]));
  same(numbers, numbers.map((_, i) => numbers[0] - i), 'newest first, without a gap');
  hides(await page.content(), t.people.deleted, 'and nothing of the person');
}

async function closedForTheConsumer(t) {
  about('status when closed');
  const page = await t.open({ javaScriptEnabled: false });
  await page.goto(`/s/${t.reference}`);
  const text = await mainOf(page);
  check(text.includes('We have answered your request'), 'the consumer sees that it is answered');
  check(text.includes('MailHarbor'), 'and who was told');
  hides(text, t.people.deleted, 'and nothing that says who asked');
  await page.context().close();
}

// A case to review in which the lead exchange holds something.
async function caseToDrop(page) {
  await page.goto('/desk?view=open');
  const rows = page.locator('table.q tbody tr', { hasText: 'Review what' });
  const paths = await rows.locator('.row').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const path of paths) {
    await page.goto(path);
    if (await page.locator('table.sys tr', { hasText: 'Lead exchange' }).filter({ hasText: /\bFound/ }).count()) return path;
  }
  return undefined;
}

// What was taken out of the data map is dropped, with a reason, and never called deleted.
async function dropped(t, page) {
  about('drop what is gone');
  const map = t.demo.path('datamap.yaml');
  const kept = fs.readFileSync(map, 'utf8');
  const path = await caseToDrop(page);
  check(path, 'there is a case that the lead exchange has something of');
  if (!path) return;
  await openPreview(page, path);
  fs.writeFileSync(map, kept.replace(/name: leads$/m, 'name: another'));
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  const there = await until(WORK_MS, async () => {
    await page.goto(path);
    return (await mainOf(page)).includes('Drop Lead exchange from this case');
  });
  check(there, 'the case says that it is gone');
  await press(page, page.locator(`form[action="${path}/drop"] button`));
  check((await page.title()).startsWith('Problem: '), 'not without a reason');
  same(await page.locator('.problems a').getAttribute('href'), '#f-drop', 'which leads to the field');
  await page.locator('#f-drop').fill('Switched off in October; the vendor has confirmed.');
  await press(page, page.locator(`form[action="${path}/drop"] button`));
  same(at(page), path, 'it leads back to the case');
  check((await page.locator('.flash, [role=status]').first().innerText()).includes('dropped'), 'and says so');
  const row = await page.locator('table.sys tr', { hasText: 'Lead exchange' }).innerText();
  check(/Dropped, not proven/.test(row) && !/Deleted/.test(row), `not deleted: ${row}`);
  check((await mainOf(page)).includes('staff dropped it from the case'), 'it is in the trail');
  fs.writeFileSync(map, kept);
}

async function signingOut(t, page) {
  about('sign out');
  const cookies = await page.context().cookies();
  await page.goto('/desk');
  await press(page, page.locator('form[action="/desk/sign-out"] button'));
  same(at(page), '/desk/sign-in', 'it leads to the sign-in page');
  await page.context().addCookies(cookies);
  await page.goto('/desk');
  same(at(page), '/desk/sign-in', 'the old cookie opens nothing any more');
  await page.context().close();
}

export async function staff(t) {
  const page = await t.open();
  await signingIn(t, page);
  await guessing(t);
  await queue(page);
  await dots(page);
  await searches(t, page);
  await masked(t, page);
  await preview(t, page);
  await forged(t, page);
  await roles(t);
  await approve(t, page);
  await vendor(t);
  await answer(t, page);
  await receipt(t, page);
  await trail(t, page);
  await closedForTheConsumer(t);
  await dropped(t, page);
  await signingOut(t, page);
}
