// The consumer's pages in Spanish (11 CCR 7003(b)): whole, equal to the English ones,
// and chosen by the browser's language or by a link, without a script.
import fs from 'node:fs';
import path from 'node:path';
import { about, check, same } from './check.mjs';
import { ROOT } from './demo.mjs';
import { AGENT, sayWho, signed } from './agent.mjs';
import { mainOf, press } from './harness.mjs';
import { REFERENCE } from './consumer.mjs';
import { NEEDS } from './optin.mjs';
import { atEverySize } from './pages.mjs';
import { shoot } from './paper.mjs';
import { signIn } from './staff.mjs';

// With a script of axe's alone: the pages have none.
const SPANISH = { locale: 'es-US' };
// Of words that English can't do without and Spanish does not have.
const ENGLISH = /\b(the|you|your|we|our|this|that|with|what|and|will|have|from|it|of|for|enter|send|request)\b/i;

// What the catalogs translate from, without what is filled in: none of it may be read
// on a page in Spanish.
function sources() {
  return ['pages', 'said'].flatMap((name) =>
    fs
      .readFileSync(path.join(ROOT, 'src/words/es', `${name}.txt`), 'utf8')
      .split('\n\n')
      .map((block) => block.split('\n').filter((line) => line && !line.startsWith('# ')))
      .filter(([english, spanish]) => english && english !== spanish)
      .flatMap(([english]) => english.replace(/\{[^}]*\}|<[^>]*>/g, '\n').split('\n'))
      .map((piece) => piece.replace(/\s+/g, ' ').trim())
      .filter((piece) => piece.length > 12),
  );
}

// All that is read on a page or read out, but what was typed and what is the business's
// own: its name, its hours, its address.
const words = (page) =>
  page.evaluate(() => {
    const skipped = 'script, style, textarea, .big-tel, .ways, .mono, [lang=en]';
    const out = [document.title];
    for (const el of document.body.querySelectorAll('*')) {
      if (el.closest(skipped)) continue;
      for (const name of ['aria-label', 'alt', 'title', 'placeholder'])
        if (el.hasAttribute(name)) out.push(el.getAttribute(name));
      for (const node of el.childNodes) if (node.nodeType === 3) out.push(node.data);
    }
    return out.map((s) => s.replace(/\s+/g, ' ').trim()).filter(Boolean);
  });

const SOURCES = sources();

export async function isSpanish(page, what, own = []) {
  same(await page.locator('html').getAttribute('lang'), 'es', `${what}: a screen reader reads it in Spanish`);
  const left = (await words(page))
    .map((s) => own.reduce((text, name) => text.replaceAll(name, ''), s))
    .filter((s) => SOURCES.some((source) => s.includes(source)) || ENGLISH.test(s));
  same(left, [], `${what}: nothing is left in English`);
  const forms = await page.locator('main form').count();
  const said = await page.locator('main form > input[type=hidden][name=lang][value=es]').count();
  same(said, forms, `${what}: each form says in which language its page is`);
}

export const OWN = ['Lakeshore Leads', 'Global Privacy Control', NEEDS];

async function oneClick(t) {
  about('spanish: one click');
  const page = await t.open(SPANISH);
  let posts = 0;
  page.on('request', (q) => (posts += q.method() === 'POST'));
  const answer = await page.goto('/');
  check(/Accept-Language/.test(answer.headers().vary ?? ''), 'caches are told that the language decides');
  await isSpanish(page, 'start', OWN);
  same((await page.context().cookies()).length, 0, 'the language of the browser needs no cookie');
  check((await mainOf(page)).includes('No vender ni compartir mi información personal'), 'the choice has its name');
  await atEverySize(page, 'start in Spanish', 44);
  await press(page, 'Excluirme ahora');
  same(new URL(page.url()).pathname, '/opt-out/done', 'one click ends on the confirmation, as in English');
  same(posts, 1, 'and sends one form');
  const done = await mainOf(page);
  check(/En vigor desde el \d+ de [a-z]+ de 20\d\d, .*hora del Pacífico/.test(done), 'it says since when');
  check(REFERENCE.test(done), 'and shows a reference number');
  await isSpanish(page, 'opt-out done', OWN);
  await atEverySize(page, 'opt-out done in Spanish', 44);
  const [reference] = done.match(REFERENCE);
  await page.goto('/s');
  await isSpanish(page, 'status form', OWN);
  await page.getByLabel('Número de referencia').fill('zzzz');
  await press(page, 'Ver el estado');
  await isSpanish(page, 'status form with a problem', OWN);
  check((await page.title()).startsWith('Problema: '), 'a problem is told in the title');
  await page.getByLabel('Número de referencia').fill(reference);
  await press(page, 'Ver el estado');
  await isSpanish(page, 'status of an opt-out', OWN);
  await atEverySize(page, 'status in Spanish', 44);
  await page.context().close();
}

