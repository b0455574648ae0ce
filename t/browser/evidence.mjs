// The evidence file of a case: one button, waited for, downloaded, opened by a stock unzip;
// its page, as whoever gets it meets it: alone, without a network.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { about, check, same } from './check.mjs';
import { temporary } from './demo.mjs';
import { NARROW, WIDE, mainOf, overflow, press, violations } from './harness.mjs';
import { signIn } from './staff.mjs';

const WORK_MS = 20000;

const at = (page) => new URL(page.url()).pathname;

// A closed request to delete that somebody made and that was carried out: a case that opened
// itself has no letters, and a denied one has no receipt.
async function closedCase(page) {
  await page.goto('/desk?view=closed');
  const links = page.locator('table.q tbody tr', { hasText: 'Delete' }).filter({ hasText: 'Complied in whole' }).locator('a:first-of-type');
  const paths = await links.evaluateAll((all) => all.map((a) => new URL(a.href).pathname));
  for (const where of paths) {
    await page.goto(where);
    if ((await mainOf(page)).includes('Code to confirm the address')) return where;
  }
  throw new Error('no request to delete that was carried out after a code');
}

async function make(page, where) {
  about('evidence: one button');
  await page.goto(where);
  await press(page, 'Evidence file of this case');
  same(at(page), `${where}/evidence`, 'the button leads to where it is waited for');
  const button = page.getByRole('button', { name: 'Download' });
  await button.waitFor({ timeout: WORK_MS }); // the page loads itself again
  const text = await mainOf(page);
  check(text.includes('It shows the case as it is now.'), `and says how old it is: ${text}`);
  check(/[0-9a-f]{64}/.test(text), 'with its SHA-256');
}

async function take(page, dir) {
  about('evidence: the download');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
  check(/^evidence-[0-9A-Z]{4}-[0-9A-Z]{4}\.zip$/.test(file.suggestedFilename()), `its name: ${file.suggestedFilename()}`);
  const zip = path.join(dir, 'evidence.zip');
  await file.saveAs(zip);
  const out = path.join(dir, 'evidence');
  const r = spawnSync('unzip', ['-q', zip, '-d', out], { encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'a stock unzip opens it');
  same(fs.readdirSync(out).sort(),
    ['SHA256SUMS', 'SIGNATURE.json', 'evidence.json', 'index.html', 'receipt.json', 'trail.jsonl'], 'what is in it');
  return { zip, out };
}

function proven(t, { zip, out }) {
  about('evidence: proven by others');
  const key = t.demo.path('keys/audit.pub');
  const good = t.demo.run(['audit', 'verify', zip, '--key', key]);
  same([good.status, good.out], [0, 'the evidence file fits: 4 files, signed\n'], 'it fits');
  const sums = spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' });
  same([sums.status, sums.stdout], [0, ''], 'sha256sum says the same');
  const html = fs.readFileSync(path.join(out, 'index.html'), 'utf8');
  check(!/<(script|img|link|iframe)|url\(|@import/.test(html), 'its page loads nothing');
}

async function read(t, out) {
  about('evidence: its page');
  const context = await t.harness.browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.join(out, 'index.html')).href);
  const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
  for (const words of ['What this file leaves out', 'Confirm receipt', '11 CCR 7021(a)', 'Lead exchange', 'MailHarbor', 'Its words are left out.', 'Dear ', 'The request arrived: Delete'])
    check(text.includes(words), `it says "${words}"`);
  for (const size of [NARROW, WIDE])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      same(await violations(page), [], `axe, ${size.width} px, ${colorScheme}`);
      same(await overflow(page), 0, `nothing sticks out at ${size.width} px, ${colorScheme}`);
    }
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  same(await page.locator('nav').isVisible(), false, 'on paper there is no list of links');
  await context.close();
}

// Something happens in the case: the file is old, and says so.
async function again(page, where) {
  about('evidence: made again');
  await page.goto(where);
  await press(page, page.locator('form[action$="/reveal"] button'));
  await page.goto(`${where}/evidence`);
  check((await mainOf(page)).includes('It is older than the case'), 'somebody looked at who it is: that is not in it');
  await press(page, page.getByRole('button', { name: /^Make it again/ }));
  await page.getByText('It is ready').waitFor({ timeout: WORK_MS });
}

// Who may not see who asks has no button, and a forged form does not help.
async function roles(t, where) {
  about('evidence: roles');
  for (const who of [t.auditor, t.agent]) {
    const page = await t.open();
    await signIn(page, who);
    await page.goto(where);
    same(await page.locator('form[action$="/evidence"]').count(), 0, `${who.role}: no button`);
    const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
    for (const what of ['evidence', 'evidence.zip']) {
      const r = await page.request.post(`${where}/${what}`, { form: { csrf }, headers: { Origin: t.base }, maxRedirects: 0 });
      same(r.status(), 403, `${who.role} is refused ${what}`);
    }
    await page.context().close();
  }
}

export async function evidence(t) {
  const dir = temporary('evidence');
  const page = await t.open({ acceptDownloads: true });
  await signIn(page, t.jo);
  const where = await closedCase(page);
  await make(page, where);
  const file = await take(page, dir);
  proven(t, file);
  await read(t, file.out);
  await again(page, where);
  await roles(t, where);
  t.looked = [...(t.looked ?? []), `${where}/evidence`];
  await page.context().close();
}
