// What staff decide on a case besides its next step: each on a page of its own,
// from a link of the case.
import fs from 'node:fs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { sayWho } from './agent.mjs';
import { looked } from './kinds.mjs';
import { shoot } from './paper.mjs';
import { openPreview, signIn } from './staff.mjs';

const WORK_MS = 20000;

const at = (page) => new URL(page.url()).pathname;

// The first case of a view of the queue with this next step.
async function caseWith(page, view, step) {
  await page.goto(`/desk${view}`);
  const row = page.locator('table.q tbody tr', { hasText: step }).first();
  check(await row.count(), `the demo has a case with "${step}"`);
  return row.locator('.row').getAttribute('href');
}

async function moreTime(t, page) {
  about('more time');
  const path = await caseWith(page, '?view=unconfirmed', 'Waiting for the code');
  await page.goto(path);
  const before = await page.locator('.clock title').textContent();
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Take more time' }).click()]);
  same(at(page), `${path}/extend`, 'the case leads to the page');
  check((await mainOf(page)).includes('(your reason)'), 'the letter is there to read, without the reason');
  await press(page, 'Send the letter');
  check((await page.title()).startsWith('Problem: '), 'not without a reason');
  await page.getByLabel('Why is more time needed?').fill('One of our systems is being moved this month.');
  await press(page, 'Send the letter');
  same(at(page), path, 'it leads back to the case');
  const moved = await until(WORK_MS, async () => {
    await page.goto(path);
    return (await page.locator('.clock title').textContent()).includes('Extended from');
  });
  check(moved, 'the date moves when the letter has left');
  const after = await page.locator('.clock title').textContent();
  check(/day 90\./.test(after) && /day 45\./.test(before), `to day 90: ${after}`);
  same(await page.getByRole('link', { name: 'Take more time' }).count(), 0, 'once');
  const letters = await t.outbox.about(path.split('/').pop(), /is being moved this month/);
  same(letters.length, 1, 'the letter gives the reason');
}

const toDeny = (page) => Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Deny this request' }).click()]);

// The wrong ground, seen before the letter went.
async function takenBack(page, path) {
  about('take a denial back');
  await page.getByLabel('Manifestly unfounded').check();
  await page.getByLabel('The facts', { exact: true }).fill('It was asked for a hundred times.');
  await press(page, 'Deny on this ground');
  check((await page.locator('.now').innerText()).includes('ead the answer'), 'denied: the letter waits to be sent');
  same(await page.locator('.checks li').count(), 0, 'nothing was to be read again, and no company is waited for');
  check(!(await mainOf(page)).includes('Not told yet'), 'and none is to be told');
  const fold = page.locator('details', { hasText: 'Take the denial back' });
  await fold.locator('summary').click();
  await press(page, fold.getByRole('button'));
  check((await page.title()).startsWith('Problem: '), 'not without a reason');
  await looked(page, 'reopen');
  await page.getByLabel('Why is it taken back?').fill('It was another case.');
  await press(page, page.locator('form[action$="/reopen"] button'));
  same(at(page), path, 'it leads back to the case');
  check((await page.locator('.now').innerText()).includes('eview what'), 'which is reviewed again');
  check((await page.locator('.tl').innerText()).includes('The denial was taken back'), 'and says so');
  same(await page.locator('form[action$="/reopen"]').count(), 0, 'once');
}

// Denied in whole: the ground, the facts, and the letter before it goes.
async function denied(t, page) {
  about('deny');
  const path = await caseWith(page, '', 'Review what');
  await page.goto(path);
  await toDeny(page);
  await takenBack(page, path);
  await toDeny(page);
  about('deny');
  check((await page.locator('.grounds .radio').count()) > 20, 'every ground that the law has for a deletion');
  same(await page.getByLabel('More likely accurate').count(), 0, 'and none of another kind');
  await page.getByLabel('Legal obligation').check();
  await press(page, 'Deny on this ground');
  same(await page.locator('.problems li').count(), 3, 'facts, purpose, and that all of it falls under the exception');
  await looked(page, 'deny');
  check(await page.getByLabel('Legal obligation').isChecked(), 'what was chosen is still chosen');
  await page.getByLabel('The facts', { exact: true }).fill('Each of your orders has an invoice that the tax office may ask for.');
  await page.getByLabel('What is kept for', { exact: true }).fill('Tax records, kept for seven years');
  await press(page, 'Keep some rows, delete the rest');
  same(await page.locator('h1').innerText(), 'Review what will be deleted', 'what does not fall under it is chosen row by row');
  await page.goto(`${path}/deny`);
  await page.getByLabel('Legal obligation').check();
  await page.getByLabel('The facts', { exact: true }).fill('Each of your orders has an invoice that the tax office may ask for.');
  await page.getByLabel('What is kept for', { exact: true }).fill('Tax records, kept for seven years');
  await page.getByLabel('With an exception: everything').check();
  await press(page, 'Deny on this ground');
  same(at(page), path, 'it leads back to the case');
  await page.goto(`${path}/answer`);
  const letter = await page.locator('.letter').innerText();
  for (const what of ['We did not do it', 'The law obliges us to keep it', '1798.105(d)(8)', 'the tax office may ask for', 'Tax records, kept for seven years'])
    check(letter.includes(what), `the letter says "${what}"`);
  await press(page, 'Send this answer');
  await page.goto(path);
  same(await page.locator('form[action$="/reopen"]').count(), 0, 'what was sent is not taken back');
}

