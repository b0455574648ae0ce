// Every page, as people with other eyes and other screens meet it: axe in light
// and dark on a desk and on a phone, no sideways scrolling, buttons big enough
// for a thumb, the keyboard alone.
import fs from 'node:fs';
import path from 'node:path';
import { about, check, same } from './check.mjs';
import { ROOT } from './demo.mjs';
import { NARROW, NARROWEST, WIDE, overflow, press, tabTo, targets, violations } from './harness.mjs';
import { fileOf, sayWho, signed } from './agent.mjs';
import { drop } from './drop.mjs';
import { holdPages } from './holds.mjs';
import { sensitivePages } from './optin.mjs';
import { minorPages, parentPages } from './minors.mjs';
import { parentAskPages, parentCasePages } from './parent.mjs';
import { fairChoices, fairPage } from './symmetry.mjs';
import { shoot } from './paper.mjs';
import { openPreview, signIn } from './staff.mjs';

const THUMB = 44;
const POINTER = 24; // WCAG 2.5.8
// What a colour scheme can break; everything else does not depend on it.
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

export async function axe(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await violations(page, colorScheme === 'dark' ? OF_COLOUR : undefined);
    same(found, [], `${name}: axe, ${colorScheme}`);
  }
}

async function sizes(page, name, least) {
  const small = (await targets(page)).filter((b) => b.height < least - 0.5).map((b) => `${b.what} ${b.height}`);
  same(small, [], `${name}: what can be pressed is ${least} px high`);
}

export async function atEverySize(page, name, least) {
  for (const size of [NARROWEST, NARROW, WIDE]) {
    await page.setViewportSize(size);
    const at = `${name}, ${size.width} px`;
    if (size !== WIDE) same(await overflow(page), 0, `${at}: nothing sticks out`);
    if (size === NARROWEST) continue;
    await sizes(page, at, least);
    await axe(page, at);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

export class Look {
  constructor(t) {
    this.t = t;
    this.seen = new Set();
    this.links = new Map();
  }

  // Looks at the page that is open.  main: what Tab has to reach.
  async at(page, name, main) {
    about(name);
    const url = new URL(page.url());
    const isConsole = url.pathname.startsWith('/desk');
    this.seen.add(url.pathname);
    same(await page.locator('h1').count(), 1, `${name}: one h1`);
    same(await page.locator('html').getAttribute('lang'), 'en', `${name}: says its language`);
    await this.note(page);
    if (!isConsole) await fairPage(page, name);
    await atEverySize(page, name, isConsole ? POINTER : THUMB);
    if (main) same(await tabTo(page, main), '', `${name}: Tab reaches ${main}`);
  }

  // One of the links of each kind.
  async note(page) {
    const hrefs = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const href of hrefs) this.links.set(href.replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'REF').replace(/\d+/g, 'N'), href);
  }

  async linksAnswer(page) {
    about('links');
    for (const href of this.links.values())
      same((await page.request.get(href.split('#')[0])).status(), 200, `${href} leads somewhere (S19)`);
  }
}

// --- the consumer's -----------------------------------------------------------------

async function startPages(look, page) {
  await page.goto('/');
  await look.at(page, 'start', 'form[action="/opt-out"] button');
  await page.goto('/opt-out');
  await look.at(page, 'opt-out', 'form[action="/opt-out"] button');
  await fairChoices(look.t);
  await page.goto('/opt-out');
  await page.locator('#f-id').fill('not an address');
  await press(page, 'Opt out now');
  await look.at(page, 'opt-out not taken', 'form[action="/opt-out"] button');
  await page.locator('#f-id').fill('');
  await press(page, 'Opt out now');
  await look.at(page, 'opt-out done', 'form[action="/opt-out"] button');
  await page.goto('/');
  await look.at(page, 'start, opted out');
  const signal = await look.t.open({ extraHTTPHeaders: { 'Sec-GPC': '1' } });
  await signal.goto('/');
  await look.at(signal, 'start with the signal', 'form[action="/opt-out"] button');
  await signal.context().close();
}

