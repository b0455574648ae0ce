// What `toyon demo` prints, and that it is true.
import path from 'node:path';
import { about, check, same } from './check.mjs';
import { ROOT } from './demo.mjs';
import { WIDE } from './harness.mjs';
import { before } from './after.mjs';
import { plant } from './kinds.mjs';
import { signIn } from './staff.mjs';

// What whoever starts a demo sees first.
async function screenshots(t) {
  const start = await t.open({ extraHTTPHeaders: { 'Sec-GPC': '1' } });
  await start.setViewportSize(WIDE);
  await start.goto('/');
  await start.screenshot({ path: path.join(ROOT, 'docs/screenshot-start.png') });
  await start.context().close();
  const desk = await t.open();
  await desk.setViewportSize(WIDE);
  await signIn(desk, t.jo);
  await desk.mouse.move(0, 0);
  await desk.screenshot({ path: path.join(ROOT, 'docs/screenshot-queue.png') });
  await desk.context().close();
}

// Addresses and sign-ins for the scenarios, read as a person reads them.
export async function started(t) {
  about('what the demo prints');
  const { said } = t.demo.served;
  const pick = (regex) => said.match(regex)?.[1];
  same(pick(/Consumer site\s+(\S+)/), `${t.base}/`, 'the address of the consumer site');
  same(pick(/Staff console\s+(\S+)/), `${t.base}/desk`, 'the address of the desk');
  const [, email, passphrase] = said.match(/sign in as (\S+@\S+), passphrase: (.+)/) ?? [];
  check(email && passphrase, 'who signs in, and how');
  t.jo = { role: 'owner', email, passphrase };
  if (process.env.TOYON_SCREENSHOTS) await screenshots(t);
  t.agent = { role: 'agent', email: 'dev@lakeshore.example', passphrase };
  t.auditor = { role: 'auditor', email: 'audit@lakeshore.example', passphrase: 'gulls over the pier' };
  const added = t.demo.run(
    ['user', 'add', t.auditor.email, '--name', 'Ada Auditor', '--role', 'auditor', '--passphrase-file', '-'],
    `${t.auditor.passphrase}\n`,
  );
  same(added.status, 0, `an auditor can be added: ${added.err}`);
  t.demo.apiKey = pick(/API\s+\S+\s+key (\S+)/);
  check(/^ty_live_[\w-]{32}$/.test(t.demo.apiKey), 'a key for the API');
  t.demoVendorLink = pick(/Vendor portal\s+(\S+)/);
  const page = await t.open();
  for (const url of [`${t.base}/`, `${t.base}/desk`, t.demoVendorLink])
    same((await page.goto(url)).status(), 200, 'each address answers');
  await page.context().close();
  plant(t, t.people.other);
  before(t);
}