// Of what would be deleted, a row stays on an exception; and then it goes after all.
async function kept(t, page) {
  about('keep rows');
  const path = await caseWith(page, '', 'Review what');
  await openPreview(page, path);
  const deals = page.locator('.card', { has: page.locator('h3', { hasText: /^Leads$/ }) });
  const going = Number.parseInt(await deals.locator('.tag').first().innerText(), 10);
  await press(page, deals.getByRole('button', { name: 'Keep some of these' }));
  same(await page.locator('input[name=row]').count(), going, 'every row that would go can be ticked');
  await press(page, 'Keep these rows');
  same(await page.locator('.problems li').count(), 4, 'rows, exception, facts and purpose are asked for');
  await page.locator('input[name=row]').first().check();
  await page.getByLabel('To finish a transaction').check();
  await page.getByLabel('The facts', { exact: true }).fill('An order of October is not delivered yet.');
  await page.getByLabel('What they are kept for').fill('Delivery');
  await press(page, 'Keep these rows');
  same(at(page), path, 'it leads back to the case');
  const card = page.locator('.card', { has: page.locator('h2', { hasText: 'What you keep' }) });
  check(/1 row of Leads \(Lead exchange\)/.test(await card.innerText()) && /for Delivery\. With no end/.test(await card.innerText()), 'which says what is kept, and what for');
  await openPreview(page, path);
  const tags = await deals.locator('header .tag').allInnerTexts();
  same(tags.at(-1), '1 kept', 'and so does the preview');
  same(tags.length > 1 ? Number.parseInt(tags[0], 10) : 0, going - 1, 'which would delete one less');
  await press(page, page.getByRole('button', { name: 'Delete them after all' }));
  await openPreview(page, path);
  same(Number.parseInt(await deals.locator('.tag').first().innerText(), 10), going, 'thought better of, all of them go');
}

// Placed, seen by staff alone, and lifted.
async function held(t, page) {
  about('hold');
  const path = await caseWith(page, '', 'Review what');
  await page.goto(path);
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Law-enforcement hold' }).click()]);
  await page.getByLabel('Which agency').fill('Oakland PD, 26-1177');
  await press(page, 'Place the hold');
  same(at(page), path, 'it leads back to the case');
  check((await page.locator('.now').innerText()).startsWith('Held'), 'which says that nothing may be deleted');
  same(await page.locator('form[action$="/preview"]').count(), 0, 'and has no button that would');
  const consumer = await t.open();
  await consumer.goto(`/s/${path.split('/').pop()}`);
  check(!/held|hold\b|enforcement/i.test((await mainOf(consumer)).replace(/we hold/g, '')), 'the person sees nothing of it');
  await consumer.context().close();
  await page.goto(`${path}/hold`);
  check((await mainOf(page)).includes('Oakland PD, 26-1177'), 'the order is kept');
  await press(page, 'Lift the hold');
  check((await page.locator('.now').innerText()).includes('eview what'), 'lifted, it goes on');
}