async function limitPages(look, page) {
  await page.goto('/limit');
  await look.at(page, 'limit', 'main form .btn');
  await press(page, 'Limit the use');
  await look.at(page, 'limit not taken', 'main form .btn');
  await page.locator('#f-id').fill('limits.it@example.com');
  await press(page, 'Limit the use');
  await look.at(page, 'limit done');
  look.limited = (await page.locator('main').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
  await page.goto(`/s/${look.limited}/message`);
  await look.at(page, 'write to us', 'main form .btn');
  await press(page, 'Send');
  await look.at(page, 'write to us not taken', 'main form .btn');
  await page.locator('#f-text').fill('I did not ask for this.');
  await press(page, 'Send');
  await look.at(page, 'written to us');
  await page.goto(`/s/${look.limited}`);
  await look.at(page, 'status with a message');
}

// For who has to publish them only.
async function numbersPage(look, page) {
  look.t.demo.run(['setting', 'publishes', 'yes']);
  await page.goto('/numbers');
  await look.at(page, 'numbers, published');
  same((await page.request.get('/numbers')).status(), 200, 'it is there while it is linked');
  look.t.demo.run(['setting', 'publishes', 'no']);
  look.links.delete('/numbers');
}

export async function forSomebodyElse(look, page) {
  await page.goto('/agent');
  await look.at(page, 'agent, start', '.callers a');
  for (const kind of ['opt-out', 'delete', 'know', 'correct']) {
    await page.goto(`/agent/${kind}`);
    await look.at(page, `agent, ${kind}`, 'main form .acts .btn');
    await press(page, 'Send this request');
    await look.at(page, `agent, ${kind} not taken`, 'main form .acts .btn');
  }
  await page.locator('#f-email').fill('somebody.else@example.com');
  await page.locator('#f-item').fill('The street');
  await page.locator('#f-should_be').fill('12 Elm Street');
  await sayWho(page);
  await signed(page);
  await press(page, 'Send this request');
  await look.at(page, 'agent, sent');
}

async function optInPages(look, page) {
  await page.goto('/opt-in');
  await look.at(page, 'opt-in', 'main form .btn');
  await page.locator('#f-email').fill('not an address');
  await press(page, 'Go on to step 2');
  await look.at(page, 'opt-in not taken');
  await page.locator('#f-email').fill('opts.in@example.com');
  await press(page, 'Go on to step 2');
  await look.at(page, 'opt-in sent');
  await page.goto('/opt-in?for=transaction');
  await press(page, 'Go on to step 2');
  await look.at(page, 'opt-in confirm', '.pair .btn');
  const [no, yes] = await page.locator('.pair button').evaluateAll((all) => all.map((b) => ({ ...b.getBoundingClientRect().toJSON(), x: 0, y: 0, top: 0, left: 0, right: 0, bottom: 0, class: b.className })));
  same(no, yes, 'both answers are as easy to see and to press (7004(a)(2))');
  await press(page, 'No, keep me opted out');
  await look.at(page, 'opt-in done');
}

// Civ. Code 1798.130(a)(2)(A): by mail at their option, and what they typed is shown
// before it is sent.
async function deliveryPage(look, page) {
  const said = () => page.locator('.answers div', { hasText: 'Our answer comes' }).locator('dd').first().innerText();
  same(await said(), 'By email', 'how the answer comes is said before');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Change Our answer comes' }).click()]);
  await look.at(page, 'delivery', 'main form .btn');
  await shoot(page, 'delivery');
  await page.locator('#f-letter_by-paper').check();
  await press(page, 'Continue');
  await look.at(page, 'delivery not taken', 'main form .btn');
  await shoot(page, 'delivery-not-taken');
  await page.locator('#f-postal').fill('Ellen Tran\n12 Elm Street\nOakland, CA 94607');
  await press(page, 'Continue');
  same(await said(), 'By mail', 'as chosen');
  await look.at(page, 'check, by mail', 'main form .btn');
  await shoot(page, 'check-by-mail');
}

async function wizardPages(look, page) {
  const who = look.t.people.other;
  await page.goto('/r/delete/find');
  await look.at(page, 'find', 'main form .btn');
  await press(page, 'Continue');
  await look.at(page, 'find not taken', 'main form .btn');
  await page.locator('#f-email').fill(who.email);
  await press(page, 'Continue');
  await look.at(page, 'details', 'main form .btn');
  await press(page, 'Continue');
  await look.at(page, 'details not taken');
  await page.locator('#f-zip').fill(who.zip);
  await press(page, 'Continue');
  await look.at(page, 'sale', '.pair .btn');
  await press(page, 'No, only delete it');
  await look.at(page, 'check', 'main form .btn');
  await page.goto('/r/delete/parts?change=1');
  await look.at(page, 'parts', 'main form .btn');
  await press(page, 'Delete only these');
  await look.at(page, 'parts not taken');
  await press(page, 'Delete everything');
  await deliveryPage(look, page);
  await press(page, 'Send my request');
  await look.at(page, 'code', 'main form .btn');
  await press(page, 'Confirm my email');
  await look.at(page, 'code not taken');
  const reference = new URL(page.url()).searchParams.get('ref') ?? (await page.locator('input[name=ref]').first().inputValue());
  await page.goto(`/r/delete/done?ref=${reference}`);
  await look.at(page, 'done');
  return reference;
}

// The questions that deleting does not have, as they come and as they come back.
async function otherQuestions(look, page) {
  const who = look.t.people.other;
  const next = () => press(page, page.locator('main form .acts .btn').first());
  await page.goto('/r/know/scope');
  await look.at(page, 'know: pieces', 'main form .acts .btn');
  await next();
  await look.at(page, 'know: pieces not taken');
  await page.locator('#f-pieces-specific').check();
  await next();
  await look.at(page, 'know: range', 'main form .acts .btn');
  await page.locator('#f-range-dates').check();
  await next();
  await look.at(page, 'know: range not taken');
  await page.locator('#f-range').check();
  await next();
  await page.locator('#f-email').fill(who.email);
  await next();
  await page.locator('#f-zip').fill(who.zip);
  await next();
  await look.at(page, 'know: declaration', 'main form .acts .btn');
  await next();
  await look.at(page, 'know: declaration not taken');
  await page.goto('/r/correct/item');
  await look.at(page, 'correct: item', 'main form .acts .btn');
  await next();
  await look.at(page, 'correct: item not taken');
}

async function statusPages(look, page, reference) {
  await page.goto('/s');
  await look.at(page, 'status form', 'main form .btn');
  await press(page, 'See status');
  await look.at(page, 'status form not taken');
  await page.goto(`/s/${reference}`);
  await look.at(page, 'status, waiting for the code');
  await page.goto(`/s/${look.t.reference}`);
  await look.at(page, 'status, closed');
  await page.goto(`/s/${look.t.known}`);
  await look.at(page, 'status, with a package');
  await page.goto(`/s/${look.t.known}/package`);
  await look.at(page, 'package, closed', 'main form .btn');
  await page.goto('/there/is/nothing');
  await look.at(page, 'not found');
}

async function withdrawPages(look, page, reference) {
  await page.goto(`/s/${reference}/withdraw`);
  await look.at(page, 'withdraw', 'main form .btn');
  await page.goto(`/s/${reference}/withdraw?sent=1`);
  await press(page, 'Take it back');
  await look.at(page, 'withdraw, code not taken', 'main form .btn');
}

async function vendorPages(look, page) {
  await page.goto(look.t.demoVendorLink);
  await look.at(page, 'vendor', 'form .btn:not(.sec)');
  await press(page, 'We got this');
  await look.at(page, 'vendor, acknowledged');
  await press(page, 'Send this answer');
  await look.at(page, 'vendor, not taken');
  await page.goto(look.t.vendorLink);
  await look.at(page, 'vendor, answered');
  await page.goto(look.t.taskPath);
  await look.at(page, 'task of a person, answered');
}

// --- the desk's ------------------------------------------------------------------------

async function signInPages(look, page) {
  await page.goto('/desk/sign-in');
  await look.at(page, 'sign in', 'form .btn');
  await signIn(page, { ...look.t.jo, passphrase: 'wrong' });
  await look.at(page, 'sign-in refused');
  await signIn(page, look.t.jo);
}

async function phoneLine(look, page) {
  await page.goto('/desk/intake');
  await look.at(page, 'phone line', '.callers a');
  for (const kind of ['delete', 'know', 'correct', 'limit']) {
    await page.goto(`/desk/intake/${kind}`);
    if (kind === 'delete') await page.locator('details.fold summary', { hasText: 'Only some kinds' }).click();
    await look.at(page, `phone line, ${kind}`, '#next');
    if (kind === 'delete') await shoot(page, 'enter-parts');
    await press(page, page.locator('#next'));
    await look.at(page, `phone line, ${kind} not taken`, '#next');
  }
  await page.locator('#f-id').fill('5105550177');
  await press(page, page.locator('#next'));
  await look.at(page, 'phone line, entered');
  check(/[A-Z][a-z]+|one|two/.test(await page.locator('.now').innerText()), 'the number is spelled');
}

async function listPages(look, page) {
  for (const view of ['', '?view=waiting', '?view=unconfirmed', '?view=open', '?view=closed']) {
    await page.goto(`/desk${view}`);
    await look.at(page, `queue ${view}`, view ? undefined : 'table.q .row');
  }
  for (const what of ['nobody@nowhere.example', look.t.people.deleted.email]) {
    await page.goto('/desk');
    await page.locator('#q').fill(what);
    await Promise.all([page.waitForNavigation(), page.locator('#q').press('Enter')]);
    await look.at(page, 'search');
  }
  for (const place of ['/desk/metrics', '/desk/training', '/desk/vendors', '/desk/map', '/desk/retention', '/desk/returned', '/desk/audit', '/desk/wording', '/desk/outbox']) {
    await page.goto(place);
    await look.at(page, place);
  }
  await page.locator('details summary').first().click();
  await look.at(page, '/desk/outbox, a letter open');
}

// 11 CCR 7100(a): who was trained, and who has to be.
async function trainingPages(look, page) {
  await page.goto('/desk/training');
  await press(page, 'Write it down');
  await look.at(page, 'training not taken', 'main form .btn');
  await page.locator('#f-email').selectOption({ index: 0 });
  await page.locator('#f-what').fill('The phone line, version 3');
  await press(page, 'Write it down');
  check((await page.locator('table').innerText()).includes('version 3'), 'the last training counts');
  await look.at(page, 'training', 'main form .btn');
  await shoot(page, 'training');
}

export async function agentPages(look, page) {
  await page.goto('/desk/agents');
  await look.at(page, 'agents, nobody registered', 'main form .btn');
  await press(page, 'Register');
  await look.at(page, 'agent not taken', 'main form .btn');
  await page.locator('#f-agent_name').fill('Permit Me');
  await page.locator('#f-agent_email').fill('desk@permitme.example');
  await page.locator('#f-registration').fill('C3456789');
  await press(page, 'Register');
  await look.at(page, 'agent registered', 'main form .btn');
  await press(page, 'Suspend this agent');
  await look.at(page, 'agent, suspended without a reason', 'main form .btn');
  await page.locator('#f-why').fill('Permissions were made up');
  await press(page, 'Suspend this agent');
  await look.at(page, 'agent, suspended', 'main form .btn');
  await press(page, 'Take the suspension back');
  same(await page.locator('.card .st.ok').innerText(), 'Good standing', 'taken back');
  await page.goto('/desk/agents');
  await look.at(page, 'agents', 'table a');
  await page.goto('/desk/intake/delete');
  await page.locator('#f-email').fill('unproved@example.com');
  await page.locator('details.fold summary', { hasText: 'authorized agent' }).click();
  await page.locator('#f-by_agent').check();
  await sayWho(page);
  await page.locator('#f-proof-none').check();
  await press(page, page.locator('#next'));
  await page.goto(`/desk/r/${new URL(page.url()).searchParams.get('ref')}`);
  await look.at(page, 'case of an agent, no permission', '#next');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'It came meanwhile' }).click()]);
  await look.at(page, 'permission came', '#f-file');
  await press(page, 'Keep it');
  await look.at(page, 'permission not taken', '#f-file');
  await page.goto(look.t.filer);
  await look.at(page, 'agent who filed', '#f-file');
  await page.locator('#f-file').setInputFiles(fileOf(['opt-out,looked@example.com,Ann Roe,2026-11-02', 'erase,a@example.com,B,2026-11-03']));
  await press(page, 'File them');
  await look.at(page, 'agent, a file of theirs');
  await page.goto(`/desk/r/${look.t.powered}`);
  await look.at(page, 'case of an agent');
  await page.goto('/desk/intake/delete');
  await page.locator('details.fold summary', { hasText: 'authorized agent' }).click();
  await look.at(page, 'phone line, an agent', '#f-file');
}

