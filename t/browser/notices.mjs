// Notices to consumers (rows N-01 to N-03, N-08, G-09): staff see what is owed, look at a
// draft, publish it; everybody reads it; links of the foot look like their neighbors.
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { shoot } from './paper.mjs';
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
  check((await page.locator('.notice-draft').innerText()).includes('January 1, 2099'), 'now it is shown');
  await shoot(page, 'notice-unseen');
  await press(page, 'Publish this version');
  same(await page.locator('.problems').count(), 0, 'and published');
  await page.goto('/desk/notices');
  check((await mainOf(page)).includes('Next from January 1, 2099'), 'for its day');
  const open = await t.open({ javaScriptEnabled: false });
  await open.goto('/s');
  await open.locator('footer a', { hasText: 'Notice at collection' }).click();
  same(await open.locator('h1').innerText(), 'Notice at collection', 'its link stands in the foot of every page');
  const kept = t.demo.run(['notice', 'show', 'at-collection']).out;
  for (const line of kept.split('\n').filter((l) => l.startsWith('- ') && !l.includes('](')))
    check((await open.locator('main').innerText()).includes(line.slice(2)), `what was kept is what is read: ${line}`);
  await shoot(open, 'notice-at-collection');
  await open.context().close();
}

async function changed(t, page) {
  about('a fact that changes');
  t.demo.run(['notice', 'publish', 'policy']);
  t.demo.run(['setting', 'sells', 'no']);
  await page.goto('/desk/notices/policy');
  check((await page.locator('.diff').innerText()).includes('We do not sell or share personal information'), 'the line that would come');
  same(await page.locator('.diff ins').count() > 0 && await page.locator('.diff del').count() > 0, true, 'and those that would go');
  await shoot(page, 'notice-changed');
  await page.goto('/desk/notices');
  check((await mainOf(page)).includes('Look at what changed'), 'the list says so');
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
  for (const where of ['/', '/s', '/notice/policy']) {
    await page.goto(where);
    await likeNeighbors(page, where);
  }
  await page.goto('/notice/policy');
  await shoot(page, 'notice-policy');
  await looked(t, page);
  await page.context().close();
}
