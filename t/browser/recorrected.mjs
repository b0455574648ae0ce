// A backup is put back in which corrected addresses are wrong again.  What is the old value
// is put in again when staff say so; what is neither the old nor the corrected one is asked
// about: one stays as it stands there, one is written over, and the system is closed until
// all of it is decided.
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { correct, looked } from './kinds.mjs';
import { signIn, waitForStep } from './staff.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const WORK_MS = 60000;
const RIGHT = '12 Elm Street'; // as kinds.mjs asks for it
const WRONG = '1 Old Road';
const NEWER = '7 New Court';
const OLD = { id: 1, email: 'ida@sailing.example', zip: '94607' };
const STAYS = { id: 2, email: 'jon@sailing.example', zip: '94608' };
const WRITTEN = { id: 3, email: 'kay@sailing.example', zip: '94609' };
const ALL = [OLD, STAYS, WRITTEN];

const SYSTEM = `
  - name: sailing
    title: Sailing club
    connector: sqlite
    database: sailing.db
    tables:
      - name: sailor
        holds: Sailors
        source: The sailors themselves
        category: A
        key: id
        columns:
          - { name: email, identifies: email, own: true, reliable: true }
          - { name: zip, verifies: zip, reliable: true }
          - { name: street }
        erase: delete

vendors:`;

function sql(t, text) {
  const r = spawnSync('sqlite3', [t.demo.path('sailing.db')], { encoding: 'utf8', input: `.timeout 20000\n${text}` });
  same([r.status, r.stderr], [0, ''], 'the club’s database takes it');
}

const streets = (t) => t.demo.rows('sailing.db', 'select street from sailor order by id').map((r) => r.street);

function addSystem(t) {
  const file = t.demo.path('datamap.yaml');
  const map = fs.readFileSync(file, 'utf8');
  sql(t, `create table sailor (id integer primary key, email text, zip text, street text);
    ${ALL.map(({ id, email, zip }) => `insert into sailor values (${id}, '${email}', '${zip}', '${WRONG}');`).join('\n')}`);
  fs.writeFileSync(file, map.replace('\n\nvendors:', SYSTEM));
  return () => fs.writeFileSync(file, map);
}

async function corrects(t, desk, who) {
  const page = await t.open(NO_SCRIPT);
  const reference = await correct(t, page, who, 'The street');
  await page.context().close();
  about('recorrected: the correction');
  const path = `/desk/r/${reference}`;
  await waitForStep(desk, path, 'Look at the rows');
  await press(desk, desk.locator('#next'));
  await desk.locator('.rows.fix input[aria-label^="street"]').fill(RIGHT);
  await press(desk, desk.locator('#next'));
  check(await until(WORK_MS, () => streets(t)[who.id - 1] === RIGHT), 'it is put right');
}

// What a backup of another day held.
function putBack(t) {
  about('recorrected: the backup');
  sql(t, `update sailor set street = '${WRONG}' where id = ${OLD.id};
    update sailor set street = '${NEWER}' where id in (${STAYS.id}, ${WRITTEN.id});`);
  const r = t.demo.run(['replay', 'sailing', '--restored']);
  same(r.status, 0, `it is said to have been put back: ${r.err}`);
}

const card = (page) => page.locator('section.card', { hasText: 'Sailing club' });

async function asked(t, page) {
  about('recorrected: what is asked');
  const there = await until(WORK_MS, async () => {
    await page.goto('/desk/returned');
    return (await card(page).count()) && (await card(page).locator('form').count()) === 3;
  });
  check(there, 'the worker has looked');
  const text = await mainOf(page);
  check(text.includes('Values that were corrected are old again in 1 system.'), `the page says so first: ${text}`);
  check(text.includes('1 corrected value old again. 2 waiting for somebody.'), 'by column');
  for (const value of [RIGHT, WRONG, NEWER, ...ALL.map((w) => w.email)]) check(!text.includes(value), 'and shows no value');
  check(/Came back\s*1/.test(await page.locator('a[href="/desk/returned"]').innerText()), 'the rail counts it');
  await looked(page, 'recorrected');
}

const form = (page, n) => card(page).locator('form', { has: page.locator('input[name=correction]') }).nth(n);

// The case that it was corrected for stands beside it.
async function chosen(t, page) {
  about('recorrected: both answers');
  const before = streets(t);
  const references = await card(page).locator('form a').allInnerTexts();
  check(references.every((r) => /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(r)), `the cases stand beside what is asked, as people write them: ${references}`);
  same((await page.request.get(`/desk/r/${references[0]}`)).status(), 200, 'and are opened from there');
  await press(page, form(page, 0).getByRole('button', { name: new RegExp(`^Leave it as it stands there ?: ${references[0]}, sailor.street$`) }));
  check((await page.locator('.flash').innerText()).includes('It stays as it stands there.'), 'one stays');
  await looked(page, 'recorrected-left');
  await press(page, form(page, 0).getByRole('button', { name: new RegExp(`^Write the corrected value ?: ${references[1]}`) }));
  check((await page.locator('.flash').innerText()).includes('The corrected value is chosen. Put it in again below.'), 'one is written');
  same(streets(t), before, 'nothing is written before it is carried out');
  same(await card(page).locator('input[name=correction]').count(), 0, 'nobody is asked any more');
  check((await mainOf(page)).includes('2 corrected values old again.'), 'both wait');
  await looked(page, 'recorrected-chosen');
}

async function carriedOut(t, page) {
  about('recorrected: put in again');
  await press(page, 'Put in again what was corrected');
  check((await page.locator('.flash').innerText()).includes('The worker is at it now.'), 'the worker is asked');
  const done = await until(WORK_MS, async () => {
    await page.goto('/desk/returned');
    return (await card(page).innerText()).includes('Nobody is left');
  });
  check(done, 'and does it');
  const left = streets(t);
  same(left[OLD.id - 1], RIGHT, 'what was old is as it was corrected');
  same([...left].sort(), [NEWER, RIGHT, RIGHT].sort(), 'one of the two stays as it stood there');
  await looked(page, 'recorrected-done');
}

export async function recorrected(t) {
  const restore = addSystem(t);
  try {
    const page = await t.open();
    await signIn(page, t.jo);
    for (const who of ALL) await corrects(t, page, who);
    putBack(t);
    await asked(t, page);
    await chosen(t, page);
    await carriedOut(t, page);
    await page.context().close();
  } finally {
    restore();
  }
}
