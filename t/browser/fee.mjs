// A fee for a request that is manifestly unfounded or excessive (Civ. Code 1798.145(h)(3)).
import { about, check, same } from './check.mjs';
import { press } from './harness.mjs';
import { shoot } from './paper.mjs';
import { signIn } from './staff.mjs';

async function asked(t, look, page) {
  about('a fee is asked for');
  // One of the demo's own, whose letters go by email.
  const [own] = t.demo.rows('toyon.db', `select reference from request where kind = 'delete' and state = 'review'
    and channel = 'web' and email_confirmed_at > 0 and received_on < date('now', '-1 day') order by received_at desc limit 1`);
  const path = `/desk/r/${own.reference.slice(0, 4)}-${own.reference.slice(4)}`;
  await page.goto(path);
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Ask for a fee' }).click()]);
  await press(page, 'Send the letter');
  same(await page.locator('.problems li').count(), 3, 'estimate, reason and proof are asked for');
  await look.at(page, 'fee, not taken', 'main form .btn');
  await page.locator('#f-amount').fill('45');
  await page.locator('#f-why').fill('It is the ninth request for the same in a month.');
  await page.locator('#f-proof').fill('The nine requests are in the queue.');
  await shoot(page, 'fee');
  await press(page, 'Send the letter');
  check((await page.locator('.now h2').innerText()).includes('Waiting for the requester to accept the fee'), 'the case waits for them');
  same(await page.getByRole('button', { name: 'Review and approve' }).count(), 0, 'and nothing can be approved');
  await page.goto(`${path}/fee`);
  await look.at(page, 'fee, asked for');
  return path.split('/').pop();
}

async function accepted(t, look, reference) {
  about('a fee is accepted');
  const [letter] = await t.outbox.about(reference, /\/fee\/[\w-]+/);
  const link = letter.text.match(/\/fee\/[\w-]+/)[0];
  const page = await t.open({ javaScriptEnabled: false });
  await page.goto(link);
  await shoot(page, 'fee-offer');
  await page.context().close();
  const scripted = await t.open();
  await scripted.goto(link);
  await look.at(scripted, 'fee, the requester', 'main form .btn');
  await press(scripted, 'Yes, I accept it');
  same(await scripted.locator('h1').innerText(), 'You accepted the fee', 'said so');
  await look.at(scripted, 'fee, accepted');
  await scripted.context().close();
}

export async function fee(t) {
  const { Look } = await import('./pages.mjs');
  const look = new Look(t);
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await accepted(t, look, await asked(t, look, page));
  await page.context().close();
  t.looked = [...(t.looked ?? []), ...look.seen];
}
