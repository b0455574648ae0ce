// Stands between a copy and its installation and does what a bad network, or a
// bad neighbour, does.  `how` may change at any time.
import { createHash } from 'node:crypto';
import http from 'node:http';

const HEAD = 48, SEAL = 112, ENTRY = 45, END = 32;

const seal = (page) => {
  createHash('sha256').update(page.subarray(0, page.length - END)).digest().copy(page, page.length - END);
  return page;
};

// Every entry says "released"; the checksum at the end is right again.
function forge(page) {
  const from = HEAD + page.readUInt32BE(44) * SEAL;
  for (let i = 0; i < page.readUInt32BE(40); i++) page.writeUInt32BE(0, from + i * ENTRY + 9);
  return seal(page);
}

// Leaves the last entry out, and the seal with it if there is one.
function shorten(page) {
  const n = page.readUInt32BE(40);
  if (!n) return page;
  page.writeUInt32BE(n - 1, 40);
  return seal(Buffer.concat([page.subarray(0, page.length - END - ENTRY), Buffer.alloc(END)]));
}

export class Proxy {
  how = 'pass';
  only = /./; // which answers `how` is for
  asked = [];

  constructor(target) {
    this.target = target;
    this.server = http.createServer((q, r) => this.answer(q, r));
  }

  listen() {
    return new Promise((done) => {
      this.server.listen(0, '127.0.0.1', () => {
        this.url = `http://127.0.0.1:${this.server.address().port}`;
        done();
      });
    });
  }

  async answer(q, r) {
    const real = await fetch(this.target + q.url, { headers: { authorization: q.headers.authorization } });
    const body = Buffer.from(await real.arrayBuffer());
    const send = (bytes) => r.writeHead(real.status, { 'content-length': bytes.length }).end(bytes);
    this.asked.push(q.url);
    switch (this.only.test(q.url) ? this.how : 'pass') {
      case 'pass': return send(body);
      case 'flip': body[Math.floor(Math.random() * body.length)] ^= 1 << Math.floor(Math.random() * 8); return send(body);
      case 'cut': return send(body.subarray(0, Math.floor(Math.random() * body.length)));
      case 'hang up':
        r.writeHead(real.status, { 'content-length': body.length });
        r.write(body.subarray(0, Math.floor(body.length / 2)), () => r.socket.destroy());
        return undefined;
      case 'drop': return r.socket.destroy();
      case 'other': return send(Buffer.from('<html>sign in to the wireless network</html>'));
      case 'too long': return send(Buffer.alloc(4 << 20));
      case 'fail': return r.writeHead(502).end('bad gateway');
      case 'forge': return send(forge(body));
      case 'shorten': return send(shorten(body));
      default: throw new Error(this.how);
    }
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
