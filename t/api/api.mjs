// node api.mjs NAME sqlite|postgresql://...: everything a program can do, against a
// service of its own.  Each answer is held against the description that the
// service itself gives.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { check, finish, same } from './check.mjs';
import { runDocs } from './docs.mjs';
import { Schemas } from './schema.mjs';
import { Service } from './service.mjs';

const [name, database] = process.argv.slice(2);
const service = new Service(database);
const BATCH = 10000;
const BODY = 2 * 1024 * 1024;
let schemas;

const sha256 = (text, form = 'hex') => createHash('sha256').update(text).digest(form);
const emails = (n, at = 'example.com') => Array.from({ length: n }, (_, i) => `made.up.${i}@${at}`);
const asItems = (values, kind = 'email') => values.map((value) => ({ kind, value }));

// What the description says about a call, by its operationId.
function operation(id) {
  for (const [pattern, methods] of Object.entries(schemas.document.paths)) {
    for (const [method, op] of Object.entries(methods)) if (op.operationId === id) return { pattern, method, op };
  }
  throw new Error(`no ${id} in the description`);
}

// call('check_one', { params, query, body, type, headers, key }): { status, headers, text, json }
async function call(id, o = {}) {
  const { pattern, method, op } = operation(id);
  const path = pattern.replace(/\{(\w+)\}/g, (_, p) => encodeURIComponent(o.params[p]));
  const query = o.query ? `?${new URLSearchParams(o.query)}` : '';
  const headers = { ...o.headers };
  if (o.key !== null) headers.Authorization = `Bearer ${o.key ?? service.key}`;
  if (o.body !== undefined) headers['Content-Type'] = o.type ?? 'application/json';
  const body = o.body === undefined || typeof o.body === 'string' ? o.body : JSON.stringify(o.body);
  const r = await fetch(service.url + path + query, { method: method.toUpperCase(), headers, body });
  const text = await r.text();
  const type = r.headers.get('content-type');
  const described = schemas.resolve(op.responses[r.status] ?? op.responses.default).content[type];
  check(described, `${id} ${r.status}: ${type} is described`);
  const json = type?.includes('ndjson') || type?.includes('octet-stream') ? undefined : JSON.parse(text);
  const misfit = json && described && schemas.misfit(described.schema, json);
  check(!misfit, `${id} ${r.status} is as described: ${misfit}`);
  check(r.headers.get('x-request-id')?.length === 12, `${id} says which request it was`);
  check(r.headers.get('cache-control') === 'no-store', `${id} is stored by nobody`);
  return { status: r.status, headers: r.headers, text, json };
}

// A refusal: its status and what is to be mended, as [pointer, code] pairs.
async function refused(why, id, o, status, errors) {
  const r = await call(id, o);
  same(r.status, status, why);
  same(r.json.status, status, `${why}: the same in the body`);
  check(r.headers.get('content-type') === 'application/problem+json', `${why}: a problem`);
  if (errors) same((r.json.errors ?? []).map((e) => [e.pointer, e.code]), errors, why);
  return r;
}

async function states(values, kind = 'email') {
  const r = await call('check_many', { body: { items: asItems(values, kind) } });
  same(r.status, 200, 'a check');
  return r.json.data.map((v) => v.state);
}

async function testDescription() {
  const r = await fetch(`${service.url}/api/v1/openapi.json`);
  schemas = new Schemas(await r.json());
  same([r.status, schemas.document.openapi], [200, '3.1.0'], 'served to everybody');
  const again = await fetch(r.url, { headers: { 'If-None-Match': r.headers.get('etag') } });
  same(again.status, 304, 'known already');
  const refs = JSON.stringify(schemas.document).match(/"#\/[^"]*"/g).map((s) => JSON.parse(s));
  for (const $ref of new Set(refs)) check(schemas.resolve({ $ref }), `${$ref} is there`);
  for (const [pattern, methods] of Object.entries(schemas.document.paths)) {
    const path = pattern.replace(/\{\w+\}/g, 'x');
    const other = await fetch(service.url + path, { method: 'DELETE' });
    same([other.status, other.headers.get('allow').includes(Object.keys(methods)[0].toUpperCase())], [405, true],
      `${pattern} is routed as described`);
  }
  const nothing = await fetch(`${service.url}/api/v2/x`, { method: 'POST' });
  same([nothing.status, nothing.headers.get('content-type')], [404, 'application/problem+json'], 'nothing else is');
}

