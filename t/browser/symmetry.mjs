// The rules of symmetry that a rendered page shows: S1 to S23 of the law's ban on
// dark patterns (11 CCR 7004), as far as a browser can measure them.
import { check, same } from './check.mjs';
import { NARROW, WIDE } from './harness.mjs';

const STYLE = ['fontFamily', 'fontSize', 'fontWeight', 'color', 'backgroundColor', 'backgroundImage', 'borderTopColor',
  'borderTopWidth', 'borderTopStyle', 'borderRadius', 'paddingTop', 'paddingRight', 'boxShadow', 'opacity', 'textTransform',
  'textDecorationLine', 'height', 'width'];

// S14, S15: nothing hurries, flatters or shames.
const PRESSURE = /hurry|last chance|act now|limited time|don’t care|sorry to see|miss out|are you sure|no thanks/i;

// On every page of the consumer site.
export async function fairPage(page, name) {
  // What somebody chose comes back with the page that was not taken.  The language to write
  // in is the page's own, and no choice about their data.
  const chosen = await page.evaluate(() =>
    document.querySelector('.problems') ? [] : [...document.querySelectorAll('input, select:not([name=language]) option')]
      .filter((el) => (el.type === 'radio' || el.type === 'checkbox' ? el.checked : el.hasAttribute('selected')))
      .map((el) => el.name),
  );
  same(chosen, [], `${name}: nothing is chosen beforehand (S10)`);
  same(await page.locator('[role=switch], [aria-pressed]').count(), 0, `${name}: no bare switches (S9)`);
  const text = await page.locator('body').innerText();
  check(!PRESSURE.test(text), `${name}: no pressure, guilt or reward (S14, S15): ${text.match(PRESSURE)?.[0]}`);
  same(await page.locator('meta[http-equiv=refresh], script, iframe, [style]').count(), 0, `${name}: nothing runs, nothing moves`);
  const link = page.locator('footer a[href="/opt-out"]');
  same(await link.count(), 1, `${name}: the opt-out link is in the foot`);
  same(await link.getByRole('img', { name: 'California Consumer Privacy Act (CCPA) Opt-Out Icon' }).count(), 1,
    `${name}: with the icon of 7015 and its text (S22)`);
  check(/Opt-Out Request Honored|Opted out in this browser|No opt-out signal seen/.test(await page.locator('footer').innerText()),
    `${name}: and how this browser stands (S21)`);
}

async function inFirstView(page, locator, why) {
  await page.setViewportSize(NARROW);
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  const box = await locator.boundingBox();
  check(box && box.y >= 0 && box.y + box.height <= NARROW.height, `${why}: ${Math.round(box?.y)} to ${Math.round(box?.y + box?.height)}`);
}

// Two answers to one question: both as easy to see and to press (S3, S4).
async function pair(page) {
  await page.goto('/r/delete/find');
  await page.locator('#f-email').fill('nobody.in.particular@example.com');
  await Promise.all([page.waitForNavigation(), page.locator('main form .btn').click()]);
  await page.locator('#f-zip').fill('95616');
  await Promise.all([page.waitForNavigation(), page.locator('main form .btn').click()]);
  const buttons = page.locator('.pair button');
  for (const size of [WIDE, NARROW])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const [yes, no] = await buttons.evaluateAll((all, style) =>
        all.map((b) => style.map((name) => [name, name === 'height' || name === 'width'
          ? Math.round(parseFloat(getComputedStyle(b)[name])) : getComputedStyle(b)[name]])), STYLE);
      same(yes, no, `the two answers look the same at ${size.width} px, ${colorScheme} (S3)`);
    }
  await page.emulateMedia({ colorScheme: 'light' });
  same(await buttons.evaluateAll((all) => all.map((b) => b.value)), ['yes', 'no'], 'the protective one comes first (S7)');
  await inFirstView(page, buttons.first(), 'the first answer is seen without scrolling (S4)');
  await inFirstView(page, buttons.last(), 'so is the second');
}

export async function fairChoices(t) {
  const page = await t.open();
  for (const where of ['/', '/opt-out']) {
    await page.goto(where);
    await inFirstView(page, page.getByRole('button', { name: 'Opt out now' }), `${where}: the button is on the first screen of a phone (S18)`);
    const fields = await page.locator('form[action="/opt-out"] > :not(.hp) :is(input, select, textarea)').count();
    check(fields <= 1, `${where}: one field at most (S16)`);
  }
  await page.goto('/s');
  await page.locator('footer a[href="/opt-out"]').click();
  same(await page.getByRole('button', { name: 'Opt out now' }).count(), 1, 'nothing stands between link and button (S11)');
  await pair(page);
  await page.context().close();
}
