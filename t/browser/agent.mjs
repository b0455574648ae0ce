// Somebody asks for somebody else: without JavaScript, in force at once where it stops
// something, confirmed by the consumer where it does not, and what the desk sees of it.
import { about, check, same } from './check.mjs';
import { until } from './demo.mjs';
import { mainOf, press } from './harness.mjs';
import { signIn } from './staff.mjs';

const NO_SCRIPT = { javaScriptEnabled: false };
const PDF = { name: 'power.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n\0\xff power of attorney', 'latin1') };
export const AGENT = { name: 'Ann Doe', email: 'ann@doe.example' };
const at = (page) => new URL(page.url()).pathname;
const referenceOf = (page) => new URL(page.url()).searchParams.get('ref');

export async function sayWho(page, who = AGENT) {
  await page.locator('#f-agent_name').fill(who.name);
  await page.locator('#f-agent_email').fill(who.email);
}

export async function signed(page) {
  await page.locator('#f-proof').check();
  await page.locator('#f-signed_by').fill('Maria Gomez');
  await page.locator('#f-signed_on').fill('2026-11-20');
}

async function stop(t, page) {
  about('an agent opts a consumer out');
  await page.goto('/');
  await page.getByRole('link', { name: 'Ask for them' }).click();
  same(at(page), '/agent', 'the start page leads there');
  await page.getByRole('link', { name: 'Stop selling or sharing it' }).click();
  await press(page, 'Send this request');
  check((await page.title()).startsWith('Problem: '), 'nothing typed is a problem');
  for (const field of ['id', 'agent_name', 'agent_email', 'proof'])
    check(await page.locator(`.problems a[href="#f-${field}"]`).count(), `${field} is missing`);
  const email = 'maria.by.agent@example.com';
  await page.locator('#f-id').fill(email);
  await sayWho(page);
  await signed(page);
  await press(page, 'Send this request');
  same(at(page), '/agent/done', 'the permission is enough (7026(j))');
  check((await mainOf(page)).includes('In force since'), 'and it is in force');
  same(await t.api(email), 'suppressed', 'every program hears of it');
  same(t.outbox.all().filter((l) => l.to.includes(email)), [], 'nobody writes to the consumer (E4)');
}

async function confirmed(t, page) {
  about('an agent asks for a deletion; the consumer confirms it');
  const email = 'luis.by.agent@example.com';
  await page.goto('/agent/delete');
  same(await page.locator('[name=letter_by], [name=code_by]').count(), 0, 'nothing to choose that is not heard');
  await page.locator('#f-email').fill(email);
  await page.locator('#f-name').fill('Luis Medina');
  await sayWho(page);
  await signed(page);
  await press(page, 'Send this request');
  same(at(page), '/agent/done', 'sent');
  const reference = referenceOf(page);
  check((await mainOf(page)).includes('6-digit code'), 'what happens next is said');
  const [letter] = await t.outbox.about(reference, /asked us, in your name/);
  check(letter.to.includes(email) && letter.text.includes('Ann Doe'), 'the consumer is asked, by letter');
  const [receipt] = await t.outbox.about(reference, /We got your request on/);
  check(receipt.to.includes(AGENT.email) && /for Luis Medina, as\s+their agent/.test(receipt.text), 'the agent gets the confirmation of receipt');
  await page.goto(letter.text.match(/https?:\/\/\S+\/r\/delete\/code\S+/)[0].replace(/^https?:\/\/[^/]+/, ''));
  await page.locator('#f-code').fill(letter.text.match(/^\s+(\d{6})$/m)[1]);
  await press(page, 'Confirm my email');
  same(at(page), '/r/delete/done', 'their code confirms it');
  return reference;
}

async function power(t, page) {
  about('an agent shows a power of attorney');
  const email = 'old.by.agent@example.com';
  await page.goto('/agent/know');
  await page.locator('#f-email').fill(email);
  await page.locator('#f-pieces').check();
  await sayWho(page);
  await page.locator('#f-proof-power').check();
  await press(page, 'Send this request');
  check(await page.locator('.problems a[href="#f-file"]').count(), 'the paper itself is needed');
  same(await page.locator('#f-agent_name').inputValue(), AGENT.name, 'what was typed is still there');
  await page.locator('#f-file').setInputFiles({ ...PDF, buffer: Buffer.from('<script>') });
  await press(page, 'Send this request');
  check((await page.locator('#f-file-e').innerText()).includes('PDF, PNG or JPEG'), 'a page is no paper');
  await page.locator('#f-file').setInputFiles(PDF);
  await press(page, 'Send this request');
  same(at(page), '/agent/done', 'sent');
  const reference = referenceOf(page);
  await t.outbox.about(reference, /power of attorney that you sent/);
  same(t.outbox.all().filter((l) => l.to.includes(email)), [], 'nothing is asked of the consumer (Prob. Code 4121)');
  return reference;
}

