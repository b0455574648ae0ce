// What staff decide on a case besides its next step: each on a page of its own,
// from a link of the case.
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { signIn } from './staff.mjs';

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

export async function decisions(t) {
  const page = await t.open();
  await signIn(page, t.jo);
  await moreTime(t, page);
  await page.context().close();
}
