// What stands around a correction: documents that the consumer sends without
// JavaScript, and what staff see of them.
import fs from 'node:fs';
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { correct, looked, lookedAt, noted, onTheDesk } from './kinds.mjs';
import { OWN, isSpanish } from './spanish.mjs';
import { signIn } from './staff.mjs';

const SEARCH_MS = 30000;
const NO_SCRIPT = { javaScriptEnabled: false };
const BILL = { name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n\0\xff a bill with the right street', 'latin1') };
const PAGE = { name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>no document</html>') };
const at = (page) => new URL(page.url()).pathname;

async function sends(t, page, reference) {
  about('documents are offered');
  await page.goto(`/s/${reference}`);
  await press(page, page.getByRole('link', { name: 'send it to us' }));
  same(at(page), `/s/${reference}/documents`, 'from the page of the request');
  await press(page, 'Send it');
  check((await page.title()).startsWith('Problem: '), 'no file is a problem');
  await page.locator('#f-file').setInputFiles(PAGE);
  await press(page, 'Send it');
  check((await mainOf(page)).includes('Choose a PDF, PNG or JPEG file'), 'whatever its name says');
  await page.locator('#f-file').setInputFiles(BILL);
  await press(page, 'Send it');
  same(at(page), `/s/${reference}/documents`, 'taken');
  const text = await mainOf(page);
  check(text.includes('We have it.') && text.includes('A document of 1 KB'), 'and said so');
  check(!text.includes('right street'), 'it is not shown again');
  await lookedAt(t, `/s/${reference}/documents`, 'documents');
  await lookedAt(t, `/s/${reference}`, 'documents-status');
}

async function seen(page, reference) {
  about('documents on the desk');
  await page.goto(`/desk/r/${reference}`);
  await page.getByText('Discard document 1').click();
  await looked(page, 'documents-case');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save document 1' }).click()]);
  same(file.suggestedFilename(), 'document.pdf', 'by what it is');
  same(fs.readFileSync(await file.path(), 'latin1'), BILL.buffer.toString('latin1'), 'byte by byte');
  await page.goto(`/desk/r/${reference}`);
  check((await mainOf(page)).includes('Staff looked at a document of the requester'), 'with an entry');
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('Documents they sent'), 'also where it is decided');
}

// What one of two people typed and wrote stands before the second.
async function byTwo(t, page, reference) {
  about('a correction by two');
  const second = { role: 'officer', email: 'ines.second@lakeshore.example', passphrase: 'herons by the pond' };
  same(t.demo.run(['setting', 'four_eyes', 'yes']).status, 0, 'four eyes');
  same(t.demo.run(['user', 'add', second.email, '--name', 'Ines Second', '--role', 'officer', '--passphrase-file', '-'], `${second.passphrase}\n`).status, 0, 'somebody else');
  await press(page, page.locator('#next'));
  check((await page.locator('.now').innerText()).includes('waiting for a second pair of eyes'), 'one alone carries nothing out');
  const other = await t.open();
  await signIn(other, second);
  await other.goto(`/desk/r/${reference}`);
  await press(other, other.locator('#next'));
  check((await mainOf(other)).includes('decided this. What they typed stands in the fields below'), 'who decided first, and where it stands');
  const born = other.locator('.rows.fix input[aria-label^="birth_date"]').first();
  same([await born.inputValue(), await born.getAttribute('class')], ['', 'typed'], 'what was emptied, marked');
  check(await other.getByLabel('ssn, row 1 of People: empty it').isChecked(), 'what nobody sees, too');
  same(await other.locator('#f-instead_why').inputValue(), 'Nobody needs to know that day.', 'the words');
  same(await other.locator('#f-nature').inputValue(), 'What nature says.', 'what was weighed');
  check(await other.getByLabel('Deleting it does not hurt them').isChecked() && await other.getByLabel('Only part of it was corrected').isChecked(), 'and the choices');
  await looked(other, 'correct-second');
  await press(other, other.locator('#next'));
  check(!(await other.locator('.now').innerText()).includes('second pair'), 'as it stands it is carried out');
  await other.context().close();
  same(t.demo.run(['setting', 'four_eyes', 'no']).status, 0, 'off again');
  await page.goto(`/desk/r/${reference}`);
}

// Emptied, a value is deleted: only with its reason, which the case keeps.
async function deletesInstead(t, page, reference) {
  about('deleted instead');
  await page.locator('.rows.fix input[aria-label^="birth_date"]').first().fill('');
  const hidden = page.locator('.rows.fix input[aria-label^="ssn, row 1"]');
  same(await hidden.first().inputValue(), '', 'what nobody may see is not in the page (7024(d))');
  await hidden.first().fill('219-09-9999');
  await page.getByLabel('ssn, row 1 of People: empty it').check();
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('typed over and emptied at once'), 'one of both');
  check(await page.getByLabel('ssn, row 1 of People: empty it').isChecked(), 'and the box is still ticked');
  await hidden.first().fill('');
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('Say why it may be deleted'), 'not without its reason (7023(e))');
  await page.getByLabel('Deleting it does not hurt them').check();
  await page.getByLabel('Only part of it was corrected').check();
  await press(page, page.locator('#next'));
  for (const field of ['instead_why', 'nature', 'obtained', 'documented'])
    check(await page.locator(`.problems a[href="#f-${field}"]`).count(), `${field} is missing`);
  await looked(page, 'instead');
  await page.locator('#f-instead_why').fill('Nobody needs to know that day.');
  for (const field of ['nature', 'obtained', 'documented']) await page.locator(`#f-${field}`).fill(`What ${field} says.`);
  await byTwo(t, page, reference);
  same(at(page), `/desk/r/${reference}`, 'approved');
  const done = await until(SEARCH_MS, async () => {
    await page.goto(`/desk/r/${reference}`);
    return (await mainOf(page)).includes('values corrected and read again, 2');
  });
  check(done, 'and carried out');
  same(t.demo.rows('leads.db', `select birth_date, ssn from person where id = ${t.people.other.id}`), [{ birth_date: null, ssn: null }],
    'the values are gone, the one that nobody saw as well');
  check((await mainOf(page)).includes('Deleted instead of corrected: Deleting it does not hurt them'), 'with its entry');
  check(!(await mainOf(page)).includes('What nature says.'), 'what was weighed is hidden');
  await press(page, page.locator('form[action$="/reveal"] button'));
  check((await mainOf(page)).includes('What nature says.'), 'until who it is, is shown');
  await looked(page, 'weighed');
}

