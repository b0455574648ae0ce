// E13, GM and OnStar: data kept longer than was said.  What the data map gives a time is
// looked for, and by the served program erased, once somebody let it.
import fs from 'node:fs';
import { until } from '../browser/demo.mjs';

const WAIT_MS = 60000;
const YEARS = 'expires: { after: 24 months, from: created_at }';
const MORE_YEARS = 'expires: { after: 5 years, from: created_at }';

// Everybody else's rows are of this year.
function growOld(c, who) {
  c.sqlite(`update lead set created_at = '2019-05-01 10:00:00' where person_id = ${who.id};`);
}

function leads(c, who) {
  return Number(c.sqlite(`select (select count(*) from lead where person_id = ${who.id}) + (select count(*) from lead_note where lead_id = ${who.id});`));
}

function state(c) {
  return JSON.parse(c.run(['expire', 'list', '--json']).out).find((s) => s.system === 'leads');
}

export async function keptTooLong(c, { check, same }) {
  const [old, asks, fresh] = [c.person('Gina'), c.person('Gus'), c.person('Gwen')];
  [old, asks].forEach((who) => growOld(c, who));
  await c.know(asks);
  const file = c.path('datamap.yaml');
  const map = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, map.replace(YEARS, MORE_YEARS));

  const refused = c.run(['expire', 'run', 'leads']);
  check(refused.status !== 0 && refused.status !== 4, `nothing is erased that nobody looked at: ${refused.err}`);
  const preview = c.run(['expire', 'preview', 'leads', '--json']);
  same(preview.status, 4, `something is too old: ${preview.err}`);
  const [seen] = JSON.parse(preview.out).tables;
  same([seen.table, seen.too_old, seen.erased, seen.along, seen.waiting.needed], ['lead', 2, 1, 1, 1], 'what would go, and what an open request needs');
  same([leads(c, old), leads(c, asks), leads(c, fresh)], [2, 2, 2], 'a preview touches nothing');

  const on = c.run(['expire', 'on', 'leads']);
  same(on.status, 0, `somebody lets it: ${on.err}`);
  check(await until(WAIT_MS, () => state(c).last?.ended_at), 'the served program does it by itself');
  same([leads(c, old), leads(c, asks), leads(c, fresh)], [0, 2, 2], 'what is too old went with its note, and nothing else');
  const { is_on, last, without_a_time } = state(c);
  same([is_on, last.is_proven, last.tables[0].left, last.tables[0].categories], [true, true, 1, 'D, F'], 'read again: nothing is too old in these categories but what waits');
  check(without_a_time.includes('person'), 'and what has no time is said');
  check(/"expiry\.erased"[^\n]*/.test(c.run(['audit', 'export']).out), 'the trail has it');

  same(c.run(['expire', 'off', 'leads']).status, 0, 'off');
  // Off, the served program looks by itself, once a day: that is nobody who has seen what would go.
  fs.writeFileSync(file, map.replace(YEARS, MORE_YEARS.replace('5', '4')));
  await c.later(1);
  check(await until(WAIT_MS, () => state(c).preview?.is_same && state(c).preview.ended_at), 'it looks by itself');
  const unseen = c.run(['expire', 'run', 'leads']);
  check(unseen.status !== 0 && unseen.status !== 4 && /nobody has looked|something else/.test(unseen.err), `nothing is erased that it alone looked at: ${unseen.err}`);
  check(c.run(['expire', 'on', 'leads']).status !== 0, 'nor may it erase by its own look');
  fs.writeFileSync(file, map);
}
