// That people are not served is seen by everybody on the desk until it is over (row E5).
// t/enforced/public.mjs has how it is noticed; here the record says so.
import { about, check } from './check.mjs';
import { mainOf } from './harness.mjs';
import { atEverySize } from './pages.mjs';
import { shoot } from './paper.mjs';
import { signIn } from './staff.mjs';

const POINTER = 24; // WCAG 2.5.8
const SAYS = 'this does not work';

export async function outage(t) {
  const sql = (text) => t.demo.rows('toyon.db', text);
  const page = await t.open();
  await signIn(page, t.jo);
  await page.goto('/desk');
  check(!(await mainOf(page)).includes(SAYS), 'all works');
  const at = Date.now();
  about('an outage');
  sql(`insert into public_outage (from_at, last_at, looks, checks, problem) values (${at - 3600000}, ${at}, 7, 'opt-out, mail', '- opt-out: answered with status 404')`);
  await page.goto('/desk');
  check((await mainOf(page)).includes(`${SAYS} since`) && (await mainOf(page)).includes('opt-out, mail'), 'what, and since when');
  await atEverySize(page, 'queue with an outage', POINTER);
  await shoot(page, 'outage');
  sql(`update public_outage set to_at = ${at}`);
  await page.goto('/desk');
  check(!(await mainOf(page)).includes(SAYS), 'it is over');
  await page.context().close();
}