// 7023(j): behind a fresh code, what was corrected and nothing else.
async function showsIt(t, page, desk, reference) {
  about('it is seen that it is right');
  await desk.goto(`/desk/r/${reference}/answer`);
  await desk.locator('#f-reason').fill('MailHarbor has until next month.');
  await press(desk, 'Send this answer');
  const link = page.getByRole('link', { name: 'See what we corrected' });
  const answered = await until(SEARCH_MS, async () => {
    await page.goto(`/s/${reference}`);
    return (await link.count()) > 0;
  });
  check(answered, 'once the answer has left');
  const before = await t.outbox.code(reference);
  await press(page, link);
  await press(page, 'Send me a code');
  await page.getByLabel('Code').fill('12');
  await press(page, 'Show it');
  check((await page.title()).startsWith('Problem: '), 'not without the whole code');
  await page.getByText('something that we may show to nobody').click();
  await page.getByLabel('What it should be').fill('219-09-9999');
  await looked(page, 'corrected-code');
  await lookedAt(t, page.url(), 'corrected-door');
  const fresh = await until(SEARCH_MS, async () => (await t.outbox.code(reference)).find((c) => !before.includes(c)));
  await page.goto(`/s/${reference}/corrected?sent=1&lang=es`);
  await isSpanish(page, 'corrected: the code', OWN);
  await page.getByLabel('Código').fill(fresh);
  await press(page, 'Mostrarlo');
  const text = await mainOf(page);
  check(text.includes('Fecha de nacimiento (Personas, Intercambio de contactos)') && text.includes('Eliminado') && /Lo leímos de nuevo el \d+ de [a-z]+ de 20\d\d/.test(text), 'what it was, in the words of the data map (words: es)');
  check(!text.includes('12 Elm Street') && !text.includes(t.people.other.zip), 'and nothing else');
  await isSpanish(page, 'corrected', OWN);
  await looked(page, 'corrected');
  noted(t, page);
  await page.goto('/?lang=en');
}

