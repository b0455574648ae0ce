// docs/api.md, example by example: a ```sh block is run, the ```json block behind
// it is what comes out, with ~ for any text.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';

const FILE = new URL('../../docs/api.md', import.meta.url);

function fits(wanted, got) {
  const escaped = wanted.split('~').map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^"]*')}$`).test(got);
}

function askConsent(service) {
  const file = path.join(os.tmpdir(), `toyon-consent.${process.pid}`);
  fs.writeFileSync(file, 'May we train our models with it?');
  service.toyon('consent', 'ask', 'Train our models', file);
  fs.rmSync(file);
}

export function runDocs(service) {
  const text = fs.readFileSync(FILE, 'utf8');
  const examples = [...text.matchAll(/```sh\n(.*?)```\n```json\n(.*?)```\n/gs)];
  const blocks = [...text.matchAll(/^```sh$/gm)].length;
  check(examples.length === blocks && blocks >= 7, `every example has an answer: ${examples.length} of ${blocks}`);
  service.toyon('setting', 'age_gate', 'yes');
  service.toyon('setting', 'age_gate_returns', 'https://shop.example');
  askConsent(service);
  const AGENT = service.toyon('agent', 'add', 'Permit Me', 'files@permitme.example').stdout.trim();
  for (const [, script, answer] of examples) {
    const env = { ...process.env, TOYON: service.url, KEY: service.key, AGENT };
    const out = spawnSync('sh', ['-eu', '-c', script], { encoding: 'utf8', env });
    check(fits(answer.trimEnd(), out.stdout.trimEnd()) && out.status === 0,
      `as docs/api.md says:\n${script}${out.stdout}${out.stderr}`);
  }
}
