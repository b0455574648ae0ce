// The start page and the opt-out, as a consumer without JavaScript meets them.
import http from 'node:http';
import { about, check, same } from './check.mjs';
import { NARROW, mainOf, press } from './harness.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
export const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;
const HONORED = 'Opt-Out Request Honored';

async function oneClick(t) {
  about('one click, no script');
  const page = await t.open(NO_SCRIPT);
  let posts = 0;
  page.on('request', (q) => (posts += q.method() === 'POST'));
  await page.goto('/');
  const before = await mainOf(page);
  check(!before.includes(HONORED), 'nothing is called honored before anything was asked');
  check(before.includes('No opt-out signal seen'), 'the page says that it saw no signal (7025(c)(6))');
  same(await page.locator('form[action="/opt-out"] [required]').count(), 0, 'no field is required (S16)');
  await press(page, 'Opt out now');
  same(new URL(page.url()).pathname, '/opt-out/done', 'one click ends on the confirmation (S1: one step)');
  same(posts, 1, 'one click sends one form');
  const done = await mainOf(page);
  check(done.includes(HONORED), 'the confirmation uses the words of the regulation');
  check(/In force since [A-Z][a-z]+ \d+, 20\d\d, .*Pacific time/.test(done), 'and says since when, with year and zone');
  check(REFERENCE.test(done), 'the confirmation shows a reference number (7026(g))');
  await page.goto('/');
  const after = await mainOf(page);
  check(after.includes(HONORED) && after.includes('You opted out here before'), 'the start page remembers the click');
  same(await page.getByRole('button', { name: 'Opt out now' }).count(), 0, 'nobody is asked twice');
  await page.goto('/s');
  check((await page.locator('footer').innerText()).includes('Opted out in this browser'),
    'every page with the link shows the state (S21)');
  await page.context().close();
}

async function signal(t) {
  about('the signal');
  const page = await t.open({ ...NO_SCRIPT, extraHTTPHeaders: { 'Sec-GPC': '1' } });
  await page.goto('/');
  const text = await mainOf(page);
  check(text.includes(HONORED) && text.includes('Global Privacy Control'), 'the page has honored the signal, unasked');
  same(await page.getByRole('button', { name: 'Opt out now' }).count(), 0, 'there is nothing left to click');
  same((await page.context().cookies()).length, 0, 'reading the page sets no cookie');
  await page.goto('/s');
  check((await page.locator('footer').innerText()).includes(HONORED), 'every page with the link shows the state (S21)');
  await page.context().close();
}

// One answer to GET / with these Sec-GPC fields, each sent on a line of its own.
function startPage(base, values) {
  const headers = ['Host', new URL(base).host, ...values.flatMap((v) => ['Sec-GPC', v])];
  return new Promise((resolve, reject) => {
    http
      .get(base, { headers, agent: false }, (r) => {
        let body = '';
        r.setEncoding('utf8');
        r.on('data', (d) => (body += d));
        r.on('end', () => resolve(body));
      })
      .on('error', reject);
  });
}

const FIELDS = [
  [['1'], true, 'exactly "1" is the signal'],
  [['0', '1'], true, 'of several fields one "1" is enough'],
  [['1', '0'], true, 'in any order'],
  [['1', '1'], true, 'said twice it is said'],
  [[' 1 '], true, 'blanks around a value are none of it (RFC 9110 5.5)'],
  [[], false, 'no field, no signal'],
  [['0'], false, '"0" is no signal'],
  [['0', '0'], false, 'nor twice'],
  [['true'], false, '"true" is no signal'],
  [['11'], false, '"11" is no signal'],
  [['1.0'], false, '"1.0" is no signal'],
  [['"1"'], false, 'quotes make it another value'],
  [['yes'], false, '"yes" is no signal'],
];

async function rawSignal(t) {
  about('Sec-GPC, byte by byte');
  for (const [values, honored, why] of FIELDS)
    same((await startPage(t.base, values)).includes(HONORED), honored, `${JSON.stringify(values)}: ${why}`);
}

