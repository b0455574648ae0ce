// E4, Honda: no contract with advertising companies.  What a company gets that is called a
// service provider and has no contract may be a sale (11 CCR 7051(c)), so who opted out is
// not among it.
import fs from 'node:fs';
import path from 'node:path';

const ADTECH = `  - name: adtech
    title: AdTech
    role: service_provider
    email: privacy@adtech.example
    days: 17
    receives: [ email ]
`;

export async function noContract(c, { check, same }) {
  const who = c.person('Nora');
  const map = c.path('datamap.yaml');
  const before = fs.readFileSync(map, 'utf8');
  const may = (vendor) => c.run(['check', 'email', who.email, '--for', `vendor:${vendor}`]).out.split('\t')[1];
  const list = path.join(c.folder, 'nora.csv');
  const scrub = (vendor) => c.run(['scrub', list, '--for', vendor, '--purpose', 'Letters', '--reasons', 'deleted',
    '--out', path.join(c.folder, `${vendor}.csv`)]);
  const contracts = () => JSON.parse(c.run(['doctor', '--json']).out).filter((x) => x.check === 'contracts' && x.state === 'problem');

  fs.writeFileSync(list, `email\n${who.email}\n`);
  fs.writeFileSync(map, `${before.trimEnd()}\n${ADTECH}`);
  same([may('mailharbor'), may('adtech')], ['yes', 'yes'], 'before the opt-out both may have it');
  await c.browser().post('/opt-out', { id: who.email });
  same([may('mailharbor'), may('adtech')], ['yes', 'no'], 'after it only who works for the business under a contract');
  same((await c.may('vendor:adtech', who.email)).may, false, 'the API says the same');
  same(scrub('mailharbor').status, 0, 'a service provider may get who opted out');
  const refused = scrub('adtech');
  same(refused.status, 2, 'who may be none does not');
  check(/7051\(c\)/.test(refused.err) && !fs.existsSync(path.join(c.folder, 'adtech.csv')), 'with the section, and no list is written');
  const said = contracts();
  check(said.length === 1 && /^AdTech has no contract.*7051\(c\)/.test(said[0].text), 'doctor names the company');
  check(JSON.stringify(await c.staff.page('/desk/vendors')).includes('No service provider'), 'so does the page of the vendors');
  fs.writeFileSync(map, before);
  same(contracts().length, 0, 'and nobody else');
}
