// What scenarios about deletions begin with: a system of their own, and a request on the
// consumer's pages, without JavaScript, up to the status page.
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { same } from './check.mjs';
import { press } from './harness.mjs';

// One more system of the demo: an SQLite file, and its part of the data map.  Returns what
// takes it out of the map again.
export function addSystem(t, database, rows, system) {
  const file = t.demo.path('datamap.yaml');
  const map = fs.readFileSync(file, 'utf8');
  const made = spawnSync('sqlite3', [t.demo.path(database)], { encoding: 'utf8', input: rows });
  same(made.status, 0, `${database} is made: ${made.stderr}`);
  fs.writeFileSync(file, map.replace('\n\nvendors:', system));
  return () => fs.writeFileSync(file, map);
}

// `narrow` is called before the request is sent; the reference of the request.
export async function asksToDelete(t, who, narrow = async () => {}) {
  const page = await t.open({ javaScriptEnabled: false });
  await page.goto('/r/delete/find');
  await page.getByLabel('Email address').fill(who.email);
  await press(page, 'Continue');
  await page.getByLabel('ZIP code').fill(who.zip);
  await press(page, 'Continue');
  await press(page, 'No, only delete it');
  await narrow(page);
  await press(page, 'Send my request');
  const reference = new URL(page.url()).searchParams.get('ref');
  await page.getByLabel('Code').fill((await t.outbox.code(reference))[0]);
  await press(page, 'Confirm my email');
  await page.context().close();
  return reference;
}
