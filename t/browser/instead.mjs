// A deletion of parts where a column can't be emptied: nothing is approved before staff
// chose what becomes of it.  The first time something else is put in its place, a code
// where it is an address; the second time the row goes, for which they write how the
// person agreed.
import { addSystem, asksToDelete } from './asking.mjs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { looked, noted } from './kinds.mjs';
import { openPreview, signIn, waitForStep } from './staff.mjs';

const WORK_MS = 60000;
const MASKED = { id: 1, email: 'ana@bookings.example', zip: '94607' };
const WHOLE = { id: 2, email: 'ben@bookings.example', zip: '94608' };
const OTHER = { id: 3, email: 'eve@bookings.example', zip: '94609' };
const WHY = 'They said on the phone that the booking may go.';

const row = ({ id, email, zip }) => `insert into guest values (${id}, '${email}', '${zip}');
insert into booking values (${id}, ${id}, 'Sailing', 120, 'window', '${id}', '${email}');`;

const ROWS = `create table guest (id integer primary key, email text not null, zip text);
create table booking (id integer primary key, guest_id integer not null references guest (id), tour text not null,
	price integer not null, wish text, ticket text not null, login text not null unique);
${[MASKED, WHOLE, OTHER].map(row).join('\n')}`;

// What was bought is of category D, the device that booked it of F.
const SYSTEM = `
  - name: bookings
    title: Bookings
    connector: sqlite
    database: bookings.db
    tables:
      - name: guest
        holds: Guests
        key: id
        columns:
          - { name: email, identifies: email, own: true, reliable: true, category: A }
          - { name: zip, verifies: zip, reliable: true, category: A }
        erase: delete
      - name: booking
        holds: Bookings
        key: id
        columns:
          - { name: tour, category: D }
          - { name: price, category: D }
          - { name: wish, category: D }
          - { name: login, identifies: email, category: D }
          - { name: ticket, category: F }
        links: [ { column: guest_id, to: guest.id } ]
        erase: delete

vendors:`;

const bookings = (t, who) => t.demo.rows('bookings.db', `select tour, price, wish, ticket, login from booking where id = ${who.id}`);
const whole = (who) => [{ tour: 'Sailing', price: 120, wish: 'window', ticket: String(who.id), login: who.email }];

async function asks(t, who) {
  about('instead: the request for what was bought alone');
  const reference = await asksToDelete(t, who, async (page) => {
    await page.goto('/r/delete/parts?change=1');
    await page.locator('#f-parts-D').check();
    await press(page, 'Delete only these');
  });
  return `/desk/r/${reference}`;
}

async function refused(page, path) {
  about('instead: not before it is decided');
  await waitForStep(page, path, 'Review and approve');
  await openPreview(page, path);
  const text = await mainOf(page);
  check(text.includes('1 row stays, and only some of its columns go.') && text.includes('1 to delete in part'), `what goes is not called kept: ${text}`);
  check(text.includes('First: columns that can’t be emptied'), 'what comes first');
  check(/Can’t be emptied tour, price, login/.test(text), `which columns, and not the one that takes nothing: ${text}`);
  same(await page.locator(`form[action="${path}/approve"]`).count(), 0, 'nothing is approved until then');
  await looked(page, 'instead');
  await press(page, page.locator('form[action$="/instead"] button'));
  check((await page.title()).startsWith('Problem: '), 'a choice is asked for');
  check(await page.locator('.problems a[href="#f-instead"]').count(), 'and the problem leads there');
  await looked(page, 'instead-none');
}

async function masks(t, page, path) {
  about('instead: something in its place');
  await page.getByLabel('Put *** or 0 in its place').check();
  await press(page, page.locator('form[action$="/instead"] button'));
  check((await mainOf(page)).includes('emptied: 3; something else is put in its place'), 'decided, with its entry');
  await looked(page, 'instead-case');
  await openPreview(page, path);
  check(await page.getByLabel('Put *** or 0 in its place').isChecked(), 'what was decided is shown');
  await looked(page, 'instead-decided');
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  const done = await until(WORK_MS, () => bookings(t, MASKED)[0].tour !== 'Sailing');
  check(done, 'it is carried out');
  const [{ login, ...rest }] = bookings(t, MASKED);
  same(rest, { tour: '***', price: 0, wish: null, ticket: '1' }, 'the row stays, and tells nothing of what was bought');
  check(login.length > 3 && !login.includes('@'), `in place of the address a code, as no two rows may have the same: ${login}`);
}

async function wholeRow(t, page, path) {
  about('instead: the whole row');
  await page.getByLabel('Delete the whole row').check();
  await press(page, page.locator('form[action$="/instead"] button'));
  check(await page.locator('.problems a[href="#f-instead_why"]').count(), 'not without how they agreed');
  check(await page.getByLabel('Delete the whole row').isChecked(), 'what was chosen stays chosen');
  await looked(page, 'instead-why');
  await page.locator('#f-instead_why').fill(WHY);
  await press(page, page.locator('form[action$="/instead"] button'));
  await openPreview(page, path);
  check((await mainOf(page)).includes('1 to delete'), 'the row goes');
  same(await page.locator('#f-instead_why').inputValue(), WHY, 'whoever approves reads why');
  await looked(page, 'instead-row');
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  check(await until(WORK_MS, () => !bookings(t, WHOLE).length), 'it is gone');
}

export async function instead(t) {
  const restore = addSystem(t, 'bookings.db', ROWS, SYSTEM);
  try {
    const first = await asks(t, MASKED);
    const second = await asks(t, WHOLE);
    const page = await t.open();
    await signIn(page, t.jo);
    await refused(page, first);
    await masks(t, page, first);
    await refused(page, second);
    await wholeRow(t, page, second);
    same(bookings(t, OTHER), whole(OTHER), 'nobody else’s booking is touched');
    same(t.demo.rows('bookings.db', 'select id from guest order by id').map((r) => r.id), [1, 2, 3], 'and no guest: that was not asked for');
    noted(t, page);
    await page.context().close();
  } finally {
    restore();
  }
}
