// Retention (row E13): the page says how long each table is kept, has the worker look, and
// shows what is too old and what waits; it erases nothing.
import fs from 'node:fs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { atEverySize } from './pages.mjs';
import { shoot } from './paper.mjs';
import { signIn } from './staff.mjs';

const WORK_MS = 60000;
const POINTER = 24;
const OLD_RULES = 'by rules that the data map does not have any more'; // the worker looks by itself, too
const YEARS = 'expires: { after: 24 months, from: created_at }';

const leads = (t) => t.demo.rows('leads.db', 'select count(*) as n from lead')[0].n;

export async function retention(t) {
  const file = t.demo.path('datamap.yaml');
  const map = fs.readFileSync(file, 'utf8');
  const before = leads(t);
  const page = await t.open();
  await signIn(page, t.jo);
  await page.goto('/desk/retention');
  const first = await mainOf(page);
  check(first.includes('24 months after created_at'), 'the demo says how long leads are kept');
  check(first.includes('Last preview') || first.includes('Nothing was looked at yet.'), `nobody claims anything before the first look: ${first}`);
  await shoot(page, 'retention-demo');

  about('a map without a time');
  check(map.includes(YEARS), 'the line is there to be taken out');
  fs.writeFileSync(file, map.replace(YEARS, ''));
  await page.goto('/desk/retention');
  check((await mainOf(page)).includes('The data map gives no table a time'), 'nothing is said of time');
  await shoot(page, 'retention-none');

  about('a time in the data map');
  fs.writeFileSync(file, map.replace(YEARS, 'expires: { after: 1 days, from: created_at }'));
  await page.goto('/desk/retention');
  const rules = await mainOf(page);
  check(rules.includes('1 day after created_at') && (rules.includes('Not yet') || rules.includes(OLD_RULES)), `the rule stands there before anybody looked by it: ${rules}`);
  await press(page, 'Look now');
  check((await mainOf(page)).includes('Nothing is erased.'), 'the worker is asked');
  const seen = await until(WORK_MS, async () => {
    await page.goto('/desk/retention');
    const text = await mainOf(page);
    return /Last preview: \w+ \d/.test(text) && !text.includes(OLD_RULES) && (await page.locator('table tbody tr').count()) > 0;
  });
  check(seen, 'and looks');
  const cells = await page.locator('table tbody tr').first().locator('td').allInnerTexts();
  same(Number(cells[1].replaceAll(',', '')), before, 'all rows were read');
  check(parseInt(cells[2], 10) > 0, `some are too old: ${cells}`);
  same(leads(t), before, 'and none was erased');
  same(await page.locator('main form').count(), 1, 'the only button looks');
  await atEverySize(page, 'retention', POINTER);
  await shoot(page, 'retention');
  (t.looked ??= []).push('/desk/retention');
  fs.writeFileSync(file, map);
  await page.context().close();
}
