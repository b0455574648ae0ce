// A backup of the CRM is put back: who was deleted stands there again, is found,
// shown without a name, and deleted again; nobody else is touched.
import { spawnSync } from 'node:child_process';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { press } from './harness.mjs';
import { atEverySize } from './pages.mjs';
import { holdings, signIn } from './staff.mjs';

const WORK_MS = 60000;
const POINTER = 24;

// All rows that the deleted person had, as the copy has them.
function putBack(t) {
  const who = t.people.deleted.contact;
  const of = (table, column) => `insert or ignore into ${table} select * from was.${table} where ${column} = ${who};`;
  const sql = `attach '${t.demo.path('before-crm.db')}' as was;
    ${of('contact', 'id')} ${of('contact_email', 'contact_id')} ${of('contact_phone', 'contact_id')} ${of('deal', 'contact_id')}`;
  const r = spawnSync('sqlite3', [t.demo.path('crm.db'), sql], { encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'the backup is put back');
}

const rowsOf = (t) => t.demo.rows('crm.db', `select (select count(*) from contact) as contacts, (select count(*) from contact_email) as emails,
  (select count(*) from contact_phone) as phones, (select count(*) from deal) as deals, (select count(*) from invoice) as invoices`)[0];

// The lead exchange was taken out of the data map while a deletion waited for it, and
// is back: whoever stands there still is found by a look that may come at any time.
function settleLeads(t) {
  const r = t.demo.run(['replay', 'leads']);
  same(r.status, 0, `nobody is left in the other system: ${r.err}`);
}

export async function returned(t) {
  const page = await t.open();
  const before = rowsOf(t);
  await signIn(page, t.jo);
  settleLeads(t);
  putBack(t);
  about('who came back');
  check(holdings(t.demo, t.people.deleted).Contacts === 1, 'they stand there again');
  const r = t.demo.run(['replay', 'crm', '--dry-run']);
  same(r.status, 4, `found: ${r.err}`);
  await page.goto('/desk');
  const rail = await page.locator('a[href="/desk/returned"]').innerText();
  check(/^Came back\s*1/.test(rail), `the rail says so on every page: ${rail}`);
  await page.goto('/desk/returned');
  const text = await page.locator('main').innerText();
  check(text.includes('People who were deleted stand in 1 system again.') && text.includes('Somebody came back'), `the page says so: ${text}`);
  for (const value of [t.people.deleted.email, t.people.deleted.last])
    check(!text.toLowerCase().includes(value.toLowerCase()), 'and names nobody');
  await atEverySize(page, 'came back', POINTER);
  await press(page, 'Delete them again');
  check((await page.locator('main').innerText()).includes('The worker is at it now.'), 'the worker is asked');
  const done = await until(WORK_MS, async () => {
    await page.goto('/desk/returned');
    return /CRM[^]*Nobody is left/.test(await page.locator('main').innerText());
  });
  check(done, 'and does it');
  same(rowsOf(t), before, 'what came back is gone, and nothing else; what is kept is kept');
  await page.context().close();
}