// Denied for a hold: when it has ended the page of holds says so, and one button takes it up.
async function resumed(page) {
  about('behind a hold');
  const path = await caseWith(page, '', 'Review what');
  await page.goto(`${path}/hold`);
  await page.getByLabel('Which agency').fill('Oakland PD, 26-1178');
  await press(page, 'Place the hold');
  await page.goto(`${path}/deny`);
  await page.getByLabel('Law-enforcement hold').check();
  await page.getByLabel('The facts', { exact: true }).fill('Held as the direction says.');
  await press(page, 'Deny on this ground');
  await page.goto(`${path}/answer`);
  await press(page, 'Send this answer');
  const closed = await until(WORK_MS, async () => {
    await page.goto(path);
    return (await page.locator('.case-h').innerText()).includes('Closed');
  });
  check(closed, 'the letter has left');
  same(await page.locator('form[action$="/resume"]').count(), 0, 'held: nothing to take up');
  await page.goto(`${path}/hold`);
  await press(page, 'Lift the hold');
  await page.goto('/desk/holds');
  check((await mainOf(page)).includes('Denied for a hold that has ended'), 'staff are reminded');
  await looked(page, 'holds-again');
  await page.goto(path);
  check((await page.locator('.now').innerText()).includes('take the deletion up again'), 'by the case, too');
  await looked(page, 'case-resume');
  await press(page, page.locator('#next'));
  check(at(page) !== path && /^\/desk\/r\//.test(at(page)), `a case of its own: ${at(page)}`);
  check((await mainOf(page)).includes('Taken up again'), 'which says so');
  await page.goto('/desk/holds');
  same(await page.locator(`a[href="${path}"]`).count(), 0, 'and nobody is reminded any more');
}

// The hold ends before the letter has left: the denial is taken back.
async function overBefore(page) {
  about('a hold that ends before the letter');
  const path = await caseWith(page, '', 'Review what');
  await page.goto(`${path}/hold`);
  await page.getByLabel('Which agency').fill('Oakland PD, 26-1179');
  await press(page, 'Place the hold');
  await page.goto(`${path}/deny`);
  await page.getByLabel('Law-enforcement hold').check();
  await page.getByLabel('The facts', { exact: true }).fill('Held as the direction says.');
  await press(page, 'Deny on this ground');
  check((await page.locator('.now').innerText()).includes('ead the answer'), 'held: its letter is to be sent');
  await page.goto(`${path}/hold`);
  await press(page, 'Lift the hold');
  check((await page.locator('.now').innerText()).includes('take the denial back before it is sent'), 'the case says so');
  await page.goto('/desk');
  check((await page.locator('table.q tbody tr', { hasText: path.split('/').pop() }).innerText()).includes('ake the denial back'), 'and the queue');
  await page.goto(path);
  await press(page, page.locator('#next'));
  check((await page.title()).startsWith('Problem: '), 'not without a reason');
  await looked(page, 'hold-over');
  await page.getByLabel('Why is it taken back?').fill('The hold has ended.');
  await press(page, page.locator('#next'));
  check((await page.locator('.now').innerText()).includes('eview what'), 'which is reviewed again');
}

// A company that can't be told: the letter says why, and does not leave without it.
async function untold(t, page) {
  about('a company that could not be told');
  const map = t.demo.path('datamap.yaml');
  const kept = fs.readFileSync(map, 'utf8');
  const path = await caseWith(page, '', 'Review what');
  await openPreview(page, path);
  fs.writeFileSync(map, kept.replace(/name: mailharbor$/m, 'name: another'));
  try {
    await press(page, page.locator(`form[action="${path}/approve"] button`));
    const there = await until(WORK_MS, async () => {
      await page.goto(path);
      return (await mainOf(page)).includes('Drop MailHarbor from this case');
    });
    check(there, 'it is not in the data map any more');
    await page.locator('#f-drop').fill('The contract ended.');
    await press(page, page.locator(`form[action="${path}/drop"] button`));
  } finally {
    fs.writeFileSync(map, kept);
  }
  const form = page.locator('form[action$="/untold"]');
  check((await form.innerText()).includes('Why could MailHarbor not be told?'), 'the case asks why, for the letter');
  await press(page, form.getByRole('button'));
  check((await page.title()).startsWith('Problem: '), 'blanks are no facts');
  await looked(page, 'untold');
  const why = page.getByLabel('Why could MailHarbor not be told?');
  await why.fill('They closed in May, and each letter came back.');
  await press(page, form.getByRole('button'));
  check((await page.locator('.flash, [role=status]').first().innerText()).includes('The letter says it'), 'kept');
  const erased = await until(WORK_MS, async () => {
    await page.goto(`${path}/answer`);
    return at(page) === `${path}/answer`;
  });
  check(erased, 'then the answer can be read');
  const letter = (await page.locator('.letter').innerText()).replace(/\s+/g, ' ');
  check(letter.includes('We could not tell MailHarbor') && letter.includes('This is why: They closed in May, and each letter came back.'), `the letter says it: ${letter}`);
  check(!letter.includes('The contract ended'), 'and not what stays with the case');
  await page.goto(path);
  await page.locator('summary', { hasText: 'Why could MailHarbor not be told?' }).click();
  same(await why.inputValue(), 'They closed in May, and each letter came back.', 'until it is sent it can be changed');
  await looked(page, 'untold-said');
}

// What was typed for a denial, and its letter, stand before the second person.
async function deniedByTwo(page, other) {
  about('a denial by two');
  const path = await caseWith(page, '', 'Review what');
  await page.goto(`${path}/deny`);
  await page.getByLabel('Manifestly unfounded').check();
  await page.getByLabel('The facts', { exact: true }).fill('It was asked for a hundred times.');
  await press(page, 'Deny on this ground');
  await other.goto(path);
  await press(other, other.locator('#next'));
  check((await mainOf(other)).includes('decided this'), 'who decided first');
  check((await other.locator('.letter').innerText()).includes('This is why: It was asked for a hundred times.'), 'the letter, as it would go out');
  same(await other.getByLabel('The facts', { exact: true }).inputValue(), 'It was asked for a hundred times.', 'what was typed');
  check(await other.getByLabel('Manifestly unfounded').isChecked(), 'and chosen');
  await looked(other, 'deny-second');
  await other.goto(path);
  await press(other, 'Send it back');
}

// An authorized agent's stop without a permission: in force until both refuse it.
async function refusedByTwo(t, page, other) {
  const email = 'refused.by.two@example.com';
  await page.goto('/desk/intake/opt-out');
  await page.locator('#f-id').fill(email);
  await page.locator('details.fold summary', { hasText: 'authorized agent' }).click();
  await page.locator('#f-by_agent').check();
  await sayWho(page);
  await page.locator('#f-proof-none').check();
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('It is in force now'), 'nobody refuses it alone');
  const path = `/desk/r/${new URL(page.url()).searchParams.get('ref')}`;
  await page.goto(path);
  same(await page.locator('form[action$="/refuse"]').count(), 0, 'the first person has no button');
  same(await t.api(email), 'suppressed', 'it is in force');
  await other.goto(path);
  check((await other.locator('.letter').innerText()).includes('You can send us the signed permission'), 'what the agent is told');
  await looked(other, 'refuse-second');
  await shoot(other, 'refuse-second');
  await press(other, 'Refuse it');
  check((await mainOf(other)).includes('What it alone had stopped is released'), 'refused by the second');
  same(await t.api(email), 'clear', 'and released');
}

