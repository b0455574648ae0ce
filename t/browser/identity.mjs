// Who is asking: the data map says what may be relied on, the form asks for that and
// no more, the case says what matched and what it takes, and no page of the consumer
// says what did not.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { spawnSync } from 'node:child_process';
import { about, check, same } from './check.mjs';
import { Demo, temporary, until } from './demo.mjs';
import { launch, mainOf, press } from './harness.mjs';
import { Outbox } from './letters.mjs';
import { Look } from './pages.mjs';
import { shoot } from './paper.mjs';
import { OWN, isSpanish } from './spanish.mjs';
import { openPreview, signIn } from './staff.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const SEARCH_MS = 30000;

// People of this scenario alone: nothing sensitive is held of the first two.
const ANA = { email: 'ana.ruiz@identity.example', zip: '95616', born: '3/15/1984' };
const BEA = { email: 'bea.ruiz@identity.example', zip: '95616', born: '4/16/1985' };
const DORA = { email: 'dora.ruiz@identity.example', zip: '95618', born: '6/18/1987', ssn: '123-45-6781' };
const EMMA = { email: 'emma.ruiz@identity.example', zip: '95619', born: '7/19/1988', ssn: '123-45-6782' };
const CLEO = { email: 'cleo.ruiz@identity.example', zip: '95616', born: '5/17/1986', ssn: '123-45-6789' };

