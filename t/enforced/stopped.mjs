// Opting out: E1, E4 to E8, E10 to E12, NT-1 to NT-3, NT-5.
import { until } from '../browser/demo.mjs';
import { fieldsOf, hidden } from './company.mjs';

const SIGNAL = [['Sec-GPC', '1']];
const CONFIRM = /^\s+\d{6}$|\/(confirm|r|v)\//m; // a code to type, or a link to press

const referenceIn = (location) => new URL(location, 'http://x').searchParams.get('ref');

// E1, Sephora: a browser nobody knows sends the signal.
export async function signalHonored(c, { check, same }) {
  const page = await c.page('/', SIGNAL);
  check(page.text.includes('Opt-Out Request Honored'), 'the page says so at once');
  same((await c.visit([['cookie', 'e1-browser']], { signal: true })).opted_out, true, 'it is an opt-out');
  same(c.listed('e1-browser', 'cookie'), 'suppressed', 'kept as a row of the list');
  for (const use of ['sale', 'share']) {
    const asked = await c.may(use, 'e1-browser', 'cookie');
    same([asked.may, asked.because], [false, ['opt-out']], `a tag that asks before ${use} hears no`);
  }
  same((await c.may('share', 'e1-other', 'cookie')).may, true, 'one that sent none is not stopped');
  const gpc = await fetch(`${c.base}/.well-known/gpc.json`);
  same([gpc.status, (await gpc.json()).gpc], [200, true], 'and the site says that it honors the signal');
}

// E4, Honda: how much is asked, and how far it is out and in.
export async function outIsShort(c, { check, same }) {
  for (const [path, form] of [['/', '/opt-out'], ['/opt-out', '/opt-out'], ['/limit', '/limit']])
    same(fieldsOf((await c.page(path)).text, form).map((f) => f.name), ['id'], `${path} has a place for one identifier, and no more`);
  const out = c.browser();
  const sent = await out.post('/opt-out', {});
  check(referenceIn(sent), 'one press without a word is an opt-out');
  const who = c.person('Hana');
  await out.post('/opt-out', { id: who.email });
  const back = await c.browser();
  const first = textOfForm(await c.page('/opt-in'), '/opt-in');
  await back.post('/opt-in', { ...first, id: who.email });
  same((await c.may('sale', who.email)).may, false, 'the way in is not gone by one act, the way out was');
}

