// Notices to consumers (rows N-01 to N-03, N-08, G-09): staff see what is owed, look at a
// draft, publish it; everybody reads it; links of the foot look like their neighbors.
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { shoot } from './paper.mjs';
import { OWN, isSpanish } from './spanish.mjs';
import { signIn } from './staff.mjs';

// 11 CCR 7003(c): a link that the law wants looks like the others beside it.
const LIKE = ['fontSize', 'fontFamily', 'fontWeight', 'fontStyle', 'color', 'textDecorationLine', 'textDecorationColor',
  'textTransform', 'letterSpacing', 'opacity', 'visibility', 'minHeight'];

export async function likeNeighbors(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const links = await page.locator('footer a').evaluateAll((all, like) => all.map((a) => ({
      text: a.innerText.trim(), style: like.map((k) => `${k}: ${getComputedStyle(a)[k]}`).join('; ') })), LIKE);
    for (const link of links)
      same(link.style, links[0].style, `${name}, ${colorScheme}: "${link.text}" looks like "${links[0].text}" (7003(c))`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

// The points that are no links, as `toyon notice show` prints them.
const lines = (text) => text.split('\n').filter((l) => l.startsWith('- ') && !l.includes('](')).map((l) => l.slice(2));

// Who opens the page by its address reads it without a script, as published.
async function published(t, page) {
  about('a notice, published');
  await page.goto('/desk/notices/at-collection');
  check((await mainOf(page)).includes('None is in force'), 'nothing is published yet');
  same((await page.request.get('/notice/at-collection')).status(), 404, 'so there is no page');
  await page.locator('#f-from').fill('2020-01-01');
  await press(page, 'Publish this version');
  same(await page.locator('.problems li').count(), 1, 'no day that is over');
  await page.locator('#f-from').fill('');
  await press(page, 'Publish this version');
  same(await page.locator('.problems li').count(), 1, 'and no day is none');
  await page.goto('/desk/notices/at-collection');
  await shoot(page, 'notice-draft');
  await press(page, 'Publish this version');
  check((await mainOf(page)).includes('Version 1 is in force'), 'from today on');
  check((await mainOf(page)).includes('Nothing but the day'), 'and nothing would change');
  await page.locator('#f-from').fill('2099-01-01');
  await press(page, 'Publish this version');
  check((await page.locator('.problems').innerText()).includes('not what you looked at'), 'nobody saw what it says on that day');
  check((await page.locator('.notice-draft[lang=en]').innerText()).includes('January 1, 2099'), 'now it is shown');
  check((await page.locator('.notice-draft[lang=es]').innerText()).includes('1 de enero de 2099'), 'in Spanish, too: both are published');
  await shoot(page, 'notice-unseen');
  await press(page, 'Publish this version');
  same(await page.locator('.problems').count(), 0, 'and published');
  await page.goto('/desk/notices');
  check((await mainOf(page)).includes('Next from January 1, 2099'), 'for its day');
  const open = await t.open({ javaScriptEnabled: false });
  await open.goto('/s');
  await open.locator('footer a', { hasText: 'Notice at collection' }).click();
  same(await open.locator('h1').innerText(), 'Notice at collection', 'its link stands in the foot of every page');
  for (const line of lines(t.demo.run(['notice', 'show', 'at-collection']).out))
    check((await open.locator('main').innerText()).includes(line), `what was kept is what is read: ${line}`);
  await shoot(open, 'notice-at-collection');
  await open.context().close();
}

async function changed(t, page) {
  about('a fact that changes');
  t.demo.run(['notice', 'publish', 'policy']);
  t.demo.run(['setting', 'sells', 'no']);
  await page.goto('/desk/notices/policy');
  check((await page.locator('.diff').innerText()).includes('We do not sell or share personal information'), 'the line that would come');
  check((await page.locator('.diff td[lang=es] ins').allInnerTexts()).some((l) => l.includes('No vendemos ni compartimos')), 'and that in Spanish');
  same(await page.locator('.diff ins').count() > 0 && await page.locator('.diff del').count() > 0, true, 'and those that would go');
  await shoot(page, 'notice-changed');
  await page.goto('/desk/notices');
  check((await mainOf(page)).includes('Look at what changed'), 'the list says so');
  await page.goto('/desk/intake');
  same(await page.locator('main a[href="/desk/intake/opt-out"]').count(), 1, 'who calls to opt out is heard all the same (11 CCR 7026(f))');
  same((await page.goto('/desk/intake/opt-out')).status(), 200, 'and entered');
  t.demo.run(['setting', 'incentive', 'yes']);
  await page.goto('/desk/notices');
  await shoot(page, 'notices');
  t.demo.run(['setting', 'sells_minors', 'yes']);
  await page.goto('/desk/notices/policy');
  same(await page.getByRole('button', { name: 'Publish this version' }).count(), 0, 'one that would contradict itself can not be published');
  check((await mainOf(page)).includes('would contradict itself'), 'and it says so');
  await shoot(page, 'notice-stopped');
  t.demo.run(['setting', 'sells_minors', 'no']);
  await page.goto('/desk/notices/incentive');
  check((await mainOf(page)).includes('11 CCR 7016'), 'what lacks is named with its section');
  same(await page.getByRole('button', { name: 'Publish this version' }).count(), 0, 'and it can not be published');
  await shoot(page, 'notice-lacks');
  t.demo.run(['setting', 'incentive', 'no']);
  t.demo.run(['setting', 'sells', 'yes']);
}


// Who wants Spanish reads what was kept in Spanish; a version of before is in English, and is
// marked so (7003(b)(3)).
async function inSpanish(t) {
  about('notices in Spanish');
  const { atEverySize } = await import('./pages.mjs');
  const page = await t.open({ locale: 'es-US' });
  t.demo.run(['setting', 'languages', 'en']);
  t.demo.run(['notice', 'publish', 'policy']);
  t.demo.run(['setting', 'languages', 'en es']);
  await page.goto('/notice/policy');
  same(await page.locator('html').getAttribute('lang'), 'es', 'the page around it is in Spanish');
  same(await page.locator('main [lang=en] h1').innerText(), 'Privacy policy', 'the notice is there in English, and marked for who hears it');
  check((await mainOf(page)).includes('se publicó solo en inglés'), 'and it says so');
  await isSpanish(page, 'around a notice in English', OWN);
  await atEverySize(page, 'a notice in English only', 44);
  await shoot(page, 'notice-english-only');
  t.demo.run(['notice', 'publish', 'policy']);
  for (const [name, title] of [['policy', 'Política de privacidad'], ['at-collection', 'Aviso en el momento de la recopilación']]) {
    await page.goto('/s');
    if (name !== 'policy') await page.locator('footer a', { hasText: title }).click();
    else await page.goto('/notice/policy');
    same(new URL(page.url()).pathname, `/notice/${name}`, 'the link in the foot has its title in Spanish');
    same(await page.locator('h1').innerText(), title, `${name} has its title`);
    same(await page.locator('main [lang=en]').count(), 0, `${name} is not marked as English`);
    const kept = lines(t.demo.run(['notice', 'show', name, '--language', 'es']).out);
    const read = await page.locator('main').innerText();
    check(kept.length > 5, `${name} has points`);
    for (const line of kept) check(read.includes(line), `what was kept is what is read: ${line}`);
    // The demo wrote its data map in English; those words stand in points.
    await isSpanish(page, name, [...kept, ...OWN]);
    await atEverySize(page, `${name} in Spanish`, 44);
    await shoot(page, `notice-${name}-es`);
  }
  await page.goto('/notice/policy');
  const links = await page.locator('main article a[href*="lang=es"]').count();
  check(links > 5, 'its links lead to pages in Spanish, from a page of the business too');
  await page.goto('/notice/policy?version=1');
  check(/Esta versión estuvo en vigor desde el \d+ de [a-z]+ de 20\d\d hasta/.test(await mainOf(page)), 'an older one says so in Spanish');
  await page.context().close();
  const open = await t.open({ javaScriptEnabled: false });
  await open.goto('/notice/policy');
  await open.getByRole('link', { name: 'Español' }).click();
  same(await open.locator('h1').innerText(), 'Política de privacidad', 'by the link, without a script');
  await open.getByRole('link', { name: 'English' }).click();
  same(await open.locator('h1').innerText(), 'Privacy policy', 'and back');
  await open.context().close();
}

// Every page of theirs, as `pages` looks at the others.
async function looked(t, page) {
  const { Look } = await import('./pages.mjs');
  const look = new Look(t);
  for (const name of ['policy', 'at-collection']) {
    await page.goto(`/notice/${name}`);
    await look.at(page, `notice, ${name}`);
  }
  t.demo.run(['notice', 'publish', 'policy']);
  await page.goto('/notice/policy?version=1');
  await look.at(page, 'notice, an older version');
  await page.goto('/desk/notices');
  await look.at(page, 'notices', 'main table a');
  for (const name of ['policy', 'at-collection', 'incentive', 'pre-use']) {
    await page.goto(`/desk/notices/${name}`);
    await look.at(page, `notices, ${name}`);
  }
  await page.goto('/desk/notices/policy');
  await page.locator('#f-from').fill('2020-01-01');
  await press(page, 'Publish this version');
  await look.at(page, 'notices, not taken', 'main form .btn');
  await look.linksAnswer(page);
  t.looked = [...(t.looked ?? []), ...look.seen];
}

export async function notices(t) {
  const page = await t.open();
  await signIn(page, t.jo);
  await published(t, page);
  await changed(t, page);
  await inSpanish(t);
  for (const where of ['/', '/s', '/notice/policy']) {
    await page.goto(where);
    await likeNeighbors(page, where);
  }
  await page.goto('/notice/policy');
  await shoot(page, 'notice-policy');
  await looked(t, page);
  await page.context().close();
}
