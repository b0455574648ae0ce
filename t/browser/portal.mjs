// The portal for account holders (11 CCR 7024(g), 7061): from the business's own site to
// what is held of them, without a script and with nothing typed; what is waited for, what
// is stopped from there, and that a stop never waits for anybody to sign in.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { about, check, same } from './check.mjs';
import { Demo, temporary, until } from './demo.mjs';
import { launch, mainOf, press } from './harness.mjs';
import { Look } from './pages.mjs';
import { Outbox } from './letters.mjs';
import { choosePeople } from './people.mjs';
import { isSpanish, OWN } from './spanish.mjs';
import { shoot } from './paper.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const WORK_MS = 60000;
const SECRET = Buffer.alloc(32, 9);

const PAPER = `
  - name: paper
    title: Paper archive
    connector: person
    database: archive@lakeshore.example
    days: 12
    tables:
      - { name: leases, holds: Leases, category: A, erase: delete, look_for: "Green folders, by last name." }

vendors:`;

const part = (b) => Buffer.from(b).toString('base64url');

function tokenOf(claims) {
  const signed = `${part('{"alg":"HS256"}')}.${part(JSON.stringify(claims))}`;
  return `${signed}.${crypto.createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

// The business's own site: whoever comes has just signed in, and goes back with its word.
async function shop(state) {
  const server = http.createServer((q, r) => {
    const url = new URL(q.url, 'http://127.0.0.1');
    const now = Math.floor(Date.now() / 1000);
    const at = now - state.ago;
    state.last = tokenOf({ aud: state.base, email: state.email, nonce: url.searchParams.get('nonce'), iat: now, exp: now + 60, auth_time: at });
    r.writeHead(200, { 'Content-Type': 'text/html' }).end(`<title>Shop</title><form method="post" action="${url.searchParams.get('return')}">
      <input type="hidden" name="assertion" value="${state.last}"><button>Back to my privacy</button></form>`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${server.address().port}/again` };
}

// What is refused here, as the test asks for, Chromium says in the console.
function leadsElsewhere(page) {
  for (const event of ['request', 'response', 'console']) page.removeAllListeners(event);
  page.on('console', (m) => {
    if (m.text().startsWith('Failed to load resource: the server responded with a status of 4')) return;
    check(!['error', 'warning'].includes(m.type()), `quiet console on ${page.url()}: ${m.text()}`);
  });
}

async function comeIn(page) {
  await page.goto('/your-data');
  await press(page, page.getByRole('link', { name: 'Sign in to your account' }));
  await press(page, 'Back to my privacy');
  await press(page, 'Open my data');
}

const at = (page) => new URL(page.url()).pathname;

async function wayIn(world, page, look) {
  about('portal: the way in');
  await page.goto('/');
  await press(page, page.getByRole('link', { name: 'See your data with it' }));
  check((await mainOf(page)).includes('you never have to sign in'), 'to stop something nobody signs in');
  await look.at(page, 'portal, the way in', 'main .btn');
  await shoot(page, 'portal-door');
  world.state.ago = 3600;
  await comeIn(page);
  check((await mainOf(page)).includes('That did not work'), 'who signed in an hour ago signs in again');
  await look.at(page, 'portal, not taken', 'main .btn');
  world.state.ago = 0;
  await press(page, page.getByRole('link', { name: 'Sign in to your account' }));
  await press(page, 'Back to my privacy');
  same(at(page), '/your-data/signed-in', 'back, and nothing of them is in the address');
  check(!(await mainOf(page)).includes(world.who.email), 'coming back shows nothing yet');
  await look.at(page, 'portal, back from the site', 'main form .btn');
  await shoot(page, 'portal-back');
  await press(page, 'Open my data');
  const [cookie] = (await page.context().cookies()).filter((c) => c.name === 'toyon_portal');
  same([cookie.httpOnly, cookie.sameSite, cookie.path], [true, 'Strict', '/your-data'], 'the cookie is for these pages alone');
  check(cookie.expires > 0 && cookie.expires - Date.now() / 1000 <= 20 * 60, 'and for twenty minutes');
  const text = await mainOf(page);
  check(text.includes(`You are here as ${world.who.email}`) && text.includes('See my data'), `who it is, and what to press: ${text}`);
  await look.at(page, 'portal, nothing asked for', 'main form .btn');
  await shoot(page, 'portal-empty');
}