async function refuses(page, reference) {
  about('right as it is');
  await page.goto(`/desk/r/${reference}/deny`);
  await page.locator('#g-ACCURATE').check();
  await page.locator('#f-why').fill('It is what the post office has.');
  await press(page, 'Deny on this ground');
  check(await page.locator('.problems a[href="#f-nature"]').count(), 'what was weighed is needed (7023(b))');
  await looked(page, 'weighed-deny');
  for (const field of ['nature', 'obtained', 'documented']) await page.locator(`#f-${field}`).fill(`What ${field} says.`);
  await page.locator('#f-health').check();
  await page.locator('#f-health_items').fill('Allergies in the record\nWeight in the record');
  await press(page, 'Deny on this ground');
  same(at(page), `/desk/r/${reference}`, 'denied');
  await page.goto(`/desk/r/${reference}/answer`);
  await press(page, 'Send this answer');
}

// 7023(g): the same again is known by its words.
async function asksAgain(t, desk, first, again) {
  about('the same once more');
  await desk.goto(`/desk/r/${again}`);
  const card = await desk.locator('section[aria-labelledby="before-h"]').innerText();
  check(card.includes(first) && card.includes('The same words. Refused on'), `the case says so: ${card}`);
  await looked(desk, 'before-case');
  await desk.goto(`/desk/r/${again}/deny`);
  check((await mainOf(desk)).includes('No documents came with this request'), 'and where it is denied');
  await looked(desk, 'before-deny');
  await desk.locator('#g-SAME_CORRECTION').check();
  await desk.locator('#f-why').fill('Nothing new came.');
  await press(desk, 'Deny on this ground');
  same(at(desk), `/desk/r/${again}`, 'denied on that ground');
}

// 7023(f): at most 250 words on health information, for whoever gets it later.
async function says(t, page, desk, reference) {
  about('a statement');
  const link = page.getByRole('link', { name: 'add a statement in your words' });
  const answered = await until(SEARCH_MS, async () => {
    await page.goto(`/s/${reference}`);
    return (await link.count()) > 0;
  });
  check(answered, 'once the answer has left');
  const before = await t.outbox.code(reference);
  await press(page, link);
  await lookedAt(t, page.url(), 'statement-door');
  await press(page, 'Send me a code');
  const fresh = await until(SEARCH_MS, async () => (await t.outbox.code(reference)).find((c) => !before.includes(c)));
  await page.getByLabel('Code').fill(fresh);
  await page.getByLabel('Your statement on item 1 of our letter').fill('word '.repeat(251));
  await press(page, 'Send my statement');
  check((await mainOf(page)).includes('Your statement has 251 words. Keep it to 250'), 'one word too many');
  await looked(page, 'statement');
  noted(t, page);
  await page.getByLabel('Your statement on item 1 of our letter').fill('I never had that allergy.');
  await page.getByLabel('Code').fill(fresh);
  await press(page, 'Send my statement');
  check((await mainOf(page)).includes('We have what you sent us'), 'taken');
  check((await mainOf(page)).includes('on the items that have no statement yet'), 'that one, and the other may follow');
  await looked(page, 'statement-one');
  const { data } = await t.demo.screens([{ kind: 'email', value: t.people.other.email }]);
  same(data[0].statements, [{ about: 'Allergies in the record', text: 'I never had that allergy.' }], 'a program that is about to hand it on hears of it');
  same('statements' in (await t.demo.screens([{ kind: 'email', value: 'nobody@post.example' }])).data[0], false, 'of nobody else');
  await desk.goto(`/desk/r/${reference}`);
  await looked(desk, 'statement-case');
  const [file] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('button', { name: 'Save their statement' }).click()]);
  same(fs.readFileSync(await file.path(), 'utf8'), 'On "Allergies in the record":\nI never had that allergy.\n', 'staff have it as it was written');
  handsOver(t);
  await entered(t, desk, reference);
}

