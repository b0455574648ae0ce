// A system that only a person can look in: their letter, their page without
// JavaScript, a copy on its way into the package, and staff who open it before.
// The system is in the data map for this scenario alone.
import fs from 'node:fs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { WIDE, mainOf, press } from './harness.mjs';
import { know } from './kinds.mjs';
import { atEverySize } from './pages.mjs';
import { signIn } from './staff.mjs';

const WORK_MS = 30000;
const THUMB = 44;
const POINTER = 24;

const PAPER = `
  - name: paper
    title: Paper archive
    connector: person
    database: archive@lakeshore.example
    days: 12
    hand_over: [ cellar@lakeshore.example ]
    tables:
      - { name: leases, holds: Leases, category: A, erase: delete, look_for: "Green folders, by last name." }
      - { name: letters, holds: Letters, category: A, erase: delete }

vendors:`;

const SCAN = { name: 'Lease of 2019.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 scanned') };

const at = (page) => new URL(page.url()).pathname;

async function linkOf(t, reference) {
  const letters = await t.outbox.about(reference, /\/t\/[\w-]+/);
  return letters.at(-1)?.text.match(/https?:\/\/\S+\/t\/[\w-]+/)?.[0];
}

async function waited(t, page, reference) {
  about('a person is waited for');
  await page.goto(`/desk/r/${reference}`);
  check((await page.locator('.case-h .tag.info').innerText()) === 'Searching systems', 'it counts as not searched');
  check((await page.locator('.now').innerText()).includes('Waiting for a person to look in Paper archive'), 'the next step says so');
  const row = page.locator('table.sys tr', { hasText: 'Paper archive' });
  check((await row.innerText()).includes('A person was asked'), 'and so does its line');
  await page.goto('/desk?view=waiting');
  check((await mainOf(page)).includes('Waiting for a person to look in Paper archive'), 'the queue too');
}

async function theirs(t, page, link, who) {
  about('their page');
  await page.goto(link);
  const text = await mainOf(page);
  for (const what of [who.email, 'Green folders, by last name.', 'Leases', 'Letters', 'Hand it to a colleague'])
    check(text.includes(what), `it says ${what}`);
  await press(page, 'Upload it');
  check((await page.title()).startsWith('Problem: '), 'not without a file');
  await page.locator('#f-file').setInputFiles(SCAN);
  await press(page, 'Upload it');
  check((await mainOf(page)).includes(SCAN.name), 'a copy is kept at once');
  await page.locator('#f-file').setInputFiles({ ...SCAN, name: 'wrong.pdf' });
  await press(page, 'Upload it');
  await press(page, page.getByRole('button', { name: 'Remove wrong.pdf' }));
  check(!(await mainOf(page)).includes('wrong.pdf'), 'and taken out again');
  await press(page, 'Hand it over');
  check((await page.title()).startsWith('Problem: '), 'no colleague, no hand-over');
  await page.getByLabel('I looked, and there is nothing').check();
  await press(page, 'Send this answer');
  check((await mainOf(page)).includes('You named or uploaded something'), 'nothing, and a copy of it: asked back');
  await page.getByLabel('I looked, and there is nothing').uncheck();
  await page.getByLabel('Letters', { exact: true }).fill('About the roof\nAbout the garden');
  await press(page, 'Send this answer');
  check((await mainOf(page)).includes('You found 3 items'), 'a scan and two letters');
  check(!(await mainOf(page)).includes(who.email), 'whom it was about is gone from the page');
}

// Axe needs scripts; the page itself has none.
async function looks(t, link) {
  about('the look of their page');
  const page = await t.open();
  await page.goto(link);
  await atEverySize(page, 'task', THUMB);
  await page.setViewportSize(WIDE);
  await press(page, 'Upload it');
  await atEverySize(page, 'task, no file', THUMB);
  await page.context().close();
}

async function onTheDesk(t, page, reference) {
  about('what came of it');
  const ready = await until(WORK_MS, async () => {
    await page.goto(`/desk/r/${reference}`);
    return (await page.locator('.case-h .tag.info').innerText()) === 'Ready to review';
  });
  check(ready, 'everything was searched now');
  await press(page, page.locator('#next'));
  const text = await mainOf(page);
  check(text.includes('About the roof') && text.includes(SCAN.name), 'in the review');
  await atEverySize(page, 'package review with a copy', POINTER);
  await page.setViewportSize(WIDE);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Open Lease/ }).click()]);
  same(fs.readFileSync(await download.path(), 'utf8'), '%PDF-1.4 scanned', 'staff open the copy as it was sent');
  check(/-Lease-of-2019\.pdf$/.test(download.suggestedFilename()), `by a name of its own: ${download.suggestedFilename()}`);
  await press(page, page.locator('#next'));
  const made = await until(WORK_MS, async () => {
    await page.goto(`/desk/r/${reference}`);
    return (await page.locator('.case-h .tag.info').innerText()) === 'Answer ready';
  });
  check(made, 'the package is made with it');
}

export async function keeper(t) {
  const map = t.demo.path('datamap.yaml');
  const before = fs.readFileSync(map, 'utf8');
  const page = await t.open({ javaScriptEnabled: false });
  fs.writeFileSync(map, before.replace('\nvendors:', PAPER));
  try {
    const reference = await know(t, page, t.people.other);
    const link = await linkOf(t, reference);
    check(link, 'a letter with a link is there');
    const desk = await t.open();
    await signIn(desk, t.jo);
    await waited(t, desk, reference);
    await looks(t, link);
    await theirs(t, page, link, t.people.other);
    await onTheDesk(t, desk, reference);
    t.taskPath = new URL(link).pathname;
    await desk.context().close();
  } finally {
    fs.writeFileSync(map, before);
    await page.context().close();
  }
}