async function extended(t) {
  about('the optional field');
  const { email } = t.people.optOut;
  const checked = t.demo.run(['check', 'email', email]);
  same(checked.status, 0, 'they may be sold before they say no');
  same(checked.out.split('\t')[1]?.trim(), 'clear', 'and `toyon check` says clear');
  const page = await t.open(NO_SCRIPT);
  await page.goto('/');
  await page.getByLabel('Email or phone number').fill(`  ${email.toUpperCase()} `);
  await press(page, 'Opt out now');
  const after = t.demo.run(['check', 'email', email]);
  const answer = await t.api(email);
  const list = t.demo.run(['scrub', '-', '--format', 'csv'], `email,n\na@example.com,1\n${email},2\nb@example.com,3\n`);
  const done = await mainOf(page);
  check(done.includes(HONORED) && done.includes('the records we hold under what you gave us'),
    'the confirmation says that records are meant too');
  same(done.toLowerCase().includes(email), false, 'and does not repeat who it is');
  same(after.status, 4, 'it is in force when the page is shown: `toyon check` ends with 4');
  same(after.out.trim().split('\t'), [email, 'suppressed', 'opt-out'], 'and says why');
  same(answer, 'suppressed', 'the API says the same at once');
  same(list.out, 'email,n\na@example.com,1\nb@example.com,3\n', 'and a list is scrubbed of them');
  await page.context().close();
}

async function badIdentifier(t) {
  about('what is no address');
  const page = await t.open({ ...NO_SCRIPT, viewport: NARROW });
  await page.goto('/');
  await page.getByLabel('Email or phone number').fill('ellen at home');
  await press(page, 'Opt out now');
  check((await page.title()).startsWith('Problem: '), 'the title starts with Problem:');
  same(await page.getByLabel('Email or phone number').inputValue(), 'ellen at home', 'what was typed is still there');
  const summary = page.locator('.problems');
  check((await summary.innerText()).includes('There is a problem'), 'the summary says that there is a problem');
  await summary.getByRole('link').first().click();
  check(page.url().endsWith('#f-id'), 'its link leads to the field');
  const [described, text] = await page
    .getByLabel('Email or phone number')
    .evaluate((el) => [el.getAttribute('aria-invalid'), document.getElementById(el.getAttribute('aria-describedby'))?.textContent]);
  same(described, 'true', 'the field is marked');
  check(/\S+@\S+|phone|email/i.test(text ?? ''), `and says how to mend it: ${text}`);
  await page.getByLabel('Email or phone number').fill('');
  await press(page, 'Opt out now');
  check((await mainOf(page)).includes(HONORED), 'emptied, one click is enough again');
  await page.context().close();
}

async function fromTheDonePage(t) {
  about('records afterwards, from the confirmation');
  const page = await t.open(NO_SCRIPT);
  await page.goto('/opt-out');
  await press(page, 'Opt out now');
  await page.getByLabel('Email or phone number').fill(t.people.optOut.phone);
  await press(page, 'Opt these out too');
  const { status, out } = t.demo.run(['check', 'phone', t.people.optOut.phone]);
  same([status, out.split('\t')[1]], [4, 'suppressed'], 'the phone number given on the second page is in force');
  await page.context().close();
}

async function forPrograms(t) {
  about('/.well-known/gpc.json');
  const page = await t.open(NO_SCRIPT);
  const r = await page.request.get('/.well-known/gpc.json');
  const gpc = await r.json();
  same(gpc.gpc, true, 'it says that the signal is honored');
  check(/^\d{4}-\d{2}-\d{2}/.test(gpc.lastUpdate), 'and since when');
  same((await page.request.get('/robots.txt')).status(), 200, 'there is a robots.txt');
  check(!/Disallow: \/(opt-out)?\s*$/m.test(await (await page.request.get('/robots.txt')).text()),
    'opt-out pages are not hidden from search engines');
  await page.context().close();
}

export async function consumer(t) {
  await oneClick(t);
  await signal(t);
  await rawSignal(t);
  await extended(t);
  await badIdentifier(t);
  await fromTheDonePage(t);
  await forPrograms(t);
}
