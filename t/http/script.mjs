// Reads a script of t/http into cases: see README.md for the language.
// A case is { title, line, turns: [{ line, request, answer }] }.

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|BREW) (\S+)$/;

export class ScriptError extends Error {}

const say = (name, line, why) => {
  throw new ScriptError(`${name}:${line}: ${why}`);
};

function requestLine(request, text) {
  let m;
  if ((m = text.match(/^form (\S+) = ?(.*)$/))) request.form.push([m[1], m[2]]);
  else if ((m = text.match(/^body (.*)$/))) request.body = m[1];
  else if ((m = text.match(/^([\w-]+): ?(.*)$/))) request.headers.push([m[1], m[2]]);
  else return false;
  return true;
}

// The first that matches decides; a header comes last, as "has x: y" looks like
// one.
const EXPECTATIONS = [
  [/^has (.+)$/, (m) => ({ kind: 'has', text: m[1] })],
  [/^lacks (.+)$/, (m) => ({ kind: 'lacks', text: m[1] })],
  [/^no ([\w-]+)$/, (m) => ({ kind: 'no', name: m[1] })],
  [/^json (\S+) = (.+)$/, (m) => ({ kind: 'json', path: m[1], text: m[2] })],
  [/^keep (\w+) from header ([\w-]+)$/, (m) => ({ kind: 'keepHeader', to: m[1], name: m[2] })],
  [/^keep (\w+) from (.+)$/, (m) => ({ kind: 'keep', to: m[1], regex: m[2] })],
  [/^follow$/, () => ({ kind: 'follow' })],
  [/^closed$/, () => ({ kind: 'closed' })],
  [/^([\w-]+): (.+)$/, (m) => ({ kind: 'header', name: m[1], text: m[2] })],
];

function expectation(text) {
  for (const [regex, make] of EXPECTATIONS) {
    const m = text.match(regex);
    if (m) return make(m);
  }
  return null;
}

function marginLine(state, text, line) {
  const { name } = state;
  let m;
  if ((m = text.match(/^== (.+)$/))) {
    state.cases.push({ title: m[1], line, turns: [] });
    state.turn = null;
    return;
  }
  const last = state.cases.at(-1);
  if (!last) say(name, line, 'a case begins with == and its title');
  if ((m = text.match(/^([\d|]+)$/))) {
    if (!state.turn || state.turn.answer) {
      // After `follow`, a status without a request of its own.
      state.turn = { line, request: null };
      last.turns.push(state.turn);
    }
    state.turn.answer = { line, status: m[1].split('|'), expect: [] };
    return;
  }
  const raw = text.match(/^RAW (.+)$/);
  m = text.match(METHODS);
  if (!m && !raw) say(name, line, `no request and no status: ${text}`);
  const request = raw
    ? { raw: raw[1] }
    : { method: m[1], path: m[2], headers: [], form: [], body: null };
  state.turn = { line, request };
  last.turns.push(state.turn);
}

function indentedLine(state, text, line) {
  const { name, turn } = state;
  if (!turn) say(name, line, 'belongs to no request');
  if (!turn.answer) {
    if (turn.request.raw !== undefined || !requestLine(turn.request, text))
      say(name, line, `not a header, form or body: ${text}`);
    return;
  }
  const e = expectation(text);
  if (!e) say(name, line, `not an expectation: ${text}`);
  turn.answer.expect.push({ ...e, line });
}

export function readScript(name, text) {
  const state = { name, cases: [], turn: null };
  text.split('\n').forEach((whole, i) => {
    const trimmed = whole.trim();
    if (!trimmed || trimmed.startsWith('#')) return;
    (/^\s/.test(whole) ? indentedLine : marginLine)(state, trimmed, i + 1);
  });
  for (const c of state.cases)
    for (const t of c.turns)
      if (!t.answer) say(name, t.line, 'nothing is expected of this request');
  return state.cases;
}
