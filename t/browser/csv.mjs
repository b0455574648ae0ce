// A CSV file cut into records, each with its bytes as they stand: what a scrub
// must leave alone.  The files are ASCII and UTF-8; bytes are kept as latin1.
import fs from 'node:fs';

const unquoted = (s) => (s.startsWith('"') ? s.slice(1, -1).replaceAll('""', '"') : s);

export function readRecords(file) {
  const text = fs.readFileSync(file, 'latin1');
  const records = [];
  let from = 0;
  let fields = [];
  for (const m of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g)) {
    if (m[0] === '' && from === m.index) break;
    fields.push(unquoted(m[1]));
    if (m[2] === ',') continue;
    const end = m.index + m[0].length;
    records.push({ raw: text.slice(from, end), fields });
    from = end;
    fields = [];
  }
  return records;
}

// Which people a list is about: its columns email and phone, as we compare them.
export function identifiers(records) {
  const [header] = records;
  const email = header.fields.indexOf('email');
  const phone = header.fields.indexOf('phone');
  return records.slice(1).map((r) => ({
    raw: r.raw,
    email: r.fields[email].trim().toLowerCase(),
    phone: r.fields[phone].replace(/\D/g, '').slice(-10),
  }));
}
