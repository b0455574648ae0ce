// Email to the business's own address (rows ): taken out of the Maildir,
// answered with how to make a request, read and entered by staff.
import fs from 'node:fs';
import path from 'node:path';
import { about, check, same } from './check.mjs';
import { mainOf, press } from './harness.mjs';
import { shoot } from './paper.mjs';
import { signIn } from './staff.mjs';

const WHO = 'nora.writes@castillo.example';

// A Maildir for the whole run, before the program starts; its name for toyon.yaml.
export function makeMaildir(dir) {
  for (const name of ['new', 'cur', 'tmp']) fs.mkdirSync(path.join(dir, name), { recursive: true });
  return dir;
}

// As a mail server does it: written in tmp/, then renamed.
function deliver(name, lines) {
  const dir = process.env.TOYON_INBOX;
  fs.writeFileSync(path.join(dir, 'tmp', name), lines.join('\r\n'));
  fs.renameSync(path.join(dir, 'tmp', name), path.join(dir, 'new', name));
}

async function read(page, text) {
  await page.goto('/desk/inbox');
  await press(page, page.locator('tr', { hasText: text }).getByRole('button'));
}

async function comes(t) {
  about('email comes');
  deliver('1.browser', [
    `From: "Nora <script>alert(1)</script> Castillo" <${WHO}>`,
    'Subject: =?utf-8?Q?Delete_what_you_hold_<script>alert(1)</script>?=',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    'Please delete everything that you hold about me. I asked in your shop, and they',
    'gave me this address.',
    '--b',
    'Content-Type: application/pdf',
    'Content-Disposition: attachment; filename=id.pdf',
    '',
    'JVBE',
    '--b--',
  ]);
  deliver('2.browser', ['From: offers@shop.example', 'Precedence: bulk', 'Subject: Great offers', '', 'Buy now']);
  const r = t.demo.run(['inbox']);
  same(r.status, 0, 'toyon inbox');
  check(/^\d+\t\d{4}-\d\d-\d\d\t\d{4}-\d\d-\d\d$/m.test(r.out), 'it says what waits, and by which day');
  same(fs.readdirSync(path.join(process.env.TOYON_INBOX, 'new')).length, 0, 'all of it is taken');
  same(fs.readdirSync(path.join(process.env.TOYON_INBOX, 'cur')).length, 2, 'and nothing deleted');
}

// 7020(e): who asks in another way is told how, and whom a program wrote for is not.
async function told(t) {
  const told = t.outbox.all().filter((l) => l.text.includes('You can ask us to'));
  same(told.map((l) => l.to.includes(WHO)), [true], 'who wrote is told how to make a request, and nobody else');
}

async function entered(t, look, page) {
  about('what an email asks for');
  await page.goto('/desk');
  check(await page.getByRole('link', { name: /Inbox/ }).count(), 'the rail counts it');
  await page.goto('/desk/inbox');
  await look.at(page, 'inbox', 'table.rows button');
  await shoot(page, 'inbox');
  check(!(await mainOf(page)).includes(WHO), 'addresses are masked in the list');
  await read(page, 'castillo.example');
  await look.at(page, 'an email', 'main form .btn');
  await shoot(page, 'inbox-email');
  const said = await mainOf(page);
  check(said.includes(WHO) && said.includes('Delete what you hold <script>alert(1)</script>'), 'the email as it was written, and as text');
  check(said.includes('Files that came along: 1'), 'what is not read is said');
  await page.locator('#f-ref').fill('nothing');
  await press(page, 'Put it there');
  check(await page.locator('.problems a[href="#f-ref"]').count(), 'a number of a request');
  await look.at(page, 'an email put nowhere', 'main form .btn');
  await press(page, page.locator('form[action$="/enter/delete"] button'));
  await look.at(page, 'a form out of an email', '#next');
  same(await page.locator('#f-email').inputValue(), WHO, 'the address is filled in');
  same(await page.locator('#f-channel').inputValue(), 'email', 'and the way');
  await page.locator('#f-email').fill('');
  await press(page, page.locator('#next'));
  check(await page.locator('.problems').count(), 'not without any address');
  await page.locator('#f-email').fill(WHO);
  await press(page, page.locator('#next'));
  const reference = new URL(page.url()).searchParams.get('ref');
  await page.goto(`/desk/r/${reference}`);
  check((await mainOf(page)).includes('asks for this, or is about it'), 'the case says that an email asks for it');
  await page.goto('/desk/inbox');
  same(await page.locator('tr', { hasText: 'castillo.example' }).count(), 0, 'and it waits no more');
}

async function dropped(look, page) {
  about('an email that asks for nothing');
  await read(page, 'shop.example');
  await page.getByText('It asks for nothing').click();
  await press(page, 'Take it off the list');
  check((await mainOf(page)).includes('Taken off the list'), 'said');
  same(await page.locator('tr', { hasText: 'shop.example' }).count(), 0, 'done');
  await look.at(page, 'inbox without email');
}

export async function inbox(t) {
  const { Look } = await import('./pages.mjs');
  const look = new Look(t);
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  await comes(t);
  await told(t);
  await entered(t, look, page);
  await dropped(look, page);
  await page.context().close();
  t.looked = [...(t.looked ?? []), ...look.seen];
}