// Who can't send it, writes or calls.
async function entered(t, desk, reference) {
  about('a statement that came by letter');
  await press(desk, desk.getByRole('link', { name: 'Enter their statement' }));
  same(at(desk), `/desk/r/${reference}/statement/enter`, 'from the case');
  check((await mainOf(desk)).includes('Item 1 has a statement.'), 'what was given stays');
  await press(desk, 'Keep their statement');
  check((await mainOf(desk)).includes('Write your statement'), 'an empty one is none');
  await desk.getByLabel('Their statement on item 2 of our letter').fill('I weigh less than that.');
  await looked(desk, 'statement-enter');
  noted(t, desk);
  await press(desk, 'Keep their statement');
  same(at(desk), `/desk/r/${reference}`, 'kept');
  const text = await mainOf(desk);
  check(text.includes('Staff entered a statement of 5 words'), 'with its entry');
  check(!text.includes('Enter their statement'), 'and no item is left');
}

// A list that is handed over has it too, when it is asked for; else that is said.
function handsOver(t) {
  about('a statement in a list');
  const list = `email,n\nnobody@post.example,1\n${t.people.other.email.toUpperCase()},2\n`;
  fs.writeFileSync(t.demo.path('said.csv'), list);
  const args = ['scrub', t.demo.path('said.csv'), '--reasons', 'minor'];
  const r = t.demo.run([...args, '--statements']);
  const said = JSON.stringify([{ about: 'Allergies in the record', text: 'I never had that allergy.' }]).replaceAll('"', '""');
  same(r.out, `email,n,statements\nnobody@post.example,1,\n${t.people.other.email.toUpperCase()},2,"${said}"\n`, 'beside their row alone');
  same(t.demo.run(args).out, list, 'without it, the list is as it was');
  const over = t.demo.run([...args, '--for', 'mailharbor', '--purpose', 'a test', '-o', t.demo.path('said.out.csv')]);
  check(over.err.includes('--statements'), `handed over without: it is said: ${over.err}`);
}

export async function contested(t) {
  const page = await t.open(NO_SCRIPT);
  const who = t.people.other;
  const reference = await correct(t, page, who, 'The street, as my bill shows');
  const other = await correct(t, page, who, 'The street, and it is right');
  await sends(t, page, reference);
  await page.context().close();
  const desk = await t.open();
  await desk.goto('/desk/sign-in');
  await signIn(desk, t.jo);
  await onTheDesk(t, desk, { reference, next: ['Look at the rows\nN'], isSensitive: true, asked: ['as my bill shows'] });
  await seen(desk, reference);
  await deletesInstead(t, desk, reference);
  await onTheDesk(t, desk, { reference: other, next: ['Look at the rows\nN'], isSensitive: true, asked: ['and it is right'] });
  await refuses(desk, other);
  const again = await t.open();
  await showsIt(t, again, desk, reference);
  await says(t, again, desk, other);
  const once = await correct(t, again, who, 'the STREET, and: it is right');
  await onTheDesk(t, desk, { reference: once, next: ['Look at the rows\nN'], asked: ['it is right'] });
  await asksAgain(t, desk, other, once);
  await again.context().close();
  await desk.context().close();
}
