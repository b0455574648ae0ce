// E13, GM and OnStar: sold against its own notice.  Once a policy is published, what it does
// not say is answered with no, and no list goes out for it.
import fs from 'node:fs';
import path from 'node:path';

const COOP = /  - name: coop\n[\s\S]*?by_list: true\n/;
const BUYS = `  - name: coop
    title: Lakeside Co-op
    role: third_party
    email: privacy@coop.example
    days: 17
    receives: [ email, phone ]
    party: Shops
    categories: [ A ]
    purpose: To fill the shelves
`;
// Who stopped selling says what was sold in the last 12 months, and sells nothing by that.
const LISTS = '    by_list: true\n';

export async function soldAgainstNotice(c, { check, same }) {
  const who = c.person('Uma');
  const file = c.path('datamap.yaml');
  const before = fs.readFileSync(file, 'utf8');
  const list = path.join(c.folder, 'uma.csv');
  const sold = path.join(c.folder, 'uma-sold.csv');
  const asks = (use) => c.run(['check', 'email', who.email, '--for', use]).out.split('\n')[0].split('\t').slice(1);
  const scrub = (vendor, purpose, to = sold) => c.run(['scrub', list, '--for', vendor, '--purpose', purpose, '--out', to]);
  const publish = () => {
    const r = c.run(['notice', 'publish', 'policy']);
    same(r.status, 0, `the policy is published: ${r.err}`);
  };

  fs.writeFileSync(list, `email\n${who.email}\n`);
  same([asks('sale'), asks('Train our models')], [['yes', ''], []], 'no policy of ours is in force: nothing to hold a sale against, and no yes to what nobody knows');
  same(scrub('coop', 'To fill the shelves', path.join(c.folder, 'uma-before.csv')).status, 0, 'and a list goes out');
  c.run(['setting', 'sells', 'no']);
  fs.writeFileSync(file, before.replace(COOP, ''));
  const silent = c.run(['notice', 'publish', 'policy']);
  check(silent.status !== 0 && /no more: coop/.test(silent.err), `none that is silent on lists that the ledger has: ${silent.err}`);
  fs.writeFileSync(file, before.replace(COOP, BUYS + LISTS));
  publish();
  c.run(['setting', 'sells', 'yes']);
  fs.writeFileSync(file, before.replace(COOP, BUYS));
  same([asks('sale'), asks('vendor:coop'), asks('Train our models')], [['no', 'not-disclosed'], ['no', 'not-disclosed'], ['no', 'not-disclosed']],
    'the policy says that nothing is sold any more, and nothing of models');
  same(asks('vendor:mailharbor'), ['yes', ''], 'it says what letters are sent for');
  const said = await c.may('sale', who.email);
  same([said.may, said.because], [false, ['not-disclosed']], 'the API says the same');
  const refused = scrub('coop', 'To fill the shelves');
  check(refused.status !== 0 && /7002/.test(refused.err) && !fs.existsSync(sold), `no list goes out: ${refused.err}`);
  check(scrub('mailharbor', 'Train our models').status !== 0 && !fs.existsSync(sold), 'nor one for what nobody was told');
  publish();
  same([asks('sale'), asks('vendor:coop')], [['yes', ''], ['yes', '']], 'people are told: then it may go');
  same(scrub('coop', 'To fill the shelves').status, 0, 'and the list with it');
  check(fs.existsSync(sold), 'it is there');
  fs.writeFileSync(file, before);
}