// A case of each kind of next step, first found in the queue.
async function caseWith(page, view, step) {
  await page.goto(`/desk${view}`);
  const row = page.locator('table.q tbody tr', { hasText: step }).first();
  check(await row.count(), `the demo has a case with "${step}"`);
  return row.locator('.row').getAttribute('href');
}

const STEPS = [
  ['', 'Chase', 'case, late vendor'],
  ['', 'Review what', 'case to review'],
  ['', 'Read the answer', 'case to answer'],
  ['', 'Get ', 'case, system away'],
  ['?view=unconfirmed', 'Waiting for the code', 'case, not confirmed'],
  ['?view=waiting', 'Waiting for', 'case, vendor in time'],
  ['?view=closed', 'Complied in whole', 'case closed'],
  ['?view=closed', 'Complied in part', 'case closed, some kept'],
  ['?view=closed', 'Nothing held', 'case closed, nothing found'],
  ['?view=closed', 'Denied', 'case denied'],
];

async function casePages(look, page) {
  await page.goto(`/desk/r/${look.limited}`);
  await look.at(page, 'case with a message');
  await page.goto(`/desk/r/${look.limited}/fraud`);
  await look.at(page, 'refuse as fraudulent');
  await press(page, 'Refuse it');
  await look.at(page, 'refuse as fraudulent, not taken');
  const of = {};
  for (const [view, step, name] of STEPS) {
    of[name] = await caseWith(page, view, step);
    await page.goto(of[name]);
    await look.at(page, name, (await page.locator('#next').count()) ? '#next' : undefined);
  }
  await openPreview(page, of['case to review']);
  await look.at(page, 'preview', '#next');
  await press(page, page.getByRole('button', { name: 'Keep some of these' }).first());
  await look.at(page, 'keep rows', 'main form .btn');
  await press(page, 'Keep these rows');
  await look.at(page, 'keep rows, not taken');
  await page.goto(`${of['case to answer']}/answer`);
  await look.at(page, 'answer', '#next');
  await page.goto(`${of['case, not confirmed']}/extend`);
  await look.at(page, 'more time', 'main form .btn');
  await press(page, 'Send the letter');
  await look.at(page, 'more time, without a reason');
  await page.goto(`${of['case to review']}/weigh`);
  await look.at(page, 'weigh how sure to be', 'main form .btn');
  await press(page, 'Keep it');
  await look.at(page, 'weigh how sure to be, not taken');
  for (const field of await page.locator('main form textarea').all()) await field.fill('It was looked at.');
  await press(page, 'Keep it');
  await look.at(page, 'case that was weighed');
  await page.goto(`${of['case to review']}/weigh`);
  same(await page.locator('main form textarea').evaluateAll((all) => all.map((x) => x.value).join('')), '', 'what was weighed is not shown without an entry');
  await look.at(page, 'weigh how sure to be, again');
  await page.goto(`${of['case to review']}/hold`);
  await look.at(page, 'hold', 'main form .btn');
  await press(page, 'Place the hold');
  await look.at(page, 'hold, without an order');
  await page.goto(`${of['case closed']}/receipt`);
  await look.at(page, 'receipt');
  await page.goto(`${of['case to review']}/evidence`);
  await look.at(page, 'evidence, not made', '#next');
  await press(page, page.getByRole('button', { name: /^Make it/ }));
  await page.getByRole('button', { name: 'Download' }).waitFor();
  await look.at(page, 'evidence, made', '#next');
  await page.goto(of['case to review']);
  await press(page, page.locator('form[action$="/reveal"] button'));
  await look.at(page, 'case revealed');
}

