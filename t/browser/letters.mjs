// The letters in an outbox folder, read as a mail program reads them.
import fs from 'node:fs';
import path from 'node:path';
import { until } from './demo.mjs';

const WAIT_MS = 15000;

function decoded(body, encoding) {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const words = (s) =>
  s
    .replace(/(=\?utf-8\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, b) => Buffer.from(b, 'base64').toString('utf8'))
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, q) => decoded(q.replace(/_/g, ' '), 'quoted-printable'));

export function readLetter(file) {
  const text = fs.readFileSync(file, 'latin1');
  const [, head, body] = text.match(/^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/) ?? [null, text, ''];
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  const header = (name) => words(unfolded.match(new RegExp(`^${name}: *(.*)$`, 'im'))?.[1].trim() ?? '');
  const raw = header('Content-Transfer-Encoding');
  const plain = /base64|quoted/i.test(raw) ? body : Buffer.from(body, 'latin1').toString('utf8');
  return { to: header('To'), subject: header('Subject'), text: decoded(plain, raw).replace(/\r\n/g, '\n') };
}

export class Outbox {
  constructor(dir) {
    this.dir = dir;
  }

  all() {
    if (!fs.existsSync(this.dir)) return [];
    return fs
      .readdirSync(this.dir)
      .filter((f) => f.endsWith('.eml'))
      .map((f) => readLetter(path.join(this.dir, f)));
  }

  // Letters about a request whose text matches, once there are any.
  async about(reference, regex) {
    const found = await until(WAIT_MS, () => {
      const them = this.all().filter((l) => (l.subject + l.text).includes(reference) && regex.test(l.text));
      return them.length && them;
    });
    return found ?? [];
  }

  async code(reference) {
    const letters = await this.about(reference, /^\s+\d{6}$/m);
    return letters.map((l) => l.text.match(/^\s+(\d{6})$/m)[1]);
  }

  async vendorLink(reference) {
    const [letter] = await this.about(reference, /\/v\/[\w-]+/);
    return letter?.text.match(/https?:\/\/\S+\/v\/[\w-]+/)?.[0];
  }
}
