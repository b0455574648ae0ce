// E5, Todd Snyder: forty days in which nobody noticed.  What stands between people and
// the program goes wrong in the ways that it does, and `toyon doctor` says which
// channel leads nowhere (G-15).
import http from 'node:http';
import { until } from '../browser/demo.mjs';

const WAIT_MS = 20000;

// A proxy that passes everything on but what `spoil` answers or changes.
async function proxy(base, spoil) {
  const { hostname, port } = new URL(base);
  const server = http.createServer((q, r) => {
    const headers = { ...q.headers };
    const instead = spoil(q, headers);
    if (instead) {
      r.writeHead(instead.status, instead.headers ?? {});
      r.end(instead.body ?? '');
      return;
    }
    const on = http.request({ hostname, port, path: q.url, method: q.method, headers }, (a) => {
      r.writeHead(a.statusCode, a.headers);
      a.pipe(r);
    });
    on.on('error', () => r.writeHead(502).end());
    q.pipe(on);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

const SPOILT = [
  ['nothing', () => null, []],
  ['a header that is dropped', (q, headers) => void delete headers['sec-gpc'], ['signal']],
  ['a form that is gone', (q) => q.url === '/opt-out' && { status: 404 }, ['opt-out']],
  ['a wall in front of it', (q) => q.url === '/opt-out' && { status: 302, headers: { Location: '/login' } }, ['opt-out']],
  ['a page of somebody else', (q) => q.url === '/limit' && { status: 200, body: 'We are working on it' }, ['limit']],
  ['a path that is kept', (q) => q.url.startsWith('/r/') && { status: 502 }, ['know', 'delete', 'correct']],
  ['files of somebody else', (q) => q.url.startsWith('/assets/') && { status: 403 }, ['style']],
];

// What doctor calls a problem, but for the throw-away database, and for a data map that
// relies on no column (11 CCR 7062), as the example does.  It is run beside the
// event loop, which serves the proxy; and not as of a demo, whose policy is made up.
async function problems(c, env) {
  const text = await c.runBeside(['doctor', '--json'], { TOYON_DEMO: 'no', ...env });
  return JSON.parse(text).filter((x) => x.state === 'problem' && x.check !== 'database' && !/called reliable/.test(x.text)).map((x) => x.check);
}

export async function brokenIsSeen(c, { same }) {
  for (const [why, spoil, wanted] of SPOILT) {
    const p = await proxy(c.base, spoil);
    same(await problems(c, { TOYON_BASE_URL: p.url }), wanted, `${why}: that and nothing else`);
    p.stop();
  }
  same(await problems(c, { TOYON_BASE_URL: 'http://127.0.0.1:1' }), ['start page'], 'nobody there is said once');
  same(await problems(c, { TOYON_BASE_URL: 'http://privacy.invalid' }), ['base_url', 'start page'], 'what can be read on the way is a problem');
  for (const mail of ['smtp://127.0.0.1:1', 'smtp://nobody@127.0.0.1', c.env.TOYON_MAIL_SERVER.replace('smtp:', 'smtps:')])
    same(await problems(c, { TOYON_MAIL_SERVER: mail }), ['mail'], 'so is a mail server that takes nothing');
  const letters = c.outbox.all().length;
  await problems(c, {});
  same(c.outbox.all().length, letters, 'and one that does gets no letter');
}

// The policy's address is the business's own, and letters lead there.
export async function policyIsSeen(c, { same }) {
  const p = await proxy(c.base, (q) => ({ status: q.url === '/policy' ? 200 : 404 }));
  for (const [path, wanted] of [['/policy', []], ['/old-policy', ['policy']]]) {
    c.run(['setting', 'policy_url', `${p.url}${path}`]);
    same(await problems(c, {}), wanted, `${path} ${wanted.length ? 'is a problem' : 'is there'}`);
  }
  c.run(['setting', 'policy_url', '']);
  p.stop();
}

// What is served behind a proxy is started anew at the same place.
async function freeAddress() {
  const server = http.createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return `127.0.0.1:${port}`;
}

// It is noticed by itself: what lasts is mailed, stands above the queue until it is over,
// and its end is in the trail.  Forty days would have been forty letters.
export async function brokenIsTold(c, { check, same }) {
  const told = () => c.outbox.all().filter((l) => l.to.includes('jo@lakeshore.example'));
  const before = told().length;
  let broken = true;
  let looks = 0;
  c.listen = await freeAddress();
  const p = await proxy(`http://${c.listen}`, (q) => {
    if (q.url === '/opt-out') looks += 1;
    return broken && q.url === '/opt-out' && { status: 404 };
  });
  c.env.TOYON_BASE_URL = p.url;
  const look = async () => {
    const n = looks;
    await c.later(1);
    check(await until(WAIT_MS, () => looks > n), 'the worker looks without being asked');
  };
  const queue = (text) => c.staff.waitFor('/desk', text, WAIT_MS);
  const trail = () => c.run(['audit', 'export']).out;
  await look();
  check(!(await c.staff.page('/desk')).includes('this does not work'), 'what one look finds may be a restart');
  await look();
  await queue('this does not work');
  check(await until(WAIT_MS, () => told().length === before + 1), 'the second is told by mail');
  const letter = told().at(-1).text;
  check(/opt-out: \S+\/opt-out: answered with\s+status 404/.test(letter), 'the letter says what');
  same((trail().match(/"public\.broken"/g) ?? []).length, 1, 'it stands in the trail once');
  await look();
  check(await until(WAIT_MS, () => told().length === before + 2), 'a day later it is told again');
  broken = false;
  await look();
  check(await until(WAIT_MS, () => /"public\.over".*"minutes":\d+/.test(trail())), 'its end is in the trail');
  check(!(await c.staff.page('/desk')).includes('this does not work'), 'and the queue is silent');
  same(told().length, before + 2, 'nobody is told of what is over');
  delete c.env.TOYON_BASE_URL;
  delete c.listen;
  p.stop();
  await c.later(0);
}