const textOfForm = ({ text }, action) => {
  const form = text.split('<form').find((f) => f.includes(`action="${action}"`)) ?? '';
  return Object.fromEntries([...form.split('</form>')[0].matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
};

// E4, NT-5: somebody else asks for the consumer, with a paper that no form asks for.
export async function agentIsEnough(c, { check, same }) {
  const who = c.person('Ines');
  const reference = referenceIn(await c.browser().post('/opt-out', { id: who.email }));
  same((await c.may('sale', who.email)).may, false, 'an opt-out by somebody else is one at once');
  same(c.listed(who.email), 'suppressed', 'on the list');
  await c.settle();
  check(!c.lettersTo(who.email).some((l) => CONFIRM.test(l.text)), 'the consumer is not asked to confirm');
  same((await c.api('GET', `requests/${reference}`)).json.data.is_open, false, 'nothing waits');
}

// E5, Todd Snyder: an outage, and what a form wants to see.
export async function outageLosesNothing(c, { check, same }) {
  const who = c.person('Tom');
  for (const path of ['/', '/opt-out', '/limit']) {
    const page = await c.page(path);
    check(!/type="file"|multipart/.test(page.text), `${path} takes no document`);
  }
  same((await c.page('/healthz')).status, 200, 'a monitor can see that it is there');
  same((await c.page('/readyz')).status, 200, 'and that its record answers');
  await c.browser().post('/opt-out', { id: who.email });
  await c.crash();
  await c.serve();
  same((await c.may('sale', who.email)).may, false, 'what was answered before a power cut holds after it');
}

// E6, Healthline: after the opt-out nothing of the page calls anybody else.
export async function nothingIsCalled(c, { check, same }) {
  const who = c.person('Hal');
  const b = c.browser();
  const done = await b.post('/opt-out', { id: who.email });
  for (const path of ['/', done, '/limit']) {
    const { text, headers } = await c.page(path, SIGNAL);
    const loaded = [...text.matchAll(/<(?:script|img|iframe|link|source|video|audio|object|embed)\b[^>]*?(?:src|href|data)="([^"]*)"/g)].map((m) => m[1]);
    same(loaded.filter((u) => !u.startsWith('/')), [], `${path.split('?')[0]} loads nothing from elsewhere`);
    check(/default-src 'none'/.test(headers['content-security-policy']), 'and could not');
    same(headers['referrer-policy'], 'no-referrer', 'nor does it tell where somebody was');
  }
  same((await c.may('share', who.email)).may, false, 'who asks before sharing hears no');
  check(!c.handOver('coop', [who, c.person('Hugo')]).includes(who.email), 'and a list does not have the person any more');
}

// E7, Tractor Supply: recorded is in force.
export async function recordedIsInForce(c, { check, same }) {
  const who = c.person('Tess');
  const made = await c.api('POST', 'requests', { kind: 'opt-out', identifier: who.email, signal: true });
  same([made.status, made.json.data.outcome], [201, 'complied'], 'the answer says that it is done');
  const asked = await c.may('sale', who.email);
  same([asked.may, asked.because], [false, ['opt-out']], 'and the next question says so, too');
  check(!c.handOver('coop', [who]).includes(who.email), 'and the next list');
  await c.crash();
  await c.serve();
  same((await c.api('GET', `requests/${made.json.data.reference}`)).json.data.outcome, 'complied', 'after a power cut the record is there');
  same(c.listed(who.email), 'suppressed', 'and so is what it is about: both or none');
}

// E8, Sling TV: who is logged in types nothing, on a device without a browser.
export async function knownPeopleTypeNothing(c, { same }) {
  const account = ['account', 'e8-account'];
  await c.visit([['cookie', 'e8-tv'], account]);
  const made = await c.api('POST', 'suppressions', { items: [{ kind: 'account', value: account[1] }], reason: 'opt-out', source: 'tv-app' });
  same(made.json.data.added, 1, 'one call for one press in an app');
  same((await c.may('sale', account[1], 'account')).may, false, 'the account is opted out');
  same((await c.visit([['cookie', 'e8-phone'], account])).opted_out, true, 'on its next device, too');
  same((await c.may('sale', 'e8-tv', 'cookie')).may, true, 'a device that was not seen with it since is not known to be theirs');
  await c.visit([['cookie', 'e8-tv'], account]);
  same((await c.may('sale', 'e8-tv', 'cookie')).may, false, 'and is at its next visit');
}

// E10, Disney; NT-1; NT-2: one person, many devices and services.
export async function everyDevice(c, { same }) {
  const account = ['account', 'e10-account'];
  for (const device of ['a', 'b', 'c']) await c.visit([['cookie', `e10-${device}`], account]);
  await c.visit([['cookie', 'e10-a'], account], { signal: true });
  for (const device of ['b', 'c']) {
    await c.visit([['cookie', `e10-${device}`], account]);
    same((await c.may('share', `e10-${device}`, 'cookie')).may, false, `device ${device} stops`);
  }
  same((await c.visit([['cookie', 'e10-sister-service'], account])).opted_out, true, 'so does a sister service that asks about the account');
}

// E10: the browser with the signal is on our own pages, and says who it is.
export async function knownOnOurPages(c, { same }) {
  const [who, other] = [c.person('Gia'), c.person('Gus')];
  for (const [person, headers] of [[who, SIGNAL], [other, []]])
    await c.browser().web.send({ method: 'POST', path: '/limit', headers, form: [['id', person.email]], body: null });
  same((await c.may('sale', who.email)).because, ['opt-out'], 'the signal is for the address, too');
  same((await c.may('sale', other.email)).may, true, 'who sends none has limited, and no more');
}

// NT-1: the signal first, the login later.
export async function signalThenLogin(c, { same }) {
  await c.visit([['cookie', 'nt1-browser']], { signal: true });
  same((await c.may('sale', 'nt1-account', 'account')).may, true, 'nobody knows yet whose browser that is');
  same((await c.visit([['cookie', 'nt1-browser'], ['account', 'nt1-account']])).opted_out, true, 'logging in says it');
  same((await c.may('sale', 'nt1-account', 'account')).may, false, 'and the account is opted out');
}

// NT-2: opted out, then the cookies are cleared.
export async function clearedCookies(c, { same }) {
  const account = ['account', 'nt2-account'];
  await c.visit([['cookie', 'nt2-old'], account], { signal: true });
  same((await c.visit([['cookie', 'nt2-new']])).opted_out, false, 'a new cookie says nothing by itself');
  same((await c.visit([['cookie', 'nt2-new'], account])).opted_out, true, 'after the login it does');
  same((await c.may('sale', 'nt2-new', 'cookie')).may, false, 'and the new cookie is opted out');
}

// E11, PlayOn: no wall, no telephone, nobody else's opt-out.
export async function noWall(c, { check, same }) {
  const page = await c.page('/opt-out');
  same([page.status, page.headers['set-cookie']], [200, undefined], 'the form is there for who has agreed to nothing');
  check(!/networkadvertising|aboutads|optout\.|youradchoices/i.test(page.text), 'nobody is sent to an opt-out of the industry');
  const fields = fieldsOf(page.text, '/opt-out');
  check(!fields.some((f) => /required/.test(f.tag)), 'nothing has to be filled in, no telephone and no address');
  same((await c.page('/opt-out', SIGNAL)).text.includes('Opt-Out Request Honored'), true, 'and the signal alone is enough');
}

// E12, Ford: no address is confirmed first.
export async function unconfirmedIsInForce(c, { check, same }) {
  const who = c.person('Ford');
  for (const [path, use] of [['/opt-out', 'sale'], ['/limit', 'sensitive']]) {
    const reference = referenceIn(await c.browser().post(path, { id: who.email }));
    same((await c.may(use, who.email)).may, false, `${path} is in force when it is answered`);
    check(!/code|confirm your|sent you/i.test((await c.page(`/s/${reference}`)).text), `${path}: its page asks for nothing`);
  }
  await c.settle();
  check(!c.lettersTo(who.email).some((l) => CONFIRM.test(l.text)), 'a letter would only inform');
}

// NT-3: nothing that works later is there, and a list leaves meanwhile.
export async function workerIsAway(c, { check, same }) {
  const [who, other] = [c.person('Quinn'), c.person('Quentin')];
  const worker = c.child('worker');
  process.kill(worker, 'SIGSTOP');
  try {
    await c.browser().post('/opt-out', { id: who.email });
    same((await c.may('sale', who.email)).may, false, 'in force without it');
    const list = c.handOver('coop', [who, other]);
    check(!list.includes(who.email) && list.includes(other.email), 'a list that leaves then does not have the person');
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  const alive = await until(5000, async () => (await c.page('/readyz')).status === 200);
  check(alive, 'and it goes on');
}

// NT-3, 11 CCR 7026(f)(2): a letter that lay for two days, in which a list left.
export async function enteredLate(c, { check, same }) {
  const [who, other] = [c.person('Petra'), c.person('Paul')];
  const came = c.today();
  check(c.handOver('coop', [who, other]).includes(who.email), 'a list left before anybody read the letter');
  await c.later(2);
  const at = '/desk/intake/opt-out';
  const form = { ...hidden(await c.staff.page(at), at), channel: 'mail', received_on: came, id: who.email };
  const reference = referenceIn(await c.staff.post(at, form));
  same((await c.may('sale', who.email)).may, false, 'entered, it is in force');
  check(!c.handOver('coop', [who, other]).includes(who.email), 'and no list has the person any more');
  const told = await c.letterOf('privacy@coop.example', reference);
  check(told, 'the company that got it meanwhile is told');
  same((await c.api('GET', `requests/${reference}`)).json.data.is_open, true, 'the case waits for its answer');
  await c.vendorAnswers('privacy@coop.example', reference);
  const { json } = await c.api('GET', `requests/${reference}`);
  same([json.data.is_open, json.data.outcome], [false, 'complied'], 'and closes with it');
  check(!c.lettersTo('privacy@mailharbor.example').some((l) => l.text.includes(reference)), 'a company that only serves is not told to stop selling');
}
