// Deleting, knowing, minors and what may not be used: E2, E3, E9, E15, NT-4, NT-6
// to NT-12; and correcting: NT-7.
import fs from 'node:fs';
import path from 'node:path';
import { fieldsOf, hidden } from './company.mjs';
import { textOf } from '../http/talk.mjs';

const NONE = { leads: 0, crm: 0 };
const year = new Date().getUTCFullYear();

// E2, DoorDash: who got this person's data, when, for what.
export async function downstreamIsNamed(c, { check, same }) {
  const [who, opted] = [c.person('Dora'), c.person('Drew')];
  await c.browser().post('/opt-out', { id: opted.email });
  const list = c.handOver('coop', [who, opted], 'marketing cooperative');
  check(list.includes(who.email), 'a list goes to the cooperative');
  check(!list.includes(opted.email), 'without who opted out: a cooperative that gets data is a sale');
  const { status, out } = c.run(['disclosed', 'email', who.email, '--json']);
  const [entry] = status === 0 ? JSON.parse(out) : [];
  const text = JSON.stringify(entry ?? out);
  check(text.includes('Lakeside Co-op') && text.includes('marketing cooperative'), `the ledger names company and purpose: ${text}`);
  check(text.includes(new Date().toISOString().slice(0, 4)), 'and when');
  same(c.run(['disclosed', 'email', opted.email]).status, 3, 'and of the other that nobody got it');
  const reference = await c.approveDeletion(who);
  check(await c.letter('privacy@coop.example', /\/v\//), 'a deletion is told downstream');
  await c.vendorsAnswer(reference);
  const page = await c.waitFor(reference, 'Read and send');
  check(page?.includes('Lakeside Co-op'), 'the case says what came of it');
}

// E3, Tilting Point; E9, Jam City: an age that came to light.
export async function childrenAreNotSold(c, { check, same }) {
  const found = async (value, body) => (await c.api('POST', 'minors', { items: [{ kind: 'email', value }], ...body })).json.data;
  for (const age of ['under-13', '13-to-15']) {
    const who = c.person('Kim');
    const said = await found(who.email, { age });
    same([said.age, said.opened], [age, true], 'the case to delete is opened by itself');
    for (const use of ['sale', 'share']) {
      const asked = await c.may(use, who.email);
      same([asked.may, asked.because], [false, ['minor']], `${age}: no ${use} without an opt-in`);
    }
    check(!c.handOver('coop', [who]).includes(who.email), `${age}: in no list`);
  }
  const of13 = await found(c.person('Kai').email, { born_on: `${year - 14}-01-01` });
  same([of13.age, of13.until], ['13-to-15', `${year + 2}-01-01`], 'a day of birth gives the age, and until when');
  const old = c.person('Kay');
  same((await found(old.email, { born_on: '1990-01-01' })).opened, false, 'nobody else is one');
  same((await c.may('sale', old.email)).may, true, 'or is stopped');
}

// E15: what each form asks.  The law's table of fields is held by t/unit/t_form.c;
// here is what a form of the served program shows.
export async function asksNoMore(c, { check, same }) {
  const never = /ssn|social|passport|licen[cs]e|birth|dob|password|account|file/i;
  for (const path of ['/r/delete/find', '/r/know/scope', '/r/correct/item', '/opt-out', '/limit']) {
    const { text } = await c.page(path);
    const fields = fieldsOf(text, path);
    check(fields.length > 0 || path === '/opt-out', `${path} is a form`);
    same(fields.filter((f) => never.test(f.name) || f.type === 'file').map((f) => f.name), [], `${path} asks for no proof of who somebody is`);
  }
  const optional = fieldsOf((await c.page('/opt-out')).text, '/opt-out').filter((f) => /required/.test(f.tag));
  same(optional, [], 'and an opt-out for nothing at all');
}

// NT-4: a company that can't be told for three days.
export async function deafVendor(c, { check, same }) {
  const who = c.person('Vera');
  c.addDeafVendor();
  const reference = await c.approveDeletion(who);
  await c.vendorsAnswer(reference);
  await c.later(3);
  const page = await c.waitFor(reference, 'Deaf Data');
  check(page && !page.includes('Closed:'), 'after three days the case is not closed');
  check(await c.waitFor(reference, 'get the notice to Deaf Data'), 'getting it there is the next step of somebody');
  check(/Can’t be told/.test(await c.casePage(reference)), 'as it is not called told');
  const early = await c.staff.act(reference, 'answer', { reason: 'It never answers.' }).then(() => 'sent', (e) => e.message);
  check(/no form|422|409/.test(early), `and the answer can't go out before: ${early}`);
  same((await c.api('GET', `requests/${reference}`)).json.data.is_open, true, 'a program sees that it is open');
  check(!c.lettersTo(who.email).some((l) => /We have deleted it/.test(l.text)), 'nobody is told that all is done');
}

// NT-6: deleted, and then the CRM is imported anew.
export async function importIsRefused(c, { check, same }) {
  const [who, other] = [c.person('Ivy'), c.person('Ian')];
  await c.deleteWholly(who);
  same(c.held(who), NONE, 'it is gone from both systems');
  const file = path.join(c.folder, 'again.csv');
  const row = (id, p) => `${id},${p.first} ${p.last},,12 Elm Street,Oakland,94607,2026-01-05,${id},${p.email},home\n`;
  fs.writeFileSync(file, 'contact.id,contact.full_name,contact.company,contact.street,contact.city,contact.zip,contact.created_at,' +
    `contact_email.id,contact_email.email,contact_email.label\n${row(9001, who)}${row(9002, { ...other, email: 'new.one@example.com' })}`);
  const r = c.run(['import', 'crm', file, '--rejects', path.join(c.folder, 'refused.csv')]);
  same(r.status, 0, `the import goes through: ${r.err}`);
  same(c.psql(`select string_agg(id::text, ',') from contact where id > 9000`), '9002', 'without who was deleted');
  check(fs.readFileSync(path.join(c.folder, 'refused.csv'), 'utf8').includes(who.email), 'whose row is among the refused');
  const { json } = await c.api('POST', 'records:screen', { records: [{ identifiers: [{ kind: 'phone', value: who.phone }] }] });
  same(json.data[0].screen, 'blocked', 'and a program that asks first hears so, by the telephone number, too');
}

// What staff type over in the rows that were found; the companies that are told answer.
async function correctZip(c, who, right) {
  const reference = await c.ask('correct', who, { item: { item: 'My ZIP code', should_be: right } });
  await c.waitFor(reference, 'Look at the rows');
  const at = `/desk/r/${reference}/correct`;
  const { csrf } = hidden(await c.casePage(reference), `${at}/look`);
  const rows = textOf(await c.staff.web.send({ method: 'POST', path: `${at}/look`, headers: [], form: [['csrf', csrf]], body: null }));
  const zips = [...rows.matchAll(/name="(v[.\d]+)" value="94607" aria-label="zip,/g)].map((m) => [m[1], right]);
  await c.staff.post(at, { ...hidden(rows, at), ...Object.fromEntries(zips) });
  await c.vendorAnswers('privacy@mailharbor.example', reference);
  await c.waitFor(reference, 'Read and send');
  await c.staff.act(reference, 'answer');
  await c.waitFor(reference, 'Closed:');
  return zips.length;
}

// The same for a whole file, before any of it is stored: each shape a feed comes in, and only the value that was corrected.
function screenSaysCorrected(c, who, { check, same }) {
  const file = path.join(c.folder, 'feed.csv');
  const screen = (name, ...more) => c.run(['screen', '--system', 'crm', ...more, path.join(c.folder, name)]);
  const right = '"[{""column"":""contact.zip"",""value"":""94610""}]"';
  fs.writeFileSync(file, `Email,ZIP,note\r\n${who.email.toUpperCase()}," 94607 ","a, ""b"""\r\n${who.email},95616,\r\nelse@example.com,94607,\r\n`);
  same(screen('feed.csv', '--json', '-q', '-o', path.join(c.folder, 'screened.csv')).status, 0, 'a file is screened for a system');
  same(fs.readFileSync(path.join(c.folder, 'screened.csv'), 'utf8'), `Email,ZIP,note,screen,reason,corrected\r\n${who.email.toUpperCase()}," 94607 ","a, ""b""",clear,,${right}\r\n` +
    `${who.email},95616,,clear,,\r\nelse@example.com,94607,,clear,,\r\n`, 'the old value of the person it was corrected for, and no other');
  fs.writeFileSync(path.join(c.folder, 'feed.ndjson'), `\ufeff${JSON.stringify({ who: { email: who.email }, contact: { zip: '94607' } })}\n${JSON.stringify({ email: who.email, zip: '95616' })}\n`);
  const lines = screen('feed.ndjson', '-q').out.trim().split('\n').map((l) => JSON.parse(l.replace(/^\ufeff/, '')));
  same(lines.map((l) => l.corrected), [[{ column: 'contact.zip', value: '94610' }], undefined], 'and in NDJSON, however deep the members are');
  fs.writeFileSync(file, `email,id\n${who.email},1\n`);
  const unclear = screen('feed.csv');
  check(unclear.status !== 0 && /column 2 of the file: several tables/.test(unclear.err), `a name that could mean two columns is an error: ${unclear.err}`);
  fs.writeFileSync(file, `mail,postal\n${who.email},1\n`);
  check(/no column of the file is one of "crm"/.test(screen('feed.csv', '--map', 'email=mail').err), 'a file that has nothing of the system is a mistake, not clear');
  check(/did you mean/.test(c.run(['screen', '--system', 'crmm', file]).err), 'as is another system');
}

// NT-7: corrected, and a feed at night has the old value.
export async function staysCorrected(c, { check, same }) {
  const who = c.person('Cora');
  const zips = () => [c.sqlite(`select zip from person where id = ${who.id};`).trim(), c.psql(`select zip from contact where id = ${who.id}`)];
  same(await correctZip(c, who, '94610'), 2, 'it stands in both systems');
  same(zips(), ['94610', '94610'], 'and is right in both');
  const letter = await c.letter(who.email, /We have corrected/);
  check(letter?.text.includes('zip (Contacts') && !letter.text.includes('94610'), 'the letter says what, and no value');
  const file = path.join(c.folder, 'night.csv');
  const row = (id, zip) => `${id},Cora Made,,12 Elm Street,Oakland,${zip},2026-01-05,${id},${who.email},home\n`;
  fs.writeFileSync(file, 'contact.id,contact.full_name,contact.company,contact.street,contact.city,contact.zip,contact.created_at,' +
    `contact_email.id,contact_email.email,contact_email.label\n${row(9101, '94607')}${row(9102, '95616')}`);
  const r = c.run(['import', 'crm', file]);
  same(r.status, 0, `the import goes through: ${r.err}`);
  check(r.err.includes('1 corrected'), `and says so: ${r.err}`);
  same(c.psql('select zip from contact where id = 9101'), '94610', 'the old value stays corrected');
  same(c.psql('select zip from contact where id = 9102'), '95616', 'another one is news');
  const screened = async (system, value) => (await c.api('POST', 'records:screen', { records: [{ system, identifiers: [{ kind: 'email', value: who.email.toUpperCase() }],
    values: [{ column: 'contact.full_name', value: 'Cora Made' }, { column: 'contact.zip', value }] }] })).json.data[0];
  same(await screened('crm', '94607'), { screen: 'clear', reasons: [], unreadable: 0, corrected: [{ column: 'contact.zip', value: '94610' }] },
    'a program that asks before it stores hears the right value');
  screenSaysCorrected(c, who, { check, same });
  same((await screened('crm', '95616')).corrected, [], 'and nothing of what is news');
  const other = (await c.api('POST', 'records:screen', { records: [{ system: 'crm', identifiers: [{ kind: 'email', value: c.person('Carl').email }],
    values: [{ column: 'contact.zip', value: '94607' }] }] })).json.data[0];
  same(other.corrected, [], 'or of anybody else');
}

// NT-8: a backup from before is put back.
export async function backupIsReplayed(c, { check, same }) {
  const who = c.person('Rhea');
  const backup = path.join(c.folder, 'backup.db');
  c.sqlite(`.backup ${backup}`);
  await c.deleteWholly(who);
  same(c.held(who), NONE, 'it is gone');
  c.sqlite(`.restore ${backup}`);
  check(c.held(who).leads > 0, 'the backup has the person again');
  same(c.run(['replay', 'leads', '--restored']).status, 0, 'that it was put back is said');
  const refused = c.run(['import', 'leads', c.list('into-restored.csv', [c.person('Rob')])]);
  check(refused.status !== 0 && /replay/.test(refused.err), `until it was replayed nothing is imported into it: ${refused.err}`);
  const r = c.run(['replay', 'leads']);
  same([r.status, c.held(who)], [0, NONE], `the deletion is carried out again: ${r.err}`);
}

// NT-9: an answer that would contain a Social Security number.
export async function ssnStopsIt(c, { check, same }) {
  const who = c.person('Sam', { note: 'Gave 512-34-7777 on the telephone.', hasSsn: true });
  const reference = await c.ask('know', who, { scope: { pieces: 'specific' }, range: { range: 'all' } });
  const { review, status, text: refused } = await c.approvePackage(reference);
  check(!review.includes(who.ssn), 'the column that is marked is not shown');
  check(/This can’t leave yet[\s\S]*leads\.lead_note\.body holds what looks like a Social Security number/.test(review), 'where it stands that nobody marked is said');
  same(status, 422, 'approving is refused');
  check(refused.includes('Not approved: something in it can’t leave') && refused.includes('leads.lead_note.body holds'), 'on the same page, which says why');
  check((await c.casePage(reference)).includes('review the package'), 'and it waits to be looked through');
  const { json } = await c.api('GET', `requests/${reference}`);
  same(json.data.is_open, true, 'it is not answered');
  check(!c.lettersTo(who.email).some((l) => /\/package/.test(l.text)), 'and no package is offered');
}

// NT-10: the third request to know in twelve months.
export async function thirdKnow(c, { check, same }) {
  const who = c.person('Thea');
  await c.answerKnow(who);
  await c.answerKnow(who);
  const third = await c.know(who);
  await c.waitFor(third, 'Read and send');
  await c.staff.act(third, 'answer');
  const letter = await c.letter(who.email, /You can ask again from/);
  check(/We answered on [\s\S]* and on /.test(letter?.text), `refused with the days of the two answers: ${letter?.text.slice(0, 300)}`);
  const { json } = await c.api('GET', `requests/${third}`);
  same(json.data.outcome, 'denied', 'and recorded so');
}

// NT-11: a household.
export async function householdIsRefused(c, { check, same }) {
  const who = c.person('Hope');
  const reference = await c.ask('delete', who);
  await c.waitFor(reference, 'Review and approve');
  const at = `/desk/r/${reference}/deny`;
  const form = hidden(await c.staff.page(at), at);
  await c.staff.post(at, { ...form, ground: 'EX_HOUSEHOLD', why: 'You asked for all who live at an address.' });
  await c.waitFor(reference, 'Read and send');
  await c.staff.act(reference, 'answer');
  const letter = await c.letter(who.email, /1798\.145\(p\)/);
  check(letter, 'the letter cites Civ. Code 1798.145(p)');
  check(letter?.text.includes('all who live at an address'), 'with the facts');
  check(c.held(who).leads > 0, 'and nothing is deleted');
  same((await c.api('GET', `requests/${reference}`)).json.data.outcome, 'denied', 'recorded as denied');
}

// NT-12: held for law enforcement.
export async function heldIsUntouched(c, { check, same }) {
  const who = c.person('Leo');
  const had = c.held(who);
  const reference = await c.ask('delete', who);
  await c.waitFor(reference, 'Review and approve');
  const at = `/desk/r/${reference}/hold`;
  await c.staff.post(at, { ...hidden(await c.staff.page(at), at), act: 'place', order: 'Sheriff of Alameda, 26-1147' });
  const refused = await c.staff.act(reference, 'approve').then(() => '', (e) => e.message);
  await c.settle();
  same(c.held(who), had, `nothing is deleted: ${refused}`);
  for (const use of ['sale', 'sensitive', 'admt']) {
    const asked = await c.may(use, who.email);
    same([asked.may, asked.because.includes('hold')], [false, true], `and not usable for ${use}`);
  }
  const shown = await c.page(`/s/${reference}`);
  check(!/sheriff|enforcement|hold/i.test(shown.text.replace(/household/gi, '')), 'the consumer is not told of it');
}

// NT-12: the same for somebody who asked for nothing.
export async function heldWithoutCase(c, { check, same }) {
  const who = c.person('Lea');
  const r = c.run(['hold', 'place', 'email', who.email, '--order', 'Sheriff of Alameda, 26-1148']);
  same(r.status, 0, `placed on an identifier: ${r.err}`);
  same((await c.may('sale', who.email)).may, false, 'not usable');
  const had = c.held(who);
  const reference = await c.ask('delete', who);
  check(await c.waitFor(reference, 'Ready to review'), 'a deletion comes as far as to review');
  await c.staff.act(reference, 'approve').catch(() => {});
  await c.settle();
  same(c.held(who), had, 'and not deleted when the person asks for it');
  check(!/sheriff|enforcement|hold/i.test((await c.page(`/s/${reference}`)).text), 'who is not told why');
}
