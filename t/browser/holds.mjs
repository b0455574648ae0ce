// Law-enforcement holds on somebody who asked for nothing: placed, looked at, renewed and
// lifted on a page, and nobody outside hears of it.
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { signIn } from './staff.mjs';

const WHO = 'held.without.case@example.com';
const at = (page) => new URL(page.url()).pathname;
const held = (t) => (t.demo.run(['check', 'email', WHO]).out.trim().split('\t')[2] ?? '').includes('hold');

async function place(t, page) {
  about('a hold without a case');
  await page.getByRole('link', { name: 'Holds' }).click();
  same(at(page), '/desk/holds', 'the rail leads there');
  await press(page, 'Place the hold');
  for (const field of ['email', 'order'])
    check(await page.locator(`.problems a[href="#f-${field}"]`).count(), `${field} is missing`);
  await page.locator('#f-phone').fill('12');
  await page.locator('#f-order').fill('Oakland PD, 26-3001');
  await press(page, 'Place the hold');
  check(await page.locator('.problems a[href="#f-phone"]').count(), 'a number that is none holds nobody');
  same(await page.locator('#f-order').inputValue(), 'Oakland PD, 26-3001', 'what was typed is still there');
  await page.locator('#f-phone').fill('');
  await page.locator('#f-email').fill(`${WHO}\n\n other.${WHO} \n`);
  const before = t.outbox.all().length;
  await press(page, 'Place the hold');
  check((await mainOf(page)).includes('The hold is on'), 'placed');
  check(held(t), 'and what is held is not usable');
  check(!(await mainOf(page)).includes(WHO), 'the list names nobody');
  same(t.outbox.all().length, before, 'and no letter leaves');
}

async function change(t, page) {
  about('a hold without a case: one');
  await page.locator('table a').first().click();
  const path = at(page);
  check(/^\/desk\/holds\/\d+$/.test(path), 'one of them');
  check(!(await mainOf(page)).includes(WHO), 'who it is comes when it is asked for');
  await press(page, 'Show who it is');
  const who = await mainOf(page);
  check(who.includes(`email ${WHO}`) && who.includes(`email other.${WHO}`), 'both addresses');
  same(t.demo.rows('toyon.db', "select count(*) as n from audit where event = 'hold.seen'")[0].n, 1, 'with its entry');
  await page.goto(path);
  await press(page, 'Renew the hold');
  check(await page.locator('.problems a[href="#f-order"]').count(), 'not without the case number');
  await page.locator('#f-order').fill('Oakland PD, 26-3001, again');
  await press(page, 'Renew the hold');
  check((await mainOf(page)).includes('Once'), 'renewed');
  await page.goto(path);
  await press(page, 'Lift the hold');
  check(!held(t) && (await mainOf(page)).includes('Nobody’s data is held'), 'and lifted');
  same((await page.request.get(path)).status(), 404, 'it is no more');
}

export async function holds(t) {
  const page = await t.open();
  await signIn(page, t.jo);
  await place(t, page);
  await change(t, page);
  await page.context().close();
  const agent = await t.open();
  await signIn(agent, t.agent);
  same(await agent.getByRole('link', { name: 'Holds' }).count(), 0, 'who may not hold finds no such page');
  same((await agent.request.get('/desk/holds')).status(), 403, 'and opens none');
  await agent.context().close();
}

// As t/browser/pages.mjs looks at them; staff are signed in.
export async function holdPages(look, page) {
  await page.goto('/desk/holds');
  await look.at(page, 'holds, none', 'main form .btn');
  await press(page, 'Place the hold');
  await look.at(page, 'holds, not placed', 'main form .btn');
  await page.locator('#f-email').fill('looked.at@example.com');
  await page.locator('#f-order').fill('Oakland PD, 26-3002');
  await press(page, 'Place the hold');
  await look.at(page, 'holds', 'table a');
  await page.locator('table a').first().click();
  await look.at(page, 'hold without a case', 'main form .btn');
  await press(page, 'Show who it is');
  await look.at(page, 'hold without a case, shown', 'main form .btn');
}
