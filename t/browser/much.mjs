// Somebody with very many records: their answer is made, sent and opened like any
// other, with a letter that has the first of them, files that have all, and no more
// memory than anybody's takes.  TOYON_MUCH says how many.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { about, check, same } from './check.mjs';
import { isAlive, temporary, until } from './demo.mjs';
import { know } from './kinds.mjs';
import { answer, freshCode, stateOf } from './know.mjs';
import { NARROW, WIDE, mainOf, overflow, press, violations } from './harness.mjs';
import { signIn } from './staff.mjs';

const MUCH = Number(process.env.TOYON_MUCH ?? 60000);
const WORK_MS = 180000 + MUCH / 5;
const LETTER_ROWS = 200;
const MEMORY_MB = 400;
const KILLS = 2;

// Notes of every kind on one of their leads: each is a row of the table.
function plant(t, who) {
  const sql = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MUCH})
    insert into lead_note (lead_id, author, body, created_at)
    select (select id from lead where person_id = ${who.id} limit 1), 'theo',
      'Call ' || i || ': "asked", about' || char(10) || 'the rate of day ' || (i % 365), '2026-11-02T10:00:00Z' from n;`;
  const r = spawnSync('sqlite3', [t.demo.path('leads.db')], { input: sql, encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], `${MUCH} notes are there`);
  return t.demo.rows('leads.db', `select count(*) as n from lead_note n join lead l on l.id = n.lead_id where l.person_id = ${who.id}`)[0].n;
}

// The most that any process of it had in memory so far.
function watchMemory(t) {
  let most = 0;
  const look = () => {
    for (const pid of [t.demo.served.pid, ...t.demo.served.children()])
      for (const child of [pid, ...children(pid)]) {
        const kb = Number(read(`/proc/${child}/status`).match(/VmRSS:\s+(\d+)/)?.[1] ?? 0);
        most = Math.max(most, kb / 1024);
      }
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    return Math.round(most);
  };
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function children(pid) {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean);
}

// Processes of jobs: the worker's own children.
const jobs = (t) => t.demo.served.children().flatMap(children).map(Number);

// In the midst of the making, again and again: once a part is stored, and once more.
async function killJobs(t) {
  for (let kills = 0; kills < KILLS; kills++) {
    const [job] = (await until(WORK_MS, () => partsOf(t).n && jobs(t).length && jobs(t))) ?? [];
    check(job, 'a job that makes it, to be killed');
    try {
      process.kill(job, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
    await until(WORK_MS, () => !isAlive(job));
  }
}

// Of the one package of this run that is in parts: how many there are, of how many runs.
function partsOf(t) {
  const [found] = t.demo.rows('toyon.db', `select count(*) as n, count(distinct run) as runs from package_part
    where request_id = (select id from request where reference = '${t.known.replace('-', '')}')`);
  return found;
}

async function made(t, desk, n) {
  about('much: looked through, and made');
  await desk.goto(`/desk/r/${t.known}`);
  await press(desk, desk.locator('#next'));
  const text = await mainOf(desk);
  check(text.includes(`${n - 100} more`), 'how many more rows there are');
  await press(desk, desk.locator('#next'));
  const start = Date.now();
  await killJobs(t);
  const done = await until(WORK_MS, async () => {
    await desk.goto(`/desk/r/${t.known}`);
    return (await stateOf(desk)) === 'Answer ready';
  });
  check(done, `the worker makes it: ${(await mainOf(desk)).slice(0, 400)}`);
  same(partsOf(t).runs, 1, 'of the runs that were killed nothing is left');
  console.log(`made in ${Math.round((Date.now() - start) / 1000)} s`);
}

async function take(t, page) {
  about('much: the ZIP');
  t.usedCodes = await t.outbox.code(t.known);
  await page.goto(`/s/${t.known}/package`);
  await press(page, 'Send me the code');
  await page.getByLabel('Code').fill(await freshCode(t, t.usedCodes.length));
  await press(page, 'Open the answer');
  const dir = temporary('much');
  const start = Date.now();
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: WORK_MS }), page.getByRole('button', { name: 'Download the ZIP' }).click()]);
  await file.saveAs(path.join(dir, 'package.zip'));
  console.log(`${fs.statSync(path.join(dir, 'package.zip')).size} bytes in ${Date.now() - start} ms`);
  const r = spawnSync('unzip', ['-q', path.join(dir, 'package.zip'), '-d', path.join(dir, 'out')], { encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], 'a stock unzip opens it');
  return path.join(dir, 'out');
}

async function lines(file, each) {
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) each(line);
}

// All of them, in both files, each as it was.
async function whole(dir, n) {
  about('much: every record');
  const data = JSON.parse(fs.readFileSync(path.join(dir, 'data.json'), 'utf8'));
  const table = data.tables.find((x) => x.rows_file);
  check(table, 'a table that is set apart');
  same([table.rows_n, table.rows.length], [n, 0], 'data.json says where its rows are');
  const body = table.columns.findIndex((c) => c.name === 'body');
  const seen = new Set();
  await lines(path.join(dir, table.rows_file), (line) => seen.add(JSON.parse(line)[body]));
  same(seen.has(`Call ${MUCH}: "asked", about\nthe rate of day ${MUCH % 365}`), true, 'the last one, as it was');
  check(seen.size >= MUCH, `${seen.size} notes`);
  let first = 0;
  await lines(path.join(dir, table.file), (line) => (first += /,"Call \d+: ""asked"", about$/.test(line)));
  same(first, MUCH, 'and each in the CSV file');
}

// By itself, without a network.
async function letter(t, dir, n) {
  about('much: the letter, offline');
  const context = await t.harness.browser.newContext({ offline: true, viewport: WIDE });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.join(dir, 'index.html')).href);
  check((await mainOf(page)).includes(`These are the first ${LETTER_ROWS} of ${n.toLocaleString('en-US')} records.`), 'how many are elsewhere');
  for (const size of [NARROW, WIDE])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      same(await violations(page), [], `axe, ${size.width} px, ${colorScheme}`);
      same(await overflow(page), 0, `nothing sticks out at ${size.width} px`);
      if (process.env.TOYON_SHOTS) await shots(page, `${size.width}-${colorScheme}`);
    }
  const all = await page.locator('.kn-rec:visible').count();
  await page.locator('#kn-q').fill('call 17:');
  same(await page.locator('.kn-rec:visible').count(), 1, `the search finds one of ${all}`);
  await context.close();
}

async function shots(page, name) {
  const dir = process.env.TOYON_SHOTS;
  fs.mkdirSync(dir, { recursive: true });
  await page.screenshot({ path: path.join(dir, `${name}.png`) });
  await page.locator('#records').scrollIntoViewIfNeeded();
  await page.evaluate(() => document.querySelector('#records').scrollIntoView());
  await page.screenshot({ path: path.join(dir, `${name}-records.png`) });
  await page.evaluate(() => document.querySelector('.kn-rest')?.scrollIntoView());
  await page.screenshot({ path: path.join(dir, `${name}-rest.png`) });
  await page.evaluate(() => scrollTo(0, 0));
}

export async function much(t) {
  const who = t.people.much;
  const n = plant(t, who);
  const memory = watchMemory(t);
  const page = await t.open({ acceptDownloads: true });
  t.known = await know(t, page, who);
  const desk = await t.open();
  await desk.goto('/desk/sign-in');
  await signIn(desk, t.jo);
  const found = await until(WORK_MS, async () => {
    await desk.goto(`/desk/r/${t.known}`);
    return (await stateOf(desk)) === 'Ready to review';
  });
  check(found, 'searched');
  await made(t, desk, n);
  await answer(t, desk);
  const dir = await take(t, page);
  await page.context().close();
  await desk.context().close();
  const mb = memory();
  check(mb < MEMORY_MB, `no process of it had more than ${mb} MB`);
  console.log(`most memory of a process: ${mb} MB`);
  await whole(dir, n);
  await letter(t, dir, n);
}