// By the link: the same page, its query kept, and from then on.
async function byLink(t) {
  about('spanish: the link');
  const page = await t.open({ javaScriptEnabled: false });
  await page.goto('/opt-out?from=foot');
  same(await page.locator('html').getAttribute('lang'), 'en', 'a browser in English gets English');
  const link = page.getByRole('link', { name: 'Español' });
  same(await link.getAttribute('lang'), 'es', 'the link is read in its own language');
  await link.click();
  same(new URL(page.url()).search, '?from=foot&lang=es', 'the link leads to the same place');
  await isSpanish(page, 'opt-out', OWN);
  same((await page.context().cookies()).map((c) => `${c.name}=${c.value}`), ['lang=es'], 'the language is all that is kept');
  await page.context().clearCookies();
  await page.goto('/r/know?lang=es');
  await isSpanish(page, 'a link to a request, which leads on to its first question', OWN);
  await page.goto('/limit');
  await isSpanish(page, 'limit', OWN);
  await press(page, 'Limitar el uso');
  await isSpanish(page, 'limit without an address', OWN);
  await page.getByLabel('Correo electrónico o teléfono').fill('nadie@example.com');
  await press(page, 'Limitar el uso');
  same(new URL(page.url()).pathname, '/limit/done', 'limit is in force');
  await isSpanish(page, 'limit done', OWN);
  await page.goto('/nowhere');
  await isSpanish(page, 'page not found', OWN);
  await page.goto('/opt-in');
  await isSpanish(page, 'opt in', OWN);
  await page.goto('/opt-in/sensitive?for=transaction');
  await isSpanish(page, 'sensitive opt-in', OWN);
  await press(page, 'Seguir al paso 2');
  await isSpanish(page, 'sensitive opt-in without an address', OWN);
  await page.getByRole('link', { name: 'English' }).click();
  same(await page.locator('html').getAttribute('lang'), 'en', 'and back');
  await page.goto('/');
  same(await page.locator('html').getAttribute('lang'), 'en', 'which is kept as well');
  await page.context().close();
}

// Every question, with what is said when it is not answered.
async function ask(page, kind, answers) {
  await page.goto(`/r/${kind}`);
  for (const [button, fill] of answers) {
    const name = new URL(page.url()).pathname;
    await isSpanish(page, name, OWN);
    await atEverySize(page, `${name} in Spanish`, 44);
    if (fill) {
      await press(page, button);
      await isSpanish(page, `${name} with a problem`, OWN);
      await fill(page);
    }
    await press(page, button);
    check(new URL(page.url()).pathname !== name, `${name}: mended, it goes on`);
  }
  await isSpanish(page, `${kind}: check`, OWN.concat(['Ana']));
  await atEverySize(page, `${kind}: check in Spanish`, 44);
}

const fillIn = (fields) => async (page) => {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).first().fill(value);
};

async function request(t) {
  about('spanish: a deletion');
  const page = await t.open(SPANISH);
  await ask(page, 'delete', [
    ['Continuar', fillIn({ 'Correo electrónico': 'ana@example.com' })],
    ['Continuar', fillIn({ 'Código postal': '94607', 'Su nombre': 'Ana' })],
    ['No, solo eliminarla', null],
  ]);
  for (const part of ['parts', 'delivery']) {
    await page.goto(`/r/delete/${part}`);
    await isSpanish(page, `delete: ${part}`, OWN);
  }
  await page.goto('/r/delete/check');
  await press(page, 'Enviar mi solicitud');
  await isSpanish(page, 'delete: code', OWN);
  await atEverySize(page, 'code in Spanish', 44);
  const reference = (await mainOf(page)).match(REFERENCE)[0];
  await page.getByLabel('Código').fill('12');
  await press(page, 'Confirmar mi correo electrónico');
  await isSpanish(page, 'delete: a code that is none', OWN);
  const [code] = await t.outbox.code(reference);
  const receipts = await t.outbox.about(reference, /Usted\s+nos\s+pidió\s+que\s+elimináramos/);
  same(receipts.length, 1, 'the receipt comes in the language of the page');
  await page.getByLabel('Código').fill(code);
  await press(page, 'Confirmar mi correo electrónico');
  await isSpanish(page, 'delete: done', OWN);
  await atEverySize(page, 'done in Spanish', 44);
  await page.goto(`/s/${reference}`);
  await isSpanish(page, 'delete: status', OWN);
  await page.goto(`/s/${reference}/withdraw`);
  await isSpanish(page, 'delete: take back', OWN);
  await page.goto(`/s/${reference}/message`);
  await isSpanish(page, 'delete: message', OWN);
  await atEverySize(page, 'message in Spanish', 44);
  await press(page, 'Enviar');
  await isSpanish(page, 'delete: an empty message', OWN);
  await page.context().close();
}

