// Made-up people of the demo for the run: found in its systems by what they have
// there, so that a deletion has rows in every table to find.  Those with names
// in documents have open cases of their own; these have none.
import { identifiers, readRecords } from './csv.mjs';

// Addresses as we compare them, with an index that SQLite makes for the join.
const ADDRESSES = `with
  a as materialized (select person_id, lower(trim(email)) as email from person_email),
  c as materialized (select contact_id, lower(trim(email)) as email from crm.contact_email)`;
const PERSON = 'p.id, p.first_name as first, p.last_name as last, p.street, p.zip, p.ssn, a.email';

const RICH = `${ADDRESSES}
select ${PERSON}, c.contact_id as contact
from a join c on c.email = a.email join person p on p.id = a.person_id
where p.id > 3000
  and (select count(*) from lead l where l.person_id = p.id) >= 2
  and exists (select 1 from lead_note n join lead l on l.id = n.lead_id where l.person_id = p.id)
  and exists (select 1 from crm.deal d where d.contact_id = c.contact_id)
  and exists (select 1 from crm.note n where n.contact_id = c.contact_id)
  and not exists (select 1 from crm.note n where n.contact_id = c.contact_id and n.other_contact_id is not null)
  and not exists (select 1 from crm.note n where n.other_contact_id = c.contact_id)
  and exists (select 1 from crm.invoice i where i.contact_id = c.contact_id)
group by p.id order by p.id limit 400`;

const LEAD_ONLY = `${ADDRESSES}
select ${PERSON}
from a join person p on p.id = a.person_id
where p.id > 5000 and a.email not in (select email from c)
group by p.id order by p.id limit 1`;

const digits = (s) => s.replace(/\D/g, '').slice(-10);

// Every way in which the systems reach this person.
function withAll(demo, p) {
  const contact = p.contact ?? -1;
  const emails = demo.rows('leads.db', `attach '${demo.path('crm.db')}' as crm;
    select lower(trim(email)) as v from person_email where person_id = ${p.id}
    union select lower(trim(email)) from crm.contact_email where contact_id = ${contact}`);
  const phones = demo.rows('leads.db', `attach '${demo.path('crm.db')}' as crm;
    select phone as v from person_phone where person_id = ${p.id}
    union select phone from crm.contact_phone where contact_id = ${contact}`);
  return {
    ...p,
    emails: [...new Set(emails.map((r) => r.v))],
    phones: [...new Set(phones.map((r) => digits(r.v)))],
    phone: digits(phones[0].v),
  };
}

// How often each address is in the partner's list.
function listed(demo) {
  const count = new Map();
  for (const { email } of identifiers(readRecords(demo.path('leads.csv')))) count.set(email, (count.get(email) ?? 0) + 1);
  return (p) => count.get(p.email) ?? 0;
}

// deleted: in both systems, several rows each; optOut: someone else who only
// says no; both several times in the list.  other: in one system.  much:
// gets a great many rows.
export function choosePeople(demo) {
  const attach = `attach '${demo.path('crm.db')}' as crm; `;
  const rows = listed(demo);
  const often = demo.rows('leads.db', attach + RICH).toSorted((a, b) => rows(b) - rows(a) || a.id - b.id);
  const [deleted, optOut, much] = often.slice(0, 3).map((p) => withAll(demo, p));
  const [other] = demo.rows('leads.db', attach + LEAD_ONLY).map((p) => withAll(demo, p));
  return { deleted, optOut, much, other };
}
