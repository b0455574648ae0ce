// Addresses of which nobody knows whose they are: a person's rows name a friend and a
// second address of theirs.  Nothing is approved before staff say which is which; then the
// one that is theirs is searched for everywhere, and the friend keeps every row.
import fs from 'node:fs';
import { asksToDelete } from './asking.mjs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { looked, noted } from './kinds.mjs';
import { openPreview, signIn, waitForStep } from './staff.mjs';

const WORK_MS = 60000;
const MANY = 40; // more than one form decides
const FIELDS_MAX = 64; // of a form

const PEOPLE = `with
  a as materialized (select person_id, lower(trim(email)) as email from person_email),
  alone as (select person_id, max(email) as email from a group by person_id having count(*) = 1),
  c as materialized (select lower(trim(email)) as email from crm.contact_email)
select p.id, p.zip, alone.email from person p join alone on alone.person_id = p.id
where p.id > 7000 and alone.email not in (select email from c)
order by p.id limit 3`;

const SYSTEM = `
  - name: referrals
    title: Referrals
    connector: csv
    database: referrals
    tables:
      - name: members.csv
        holds: Members
        category: A
        key: id
        columns: [ { name: id }, { name: email, identifies: email, own: true } ]
        erase: delete
      - name: friends.csv
        holds: Friends they named
        category: A
        key: id
        columns: [ { name: id }, { name: member_id }, { name: friend_email, identifies: email } ]
        links: [ { column: member_id, to: members.csv.id } ]
        erase: delete

vendors:`;

const people = (t) => t.demo.rows('leads.db', `attach '${t.demo.path('crm.db')}' as crm; ${PEOPLE}`);
const has = (t, who) => t.demo.rows('leads.db', `select count(*) as n from person where id = ${who.id}`)[0].n === 1;

function addSystem(t, [who, second, friend]) {
  const file = t.demo.path('datamap.yaml');
  const map = fs.readFileSync(file, 'utf8');
  fs.mkdirSync(t.demo.path('referrals'));
  fs.writeFileSync(t.demo.path('referrals/members.csv'), `id,email\n7,${who.email}\n`);
  const many = Array.from({ length: MANY }, (_, i) => `${i + 3},7,friend.${i}@elsewhere.example\n`).join('');
  fs.writeFileSync(t.demo.path('referrals/friends.csv'), `id,member_id,friend_email\n1,7,${friend.email}\n2,7,${second.email}\n${many}`);
  fs.writeFileSync(file, map.replace('\n\nvendors:', SYSTEM));
  return () => fs.writeFileSync(file, map);
}

async function asks(t, who) {
  about('whose: the request');
  return asksToDelete(t, who);
}

// The preview shows what would go; approving it is refused while it may still grow.
async function waits(page, path) {
  about('whose: nothing is approved yet');
  await waitForStep(page, path, "say whose the addresses are");
  const text = await mainOf(page);
  check(text.includes(`${MANY + 2} addresses in what was found may be somebody else’s`), 'how many there are');
  same(await page.locator(`form[action="${path}/doubt"]`).count(), 0, 'and not which, before somebody asks');
  const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
  const headers = { Origin: new URL(page.url()).origin };
  const preview = await (await page.request.post(`${path}/preview`, { form: { csrf }, headers })).text();
  const seen = preview.match(/name="seen" value="([^"]*)"/)?.[1] ?? '';
  await page.request.post(`${path}/approve`, { form: { csrf, seen }, headers });
  await page.goto(path);
  check((await page.locator('.case-h .tag.info').innerText()) === 'Ready to review', 'a forged approval changes nothing');
  await looked(page, 'whose-hidden');
}

async function decides(t, page, path, second, friend) {
  about('whose: staff say it');
  await press(page, page.locator('#next'));
  for (const who of [second, friend]) check((await mainOf(page)).includes(who.email), 'shown, both are named');
  same(await page.locator(`form[action="${path}/doubt"] input:checked`).count(), 0, 'and nothing is chosen for them');
  await looked(page, 'whose');
  const fields = await page.locator(`form[action="${path}/doubt"] input`).count();
  check(fields <= FIELDS_MAX, `all of it ticked, the form is one that is taken: ${fields} fields`);
  await page.getByLabel(second.email).check();
  await press(page, 'Keep what I ticked');
  await waitForStep(page, path, 'say whose the addresses are');
  await press(page, page.locator('#next'));
  check(!(await mainOf(page)).includes(second.email), 'the others come then');
  await press(page, 'Keep what I ticked');
  await waitForStep(page, path, 'Review and approve');
  const text = await mainOf(page);
  check(text.includes("An address in what was found is the requester's"), 'with its entry');
  check(!text.includes('may be somebody else’s'), 'nothing is in doubt any more');
}

async function deletes(t, page, path, [who, second, friend]) {
  about('whose: what goes, and what stays');
  await openPreview(page, path);
  const text = await mainOf(page);
  check(text.includes(second.email), 'what the second address leads to is in the preview');
  await press(page, page.locator('form[action$="/approve"] button'));
  const gone = await until(WORK_MS, () => !has(t, who) && !has(t, second));
  check(gone, 'both of their rows go');
  check(has(t, friend), 'and the friend’s stays');
  const { status } = t.demo.run(['check', 'email', friend.email]);
  same(status, 0, 'nor is the friend kept from anything');
  same(t.demo.run(['check', 'email', second.email]).status, 4, 'the second address is');
}

export async function whose(t) {
  const [who, second, friend] = people(t);
  const restore = addSystem(t, [who, second, friend]);
  try {
    const reference = await asks(t, who);
    const path = `/desk/r/${reference}`;
    const page = await t.open();
    await signIn(page, t.jo);
    await waits(page, path);
    await decides(t, page, path, second, friend);
    await deletes(t, page, path, [who, second, friend]);
    noted(t, page);
    await page.context().close();
  } finally {
    restore();
  }
}