// One person decides, and another one too: then it is done.
async function fourEyes(t, page) {
  about('four eyes');
  const set = (value) => t.demo.run(['setting', 'four_eyes', value]).status;
  same(set('yes'), 0, 'it is a setting');
  const mara = { role: 'officer', email: 'mara.second@lakeshore.example', passphrase: 'gulls over the pier' };
  same(t.demo.run(['user', 'add', mara.email, '--name', 'Mara Second', '--role', 'officer', '--passphrase-file', '-'], `${mara.passphrase}\n`).status, 0, 'there is another one');
  const path = await caseWith(page, '', 'Review what');
  await openPreview(page, path);
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  check((await page.locator('.now').innerText()).includes('waiting for a second pair of eyes'), 'the first decision waits');
  same(await page.locator('form[action$="/preview"]').count(), 0, 'and the first person has no button for a second one');
  const other = await t.open();
  await signIn(other, mara);
  await other.goto(path);
  check((await other.locator('.now').innerText()).includes('decided to approve it'), 'the second one sees who decided what');
  await press(other, 'Send it back');
  check((await other.locator('.now').innerText()).includes('eview what'), 'sent back, it is as before');
  await openPreview(page, path);
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  await openPreview(other, path);
  check((await mainOf(other)).includes('decided this. All of it stands on this page'), 'the preview says who decided first');
  await looked(other, 'preview-second');
  await press(other, other.locator(`form[action="${path}/approve"] button`));
  check(!(await other.locator('.now').innerText()).includes('second pair'), 'approved twice, it is carried out');
  await deniedByTwo(page, other);
  await refusedByTwo(t, page, other);
  await other.context().close();
  same(set('no'), 0, 'off again');
}

export async function decisions(t) {
  const page = await t.open();
  await signIn(page, t.jo);
  await moreTime(t, page);
  await denied(t, page);
  await kept(t, page);
  await held(t, page);
  await resumed(page);
  await overBefore(page);
  await untold(t, page);
  await fourEyes(t, page);
  await page.context().close();
}