async function others(t) {
  about('spanish: the other kinds');
  const page = await t.open(SPANISH);
  await ask(page, 'know', [
    ['Continuar', (p) => p.locator('#f-pieces-specific').check()],
    ['Continuar', (p) => p.locator('#f-range').check()],
    ['Continuar', fillIn({ 'Correo electrónico': 'ana@example.com' })],
    ['Continuar', fillIn({ 'Código postal': '94607' })],
    ['Firmar y continuar', async (p) => {
      await p.locator('#f-declared').check();
      await p.getByLabel('Su nombre completo').fill('Ana');
    }],
  ]);
  // Who asks is known by now.
  await ask(page, 'correct', [
    ['Continuar', fillIn({ 'Qué está mal': 'Mi calle', 'Qué debería decir': 'Otra calle' })],
  ]);
  await page.context().close();
}

// Forms for others and for children: as they come, and with all that can be wrong.
const FORMS = [
  ['/agent', null],
  ['/agent/opt-out', 'Enviar esta solicitud'],
  ['/agent/delete', 'Enviar esta solicitud'],
  ['/agent/know', 'Enviar esta solicitud'],
  ['/agent/correct', 'Enviar esta solicitud'],
  ['/child', null],
  ['/child/opt-in', 'Continuar'],
  ['/child/form', null],
  ['/child/ask', null],
  ['/child/ask/delete', 'Enviar esta solicitud'],
  ['/teen', 'Seguir al paso 2'],
  ['/teen/sent', null],
  ['/teen/sent?by=parent', null],
];

async function forOthers(t) {
  about('spanish: for others');
  const page = await t.open(SPANISH);
  for (const [at, button] of FORMS) {
    await page.goto(at);
    await isSpanish(page, at, OWN);
    await atEverySize(page, `${at} in Spanish`, 44);
    if (!button) continue;
    await press(page, button);
    check((await page.title()).startsWith('Problema: '), `${at}: it is not taken empty`);
    await isSpanish(page, `${at} with problems`, OWN);
  }
  await page.context().close();
}

// A form is answered in its language though no page is drawn for it.
async function letter(t) {
  about('spanish: a letter');
  const page = await t.open(SPANISH);
  await page.goto('/opt-in');
  await page.getByLabel('Correo electrónico').fill('vuelvo@example.com');
  await press(page, 'Seguir al paso 2');
  await isSpanish(page, 'opt in: sent', OWN);
  const [second] = await t.outbox.about('solicitud', /nos pidió que\s+volviéramos\s+a\s+vender/);
  check(second?.to.includes('vuelvo@example.com'), 'the second act is asked for in Spanish');
  const link = second.text.match(/\/opt-in\/confirm\/\S+/)[0];
  await page.context().close();
  // Whose browser is in English: the letter decides.
  const english = await t.open({ javaScriptEnabled: false });
  await english.goto(link);
  await isSpanish(english, 'opt in: confirm', OWN);
  await english.context().close();
}

// Without the cookie, and in a browser that wants English: the form knows its page.
async function withoutCookie(t) {
  about('spanish: no cookie');
  const page = await t.open({ javaScriptEnabled: false });
  await page.goto('/limit?lang=es');
  await page.context().clearCookies();
  await press(page, 'Limitar el uso');
  await isSpanish(page, 'limit without an address, and without a cookie', OWN);
  await page.getByLabel('Correo electrónico o teléfono').fill('sin.cookie@example.com');
  await page.context().clearCookies();
  await press(page, 'Limitar el uso');
  same(new URL(page.url()).pathname, '/limit/done', 'limit is in force');
  await isSpanish(page, 'the page that the form leads on to', OWN);
  await page.context().close();
}

