// Every package that the unit test makes, of hostile values, in each language, with very
// many rows: a stock unzip opens it, and axe-core finds nothing on its page.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { about, check, same } from './check.mjs';
import { ROOT, temporary } from './demo.mjs';
import { NARROW, WIDE, overflow, violations } from './harness.mjs';

const MAKER = path.join(ROOT, 'build', process.env.TOYON_BUILD ?? 'release', 't/t_know');
const LEAST = 20;
const LARGE = 2 << 20; // what axe would go through for minutes

function unpacked(zip, dir) {
  const out = path.join(dir, `${path.basename(zip, '.zip')}.d`);
  const r = spawnSync('unzip', ['-q', zip, '-d', out], { encoding: 'utf8' });
  same([r.status, r.stderr], [0, ''], `unzip opens ${path.basename(zip)}`);
  return path.join(out, 'index.html');
}

async function look(page, file, turn) {
  const size = turn % 2 ? NARROW : WIDE;
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: turn % 4 < 2 ? 'light' : 'dark' });
  await page.goto(pathToFileURL(file).href);
  same(await violations(page), [], `axe, ${file}`);
  same(await overflow(page), 0, `nothing sticks out at ${size.width} px, ${file}`);
}

export async function packages(t) {
  about('packages: all that are made by the unit test');
  const dir = temporary('packages');
  const made = spawnSync(MAKER, [], { env: { ...process.env, TOYON_PACKAGES: dir }, encoding: 'utf8' });
  same(made.status, 0, `the unit test makes them: ${made.stdout}${made.stderr}`);
  const zips = fs.readdirSync(dir).filter((f) => f.endsWith('.zip'));
  check(zips.length >= LEAST, `${zips.length} packages`);
  const context = await t.harness.browser.newContext({ offline: true });
  const page = await context.newPage();
  for (const [i, zip] of zips.entries()) {
    const file = unpacked(path.join(dir, zip), dir);
    if (fs.statSync(file).size < LARGE) await look(page, file, i);
  }
  await context.close();
}