// Forms that come back.
async function refusedForms(look, page) {
  await page.goto(await caseWith(page, '?view=unconfirmed', 'Waiting for the code'));
  await press(page, page.locator('form[action$="/search"] .btn'));
  await look.at(page, 'search without a reason');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Deny this request' }).click()]);
  await look.at(page, 'deny', 'main form .btn');
  await press(page, 'Deny on this ground');
  await look.at(page, 'denied without a ground');
  await page.goto(`${await caseWith(page, '', 'Chase')}/answer`);
  await press(page, 'Send this answer');
  await look.at(page, 'answer without a reason');
  await page.goto('/desk/r/0000-0000');
  await look.at(page, 'no such case');
}

// --- all of them ----------------------------------------------------------------------------

// The way back from an account is no page when it is opened by itself.
// The opt-out of ADMT is there from 2027 on (t/desk/t_kinds.c), and looks as limit does.
const NO_PAGE = /^\/(assets|opt-out-admt|s\/\{ref\}\/account\/signed-in|your-data\/signed-in|healthz|readyz|robots\.txt|\.well-known)|receipt\.json|\/file$|^\/r\/\{kind\}$/;

// Every route that people open was looked at: a new page has to be added here.
function everyRoute(look) {
  about('every page');
  const text = fs.readFileSync(path.join(ROOT, 'tbl/routes.h'), 'utf8');
  for (const [, pattern] of text.matchAll(/^ROUTE\(GET, "([^"]+)"/gm)) {
    if (NO_PAGE.test(pattern)) continue;
    const regex = new RegExp(`^${pattern.replace(/\{[^}]+\}/g, '[^/]+')}$`);
    check([...look.seen, ...(look.t.looked ?? [])].some((p) => regex.test(p)), `${pattern} was looked at`);
  }
}

export async function pages(t) {
  const look = new Look(t);
  const page = await t.open();
  await startPages(look, page);
  const asked = await wizardPages(look, page);
  await statusPages(look, page, asked);
  await withdrawPages(look, page, asked);
  await otherQuestions(look, page);
  await limitPages(look, page);
  await numbersPage(look, page);
  await optInPages(look, page);
  await sensitivePages(t, look, page);
  await forSomebodyElse(look, page);
  const child = await minorPages(look, page);
  const forChild = await parentAskPages(look, page);
  await vendorPages(look, page);
  await signInPages(look, page);
  await listPages(look, page);
  await trainingPages(look, page);
  await agentPages(look, page);
  await phoneLine(look, page);
  await casePages(look, page);
  await parentPages(look, page, child);
  await parentCasePages(look, page, forChild);
  await holdPages(look, page);
  await refusedForms(look, page);
  await drop(t.logs, look);
  everyRoute(look);
  await look.linksAnswer(page);
  await page.context().close();
}