async function testKeys() {
  const o = { body: { items: asItems(['a@example.com']) } };
  const r = await refused('no key', 'check_many', { ...o, key: null }, 401);
  same(r.headers.get('www-authenticate'), 'Bearer', 'how to show one');
  await refused('another key', 'check_many', { ...o, key: 'ty_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 401);
  await refused('a key cut short', 'check_many', { ...o, key: service.key.slice(0, -1) }, 401);
  await refused('something else', 'check_many', { ...o, headers: { Authorization: 'Basic eDp5' }, key: null }, 401);
  same((await call('check_many', { ...o, headers: { authorization: `bearer  ${service.key}` }, key: null })).status, 200,
    'the word Bearer in any case');
}

async function testMoreKeys() {
  const shop = service.toyon('key', 'add', 'shop').stdout.trim();
  const id = () => JSON.parse(service.toyon('key', 'list', '--json').stdout).find((k) => k.name === 'shop');
  same([id().used_at, id().is_revoked], ['', false], 'made, not used yet');
  const o = { headers: { 'Idempotency-Key': 'same-1' }, body: { kind: 'opt-out' } };
  const first = await call('request_make', o);
  const other = await call('request_make', { ...o, key: shop });
  check(first.text !== other.text && !other.headers.get('idempotent-replayed'), 'its Idempotency-Keys are its own');
  check(/^\d{4}-/.test(id().used_at), 'when it was used last');
  same(service.toyon('key', 'revoke', String(id().id)).status, 0, 'revoked');
  await refused('a key that was revoked', 'request_make', { ...o, key: shop }, 401);
}

// What each call is for, as tbl/api.h has it: with every scope but that one it is
// refused and changes nothing, with that one alone it is not.
const SCOPES = {
  check: ['check_many', 'screen_records', 'check_one'],
  follow: ['log_page', 'snapshot_manifest', 'snapshot_block'],
  signals: ['suppress_many', 'profile_visit', 'child_put', 'age_gate_call', 'consent_call'],
  release: ['release_many'],
  requests: ['request_make', 'request_show'],
  file: ['agent_request', 'agent_requests', 'parent_request'],
};

async function testScopes() {
  const items = asItems(['scoped@example.com']);
  const given = {
    check_many: { body: { items } },
    screen_records: { body: { records: [{ identifiers: items }] } },
    check_one: { params: { hash: sha256('scoped@example.com') }, query: { kind: 'email' } },
    suppress_many: { body: { items, reason: 'manual' } },
    profile_visit: { body: { items } },
    child_put: { body: { items, age: 'under-13' } },
    age_gate_call: { body: { items, return_to: 'https://shop.example/' } },
    consent_call: { body: { items, for: 'Train our models', given: false } },
    release_many: { body: { items: asItems(['nobody@said.example']) } },
    request_make: { body: { kind: 'opt-out' } },
    request_show: { params: { reference: 'K7QF2M9A' } },
    agent_request: { body: { kind: 'opt-out' } },
    agent_requests: { query: { agent: 1 }, body: 'kind,email,signed_by,signed_on\n', type: 'text/csv' },
    parent_request: { body: { kind: 'delete' } },
  };
  const described = Object.values(schemas.document.paths).flatMap((methods) => Object.values(methods).map((op) => op.operationId));
  same(described.filter((id) => id !== 'describe').toSorted(), Object.values(SCOPES).flat().toSorted(), 'each call has one scope');
  for (const [scope, ids] of Object.entries(SCOPES)) {
    const others = Object.keys(SCOPES).filter((s) => s !== scope).join();
    const [only, but] = [scope, others].map((s) => service.toyon('key', 'add', `t-${s}`, '--may', s).stdout.trim());
    for (const id of ids) {
      const o = given[id] ?? {};
      const no = await call(id, { ...o, key: but });
      same([no.status, no.json.detail.startsWith('this API key may not'), no.json.hint?.includes(scope)], [403, true, true], `${id} takes ${scope}`);
      check((await call(id, { ...o, key: only })).status !== 403, `${id} takes nothing but ${scope}`);
    }
  }
  const [id] = JSON.parse(service.toyon('key', 'list', '--json').stdout).filter((k) => k.name === 't-check');
  same(id.may, ['check'], 'the list says what a key is for');
  const bad = service.toyon('key', 'add', 'odd', '--may', 'check,everything');
  check(bad.status !== 0 && bad.stderr.includes('"everything"'), `what is no scope is said: ${bad.stderr}`);
}

const BILLING = `version: 1
systems: []
vendors:
  - { name: biller, role: service_provider, days: 10, email: p@biller.example, receives: [ email ], party: Billing, purpose: billing }
`;

async function testSuppressAndCheck() {
  const who = 'Elaine.Tran@Example.NET';
  const plain = who.toLowerCase();
  same(await states([who]), ['clear'], 'nobody yet');
  const body = { items: asItems([who, ` ${plain}`, sha256(plain), sha256(plain, 'base64')]), reason: 'opt-out', source: 'gpc' };
  const put = await call('suppress_many', { body });
  same([put.status, put.json.data], [200, { items: 4, added: 1, reason: 'opt-out' }], 'one person, four ways to write it');
  same((await call('suppress_many', { body })).json.data.added, 0, 'known already');
  same((await call('suppress_many', { body: { ...body, reason: 'limit' } })).json.data.added, 1, 'a further reason is new');
  const r = await call('check_many', { body: { items: asItems([plain, sha256(plain), 'someone@else.example', 'nobody', '']) } });
  const hit = { kind: 'email', state: 'suppressed', reasons: ['opt-out', 'limit'], forbids: ['sale', 'sensitive-use'] };
  const odd = { kind: 'email', state: 'unreadable', reasons: [], forbids: [] };
  same(r.json.data, [hit, hit, { ...odd, state: 'clear' }, { ...odd, fault: 'at' }, { ...odd, fault: 'empty' }], 'in order, with reasons');
  check(!/tran|else/i.test(r.text), 'no value comes back');
  const one = await call('check_one', { params: { hash: sha256(plain) }, query: { kind: 'email' } });
  same([one.status, one.json.data], [200, hit], 'by its hash');
  // One answer from every fact: E9, N-05, R-44, P-05 of docs/law.md.
  const sale = (await call('check_many', { body: { items: asItems([plain, 'someone@else.example', 'nobody']), for: 'share' } })).json.data;
  same(sale.map((v) => [v.for, v.may]), [['share', false], ['share', true], ['share', undefined]], 'one yes or no for each');
  same(sale[0].because.map((b) => [b.reason, /7026/.test(b.citation)]), [['opt-out', true]], 'with the reason that forbids it, and its section');
  same((await call('check_one', { params: { hash: sha256(plain) }, query: { kind: 'email', for: 'sensitive' } })).json.data.because.map((b) => b.reason),
    ['limit'], 'another use, another reason');
  await refused('a purpose that nobody knows', 'check_one', { params: { hash: sha256(plain) }, query: { kind: 'email', for: 'selling' } }, 404);
  service.map(BILLING);
  same((await call('check_one', { params: { hash: sha256(plain) }, query: { kind: 'email', for: 'billing' } })).json.data.may, true,
    'a purpose of the business itself');
  await refused('a use of 81 bytes', 'check_many', { body: { items: asItems([plain]), for: 'x'.repeat(81) } }, 422);
  same((await call('check_one', { params: { hash: sha256(plain) }, query: { kind: 'phone' } })).json.data.state, 'clear',
    'the same hash of another kind is somebody else');
  same(service.toyon('check', 'email', plain).status, 4, 'and the command line knows');
  await call('suppress_many', { body: { items: asItems(['own@example.com']), reason: 'manual' } });
  await refused('opting in by one call', 'release_many', { body: { items: asItems(['own@example.com', who]) } }, 403);
  same(await states([plain, 'own@example.com']), ['suppressed', 'suppressed'], 'nothing was released');
  same((await call('release_many', { body: { items: asItems(['own@example.com', 'never@example.com']) } })).json.data, { items: 2 }, 'released');
  same(await states(['own@example.com']), ['clear'], 'nothing is left');
  same(service.toyon('release', 'email', plain, '--why', 'mistake').status, 0, 'staff may');
  same(await states([plain]), ['clear'], 'and it is so at once');
}

async function testLines() {
  await call('suppress_many', { query: { kind: 'phone', reason: 'opt-out', source: 'shop' }, type: 'text/plain', body: '(415) 555-0131\n' });
  const said = (r) => r.text.trimEnd().split('\n').map((l) => JSON.parse(l)).map((v) => [v.kind, v.state]);
  const text = await call('check_many', { query: { kind: 'phone' }, type: 'text/plain', body: '4155550131\r\n\r\n+1 415 555 0132\r\n1.415.555.0131' });
  same(said(text), [['phone', 'suppressed'], ['phone', 'unreadable'], ['phone', 'clear'], ['phone', 'suppressed']], 'a line for a line');
  check(text.text.endsWith('\n'), 'the last line is ended');
  for (const line of text.text.trimEnd().split('\n')) {
    same(schemas.misfit({ $ref: '#/components/schemas/Verdict' }, JSON.parse(line)), undefined, 'each as described');
  }
  const lines = ['{"kind":"phone","value":"415-555-0131"}', ' { "value" : "\\u0034155550131" , "kind":"phone" } ', '{"value":"a@b.example"}'];
  const ndjson = await call('check_many', { query: { kind: 'email' }, type: 'application/x-ndjson; charset=utf-8', body: lines.join('\n') });
  same(said(ndjson), [['phone', 'suppressed'], ['phone', 'suppressed'], ['email', 'clear']], 'mixed, escaped, with a kind for all');
  await refused('lines of other things', 'check_many', { type: 'application/x-ndjson',
    body: '{"kind":"email","value":"a@b.example"}\n{"kind":"email","valu":"a@b.example"}\n{"kind":"fax","value":"1"}\n{"kind":"email"}\n[]\n\n{"kind":"email","kind":"email"}' },
  422, [['#/1', 'unknown'], ['#/2/kind', 'unknown'], ['#/3/value', 'missing'], ['#/4', 'json'], ['#/5', 'json'], ['#/6', 'twice']]);
  await refused('lines without a kind', 'check_many', { type: 'text/plain', body: 'a\nb' }, 422, [['#/0/kind', 'missing'], ['#/1/kind', 'missing']]);
}

// The answer comes before the body is sent: fetch() calls that a failure.
function tooLong(body) {
  return spawnSync('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '-H', 'Content-Type: application/json', '-H',
    `Authorization: Bearer ${service.key}`, '--data-binary', '@-', `${service.url}/api/v1/suppressions:check`],
  { input: body, encoding: 'utf8' }).stdout;
}

async function testLimits() {
  const many = emails(BATCH);
  const r = await call('check_many', { query: { kind: 'email' }, type: 'text/plain', body: many.join('\n') });
  same([r.status, r.text.split('\n').length - 1], [200, BATCH], 'as many as may be');
  same((await states(many)).length, BATCH, 'in JSON as well');
  const put = await call('suppress_many', { body: { items: asItems(many), reason: 'manual' } });
  same(put.json.data, { items: BATCH, added: BATCH, reason: 'manual' }, 'stored in one call');
  same(new Set(await states(many)), new Set(['suppressed']), 'every one of them');
  await call('release_many', { body: { items: asItems(many) } });
  const some = many.filter((_, i) => i % 7 === 3);
  await call('suppress_many', { body: { items: asItems(some), reason: 'manual' } });
  const asked = many.map((email, i) => (i % 11 === 5 ? 'nobody' : email));
  same(await states(asked), asked.map((email, i) => (email === 'nobody' ? 'unreadable' : i % 7 === 3 ? 'suppressed' : 'clear')),
    'each answer in the place of its question');
  await call('release_many', { body: { items: asItems(some) } });
  many.push('one@more.example');
  await refused('one more', 'check_many', { query: { kind: 'email' }, type: 'text/plain', body: many.join('\n') }, 413);
  await refused('one more', 'check_many', { body: { items: asItems(many) } }, 413);
  const bytes = (n) => `{"items":[{"kind":"email","value":"a@example.com"}]${' '.repeat(n - 52)}}`;
  same(bytes(BODY).length, BODY, 'as many bytes');
  same((await call('check_many', { body: bytes(BODY) })).status, 200, 'as many bytes as may be');
  same(tooLong(bytes(BODY + 1)), '413', 'a byte more');
  await refused('none', 'check_many', { body: { items: [] } }, 422, [['#/items', 'missing']]);
  await refused('no lines', 'check_many', { query: { kind: 'email' }, type: 'text/plain', body: '' }, 422, [['#', 'missing']]);
}

async function testProblems() {
  const items = asItems(['a@example.com']);
  await refused('no JSON', 'check_many', { body: '{"items":[' }, 400);
  await refused('no JSON, and nothing of it comes back', 'check_many', { body: '{"jo@lakeshore.example"}' }, 400)
    .then((r) => check(!r.text.includes('lakeshore'), 'quoted nothing'));
  await refused('a key twice', 'check_many', { body: '{"items":[],"items":[]}' }, 400);
  await refused('too deep', 'check_many', { body: `${'['.repeat(30)}${']'.repeat(30)}` }, 400);
  await refused('a list', 'check_many', { body: '[]' }, 422, [['#', 'type']]);
  await refused('no list', 'check_many', { body: { items: {} } }, 422, [['#/items', 'type']]);
  await refused('a form', 'check_many', { body: 'items=1', type: 'application/x-www-form-urlencoded' }, 415);
  await refused('odd items', 'check_many', { body: { items: [1, { kind: 1, value: 'x' }, { kind: 'email' }, { kind: 'email', value: 2 }, { kind: 'email', value: 'x', more: 1 }] } },
    422, [['#/items/0', 'type'], ['#/items/1/kind', 'type'], ['#/items/1/kind', 'missing'], ['#/items/2/value', 'missing'], ['#/items/3/value', 'type'], ['#/items/4', 'unknown']]);
  await refused('a misspelt member', 'check_many', { body: { items, kinds: 1 } }, 422, [['#', 'unknown']]);
  same((await refused('more than are listed', 'check_many', { body: { items: Array(40).fill(1) } }, 422)).json.errors.length, 16, 'the first 16');
  await refused('no reason', 'suppress_many', { body: { items } }, 422, [['#/reason', 'missing']]);
  await refused('no such reason', 'suppress_many', { body: { items, reason: 'whim', source: 'A shop' } }, 422, [['#/reason', 'unknown'], ['#/source', 'form']]);
  await refused('all or nothing', 'suppress_many', { body: { items: asItems(['first@example.com', 'nobody', 'x@y']), reason: 'opt-out' } },
    422, [['#/items/1/value', 'at'], ['#/items/2/value', 'domain']]);
  await refused('all or nothing', 'release_many', { query: { kind: 'email' }, type: 'text/plain', body: 'first@example.com\nnobody' }, 422, [['#/1', 'at']]);
  same(await states(['first@example.com']), ['clear'], 'nothing was stored');
  await refused('no hash', 'check_one', { params: { hash: 'a@example.com' }, query: { kind: 'email' } }, 422, [['#/hash', 'hash']]);
  await refused('a hash cut short', 'check_one', { params: { hash: sha256('x').slice(1) }, query: { kind: 'email' } }, 422, [['#/hash', 'hash']]);
  await refused('a kind that is not known by its hash', 'check_one', { params: { hash: sha256('x') }, query: { kind: 'account' } }, 422, [['#/kind', 'unknown']]);
}

// A table's name may have dots, as that of a file.
const LEADS = `version: 1
systems:
  - name: leads
    connector: csv
    database: leads
    tables:
      - { name: new.csv, columns: [ { name: email, identifies: email }, { name: zip } ], erase: delete }
vendors: []
`;

// Records with all their identifiers: what is known of one holds for the record.
async function testScreening() {
  const person = (...values) => ({ identifiers: asItems(values) });
  await call('suppress_many', { body: { items: asItems(['gone@screen.example']), reason: 'deleted' } });
  await call('suppress_many', { body: { items: asItems(['out@screen.example']), reason: 'opt-out' } });
  const { data } = (await call('screen_records', {
    body: {
      records: [person('new@screen.example'), person('new@screen.example', 'Gone@Screen.example'), person('out@screen.example'),
        person('out@screen.example', 'nobody'), person('nobody', 'new@screen.example'),
        { identifiers: [{ kind: 'phone', value: '415 555 0177' }, { kind: 'email', value: sha256('out@screen.example') }] }],
    },
  })).json;
  same(data, [
    { screen: 'clear', reasons: [], unreadable: 0 },
    { screen: 'blocked', reasons: ['deleted'], unreadable: 0 },
    { screen: 'opted-out', reasons: ['opt-out'], unreadable: 0 },
    { screen: 'opted-out', reasons: ['opt-out'], unreadable: 1 },
    { screen: 'unreadable', reasons: [], unreadable: 1 },
    { screen: 'opted-out', reasons: ['opt-out'], unreadable: 0 },
  ], 'each record by what is known of any of its identifiers, in order');
  const many = (n) => ({ records: [{ identifiers: asItems(emails(n)) }] });
  same((await call('screen_records', { body: many(BATCH) })).json.data.length, 1, 'as many as may be');
  await refused('one more', 'screen_records', { body: many(BATCH + 1) }, 413);
  await refused('none', 'screen_records', { body: { records: [] } }, 422, [['#/records', 'missing']]);
  await refused('nobody in it', 'screen_records', { body: { records: [{ identifiers: [] }, 1] } }, 422,
    [['#/records/0', 'missing'], ['#/records/1', 'missing']]);
  await refused('odd identifiers', 'screen_records', { body: { records: [{ identifiers: [1, { kind: 'mood', value: 'x' }, { value: 2 }], x: 1 }] } }, 422,
    [['#/records/0', 'unknown'], ['#/records/0/identifiers/0', 'type'], ['#/records/0/identifiers/1/kind', 'unknown'],
      ['#/records/0/identifiers/2/value', 'type'], ['#/records/0/identifiers/2/kind', 'unknown']]);
  service.map(LEADS);
  const stored = (more) => ({ body: { records: [{ identifiers: asItems(['new@screen.example']), ...more }] } });
  same((await call('screen_records', stored({ system: 'leads', values: [{ column: 'new.csv.zip', value: '94607' }] }))).json.data,
    [{ screen: 'clear', reasons: [], unreadable: 0, corrected: [] }], 'nobody corrected it there');
  await refused('no such system', 'screen_records', stored({ system: 'leeds' }), 422, [['#/records/0/system', 'unknown']]);
  await refused('values of no system', 'screen_records', stored({ values: [] }), 422, [['#/records/0/system', 'unknown']]);
  await refused('odd values', 'screen_records', stored({ system: 'leads', values: [1, { column: 'zip', value: '94607' }, { column: 'new.csv.nose', value: 2 }] }), 422,
    [['#/records/0/values/0', 'type'], ['#/records/0/values/1/column', 'unknown'], ['#/records/0/values/2/value', 'type'], ['#/records/0/values/2/column', 'unknown']]);
  await refused('no key', 'screen_records', { body: many(1), key: null }, 401);
}

async function testRequests() {
  const made = await call('request_make', { body: { kind: 'opt-out', identifier: ' Maria@Example.com ', signal: true } });
  const { reference } = made.json.data;
  same([made.status, made.headers.get('location')], [201, `/api/v1/requests/${reference}`], 'made');
  same([made.json.data.kind, made.json.data.is_open, made.json.data.outcome], ['opt-out', false, 'complied'], 'in force at once');
  same(await states(['maria@example.com']), ['suppressed'], 'in force at once');
  const shown = await call('request_show', { params: { reference: reference.toLowerCase().replace('-', '') } });
  same(shown.json, made.json, 'found again, however it is typed');
  check(!/maria/i.test(shown.text), 'nothing personal');
  const browser = await call('request_make', { body: { kind: 'opt-out' } });
  same(browser.status, 201, 'nothing has to be given: 11 CCR 7025(c)(2)');
  check(browser.json.data.reference !== reference, 'a request of its own');
  const limited = await call('request_make', { body: { kind: 'limit', identifier: 'limits@example.com', signal: true } });
  // Whether it is open still depends on how soon the worker finds out who has to be told.
  same([limited.status, limited.json.data.kind], [201, 'limit'], 'a limit is taken, too');
  const { received_on, in_force_on, closed_on, is_open } = limited.json.data;
  same([in_force_on, closed_on === null], [received_on, is_open], 'it holds since it came, and has no last day while somebody is to be told');
  same(await states(['limits@example.com']), ['suppressed'], 'and is in force at once');
  await refused('a limit of nobody', 'request_make', { body: { kind: 'limit' } }, 422, [['#/identifier', 'missing']]);
  await refused('what is no right yet, or needs a person', 'request_make', { body: { kind: 'opt-in', identifier: 'limits@example.com' } }, 422, [['#/kind', 'unknown']]);
  await refused('nobody', 'request_make', { body: { kind: 'opt-out', identifier: 'nobody' } }, 422, [['#/identifier', 'unreadable']]);
  await refused('another kind', 'request_make', { body: { kind: 'delete' } }, 422, [['#/kind', 'unknown']]);
  await refused('no kind', 'request_make', { body: {} }, 422, [['#/kind', 'missing']]);
  await refused('odd members', 'request_make', { body: { kind: 'opt-out', identifier: 1, signal: 'yes', x: 1 } }, 422,
    [['#', 'unknown'], ['#/identifier', 'type'], ['#/signal', 'type']]);
  await refused('lines', 'request_make', { body: 'x', type: 'text/plain' }, 415);
  await refused('no right yet', 'request_make', { body: { kind: 'opt-out-admt', identifier: 'limits@example.com' } }, 422, [['#/kind', 'unknown']]);
  await refused('a wrong check character', 'request_show', { params: { reference: 'K7QF-2M9A' } }, 404);
}

const PDF = Buffer.from('%PDF-1.7 signed by hand').toString('base64');
const events = () => service.toyon('audit', 'export').stdout;

// R-47, V-12, NT-5: an agent asks by a program, with what the consumer signed.
async function testAgents() {
  const agent = { agent_name: 'Ann Doe', agent_email: 'ann@doe.example' };
  const signed = { proof: 'signed', signed_by: 'Maria Gomez', signed_on: '2026-01-05' };
  const stop = await call('agent_request', { body: { kind: 'opt-out', email: 'by.agent@example.com', ...agent, ...signed } });
  same([stop.status, stop.json.data.kind, stop.json.data.is_open, stop.json.data.outcome], [201, 'opt-out', false, 'complied'], 'in force at once');
  same(stop.headers.get('location'), `/api/v1/requests/${stop.json.data.reference}`, 'and there it is');
  same(await states(['by.agent@example.com']), ['suppressed'], 'the list says so');
  const asked = (await call('agent_request', { body: { kind: 'know-specific', email: 'asks@example.com', zip: '94607', ...agent, ...signed } })).json.data;
  same([asked.kind, asked.is_open], ['know-specific', true], 'what is answered by letter waits for the code of the consumer');
  const power = { kind: 'delete', email: 'power@example.com', ...agent, proof: 'power' };
  same((await call('agent_request', { body: { ...power, document: PDF } })).status, 201, 'a power of attorney is a document');
  await refused('without it', 'agent_request', { body: power }, 422, [['#/document', 'missing'], ['#/signed_by', 'missing'], ['#/signed_on', 'unreadable']]);
  await refused('no picture and no PDF', 'agent_request', { body: { ...power, document: btoa('MZ') } }, 422, [['#/document', 'unreadable']]);
  await refused('no Base64', 'agent_request', { body: { ...power, document: 'JVBERi0=x' } }, 422, [['#/document', 'form']]);
  await refused('nothing shown, E4', 'agent_request', { body: { kind: 'opt-out', email: 'x@example.com', ...agent } }, 422, [['#/proof', 'missing']]);
  await refused('"none" shows nothing', 'agent_request', { body: { kind: 'opt-out', email: 'x@example.com', ...agent, proof: 'none' } }, 422, [['#/proof', 'unknown']]);
  same(await states(['x@example.com']), ['clear'], 'what was refused changed nothing');
  await refused('nobody who asks', 'agent_request', { body: { kind: 'opt-out', email: 'x@example.com', ...signed } }, 422,
    [['#/agent_name', 'missing'], ['#/agent_email', 'unreadable']]);
  await refused('nobody asked for', 'agent_request', { body: { kind: 'limit', ...agent, ...signed } }, 422, [['#/email', 'missing']]);
  await refused('a right that is none for an agent', 'agent_request', { body: { kind: 'opt-in', email: 'x@example.com', ...agent, ...signed } }, 422, [['#/kind', 'unknown']]);
  await refused('what nobody may ask', 'agent_request', { body: { kind: 'opt-out', email: 'x@example.com', ssn: '1', ...agent, ...signed } }, 422, [['#', 'unknown']]);
  const spanish = await call('agent_request', { body: { kind: 'delete', email: 'es@example.com', zip: '94607', language: 'es', ...agent, ...signed } });
  const letters = await service.letters(spanish.json.data.reference);
  check(letters.length && letters.every((l) => l.includes('Su n=C3=BAmero de referencia es')), '7003(b): letters come in the language that was said');
  await refused('nobody is served in it', 'agent_request', { body: { kind: 'opt-out', email: 'fr@example.com', language: 'fr', ...agent, ...signed } }, 422, [['#/language', 'unknown']]);
  await refused('nor here', 'request_make', { body: { kind: 'opt-out', identifier: 'fr@example.com', language: 'fr' } }, 422, [['#/language', 'unknown']]);
  const o = { headers: { 'Idempotency-Key': 'agent-1' }, body: { kind: 'limit', phone: '510-555-0181', ...agent, ...signed } };
  same((await call('agent_request', o)).text, (await call('agent_request', o)).text, 'a call that comes again files nothing twice');
}

// D-01, D-03: who has no right here is told so, whoever asks, and an opt-out of sale is taken
// in any case, as its page takes it.
async function testNotOffered() {
  const agent = { agent_name: 'Ann Doe', agent_email: 'ann@doe.example', proof: 'signed', signed_by: 'Sue Ames', signed_on: '2026-01-05' };
  const set = (name, value) => service.toyon('setting', name, value);
  set('uses_sensitive', 'no');
  set('sells', 'no');
  try {
    await refused('a limit that is not offered', 'request_make', { body: { kind: 'limit', identifier: 'none@example.com' } }, 422, [['#/kind', 'unknown']]);
    await refused('nor for an agent', 'agent_request', { body: { kind: 'limit', email: 'none@example.com', ...agent } }, 422, [['#/kind', 'unknown']]);
    same(await states(['none@example.com']), ['clear'], 'and nothing is in force');
    same((await call('request_make', { body: { kind: 'opt-out', identifier: 'sells.none@example.com' } })).status, 201, 'an opt-out is taken');
    same((await call('agent_request', { body: { kind: 'opt-out', email: 'sells.none@example.com', ...agent } })).status, 201, 'from an agent, too');
    const id = service.toyon('agent', 'add', 'Takes All', 'all@permit.example').stdout.trim();
    const csv = 'kind,email,signed_by,signed_on\nlimit,none@example.com,A,2026-01-05\nopt-out,row.none@example.com,A,2026-01-05\nforget,row.none@example.com,A,2026-01-05\n';
    const { rows } = (await call('agent_requests', { query: { agent: id }, body: csv, type: 'text/csv' })).json.data;
    same(rows.map((r) => [r.line, r.state, r.field]), [[2, 'bad', 'kind'], [3, 'filed', ''], [4, 'bad', 'kind']], 'and so in a file');
    same(rows[2].reason, 'The kind is know, delete, correct, opt-out, limit, opt-out-admt, access-admt or appeal-admt', 'which is told all kinds there are');
  } finally {
    set('uses_sensitive', 'yes');
    set('sells', 'yes');
  }
}

// The registry, and a file with an error a row.
async function testAgentFiles() {
  const id = service.toyon('agent', 'add', 'Permit Me', 'desk@permit.example').stdout.trim();
  const one = await call('agent_request', { body: { kind: 'opt-out', email: 'registered@example.com', agent_id: Number(id), proof: 'signed', signed_by: 'R', signed_on: '2026-01-05' } });
  same([one.status, events().includes(`"agent":"${id}"`) || events().includes(`"agent":${id}`)], [201, true], 'filed by the agent of the registry');
  await refused('nobody has this number', 'agent_request', { body: { kind: 'opt-out', email: 'r@example.com', agent_id: 4711, proof: 'signed', signed_by: 'R', signed_on: '2026-01-05' } }, 404);
  const csv = 'kind,email,signed_by,signed_on\nopt-out,row1@example.com,A,2026-01-05\nlimit,nobody,A,2026-01-05\nopt-out,row3@example.com,,2026-01-05\n';
  const send = async (query, body = csv) => (await call('agent_requests', { query: { agent: id, ...query }, body, type: 'text/csv' })).json.data;
  const seen = await send({ preview: 'yes' });
  same([seen.bad, seen.rows.map((r) => [r.line, r.state, r.field])], [2, [[2, 'filed', ''], [3, 'bad', 'email'], [4, 'bad', 'signed_by']]], 'a preview says what would be');
  same(await states(['row1@example.com']), ['clear'], 'and files nothing');
  const filed = await send({});
  check(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(filed.rows[0].reference) && filed.rows.slice(1).every((r) => r.reason.length > 10), 'filed, and how to mend the others');
  same(await states(['row1@example.com', 'row3@example.com']), ['suppressed', 'clear'], 'a bad row stops no other');
  const again = await send({});
  same([again.rows[0].state, again.rows[0].reference], ['known', filed.rows[0].reference], 'filed again it is the same request');
  const spanish = await send({ language: 'es' }, 'kind,email,zip,signed_by,signed_on\ndelete,row4@example.com,94607,A,2026-01-05\n');
  const letters = await service.letters(spanish.rows[0].reference);
  check(letters.length && letters.every((l) => l.includes('Su n=C3=BAmero de referencia es')), 'letters about a file come in the language that was said');
  await refused('nobody is served in it', 'agent_requests', { query: { agent: id, language: 'fr' }, body: csv, type: 'text/csv' }, 422, [['#/language', 'unknown']]);
  await refused('no such column', 'agent_requests', { query: { agent: id }, body: 'kind,ssn\n', type: 'text/csv' }, 422);
  await refused('JSON', 'agent_requests', { query: { agent: id }, body: {} }, 415);
  await refused('of nobody', 'agent_requests', { body: csv, type: 'text/csv' }, 422, [['#/agent', 'number']]);
  await refused('perhaps', 'agent_requests', { query: { agent: id, preview: 'maybe' }, body: csv, type: 'text/csv' }, 422, [['#/preview', 'unknown']]);
  service.toyon('agent', 'suspend', id, '--why', 'Made up');
  await refused('suspended', 'agent_requests', { query: { agent: id }, body: csv, type: 'text/csv' }, 403);
  await refused('suspended, one by one', 'agent_request', { body: { kind: 'opt-out', email: 'r2@example.com', agent_id: Number(id), proof: 'signed', signed_by: 'R', signed_on: '2026-01-05' } }, 422,
    [['#/agent_id', 'suspended']]);
  await refused('suspended, by name', 'agent_request', { body: { kind: 'opt-out', email: 'r3@example.com', agent_name: 'Permit Me', agent_email: 'desk@permit.example', proof: 'signed', signed_by: 'R', signed_on: '2026-01-05' } }, 422,
    [['#/agent_email', 'suspended']]);
}

// M-01: for a child under 13, by a parent whom staff have to check.
async function testParents() {
  const year = new Date().getUTCFullYear();
  const of = (more) => ({ kind: 'delete', email: 'child@example.com', zip: '94607', born_on: `${year - 9}-03-01`, parent_name: 'Pat Doe', parent_email: 'pat@example.com', check: 'form', ...more });
  const made = (await call('parent_request', { body: of({ document: PDF }) })).json.data;
  same([made.kind, made.is_open, made.told], ['delete', true, 'We have the request. Next we find out that you are the child\u2019s parent or guardian.'], 'nothing happens before');
  const may = (await call('check_many', { body: { items: asItems(['child@example.com']), for: 'sale' } })).json.data[0];
  same([may.may, may.because.map((b) => b.reason)], [false, ['minor']], 'their age is known from now on');
  await refused('from 13 on they ask themselves', 'parent_request', { body: of({ born_on: `${year - 14}-01-01` }) }, 422, [['#/born_on', 'theirs']]);
  await refused('no day', 'parent_request', { body: of({ born_on: 'May' }) }, 422, [['#/born_on', 'form']]);
  await refused('how to check them is the law\u2019s, and the business\u2019s to establish', 'parent_request', { body: of({ check: 'video' }) }, 422, [['#/check', 'missing']]);
  await refused('nobody asks', 'parent_request', { body: of({ parent_name: '', parent_email: '' }) }, 422, [['#/parent_name', 'missing'], ['#/parent_email', 'missing']]);
  await refused('a stop needs no parent', 'parent_request', { body: of({ kind: 'opt-out' }) }, 422, [['#/kind', 'unknown']]);
  await refused('lines', 'parent_request', { body: 'x', type: 'text/plain' }, 415);
}

// NT-1, E10: what belongs to one person is opted out together.
async function testVisits() {
  const who = (...ids) => ids.map(([kind, value]) => ({ kind, value }));
  const browser = ['cookie', 'b-1'], phone = ['cookie', 'p-1'], account = ['account', 'a-1'];
  const visit = async (body) => (await call('profile_visit', { body })).json.data;
  same(await visit({ items: who(browser) }), { items: 1, opted_out: false, added: 0, ask: false, choice: '' }, 'no signal means nothing');
  same(await visit({ items: who(browser), signal: true }), { items: 1, opted_out: true, added: 1, ask: false, choice: '' }, 'the browser');
  same(await visit({ items: who(browser, account) }), { items: 2, opted_out: true, added: 1, ask: false, choice: '' }, 'then the account that logs in');
  same(await visit({ items: who(phone, account), program: 'Gold card' }),
    { items: 2, opted_out: true, added: 1, ask: true, choice: '' }, 'then its other device; the program may be asked about');
  same((await visit({ items: who(browser, account), program: 'Gold card' })).ask, false, 'once, on whatever device');
  same((await visit({ items: who(account), program: 'Gold card', choice: 'keep' })).choice, 'keep', 'the answer is kept');
  same(await states(['p-1', 'b-1'], 'cookie'), ['suppressed', 'suppressed'], 'and sells nothing');
  await refused('a choice about nothing', 'profile_visit', { body: { items: who(browser), choice: 'keep' } }, 422, [['#/program', 'missing']]);
  await refused('another choice', 'profile_visit', { body: { items: who(browser), program: 'x', choice: 'later' } }, 422, [['#/choice', 'unknown']]);
  await refused('who can not be read', 'profile_visit', { body: { items: asItems(['nobody']), signal: true } }, 422, [['#/items/0/value', 'at']]);
  await refused('lines', 'profile_visit', { query: { kind: 'email' }, body: 'x@example.com', type: 'text/plain' }, 415);
}

// M-01, M-02, E3, E9: data of a minor that came to light.
async function testMinors() {
  const found = async (body) => (await call('child_put', { body })).json.data;
  const year = new Date().getUTCFullYear();
  const kim = await found({ items: asItems(['kim@example.org']), born_on: `${year - 10}-01-01` });
  same([kim.age, kim.until, kim.opened], ['under-13', `${year + 6}-01-01`, true], 'until the 16th birthday');
  const shown = (await call('request_show', { params: { reference: kim.reference } })).json.data;
  same([shown.kind, shown.is_open], ['delete', true], 'a case to delete is opened by itself');
  same((await found({ items: asItems(['kim@example.org']), age: '13-to-15' })).reference, kim.reference, 'once');
  same((await call('check_many', { body: { items: asItems(['kim@example.org']), for: 'sale' } })).json.data[0].because.map((b) => b.reason), ['minor'],
    'and nothing is sold');
  same(await found({ items: asItems(['old@example.org']), born_on: '1990-01-01' }),
    { items: 1, age: '16-and-over', until: '2006-01-01', ask_from: null, reference: '', opened: false }, 'who is 16 is nobody of this');
  await refused('no age', 'child_put', { body: { items: asItems(['x@example.org']) } }, 422, [['#/age', 'missing']]);
  await refused('both', 'child_put', { body: { items: asItems(['x@example.org']), age: 'under-13', born_on: '2020-01-01' } }, 422, [['#/age', 'twice']]);
  await refused('no day', 'child_put', { body: { items: asItems(['x@example.org']), born_on: 'last May' } }, 422, [['#/born_on', 'form']]);
  await refused('who can not be read', 'child_put', { body: { items: asItems(['nobody']), age: 'under-13' } }, 422, [['#/items/0/value', 'at']]);
}

// What docs.mjs asked about: no before it is given, yes then, no at once when it is
// taken back; and the command says the same.
async function testConsent() {
  const purpose = 'Train our models';
  const who = 'kim@consent.example';
  const asked = async () => {
    const [v] = (await call('check_many', { body: { items: asItems([who]), for: purpose } })).json.data;
    return [v.may, v.because.map((b) => `${b.reason}: ${b.citation}`)];
  };
  const put = (given, version) =>
    call('consent_call', { body: { for: purpose, given, items: asItems([who]), ...(version && { version }) } });
  const no = [false, ['no-consent: 11 CCR 7002(e)']];
  same(await asked(), no, 'nobody has consented before they did');
  same((await put(true, 1)).json.data, { items: 1, added: 1, given: true, version: 1 }, 'given');
  same(await asked(), [true, []], 'and known when it is answered');
  same((await put(true, 1)).json.data.added, 0, 'handed in twice, said once');
  same((await put(false)).json.data.added, 1, 'taken back, without naming a version');
  same(await asked(), no, 'at once');
  same(service.toyon('consent', 'show', 'email', who).stdout.trim().split('\n').map((l) => l.split('\t')[2]), ['given', 'withdrawn'],
    'the ledger has both');
  await refused('who consents saw a version', 'consent_call', { body: { for: purpose, given: true, items: asItems([who]) } }, 422);
  await refused('a word that is neither', 'consent_call', { body: { for: purpose, items: asItems([who]) } }, 422);
  await refused('a purpose nobody asked about', 'consent_call', { body: { for: 'Sell boats', given: false, items: asItems([who]) } }, 404);
}

async function testIdempotency() {
  const o = (key, identifier) => ({ headers: { 'Idempotency-Key': key }, body: { kind: 'opt-out', identifier } });
  const first = await call('request_make', o('order-1', 'one@example.org'));
  const again = await call('request_make', o('order-1', 'one@example.org'));
  same([again.status, again.text, again.headers.get('location')], [201, first.text, first.headers.get('location')], 'the same answer');
  same([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')], [null, 'true'], 'which says so');
  same((await call('request_make', o('"order-1"', 'one@example.org'))).text, first.text, 'in quotes, as the draft has it');
  await refused('the same key for another body', 'request_make', o('order-1', 'two@example.org'), 422);
  same(await states(['two@example.org']), ['clear'], 'nothing was done');
  await refused('the same key for another call', 'suppress_many',
    { headers: { 'Idempotency-Key': 'order-1' }, body: { items: asItems(['two@example.org']), reason: 'opt-out' } }, 422);
  await refused('what can not be read', 'request_make', o('order-2', 'nobody'), 422, [['#/identifier', 'unreadable']]);
  same((await call('request_make', o('order-2', 'two@example.org'))).status, 201, 'a failure takes no key away');
  const many = await Promise.all(Array.from({ length: 8 }, () => call('request_make', o('order-3', 'three@example.org'))));
  same(new Set(many.map((r) => r.text)).size, 1, 'at the same time: one request');
  same(many.filter((r) => r.headers.get('idempotent-replayed')).length, 7, 'and seven replays');
  const put = { headers: { 'Idempotency-Key': 'pack-1' }, body: { items: asItems(['four@example.org']), reason: 'manual' } };
  await call('suppress_many', put);
  await call('release_many', { body: { items: put.body.items } });
  same((await call('suppress_many', put)).json.data.added, 1, 'the first answer');
  same(await states(['four@example.org']), ['clear'], 'and nothing was done twice');
  await refused('no key', 'request_make', o('', 'x@example.org'), 400);
  await refused('too long', 'request_make', o('k'.repeat(256), 'x@example.org'), 400);
  await refused('blanks', 'request_make', o('a b', 'x@example.org'), 400);
  same((await call('request_make', o('k'.repeat(255), 'x@example.org'))).status, 201, 'as long as may be');
}

// P-06, 11 CCR 7052: what another business passes on is carried out by one call, read by
// a program, and the same when it comes twice.
async function testForwarded() {
  const forwarded = [['deleted', 'sale,share,sensitive,admt,keeping'], ['opt-out', 'sale,share'], ['limit', 'sensitive']];
  for (const [reason, uses] of forwarded) {
    const who = `forwarded-${reason}@example.org`;
    const put = () => call('suppress_many', { body: { items: asItems([who]), reason, source: 'upstream' } });
    same([(await put()).json.data, (await put()).json.data].map((d) => [d.items, d.added, d.reason]), [[1, 1, reason], [1, 0, reason]],
      `${reason}: stored once, and the second answer says so`);
    for (const use of uses.split(',')) {
      const { json } = await call('check_many', { body: { items: asItems([who]), for: use } });
      same([json.data[0].may, json.data[0].reasons], [false, [reason]], `${reason} forbids ${use}`);
    }
  }
}

// Each overlaps the next by half, and one of them can't be read: it alone is refused.
async function testTogether() {
  const who = emails(210, 'together.example');
  const calls = Array.from({ length: 20 }, (_, i) =>
    call('suppress_many', { body: { items: asItems(who.slice(i * 10, i * 10 + 20)), reason: 'opt-out', source: `shop-${i % 3}` } }));
  const bad = refused('one that can not be read', 'suppress_many', { body: { items: asItems(['nobody']), reason: 'opt-out' } }, 422);
  const answers = await Promise.all(calls);
  await bad;
  same(new Set(answers.map((r) => r.status)), new Set([200]), 'all are stored');
  check(answers.every((r) => r.json.data.items === 20 && r.headers.get('ratelimit')), 'each has its own answer');
  same(answers.reduce((sum, r) => sum + r.json.data.added, 0), 210, 'each person was new for one of them');
  same(new Set(await states(who)), new Set(['suppressed']), 'in force');
}

// An answer means that it is on the disk: the power goes right behind it.
async function testDurable() {
  const who = emails(100, 'durable.example');
  const r = await call('suppress_many', { body: { items: asItems(who), reason: 'opt-out' } });
  await service.stop('SIGKILL');
  same(r.json.data.added, 100, 'acknowledged');
  await service.start();
  same(new Set(await states(who)), new Set(['suppressed']), 'and kept');
}

async function testRateLimit() {
  await service.stop();
  await service.start({ TOYON_API_CALLS: '5' });
  const o = { body: { items: asItems(['a@example.com']) } };
  for (let left = 4; left >= 0; left--) {
    const r = await call('check_many', o);
    same([r.status, r.headers.get('ratelimit-policy')], [200, '"key";q=5;w=60'], 'within the limit');
    check(r.headers.get('ratelimit').startsWith(`"key";r=${left};t=`), `${left} left`);
  }
  const r = await refused('one too many', 'check_many', o, 429);
  check(Number(r.headers.get('retry-after')) >= 10 && Number(r.headers.get('retry-after')) <= 12, 'says when there is one again');
  same((await fetch(`${service.url}/api/v1/openapi.json`)).status, 200, 'the description is not counted');
  await service.stop();
  await service.start({ TOYON_API_CALLS: '9223372036854775807' });
  same((await call('check_many', o)).headers.get('ratelimit'), '"key";r=999999999;t=1', 'as good as none');
}

async function main() {
  await service.start();
  try {
    await testDescription();
    runDocs(service);
    for (const test of [testKeys, testMoreKeys, testScopes, testSuppressAndCheck, testLines, testLimits, testProblems, testScreening, testRequests,
      testVisits, testMinors, testAgents, testNotOffered, testAgentFiles, testParents, testConsent, testForwarded, testIdempotency,
      testTogether, testDurable, testRateLimit]) await test();
    const personal = /ellen\.|maria@|example\.(com|net|org)|made\.up\.|415.?555/i.exec(service.log);
    same(personal?.[0], undefined, 'nothing personal in the log');
  } catch (e) {
    check(false, `it went on: ${e.stack}`);
  }
  await service.stop();
  service.end();
  process.exitCode = finish(name);
}

await main();
