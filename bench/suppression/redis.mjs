// Puts the hashes of a list into a Redis set, as 32 bytes each.
//
//	node redis.mjs PORT HASHES.txt
import { connect } from 'node:net';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

const [port, list] = process.argv.slice(2);
const PACK = 1000;
const redis = connect(Number(port), '127.0.0.1');
let waiting = 0, pack = [];

redis.on('data', (d) => {
	for (const byte of d) {
		if (byte === 45)
			throw new Error(d.toString());
		if (byte === 10)
			waiting--;
	}
});

async function send() {
	const parts = [Buffer.from(`*${pack.length + 2}\r\n$4\r\nSADD\r\n$1\r\ns\r\n`)];
	for (const hex of pack)
		parts.push(Buffer.from('$32\r\n'), Buffer.from(hex, 'hex'), Buffer.from('\r\n'));
	waiting++;
	pack = [];
	if (!redis.write(Buffer.concat(parts)))
		await once(redis, 'drain');
}

for await (const line of createInterface({ input: createReadStream(list) })) {
	pack.push(line);
	if (pack.length === PACK)
		await send();
}
if (pack.length)
	await send();
while (waiting)
	await once(redis, 'data');
redis.end();