function plant(t) {
  const quill = `insert into person (id, first_name, last_name, birth_date, street, city, state, zip, ssn, source, created_at)
    select 900009, 'Vera', 'Quill', '1950-01-01', '3 Lake Rd', 'Davis', 'CA', '95699', null, source, created_at from person limit 1;`;
  const sql = [ANA, BEA, CLEO, DORA, EMMA].map(({ email, zip, ssn }, i) => `
    insert into person (id, first_name, last_name, birth_date, street, city, state, zip, ssn, source, created_at)
    select ${900001 + i}, 'Ana', 'Ruiz', '198${4 + i}-0${3 + i}-1${5 + i}', '12 Elm St', 'Davis', 'CA', '${zip}',
      ${ssn ? `'${ssn}'` : 'null'}, source, created_at from person limit 1;
    insert into person_email (id, person_id, email, is_confirmed) values (${900001 + i}, ${900001 + i}, '${email}', 1);`);
  const r = spawnSync('sqlite3', [t.demo.path('leads.db')], { input: ['.timeout 20000', ...sql, quill].join('\n'), encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'they are there');
}

// The date of birth, too.
const rely = (map) => map.replace('verifies: birth_date', 'verifies: birth_date, reliable: true');

async function ask(t, page, who, { zip = who.zip, look, postal } = {}) {
  await page.goto('/r/delete/find');
  await page.getByLabel('Email address').fill(who.email);
  await press(page, 'Continue');
  same(await page.getByLabel('Street').count(), 0, 'a street is not asked: nothing relies on it');
  await page.getByLabel('Date of birth').fill('31/31/1984');
  await page.getByLabel('ZIP code').fill(zip);
  await press(page, 'Continue');
  check((await page.title()).startsWith('Problem: '), 'a day that is none is not taken');
  if (look) await look.at(page, 'details, a date of birth asked', 'main form .btn');
  await page.getByLabel('Date of birth').fill(who.born);
  await press(page, 'Continue');
  await press(page, 'No, only delete it');
  if (postal) {
    await page.goto('/r/delete/delivery');
    await page.getByLabel('By mail').check();
    await page.getByLabel('Your name and postal address').fill(postal);
    await press(page, 'Continue');
  }
  await press(page, 'Send my request');
  const reference = new URL(page.url()).searchParams.get('ref');
  await page.getByLabel('Code').fill((await t.outbox.code(reference))[0]);
  await press(page, 'Confirm my email');
  return reference;
}

async function reviewed(page, reference) {
  const path = `/desk/r/${reference}`;
  const found = await until(SEARCH_MS, async () => {
    await page.goto(path);
    return (await page.locator('.case-h .tag.info').innerText()) === 'Ready to review';
  });
  check(found, `${reference} is searched`);
  return mainOf(page);
}

// What the consumer sees, without what is each request's own.
async function seen(page, reference) {
  await page.goto(`/s/${reference}`);
  return (await mainOf(page)).replaceAll(reference, 'REF');
}

async function onePoint(t, desk, consumer, references, look) {
  about('one detail');
  const text = await reviewed(desk, references.wrong);
  for (const words of ['Make sure who is asking, or deny as not verified',
    'If not verified: denied, and the letter offers to opt out of sale and sharing (11 CCR 7022(a), (g)).',
    'not what we hold'])
    check(text.toLowerCase().includes(words.toLowerCase()), `the case says "${words}": ${text}`);
  same(await desk.locator('form[action$="/preview"]').count(), 0, 'and nothing can be approved');
  await look.at(desk, 'case, not verified', '#next');
  await press(desk, 'I know who it is');
  check((await desk.title()).startsWith('Problem: '), 'nobody vouches without a word');
  await look.at(desk, 'case, not vouched for', '#next');
  same(await seen(consumer, references.wrong), await seen(consumer, references.right),
    'the requester sees the same whichever detail failed');
  await desk.goto('/desk?view=open');
  check((await mainOf(desk)).includes('If not verified: denied'), 'the queue foretells it');
  await desk.goto(`/desk/r/${references.wrong}`);
  await press(desk, 'Deny as not verified');
  await desk.goto(`/desk/r/${references.wrong}/answer`);
  const letter = await desk.locator('.letter').innerText();
  check(letter.includes('Would you like to opt out of the sale'), 'the letter offers the opt-out');
  check(!/ZIP|birth/.test(letter), 'and does not say what failed');
}

// What is sensitive takes a declaration: staff ask, the requester signs without a script,
// and the case goes on.
async function declares(t, desk, look, reference) {
  about('a declaration');
  const before = await reviewed(desk, reference);
  check(before.includes('It takes 3 and a signed declaration here'), `it takes one: ${before}`);
  await look.at(desk, 'case, a declaration lacks', '#next');
  await shoot(desk, 'case-declaration');
  await press(desk, desk.getByRole('button', { name: 'Ask for the declaration' }));
  const asked = await mainOf(desk);
  check(asked.includes('Waiting for the requester to sign the declaration') && asked.includes('and is not signed'), `the case waits: ${asked}`);
  same(await desk.locator('form[action$="/preview"], form[action$="/declaration"]').count(), 0, 'nothing is approved, and it is not asked twice');
  await look.at(desk, 'case, a declaration was asked for', '#next');
  await shoot(desk, 'case-declaration-asked');
  await desk.goto('/desk?view=waiting');
  check((await mainOf(desk)).includes('Waiting for the requester to sign'), 'the queue waits for others');
  const [letter] = await t.outbox.about(reference, /\/declare/);
  const plain = await t.open(NO_SCRIPT);
  const page = await t.open();
  await page.goto(`/s/${reference}`);
  await look.at(page, 'status, a declaration is asked for', 'main .acts .btn');
  await plain.goto(letter.text.match(/\/s\/[\w-]+\/declare/)[0]);
  same(new URL(plain.url()).pathname, `/s/${reference}/declare`, 'the letter leads there');
  await page.goto(`/s/${reference}/declare`);
  await look.at(page, 'declare, the code', 'main form .btn');
  const old = await t.outbox.code(reference);
  await press(plain, 'Send me a code');
  await page.goto(plain.url());
  await look.at(page, 'declare', 'main form .btn');
  await shoot(page, 'declare');
  t.looked = [...(t.looked ?? []), new URL(page.url()).pathname];
  await page.getByLabel('Your full name').fill('Dora Ruiz');
  await page.getByLabel('Code').fill('12');
  await press(page, 'Sign it');
  check((await page.title()).startsWith('Problem: '), 'not without the box and the whole code');
  same(await page.locator('.problems li').count(), 2, 'both are named');
  same(await page.getByLabel('Your full name').inputValue(), 'Dora Ruiz', 'the name stays');
  await look.at(page, 'declare, not taken', 'main form .btn');
  await shoot(page, 'declare-problem');
  await page.goto(`/s/${reference}/declare?sent=1&lang=es`);
  await isSpanish(page, 'declare', OWN);
  await page.goto('/?lang=en');
  const fresh = await until(SEARCH_MS, async () => (await t.outbox.code(reference)).find((c) => !old.includes(c)));
  await plain.getByLabel('I declare under penalty of perjury').check();
  await plain.getByLabel('Your full name').fill('Dora Ruiz');
  await plain.getByLabel('Code').fill(fresh);
  await press(plain, 'Sign it');
  same(await plain.locator('h1').innerText(), 'It is signed', 'said on the page');
  await page.goto(`/s/${reference}/declare`);
  await look.at(page, 'declare, signed', 'main .btn');
  check(!(await mainOf(page)).includes('Dora'), 'and nobody who has the number reads the name');
  await desk.goto(`/desk/r/${reference}`);
  check((await mainOf(desk)).includes('The declaration was signed on'), 'the case says so');
  same(await desk.locator('form[action$="/preview"]').count(), 1, 'and can be approved');
  await shoot(desk, 'case-declaration-signed');
  await plain.context().close();
  await page.context().close();
}

// Who writes by post and gives a name and an address, nothing else.
async function enterByPost(desk, name, zip) {
  await desk.goto('/desk/intake/delete');
  await desk.locator('#f-channel').selectOption('mail');
  for (const [field, value] of Object.entries({ name, street: '3 Lake Rd', city: 'Davis, CA', zip }))
    await desk.locator(`#f-${field}`).fill(value);
  await press(desk, desk.locator('#next'));
  return new URL(desk.url()).searchParams.get('ref');
}

async function searchFor(desk, reference) {
  await desk.goto(`/desk/r/${reference}`);
  await desk.locator('#f-reason').fill('A signed letter came.');
  await press(desk, 'Search by name and address');
}

// 11 CCR 7062: found where they alone fit; where several do, nobody is, and that is said.
async function byPost(t, desk, look) {
  about('a letter with name and address');
  const [vera, ana] = [await enterByPost(desk, 'Vera Quill', '95699'), await enterByPost(desk, 'Ana Ruiz', '95616')];
  const [receipt] = t.demo.rows('toyon.db', `select count(*) n from mail m join request r on r.id = m.request_id where r.reference = '${vera.replace('-', '')}'`);
  same(receipt.n, 1, 'a receipt waits to be posted, and no code');
  await desk.goto(`/desk/r/${vera}`);
  await look.at(desk, 'case by post', '#next');
  await press(desk, 'Search by name and address');
  check((await desk.title()).startsWith('Problem: '), 'nobody searches without a word');
  await look.at(desk, 'case by post, no reason', '#next');
  await searchFor(desk, vera);
  const text = await reviewed(desk, vera);
  check(text.includes('by name and ZIP code'), `the case says by what: ${text}`);
  await look.at(desk, 'case by post, found', '#next');
  await shoot(desk, 'case-by-post');
  await openPreview(desk, `/desk/r/${vera}`);
  await press(desk, desk.locator('form[action$="/approve"] button'));
  const left = () => t.demo.rows('leads.db', "select count(*) n from person where last_name = 'Quill'")[0].n;
  check(await until(SEARCH_MS, () => !left()), 'approved, they are deleted');
  const again = await t.demo.screens([{ kind: 'name_address', value: 'Vera|Quill|3 Lake Road|95699' }]);
  same(again.data[0].screen, 'blocked', 'and do not come back under that name and address');
  await searchFor(desk, ana);
  const said = await until(SEARCH_MS, async () => {
    await desk.goto(`/desk/r/${ana}`);
    return (await mainOf(desk)).includes('3 rows of person have this name and ZIP code');
  });
  check(said, 'three of one name in one place: none of them is taken, and the system is not called searched');
  await shoot(desk, 'case-by-post-several');
}

// Who gave an email address can sign on the page as well, until the letter came back.
async function signsEither(t, look, reference, isBack) {
  const page = await t.open();
  await page.goto(`/s/${reference}`);
  const link = page.getByRole('link', { name: 'Read it and sign' });
  same(await link.count(), isBack ? 0 : 1, 'the status says whether something is to be signed');
  if (isBack) await page.goto(`/s/${reference}/declare`);
  else await press(page, link);
  same(await page.locator('h1').innerText(), isBack ? 'It is signed' : 'Sign that it’s you', 'and the page behind it');
  await look.at(page, isBack ? 'declare, came back on paper' : 'declare, or on paper', 'main .btn');
  await page.context().close();
}

// Who wants letters by post signs the letter itself, and staff write down that it came back.
async function declaresByPost(t, desk, look, reference) {
  about('a declaration on paper');
  const before = await reviewed(desk, reference);
  check(before.includes('It takes 3 and a signed declaration here'), `it takes one: ${before}`);
  same(t.demo.run(['setting', 'address', '1 Lake St, Davis, CA 95616']).status, 0, 'it can be sent back');
  await desk.goto(`/desk/r/${reference}`);
  await press(desk, desk.getByRole('button', { name: 'Ask for the declaration' }));
  check((await mainOf(desk)).includes('Waiting for the requester to sign the declaration'), 'the case waits');
  await look.at(desk, 'case, a declaration on paper is out', '#next');
  await shoot(desk, 'case-declaration-paper');
  await signsEither(t, look, reference, false);
  await desk.goto('/desk/letters');
  await press(desk, desk.locator('tr', { hasText: reference }).filter({ hasText: 'We ask for a signature' }).locator('button'));
  const text = await desk.locator('.sheet-p').innerText();
  for (const words of ['1 Lake St, Davis, CA 95616', `To send back. Request ${reference}`, 'I declare under penalty of perjury', 'Signature: ___'])
    check(text.includes(words), `the letter says "${words}": ${text}`);
  await look.at(desk, 'letter, a declaration', 'main form .btn');
  await shoot(desk, 'letter-declaration');
  await desk.goto(`/desk/r/${reference}`);
  await press(desk, 'It is signed');
  same(await desk.locator('.problems li').count(), 2, 'not without the name and the day');
  await look.at(desk, 'case, the declaration came back, not taken', '#next');
  await shoot(desk, 'case-declared-problem');
  await desk.getByLabel('The name below the signature').fill('Emma Ruiz');
  await desk.getByLabel('The day on it').fill(new Date(Date.now() - 8 * 3600000).toISOString().slice(0, 10));
  await press(desk, 'It is signed');
  const after = await mainOf(desk);
  check(after.includes('The declaration was signed on') && after.includes('came back on paper'), `the case says so: ${after}`);
  same(await desk.locator('form[action$="/preview"]').count(), 1, 'and can be approved');
  await signsEither(t, look, reference, true);
}

// A gateway for text messages, as an operator may have one.
async function gateway() {
  const got = [];
  const server = http.createServer((q, r) => {
    let body = '';
    q.on('data', (d) => (body += d));
    q.on('end', () => {
      got.push({ key: q.headers['x-key'], ...JSON.parse(body) });
      r.writeHead(202).end();
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { got, server, url: `http://127.0.0.1:${server.address().port}/messages` };
}

// Where there is one, the requester chooses; the code comes to the phone, and no letter
// has one.
async function byText(t) {
  about('a code by text message');
  const sms = await gateway();
  const demo = await Demo.start(temporary('sms'), {
    logs: t.logs,
    env: {
      TOYON_SMS_URL: sms.url,
      TOYON_SMS_BODY: '{"to":"{to}","text":"{text}"}',
      TOYON_SMS_HEADER: 'X-Key: {secret}',
      TOYON_SECRET_SMS_SECRET: 'made-up-key',
    },
  });
  const harness = await launch(demo.base);
  try {
    const page = await harness.open();
    await page.goto('/r/delete/find');
    await page.getByLabel('Email address').fill('sms.only@identity.example');
    await page.getByLabel('By text message').check();
    await press(page, 'Continue');
    check((await page.title()).startsWith('Problem: '), 'a text message needs a number');
    check(await page.getByLabel('By text message').isChecked(), 'what was chosen is still chosen');
    await new Look({ ...t, harness }).at(page, 'find, with text messages', 'main form .btn');
    await page.locator('#f-phone').fill('(530) 555-0143');
    await press(page, 'Continue');
    await page.getByLabel('ZIP code').fill('95616');
    await press(page, 'Continue');
    await press(page, 'No, only delete it');
    check((await mainOf(page)).includes('Text message'), 'the answers say so');
    await press(page, 'Send my request');
    check((await mainOf(page)).includes('by text message'), 'the page asks for the code of the message');
    await new Look({ ...t, harness }).at(page, 'code, by text message', 'main form .btn');
    await until(SEARCH_MS, () => sms.got.length);
    same([sms.got.length, sms.got[0]?.to, sms.got[0]?.key], [1, '+15305550143', 'made-up-key'], 'one message, to the number');
    await page.getByLabel('Code').fill(sms.got[0].text.match(/\b\d{6}\b/)[0]);
    await press(page, 'Confirm my phone');
    check(new URL(page.url()).pathname === '/r/delete/done', 'and takes it');
    const codes = new Outbox(demo.path('outbox')).all().filter((l) => /^\s+\d{6}$/m.test(l.text) && l.to.includes('sms.only'));
    same(codes.length, 0, 'no letter has a code');
  } finally {
    await harness.close();
    await demo.stop();
    sms.server.close();
  }
}

// The business's own site: whoever comes is signed in, and sent back with its word.
async function shop(desk) {
  const secret = Buffer.alloc(32, 7);
  const part = (b) => Buffer.from(b).toString('base64url');
  const asked = [];
  const server = http.createServer((q, r) => {
    const url = new URL(q.url, 'http://127.0.0.1');
    const now = Math.floor(Date.now() / 1000);
    const claims = { aud: desk(), email: ANA.email, nonce: url.searchParams.get('nonce'), iat: now, exp: now + 60 };
    const signed = `${part('{"alg":"HS256"}')}.${part(JSON.stringify(claims))}`;
    const token = `${signed}.${crypto.createHmac('sha256', secret).update(signed).digest('base64url')}`;
    asked.push(token);
    r.writeHead(200, { 'Content-Type': 'text/html' }).end(`<title>Shop</title><form method="post" action="${url.searchParams.get('return')}">
      <input type="hidden" name="assertion" value="${token}"><button>Yes, it is me</button></form>`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { server, asked, url: `http://127.0.0.1:${server.address().port}/again`, key: `hs256:${secret.toString('hex')}` };
}

// By the account instead of the code: the person says that they asked, and nothing
// that was sent to them is needed.
async function byAccount(t) {
  about('an account');
  let base;
  const site = await shop(() => base);
  const demo = await Demo.start(temporary('account'), {
    logs: t.logs,
    env: { TOYON_ACCOUNT_URL: site.url },
  });
  base = demo.base;
  fs.mkdirSync(demo.path('credentials'), { recursive: true, mode: 0o700 });
  fs.writeFileSync(demo.path('credentials', 'account_key'), site.key, { mode: 0o600 });
  const harness = await launch(base);
  try {
    const page = await harness.open(NO_SCRIPT);
    const plain = await harness.open();
    for (const p of [page, plain]) // they go to the business's site, which is not ours to check
      for (const event of ['request', 'response']) p.removeAllListeners(event);
    await page.goto('/r/delete/find');
    await page.getByLabel('Email address').fill(ANA.email);
    await press(page, 'Continue');
    await page.getByLabel('ZIP code').fill(ANA.zip);
    await press(page, 'Continue');
    await press(page, 'No, only delete it');
    await press(page, 'Send my request');
    const reference = new URL(page.url()).searchParams.get('ref');
    await press(page, page.getByRole('link', { name: 'Sign in once more instead of the code' }));
    t.looked = [...(t.looked ?? []), new URL(page.url()).pathname];
    const look = new Look({ ...t, harness });
    await plain.goto(`/s/${reference}/account`);
    await look.at(plain, 'account', 'main .btn');
    await press(page, page.getByRole('link', { name: 'Sign in to your account' }));
    await press(page, 'Yes, it is me');
    same(page.url(), `${base}/s/${reference}/account/signed-in`, 'the site sends them back, and nothing of the person is in the address');
    await plain.goto(`/s/${reference}/account`);
    await press(plain, plain.getByRole('link', { name: 'Sign in to your account' }));
    await press(plain, 'Yes, it is me');
    await look.at(plain, 'account, signed in', 'main form .btn');
    await plain.goto(page.url());
    same(new URL(plain.url()).pathname, `/s/${reference}/account`, 'loaded again, it leads to where one signs in');
    await plain.goto(`/s/${reference}/account?assertion=${site.asked[0]}`);
    same(await plain.locator('input[name=assertion]').count(), 0, 'a token in the address is not read');
    check((await mainOf(page)).includes('delete the personal information'), 'the page says what is confirmed');
    await page.goto(`/s/${reference}`);
    check((await mainOf(page)).includes('code'), 'coming back alone confirms nothing');
    const token = site.asked[0];
    const changed = `${token.slice(0, -8)}${token.at(-8) === 'A' ? 'B' : 'A'}${token.slice(-7)}`;
    const wrong = await page.request.post(`/s/${reference}/account`, { form: { assertion: changed }, maxRedirects: 0 });
    same(wrong.status(), 422, 'a token that was changed is refused');
    const text = await wrong.text();
    check(text.includes('That did not work') && !text.includes('signature'), 'and nobody is told why');
    await page.goto(`/s/${reference}/account`);
    await press(page, page.getByRole('link', { name: 'Sign in to your account' }));
    await press(page, 'Yes, it is me');
    await press(page, 'Yes, I asked for this');
    same(new URL(page.url()).pathname, `/s/${reference}`, 'pressed, it is taken');
    const again = await page.request.post(`/s/${reference}/account`, { form: { assertion: site.asked[0] }, maxRedirects: 0 });
    check(again.status() === 404 || again.status() === 422, `a second time it is not: ${again.status()}`);
    const trail = demo.rows('toyon.db', "select event, detail from audit where event like 'request.account%' order by seq");
    same(trail.map((r) => r.event), ['request.account_refused', 'request.account_confirmed', 'request.account_refused'],
      'each has its entry');
  } finally {
    await harness.close();
    await demo.stop();
    site.server.close();
  }
}

export async function identity(t) {
  await byText(t);
  await byAccount(t);
  const look = new Look(t);
  const file = t.demo.path('datamap.yaml');
  const map = fs.readFileSync(file, 'utf8');
  plant(t);
  fs.writeFileSync(file, rely(map));
  const consumer = await t.open();
  const desk = await t.open();
  await desk.goto('/desk/sign-in');
  await signIn(desk, t.jo);
  try {
    about('a request');
    const references = {
      right: await ask(t, consumer, ANA, { look }),
      wrong: await ask(t, consumer, { ...BEA, born: '1/1/1990' }, { zip: '95617' }),
      sensitive: await ask(t, consumer, CLEO),
      declared: await ask(t, consumer, DORA),
      paper: await ask(t, consumer, EMMA, { postal: 'Emma Ruiz\n12 Elm St\nDavis, CA 95619' }),
    };
    const right = await reviewed(desk, references.right);
    check(right.includes('3 details match. It takes 2 here (11 CCR 7062(d)).'), `two are enough: ${right}`);
    same(await desk.locator('form[action$="/preview"]').count(), 1, 'and it can be approved');
    const sensitive = await reviewed(desk, references.sensitive);
    check(sensitive.includes('3 details match. It takes 3 and a signed declaration here (11 CCR 7062(d)).'),
      `what is sensitive takes more: ${sensitive}`);
    same(await desk.locator('form[action$="/preview"]').count(), 0, 'and it can not be approved');
    await desk.getByLabel('How do you know who is asking?').fill('Signed the declaration on paper.');
    await press(desk, 'I know who it is');
    same(await desk.locator('form[action$="/preview"]').count(), 1, 'until somebody vouches');
    await declares(t, desk, look, references.declared);
    await onePoint(t, desk, consumer, references, look);
    await byPost(t, desk, look);
    await declaresByPost(t, desk, look, references.paper);
  } finally {
    fs.writeFileSync(file, map);
    await consumer.context().close();
    await desk.context().close();
  }
}
