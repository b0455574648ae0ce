// One conversation with the server: requests with a jar of cookies, and raw
// bytes on a socket.
import http from 'node:http';
import net from 'node:net';
import zlib from 'node:zlib';

const TIMEOUT_MS = 10000;

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const readEntities = (s) => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, n) => ENTITIES[n]);

export class Browser {
  constructor(base) {
    this.base = new URL(base);
    this.cookies = new Map();
  }

  take(setCookies) {
    for (const line of setCookies ?? []) {
      const [pair, ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const age = attributes.find((a) => /^\s*max-age=/i.test(a));
      if (age && parseInt(age.split('=')[1], 10) <= 0) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  // Flat name, value, name, value: the only form in which node sends a name twice.
  headersOf(request, body) {
    const out = ['Host', this.base.host];
    if (this.cookies.size)
      out.push('Cookie', [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; '));
    if (request.form.length) out.push('Content-Type', 'application/x-www-form-urlencoded');
    if (body !== null) out.push('Content-Length', String(Buffer.byteLength(body)));
    for (const [n, v] of request.headers) out.push(n, v);
    return out;
  }

  send(request) {
    let { body } = request;
    if (request.form.length) body = new URLSearchParams(request.form).toString();
    else if (body === null && /^P/.test(request.method)) body = '';
    const options = {
      host: this.base.hostname,
      port: this.base.port,
      method: request.method,
      path: request.path,
      headers: this.headersOf(request, body),
      timeout: TIMEOUT_MS,
    };
    return new Promise((resolve, reject) => {
      const q = http.request(options, (r) => {
        const parts = [];
        r.on('data', (d) => parts.push(d));
        r.on('end', () => resolve(this.answerOf(r, Buffer.concat(parts))));
        r.on('error', reject);
      });
      q.on('timeout', () => q.destroy(new Error('no answer in time')));
      q.on('error', reject);
      q.end(body ?? undefined);
    });
  }

  answerOf(r, bytes) {
    if (r.headers['content-encoding'] === 'gzip' && bytes.length) bytes = zlib.gunzipSync(bytes);
    this.take(r.headers['set-cookie']);
    return { status: r.statusCode, headers: r.headers, body: bytes.toString('utf8') };
  }

  sendRaw(text) {
    const bytes = text.replace(/\\([rnt0])/g, (_, c) => ({ r: '\r', n: '\n', t: '\t', 0: '\0' })[c]);
    return new Promise((resolve) => {
      let got = '';
      let closed = false;
      const s = net.connect(this.base.port, this.base.hostname, () => s.write(bytes, 'latin1'));
      s.setTimeout(2000, () => s.destroy());
      s.on('data', (d) => (got += d.toString('latin1')));
      s.on('end', () => (closed = true));
      s.on('error', () => (closed = true));
      s.on('close', () => {
        const status = got.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? '000';
        const good = got.match(/HTTP\/1\.1 [23]\d\d/g)?.length ?? 0;
        resolve({ status, headers: {}, body: got, closed: closed && good <= (status < '400' ? 1 : 0) });
      });
    });
  }
}

export const textOf = (answer) => readEntities(answer.body);
