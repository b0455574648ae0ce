// Made-up people of the demo for the run: found in its systems by what they have
// there, so that a deletion has rows in every table to find.  Those with names
// in documents have open cases of their own; these have none.
const ONE_ADDRESS = 'lower(trim(e.email))';

const RICH = `
select p.id, p.first_name as first, p.last_name as last, p.street, p.zip, p.ssn,
       ${ONE_ADDRESS} as email, c.contact_id as contact
from person p join person_email e on e.person_id = p.id
join crm.contact_email c on lower(trim(c.email)) = ${ONE_ADDRESS}
where p.id > 3000
  and (select count(*) from lead l where l.person_id = p.id) >= 2
  and exists (select 1 from lead_note n join lead l on l.id = n.lead_id where l.person_id = p.id)
  and exists (select 1 from crm.deal d where d.contact_id = c.contact_id)
  and exists (select 1 from crm.note n where n.contact_id = c.contact_id)
  and not exists (select 1 from crm.note n
      where c.contact_id in (n.contact_id, n.other_contact_id) and n.other_contact_id is not null)
  and exists (select 1 from crm.invoice i where i.contact_id = c.contact_id)
group by p.id order by p.id limit 2`;

const LEAD_ONLY = `
select p.id, p.first_name as first, p.last_name as last, p.street, p.zip, p.ssn, ${ONE_ADDRESS} as email
from person p join person_email e on e.person_id = p.id
where p.id > 5000 and not exists
  (select 1 from crm.contact_email c where lower(trim(c.email)) = ${ONE_ADDRESS})
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

// deleted: in both systems, several rows each; optOut: someone else who only
// says no; other: in one system.
export function choosePeople(demo) {
  const attach = `attach '${demo.path('crm.db')}' as crm; `;
  const [deleted, optOut] = demo.rows('leads.db', attach + RICH).map((p) => withAll(demo, p));
  const [other] = demo.rows('leads.db', attach + LEAD_ONLY).map((p) => withAll(demo, p));
  return { deleted, optOut, other };
}
