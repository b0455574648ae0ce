// A meeting of two people that may not point nowhere: the deletion of one of them would be
// refused.  It is not approved before staff let the meeting go, and wrote why; what is the
// other's alone stays.  And the systems are searched again.
import { addSystem, asksToDelete } from './asking.mjs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { looked, noted } from './kinds.mjs';
import { openPreview, signIn, waitForStep } from './staff.mjs';

const WORK_MS = 60000;
const WHO = { email: 'mia@meetings.example', zip: '94607' };

const ROWS = `create table member (id integer primary key, email text, zip text);
create table meeting (id integer primary key, host integer not null references member (id),
	guest integer not null references member (id), place text);
insert into member values (1, '${WHO.email}', '${WHO.zip}'), (2, 'joe@meetings.example', '94607');
insert into meeting values (1, 1, 2, 'Harbor'), (2, 2, 2, 'Kitchen');`;

const SYSTEM = `
  - name: meetings
    title: Meetings
    connector: sqlite
    database: meetings.db
    tables:
      - name: member
        holds: Members
        category: A
        key: id
        columns: [ { name: email, identifies: email, own: true, reliable: true }, { name: zip, verifies: zip, reliable: true } ]
        erase: delete
      - name: meeting
        holds: Meetings
        category: F
        key: id
        columns: [ { name: place } ]
        links: [ { column: host, to: member.id }, { column: guest, to: member.id } ]
        erase: delete

vendors:`;

const ids = (t, table) => t.demo.rows('meetings.db', `select id from ${table} order by id`).map((r) => r.id);

async function asks(t) {
  about('stuck: the request');
  return asksToDelete(t, WHO);
}

async function refused(page, path) {
  about('stuck: what would be refused is not approved');
  await waitForStep(page, path, 'Review and approve');
  await openPreview(page, path);
  check((await mainOf(page)).includes('Can’t be deleted like this'), 'it is foretold');
  same(await page.locator(`form[action="${path}/approve"]`).count(), 0, 'and there is nothing to approve');
  await looked(page, 'stuck');
}

async function searchedAgain(page, path) {
  about('stuck: searched again');
  await press(page, 'Search the systems again');
  await waitForStep(page, path, 'Review and approve');
  check((await mainOf(page)).includes('Searched again, as staff asked'), 'with its entry');
}

async function letsGo(page, path) {
  about('stuck: the meeting goes, too');
  await openPreview(page, path);
  await page.getByLabel('Goes, too: row 1').check();
  await press(page, page.locator('form[action$="/let"] button'));
  check((await page.locator('.problems').innerText()).includes('Write why'), 'not without a reason');
  check(await page.getByLabel('Goes, too: row 1').isChecked(), 'and what was ticked stays so');
  await looked(page, 'stuck-why');
  await page.getByLabel('Why these rows may go').fill('Joe has it in his own calendar.');
  await press(page, page.locator('form[action$="/let"] button'));
  await waitForStep(page, path, 'Review and approve');
  await openPreview(page, path);
  const text = await mainOf(page);
  check(!text.includes('Can’t be deleted like this'), 'nothing is in the way any more');
  check(text.includes('Joe has it in his own calendar.'), 'whoever approves reads why');
  await looked(page, 'stuck-decided');
}

async function deletes(t, page, path) {
  about('stuck: what goes, and what stays');
  await press(page, page.locator(`form[action="${path}/approve"] button`));
  const gone = await until(WORK_MS, () => ids(t, 'member').join() === '2');
  check(gone, 'she is gone');
  same(ids(t, 'meeting'), [2], 'the meeting with her, too, and no other');
}

export async function stuck(t) {
  const restore = addSystem(t, 'meetings.db', ROWS, SYSTEM);
  try {
    const path = `/desk/r/${await asks(t)}`;
    const page = await t.open();
    await signIn(page, t.jo);
    await refused(page, path);
    await searchedAgain(page, path);
    await letsGo(page, path);
    await deletes(t, page, path);
    noted(t, page);
    await page.context().close();
  } finally {
    restore();
  }
}
