// A store of objects for the tests: s3rver, and in front of it what it lacks: it
// takes any signature (AWS Signature Version 4) and any body for the one that was
// signed, and knows no write on condition (If-Match).
//
// node server.mjs run CMD...   runs CMD with TOYON_TEST_S3=s3://..., a bucket;
// POST /_front/race says "changed" to the next write on condition, as if somebody
// had been faster; GET /_front/unconditional counts the writes without one.
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

const directory = mkdtempSync(join(tmpdir(), 'toyon-s3.'));
const store = new S3rver({
	port: 0, address: '127.0.0.1', silent: true, directory,
	vhostBuckets: false,
	configureBuckets: [{ name: 'toyon' }],
});
const behind = await store.run();
const agent = new http.Agent({ keepAlive: true });
const etags = new Map();
let isRace = false;
let unconditional = 0;

function control(req, res)
{
	if (req.url === '/_front/race')
		isRace = true;
	res.end(String(unconditional));
	if (req.url === '/_front/unconditional')
		unconditional = 0;
}

function refuse(res, status, code)
{
	res.writeHead(status, { 'Content-Type': 'application/xml' });
	res.end(`<Error><Code>${code}</Code></Error>`);
}

const encoded = (text) => encodeURIComponent(text)
	.replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
const again = (text) => encoded(decodeURIComponent(text));
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();

// As AWS describes it: from what was meant, not from how it was written.
function signatureOf(req, signedHeaders, scope)
{
	const [path, query = ''] = req.url.split('?');
	const pairs = query.split('&').filter(Boolean)
		.map((pair) => pair.split('='))
		.map(([name, value = '']) => `${again(name)}=${again(value)}`);
	const canonical = [
		req.method,
		path.split('/').map(again).join('/'),
		pairs.sort().join('&'),
		...signedHeaders.map((h) => `${h}:${(req.headers[h] ?? '').trim()}`),
		'',
		signedHeaders.join(';'),
		req.headers['x-amz-content-sha256'],
	].join('\n');
	const text = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'],
		scope.join('/'), sha256(canonical)].join('\n');
	const key = scope.reduce(hmac, 'AWS4S3RVER');

	return hmac(key, text).toString('hex');
}

function isSigned(req)
{
	const form = /^AWS4-HMAC-SHA256 Credential=S3RVER\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
	const found = form.exec(req.headers.authorization ?? '');

	if (!found)
		return false;
	const names = found[2].split(';');

	return names.includes('host') && names.includes('x-amz-content-sha256') &&
		signatureOf(req, names, found[1].split('/')) === found[3];
}

// s3rver answers a write before who asks next is given what was written.
function sizeBehind(req)
{
	const { host, authorization } = req.headers;
	const headers = { host, authorization, 'x-amz-date': req.headers['x-amz-date'],
		'x-amz-content-sha256': sha256('') };

	return new Promise((tell, fail) => http.request({
		agent, port: behind.port, host: '127.0.0.1', method: 'HEAD',
		path: req.url, headers,
	}, (answer) => {
		answer.resume();
		tell(Number(answer.headers['content-length']));
	}).on('error', fail).end());
}

function pass(req, res, body)
{
	const path = req.url.split('?')[0];
	const wanted = req.headers['if-match'];

	if (!isSigned(req))
		return refuse(res, 403, 'SignatureDoesNotMatch');
	if (sha256(body) !== req.headers['x-amz-content-sha256'])
		return refuse(res, 400, 'XAmzContentSHA256Mismatch');
	if (req.method === 'PUT' && wanted && (isRace || etags.get(path) !== wanted)) {
		isRace = false;
		return refuse(res, 412, 'PreconditionFailed');
	}
	if (req.method === 'PUT' && !wanted)
		unconditional++;
	const out = http.request({
		agent, port: behind.port, host: '127.0.0.1', method: req.method,
		path: req.url, headers: req.headers,
	}, async (answer) => {
		if (req.method === 'PUT' && answer.statusCode === 200) {
			etags.set(path, answer.headers.etag);
			while (await sizeBehind(req) !== body.length)
				;
		}
		res.writeHead(answer.statusCode, answer.rawHeaders);
		answer.pipe(res);
	});
	out.on('error', () => res.destroy());
	out.end(body);
}

function take(req, res)
{
	const parts = [];

	req.on('data', (part) => parts.push(part));
	req.on('end', () => pass(req, res, Buffer.concat(parts)));
}

const front = http.createServer((req, res) =>
	(req.url.startsWith('/_front/') ? control : take)(req, res));

front.listen(0, '127.0.0.1', () => {
	const { port } = front.address();
	const [, , word, ...command] = process.argv;

	if (word !== 'run' || !command.length)
		throw new Error('run CMD...');
	const child = spawn(command[0], command.slice(1), {
		stdio: 'inherit',
		env: {
			...process.env,
			TOYON_TEST_S3: `s3://S3RVER:S3RVER@127.0.0.1:${port}/toyon?tls=no`,
		},
	});
	child.on('exit', (code) => {
		rmSync(directory, { recursive: true, force: true });
		process.exit(code ?? 1);
	});
});
