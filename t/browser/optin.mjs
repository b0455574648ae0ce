// What was limited, allowed again for something that needs it (row R-52), without
// JavaScript: a site sends somebody here, the page says what needs it, two acts.
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { shoot } from './paper.mjs';

export const NEEDS = 'Coupons for the shops near you, by where you are now';
const NEEDS_ES = 'Cupones para las tiendas cercanas, según dónde está usted ahora';

const reasons = (t, email) => t.demo.run(['check', 'email', email]).out.trim().split('\t')[2] ?? '';

// The link of the second act that came last to an address.
async function secondAct(t, email) {
  for (let i = 0; i < 240; i++) {
    const found = t.outbox.all().filter((l) => l.to.includes(email) && l.text.includes('/opt-in/confirm/'));
    if (found.length) return found[0].text.match(/https?:\/\/\S+\/opt-in\/confirm\/[\w-]+/)[0];
    await new Promise((r) => setTimeout(r, 250));
  }
  return '/';
}

async function limited(page, email) {
  await page.goto('/limit');
  await page.locator('#f-id').fill(email);
  await press(page, 'Limit the use');
}

async function ask(page, email) {
  await page.goto('/opt-in/sensitive?for=transaction');
  await page.locator('#f-email').fill(email);
  await press(page, 'Go on to step 2');
}

export async function needed(t) {
  about('what needs sensitive information');
  const page = await t.open({ javaScriptEnabled: false, reducedMotion: 'reduce' });
  const who = 'coupons@example.com';
  same(t.demo.run(['setting', 'needs_sensitive', NEEDS]).status, 0, 'the business says what it is');
  await limited(page, who);
  same(reasons(t, who), 'limit', 'limited');
  await page.goto('/opt-in/sensitive');
  check(!(await mainOf(page)).includes(NEEDS), 'who comes by themselves is told of nothing that they could have (7028(a))');
  same(t.demo.run(['setting', 'needs_sensitive_es', NEEDS_ES]).status, 0, 'and says it in Spanish');
  await page.goto('/opt-in/sensitive?for=transaction&lang=es');
  const spanish = await mainOf(page);
  check(spanish.includes(NEEDS_ES) && !spanish.includes(NEEDS), 'who reads Spanish reads it in Spanish (7003(b))');
  await page.goto('/opt-in/sensitive?for=transaction&lang=en');
  check((await mainOf(page)).includes(NEEDS), 'and in English again');
  await ask(page, who);
  same(new URL(page.url()).pathname, '/opt-in/sent', 'asked');
  same(reasons(t, who), 'limit', 'one act changes nothing');
  await page.goto(await secondAct(t, who));
  await page.mouse.move(0, 0);
  check((await mainOf(page)).includes(NEEDS), 'the second act says for what it is (7028(c))');
  await shoot(page, 'optin-sensitive-confirm');
  const [no, yes] = await page.locator('.pair button').evaluateAll((all) => all.map((b) => [b.className, getComputedStyle(b).backgroundColor, Math.round(b.getBoundingClientRect().height)]));
  same(no, yes, 'both answers are as easy to see (7004(a)(2))');
  await press(page, 'Yes, allow it');
  check((await mainOf(page)).includes('You allowed it again'), 'said');
  same(reasons(t, who), '', 'and done');
  await limited(page, who);
  same(reasons(t, who), 'limit', 'and limited again by one act');
  await page.context().close();
}

// As t/browser/pages.mjs looks at them.
export async function sensitivePages(t, look, page) {
  const who = 'looks.at.coupons@example.com';
  same(t.demo.run(['setting', 'needs_sensitive', NEEDS]).status, 0, 'the business says what it is');
  await page.goto('/opt-in/sensitive?for=transaction');
  check((await mainOf(page)).includes(NEEDS), 'the page says what needs it');
  await look.at(page, 'sensitive opt-in', 'main form .btn');
  await shoot(page, 'optin-sensitive');
  await press(page, 'Go on to step 2');
  await look.at(page, 'sensitive opt-in not taken');
  await ask(page, who);
  await page.goto(await secondAct(t, who));
  await look.at(page, 'sensitive opt-in confirm', '.pair .btn');
  await press(page, 'No, keep my limit');
  check((await mainOf(page)).includes('Your limit stays'), 'a no is a no');
  await look.at(page, 'sensitive opt-in done');
}