// Asked in English, and read by somebody who would rather have Spanish.
async function changed(t) {
  about('spanish: chosen later');
  const page = await t.open();
  await page.goto('/agent/delete');
  await page.locator('#f-email').fill('mas.tarde@example.com');
  await page.locator('#f-name').fill('Elena Torres');
  await sayWho(page);
  await signed(page);
  await shoot(page, 'agent-language');
  await page.locator('#f-language').selectOption('es');
  await press(page, 'Send this request');
  const reference = new URL(page.url()).searchParams.get('ref');
  const [code] = await t.outbox.about(reference, /nos pidió/);
  check(code.to.includes('mas.tarde@example.com'), 'the consumer is asked in the language that the agent said');
  const [receipt] = await t.outbox.about(reference, /We got your request on/);
  check(receipt.to.includes(AGENT.email), 'the agent is answered in that of the page');
  await page.goto(`/s/${reference}`);
  await shoot(page, 'status-language');
  check((await mainOf(page)).includes('We write to you about this request in Español'), 'the page says how they are written to');
  await press(page, 'Write to me in the language of this page');
  check((await mainOf(page)).includes('From now on we write to you in the language of this page.'), 'and changes it');
  same(await page.getByRole('button', { name: 'Write to me' }).count(), 0, 'once');
  await page.getByRole('link', { name: 'Español' }).click();
  await isSpanish(page, 'status of a request in English', OWN.concat(['English']));
  await atEverySize(page, 'status of a request in English', 44);
  await press(page, 'Escríbanme en el idioma de esta página');
  await isSpanish(page, 'status, changed', OWN);
  await page.context().close();
  return reference;
}

// Staff see it on every page of the case, and change it; no other language is taken.
async function byStaff(t, reference) {
  about('spanish: the desk');
  const page = await t.open();
  await page.goto('/desk/sign-in');
  await signIn(page, t.jo);
  for (const last of ['deny', 'fee', 'extend']) {
    await page.goto(`/desk/r/${reference}/${last}`);
    same(await page.locator('label .tag').first().innerText(), 'Write it in Español', `${last}: what goes to them`);
    await shoot(page, `write-in-${last}`);
  }
  same(await page.locator('label .tag').count(), 1, 'nothing else');
  await page.goto(`/desk/r/${reference}`);
  check((await mainOf(page)).includes('Write to them in Español'), 'the case says it at its head');
  await shoot(page, 'write-in');
  check((await mainOf(page)).includes('Letters to who asked are in Español from now on'), 'the trail has what they chose');
  await press(page, 'Write to them in English');
  same(await page.locator('main .flash').innerText(), 'Letters to them are in that language from now on.', 'changed');
  check(!/Write to them in Español/.test(await page.locator('.case-h').innerText()), 'English needs no word');
  await page.goto('/desk/intake/delete');
  await page.locator('#f-email').fill('otro.idioma@example.com');
  await page.locator('#f-language').evaluate((el) => (el.options[0].value = 'fr'));
  await press(page, page.locator('#next'));
  check(await page.locator('.problems a[href="#f-language"]').count(), 'a language that is not offered is refused');
  await shoot(page, 'enter-language');
  check(await page.locator('#f-language').getAttribute('aria-invalid'), 'at its field');
  await page.goto('/desk/agents');
  await page.locator('#f-agent_name').fill('Muchos');
  await page.locator('#f-agent_email').fill('muchos@doe.example');
  await page.locator('#f-is_person').check();
  await press(page, 'Register');
  await page.locator('#f-file').setInputFiles({
    name: 'requests.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('kind,email,zip,language,signed_by,signed_on\ndelete,a.file@example.com,94607,en,Ana Uno,2026-11-02\ndelete,b.file@example.com,94607,,Ana Dos,2026-11-02\n'),
  });
  await page.locator('#f-language').selectOption('es');
  await shoot(page, 'agent-file');
  await press(page, 'File them');
  const references = await page.locator('table td .mono').allInnerTexts();
  same(references.length, 2, 'both rows are filed');
  same((await t.outbox.about(references[0], /Recibimos su solicitud|recibimos su solicitud/)).length, 1, 'the agent is answered in the language that staff chose');
  same((await t.outbox.about(references[0], /asked us, in your name/)).length, 1, 'a consumer in the one of the row');
  same((await t.outbox.about(references[1], /en su nombre/)).length, 1, 'and else in the agent’s');
  await page.context().close();
}

// For who has to publish them only.
async function numbers(t) {
  about('spanish: the numbers');
  const page = await t.open(SPANISH);
  t.demo.run(['setting', 'publishes', 'yes']);
  await page.goto('/numbers');
  check((await mainOf(page)).includes('Mediana de días hasta la respuesta'), 'they are there');
  await isSpanish(page, 'numbers', OWN);
  await atEverySize(page, 'numbers in Spanish', 44);
  t.demo.run(['setting', 'publishes', 'no']);
  await page.context().close();
}

export async function spanish(t) {
  await oneClick(t);
  await byLink(t);
  await request(t);
  await others(t);
  await forOthers(t);
  await letter(t);
  await withoutCookie(t);
  await byStaff(t, await changed(t));
  await numbers(t);
}
