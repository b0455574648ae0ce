// Who has no email address: what staff enter for them, and their letters on paper.
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { looked } from './kinds.mjs';
import { signIn } from './staff.mjs';

const SHOTS = process.env.TOYON_PAPER_SHOTS;
const referenceOf = (page) => new URL(page.url()).searchParams.get('ref');

// For who looks at the pages by eye: TOYON_PAPER_SHOTS=FOLDER.
export async function shoot(page, name) {
  if (!SHOTS) return;
  for (const width of [390, 1280])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${SHOTS}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

async function fillAddress(page, who) {
  for (const [name, value] of Object.entries({ street: '12 Elm Street', city: 'Oakland, CA', zip: '94607', ...who }))
    await page.locator(`#f-${name}`).fill(value);
}

// 11 CCR 7020(e), 7026(g): a letter came; name and address are all there is.
async function stopped(t, look, page) {
  about('an opt-out by post');
  await page.goto('/desk/intake/opt-out');
  await shoot(page, 'enter-stop');
  await page.locator('#f-channel').selectOption('mail');
  await page.locator('#f-language').selectOption('es');
  await page.locator('#f-first').fill('Ellen');
  await press(page, page.locator('#next'));
  same(await page.locator('.problems li').count(), 4, 'a first name alone finds nobody');
  same(await page.locator('#f-language').inputValue(), 'es', 'what was chosen stays');
  await look.at(page, 'an address in part', '#next');
  await fillAddress(page, { last: 'Tran' });
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('It is in force now'), 'in force');
  const reference = referenceOf(page);
  await page.goto('/desk');
  const note = page.getByRole('link', { name: /to be printed and posted/ });
  check(await note.count(), 'the queue counts the letter');
  await shoot(page, 'queue');
  await Promise.all([page.waitForNavigation(), note.click()]);
  await look.at(page, 'letters to print', 'table.rows button');
  await shoot(page, 'tray');
  await press(page, page.locator('tr', { hasText: reference }).getByRole('button'));
  await look.at(page, 'a letter to print', 'main form .btn');
  await shoot(page, 'sheet');
  same((await page.locator('.sheet-p address').innerText()).trim(), 'Ellen Tran\n12 Elm Street\nOakland, CA 94607', 'the envelope');
  check((await mainOf(page)).includes('Su decisión está en vigor desde el'), 'the letter is in their language (7003(b))');
  check(/^\d+ de [a-z]+ de 20\d\d$/.test((await page.locator('.sheet-p .on').innerText()).trim()), 'and so is its day');
  await page.emulateMedia({ media: 'print' });
  check(!(await page.locator('header.nav').isVisible()) && !(await page.getByRole('button', { name: 'Mark as posted' }).isVisible()), 'only the letter is printed');
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/sheet-print.png`, fullPage: true });
  await page.emulateMedia({ media: null });
  await page.locator('#f-day').fill('2020-01-01');
  await press(page, 'Mark as posted');
  check(await page.locator('.problems a[href="#f-day"]').count(), 'not before it was written');
  await page.locator('#f-day').fill(await page.locator('#f-day').getAttribute('max'));
  await press(page, 'Mark as posted');
  same(await page.locator('tr', { hasText: reference }).count(), 0, 'it is out of the tray');
  await page.goto(`/desk/r/${reference}`);
  check((await mainOf(page)).includes('Staff posted the letter'), 'and the case says so');
  check((await mainOf(page)).includes('Write to them in Español'), 'and in which language staff write to them');
}

// A caller without an email address: called back, searched by the number.
async function called(t, look, page) {
  about('a deletion by phone');
  await page.goto('/desk/intake/delete');
  await shoot(page, 'enter-delete');
  await press(page, page.locator('#next'));
  check((await page.locator('.problems').innerText()).includes('or a phone number, or a postal address'), 'some way to reach them');
  await page.locator('#f-phone').fill('510-555-0142');
  await page.locator('#f-name').fill('Rosa Diaz');
  await fillAddress(page, { street: '5 Oak Ave' });
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('We will call you back'), 'said so');
  const path = `/desk/r/${referenceOf(page)}`;
  await page.goto(path);
  check((await page.locator('.now h2').innerText()).includes('call back'), 'the next step');
  await shoot(page, 'case-call');
  await press(page, page.locator('#next'));
  await look.at(page, 'call back', 'main form .btn');
  await shoot(page, 'call');
  await press(page, 'They confirmed it');
  check(await page.locator('.problems a[href="#f-note"]').count(), 'what was said is asked for');
  await look.at(page, 'call back, not taken', 'main form .btn');
  await page.locator('#f-note').fill('She answered and said yes.');
  await press(page, 'They confirmed it');
  same(await page.locator('.case-h .tag.ok').innerText(), 'Phone confirmed', 'confirmed');
}

// Who can be sent no code says it by phone; nobody has called them back yet.
async function takenBack(page) {
  about('taken back by phone');
  await page.goto('/desk/intake/delete');
  await page.locator('#f-phone').fill('510-555-0177');
  await page.locator('#f-name').fill('Tess Wood');
  await fillAddress(page, { street: '6 Oak Ave' });
  await press(page, page.locator('#next'));
  await page.goto(`/desk/r/${referenceOf(page)}`);
  await page.getByText('They took the request back').click();
  await press(page, 'End the request');
  check(await page.locator('.problems a[href="#f-taken_back"], #f-taken_back-e').count(), 'who said so is asked for');
  await looked(page, 'case-taken-back');
  await page.locator('#f-taken_back').fill('She called again, from the same number.');
  await press(page, 'End the request');
  check((await mainOf(page)).includes('The request is ended'), 'it ends');
  check((await mainOf(page)).includes('the requester took the request back'), 'with an entry');
}

export async function paper(t) {
  const { Look } = await import('./pages.mjs');
  const look = new Look(t);
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await stopped(t, look, page);
  await called(t, look, page);
  await takenBack(page);
  await page.context().close();
  t.looked = [...(t.looked ?? []), ...look.seen];
}
