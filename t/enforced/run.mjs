// node run.mjs sqlite|postgres [ID...]: the cases, against a company of its own.
import fs from 'node:fs';
import path from 'node:path';
import { about, check, report, same, scenario } from '../browser/check.mjs';
import { ROOT, temporary } from '../browser/demo.mjs';
import { CASES } from './cases.mjs';
import { Company } from './company.mjs';

const [engine, ...only] = process.argv.slice(2);

// id -> { state, tests, note } of the enforcement rows.
function lawRows() {
  const rows = fs.readFileSync(path.join(ROOT, 'docs/law-rows.txt'), 'utf8').split('\n')
    .filter((l) => /^(E\d+|NT-\d+) \|/.test(l)).map((l) => l.split(/ *\| */));
  return new Map(rows.map(([id, , , state, , tests, note]) => [id, { state, tests, note }]));
}

// What is built, in whole or in part, is tried here; nothing else is called tried.
function agrees(rows) {
  about('docs/law-rows.txt');
  same(CASES.map((c) => c.id).toSorted(), [...rows.keys()].toSorted(), 'every row is a case, and every case a row');
  for (const { id, does = [] } of CASES) {
    const { state, tests } = rows.get(id) ?? {};
    same(does.length > 0, state === 'built' || state === 'part', `${id} is called "${state}", and tried so`);
    for (const f of does) check(new RegExp(`t/enforced/\\w+\\.mjs:${f.name}\\b`).test(tests), `${id} names ${f.name} among its tests`);
  }
}

function skipped(id, { state, note }) {
  if (state !== 'built') console.log(`${id}: skipped: ${state}${note === '-' ? '' : `: ${note}`}`);
}

// Each check has the id of its case in front.
const checks = (id) => ({
  check: (is, why) => check(is, `${id}: ${why}`),
  same: (got, want, why) => same(got, want, `${id}: ${why}`),
});

async function main(rows) {
  const company = new Company(temporary('enforced'), engine, process.env.TOYON_TEST_PG);
  await company.startMail();
  await company.serve();
  for (const { id, does = [] } of CASES) {
    if (only.length && !only.includes(id)) continue;
    for (const f of does) await scenario(`${id} ${f.name}`, () => f(company, checks(id)));
    skipped(id, rows.get(id));
  }
  await company.stop();
}

const rows = lawRows();
agrees(rows);
await scenario('the company', () => main(rows));
report(`t_enforced-${engine}`);
process.exit();