async function replayed(world) {
  about('portal: a second time');
  const other = await world.harness.open(NO_SCRIPT);
  const again = await other.request.post('/your-data', { form: { assertion: world.state.last }, maxRedirects: 0 });
  same(again.status(), 422, 'in another browser the same word opens nothing');
  await other.context().close();
}

// What is asked for here is searched and made by the worker alone, and shown as it is there.
async function seen(world, page, look) {
  about('portal: their data');
  await press(page, 'See my data');
  same(at(page), '/your-data', 'nothing to type');
  const first = await mainOf(page);
  check(first.includes('The law counts that day from the day you asked.'), `until when is said: ${first}`);
  const ready = await until(WORK_MS, async () => {
    await page.goto('/your-data?still=1');
    return (await mainOf(page)).includes('Our answer is ready.');
  });
  check(ready, 'searched and made without anybody of staff');
  await look.at(page, 'portal, ready', 'main form .btn');
  await shoot(page, 'portal-ready');
  await press(page, page.locator('#h-data ~ .pt-acts').getByRole('button', { name: 'See my data' }));
  const letter = await page.locator('.kn').innerText();
  check(letter.includes(world.street), 'the pieces themselves');
  check(!world.ssn || !letter.includes(world.ssn), 'and never the Social Security number');
  await look.at(page, 'portal, the answer', 'main form .btn');
  await shoot(page, 'portal-answer');
  const reference = at(page).split('/').at(-1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const file = fs.readFileSync(await (await download).path());
  same(file.subarray(0, 2).toString(), 'PK', 'and a copy to keep');
  const trail = world.demo.rows('toyon.db', `select event from audit where reference = '${reference.replace('-', '')}' and event like 'package.%' order by seq`);
  same(trail.map((r) => r.event), ['package.approved', 'package.made', 'package.shown', 'package.taken'], 'each has its entry');
  const letters = new Outbox(world.demo.path('outbox'));
  check(await until(WORK_MS, async () => letters.all().some((l) => l.to.includes(world.who.email) && l.text.includes('/package'))), 'the letter about it left by itself');
  check(letters.all().every((l) => !/^\s+\d{6}$/m.test(l.text) || !l.to.includes(world.who.email)), 'and no code was sent');
  await press(page, page.getByRole('link', { name: 'Back to your data' }));
  await press(page, page.locator('#h-data ~ .pt-acts').getByRole('button', { name: 'See my data' }));
  await page.goto(page.url());
  same(at(page), '/your-data', 'loaded again, the address shows nothing by itself');
  return reference;
}

// 11 CCR 7026(b): nothing is typed again.
async function others(world, page, look) {
  about('portal: everything else');
  await press(page, page.locator('form[action="/your-data/stop/opt-out"] button'));
  same(at(page), '/opt-out/done', 'one press');
  check((await mainOf(page)).includes('the records we hold under what you gave us'), 'for the records, not the browser alone');
  const [last] = world.demo.rows('toyon.db', "select id, state from request where kind = 'opt-out' order by id desc limit 1");
  const codes = world.demo.rows('toyon.db', `select count(*) n from code where request_id = ${last.id}`);
  same(codes[0].n, 0, 'and nobody is verified for it');
  await page.goto('/your-data?still=1');
  check(await page.locator('form[action="/your-data/stop/opt-out"]').count() === 0, 'the page says that it holds');
  await press(page, page.locator('form[action="/your-data/ask/delete"] button'));
  same(at(page), '/r/delete/sale', 'to delete: who they are is not asked');
  await press(page, 'No, only delete it');
  const answers = await mainOf(page);
  check(answers.includes(world.who.email) && !answers.includes('ZIP'), `what is sent: ${answers}`);
  same(await page.getByRole('link', { name: 'Change Email address' }).count(), 0, 'the address of the account can’t be changed');
  await look.at(page, 'portal, delete: check', 'main form .btn');
  await page.goto('/r/delete/find');
  check(at(page) !== '/r/delete/sale' && !(await page.locator('#f-email').count()), 'nor by typing the address of the page');
  await page.goto('/your-data?still=1');
  await press(page, page.locator('form[action="/your-data/ask/correct"] button'));
  same(at(page), '/r/correct/item', 'to correct: what is wrong, and nothing else');
  await page.locator('#f-item').fill('The street');
  await page.locator('#f-should_be').fill('12 Elm Street');
  await press(page, 'Continue');
  same(at(page), '/r/correct/check', 'then all of it');
  await press(page, 'Send my request');
  same(at(page), '/r/correct/done', 'no code is asked for');
}

// A system that a person looks in: until when, and in Spanish.
async function awaited(world, look) {
  about('portal: what is awaited');
  const file = world.demo.path('datamap.yaml');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('\n\nvendors:', PAPER));
  world.state.email = world.second.email;
  const page = await world.harness.open({ ...NO_SCRIPT });
  leadsElsewhere(page);
  await comeIn(page);
  const answer = page.waitForResponse((r) => r.request().method() === 'GET' && r.url().endsWith('/your-data'));
  await press(page, 'See my data');
  same((await answer).headers().refresh, '6', 'it looks again by itself, without a script');
  const waits = await until(WORK_MS, async () => {
    await page.goto('/your-data?still=1');
    return /Paper archive\s+A person looks there, by \w+ \d+/.test(await mainOf(page));
  });
  check(waits, `who is awaited, and until when: ${await mainOf(page)}`);
  check(!(await mainOf(page)).includes('Our answer is ready'), 'not all of it is none of it');
  const plain = await world.harness.open();
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto('/your-data?still=1');
  await look.at(plain, 'portal, awaited', 'main form .btn');
  await shoot(plain, 'portal-awaited');
  await plain.goto('/your-data?lang=es');
  await isSpanish(plain, 'portal', [...OWN, world.second.email, 'Paper archive']);
  await shoot(plain, 'portal-es');
  await plain.goto('/your-data?lang=en');
  await press(plain, 'Sign out');
  check((await mainOf(plain)).includes('Sign in to your account'), 'out');
  await page.goto('/your-data');
  check((await mainOf(page)).includes('Sign in to your account'), 'everywhere with this secret');
  for (const lang of ['es', 'en']) {
    await plain.goto(`/your-data?lang=${lang}`);
    if (lang === 'es') await isSpanish(plain, 'portal, the way in', OWN);
  }
  await plain.context().close();
  await page.context().close();
}