async function desk(t, reference) {
  about('the desk sees who asks and what was shown');
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  const path = `/desk/r/${reference}`;
  await page.goto(path);
  const card = page.locator('section[aria-labelledby="agent-h"]');
  check((await card.innerText()).includes('Power of attorney') && (await card.innerText()).includes('Ann D.'), 'masked, with what was shown');
  const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('button').click()]);
  const chunks = [];
  for await (const c of await download.createReadStream()) chunks.push(c);
  same([download.suggestedFilename(), Buffer.concat(chunks).equals(PDF.buffer)], ['permission.pdf', true], 'the paper is what was sent, byte for byte');
  await press(page, page.locator('#next'));
  check((await page.locator('.flash').innerText()).startsWith('Accepted'), 'accepted');
  const ended = await until(20000, async () => {
    await page.goto(path);
    return !(await mainOf(page)).includes('Looking through') && mainOf(page);
  });
  check(ended, 'and the search began');
  await page.context().close();
}

// Nothing came with it: refused, and the letter goes to the agent alone.
async function refused(t) {
  about('staff enter an opt-out without a permission');
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await page.goto('/desk/intake/opt-out');
  const email = 'unproved.by.agent@example.com';
  await page.locator('#f-id').fill(email);
  await page.locator('details.fold summary', { hasText: 'authorized agent' }).click();
  await page.locator('#f-by_agent').check();
  await sayWho(page, { name: 'Bo Roe', email: 'bo@roe.example' });
  await page.locator('#f-proof-none').check();
  await press(page, page.locator('#next'));
  check((await mainOf(page)).includes('no permission was shown'), 'refused, and said so');
  const [letter] = await t.outbox.about(referenceOf(page), /signed permission of the person you act for/);
  check(letter.to.includes('bo@roe.example'), 'the letter goes to the agent');
  same(t.outbox.all().filter((l) => l.to.includes(email)), [], 'and to nobody else');
  same(await t.api(email), 'clear', 'nothing is in force');
  await page.context().close();
}

// A request to delete that came without one waits for staff; then it comes.
async function came(t) {
  about('a permission that came later');
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await page.goto('/desk/intake/delete');
  await page.locator('#f-email').fill('later.by.agent@example.com');
  await page.locator('details.fold summary', { hasText: 'authorized agent' }).click();
  await page.locator('#f-by_agent').check();
  await sayWho(page);
  await page.locator('#f-proof-none').check();
  await press(page, page.locator('#next'));
  const reference = referenceOf(page);
  await page.goto(`/desk/r/${reference}`);
  check((await page.locator('.now h2').innerText()).includes('deny: the agent showed no permission'), 'the next step is to deny');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'It came meanwhile' }).click()]);
  await press(page, 'Keep it');
  check(await page.locator('.problems a[href="#f-proof"]').count(), 'what came?');
  await signed(page);
  await press(page, 'Keep it');
  check((await page.locator('.now h2').innerText()).includes('Waiting for the consumer'), 'the consumer is asked');
  const [letter] = await t.outbox.about(reference, /asked us, in your name/);
  check(letter.to.includes('later.by.agent@example.com'), 'by letter');
  await page.context().close();
}

// A file of theirs: each row becomes a request or says what is wrong with it.
export function fileOf(rows) {
  const text = ['kind,email,signed_by,signed_on', ...rows].join('\r\n');
  return { name: 'requests.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
}

async function filed(t) {
  about('a file of many requests');
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await page.goto('/desk/agents');
  await page.locator('#f-agent_name').fill('Files Many');
  await page.locator('#f-agent_email').fill('many@files.example');
  await page.locator('#f-is_person').check();
  await press(page, 'Register');
  const home = at(page);
  await press(page, 'File them');
  check((await mainOf(page)).includes('Choose a CSV file'), 'without a file nothing happens');
  const email = 'row.by.agent@example.com';
  const csv = fileOf([`opt-out,${email},Ann Roe,2026-11-02`, 'delete,no address,Bo Roe,2026-11-03', `opt-out,${email},Ann Roe,11/2/2026`]);
  const states = () => page.locator('table tbody td:nth-child(2)').allInnerTexts();
  await page.locator('#f-file').setInputFiles(csv);
  await page.locator('#f-preview').check();
  await press(page, 'File them');
  same((await states()).map((s) => s.trim()), ['Not filed', 'Would be filed', 'Filed before'], 'a preview says what would be');
  check((await mainOf(page)).includes('email: Enter an email address'), 'and what to mend');
  same(await t.api(email), 'clear', 'and files nothing');
  for (const want of [['Not filed', 'Filed', 'Filed before'], ['Not filed', 'Filed before', 'Filed before']]) {
    await page.goto(home);
    await page.locator('#f-file').setInputFiles(csv);
    await press(page, 'File them');
    same((await states()).map((s) => s.trim()), want, 'filed, and not twice');
  }
  same(await t.api(email), 'suppressed', 'in force');
  same(t.outbox.all().filter((l) => l.to.includes(email)), [], 'nobody writes to the consumer');
  await page.goto(home);
  same(await page.locator('table tbody tr').count(), 1, 'one request of theirs');
  t.filer = home;
  await page.context().close();
}

export async function agent(t) {
  const page = await t.open(NO_SCRIPT);
  await stop(t, page);
  await confirmed(t, page);
  t.powered = await power(t, page);
  await page.context().close();
  await desk(t, t.powered);
  await refused(t);
  await came(t);
  await filed(t);
}
