// Starts the demo and the browser, runs the scenarios in the order in which one
// request goes through, and ends both.  See README.md.
import fs from 'node:fs';
import path from 'node:path';
import { report, scenario } from './check.mjs';
import { Demo, ROOT, temporary } from './demo.mjs';
import { launch } from './harness.mjs';
import { Outbox } from './letters.mjs';
import { choosePeople } from './people.mjs';
import { identity } from './identity.mjs';
import { portal } from './portal.mjs';
import { contested } from './contested.mjs';
import { consumer } from './consumer.mjs';
import { wizard } from './wizard.mjs';
import { kinds } from './kinds.mjs';
import { keeper } from './keeper.mjs';
import { instead } from './instead.mjs';
import { know } from './know.mjs';
import { packages } from './packages.mjs';
import { much } from './much.mjs';
import { minors } from './minors.mjs';
import { inbox, makeMaildir } from './inbox.mjs';
import { needed } from './optin.mjs';
import { staff } from './staff.mjs';
import { after } from './after.mjs';
import { agent } from './agent.mjs';
import { decisions } from './decisions.mjs';
import { behindHold } from './behind_hold.mjs';
import { holds } from './holds.mjs';
import { fee } from './fee.mjs';
import { evidence } from './evidence.mjs';
import { paper } from './paper.mjs';
import { notices } from './notices.mjs';
import { outage } from './outage.mjs';
import { retention } from './retention.mjs';
import { pages } from './pages.mjs';
import { parents } from './parent.mjs';
import { recorrected } from './recorrected.mjs';
import { returned } from './returned.mjs';
import { signed } from './signed.mjs';
import { spanish } from './spanish.mjs';
import { started } from './started.mjs';
import { stuck } from './stuck.mjs';
import { whose } from './whose.mjs';

// What t/logs reads afterwards.
const LOGS = path.join(ROOT, 'build/log', process.env.TOYON_BUILD ?? 'release', 'browser.d');

const SCENARIOS = [
  ['started', started],
  ['consumer', consumer],
  ['wizard', wizard],
  ['staff', staff],
  ['kinds', kinds],
  ['contested', contested],
  ['know', know],
  ['packages', packages],
  ['agent', agent],
  ['after', after],
  ['much', much], // adds rows, and so comes after the comparison
  ['returned', returned],
  ['recorrected', recorrected],
  ['decisions', decisions],
  ['holds', holds],
  ['behind-hold', behindHold],
  ['identity', identity],
  ['portal', portal],
  ['keeper', keeper],
  ['minors', minors],
  ['optin', needed],
  ['whose', whose],
  ['stuck', stuck],
  ['instead', instead],
  ['evidence', evidence],
  ['paper', paper],
  ['signed', signed],
  ['inbox', inbox],
  ['fee', fee],
  ['parents', parents],
  ['spanish', spanish],
  ['notices', notices],
  ['outage', outage],
  ['retention', retention],
  ['pages', pages],
];

// Everything a scenario needs, and what one leaves for the next.
async function world(demo, harness) {
  return {
    demo,
    base: demo.base,
    outbox: new Outbox(demo.path('outbox')),
    people: choosePeople(demo),
    harness,
    logs: LOGS,
    open: (options) => harness.open(options),
    api: (email) => demo.apiSays(email),
  };
}

async function main(names) {
  fs.rmSync(LOGS, { recursive: true, force: true });
  fs.mkdirSync(LOGS, { recursive: true });
  const dir = temporary('browser');
  process.env.TOYON_INBOX = makeMaildir(`${dir}/mail`);
  const demo = await Demo.start(dir, { logs: LOGS });
  process.on('SIGTERM', () => process.exit(143));
  process.on('SIGINT', () => process.exit(130));
  const harness = await launch(demo.base);
  const t = await world(demo, harness);
  fs.writeFileSync(path.join(LOGS, 'people.json'), JSON.stringify(t.people));
  try {
    for (const [name, run] of SCENARIOS)
      if (!names.length || names.includes(name)) await scenario(name, () => run(t));
  } finally {
    fs.writeFileSync(path.join(LOGS, 'secrets.json'), JSON.stringify({ references: [t.reference], tokens: t.tokens?.() ?? [] }));
    await harness.close();
    await demo.stop();
  }
}

await scenario('t_browser', () => main(process.argv.slice(2)));
report('t_browser');
process.exit();