// The time was up: a press leads to where it is done without.
async function later(world) {
  about('portal: too late');
  const page = await world.harness.open(NO_SCRIPT);
  const to = async (path) => (await page.request.post(path, { maxRedirects: 0 })).headers().location;
  same(await to('/your-data/stop/opt-out'), '/opt-out', 'an opt-out asks nobody to sign in');
  same(await to('/your-data/stop/limit'), '/limit', 'nor a limit');
  same(await to('/your-data/ask/delete'), '/r/delete', 'a request begins as it does without an account');
  await page.context().close();
}

export async function portal(t) {
  const state = { ago: 0 };
  const site = await shop(state);
  const demo = await Demo.start(temporary('portal'), {
    logs: t.logs,
    env: { TOYON_ACCOUNT_URL: site.url, TOYON_PORTAL: 'yes' },
  });
  state.base = demo.base;
  fs.mkdirSync(demo.path('credentials'), { recursive: true, mode: 0o700 });
  fs.writeFileSync(demo.path('credentials', 'account_key'), `hs256:${SECRET.toString('hex')}`, { mode: 0o600 });
  const people = choosePeople(demo);
  const harness = await launch(demo.base);
  const world = { demo, harness, state, who: people.other, second: people.deleted };
  [{ street: world.street, ssn: world.ssn }] = demo.rows('leads.db', `select street, ssn from person where id = ${world.who.id}`);
  state.email = world.who.email;
  const look = new Look({ ...t, harness });
  try {
    // They go to the business's site, which is not ours to check; axe needs scripts of its own.
    const page = await harness.open();
    leadsElsewhere(page);
    await wayIn(world, page, look);
    await replayed(world);
    await seen(world, page, look);
    await others(world, page, look);
    await awaited(world, look);
    await later(world);
    t.looked = [...(t.looked ?? []), ...look.seen];
  } finally {
    await harness.close();
    await demo.stop();
    site.server.close();
  }
}
