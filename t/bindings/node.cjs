// The Node package: what it answers, and how it refuses.  Run in a folder with
// index.tyx, index.key, list.tyx and the program publish; prints one line that counts.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { Index, dropHash } = require('toyon');

let passed = 0;
let failed = 0;
function test(why, run) {
	try {
		run();
		passed++;
	} catch (e) {
		failed++;
		console.log(`not so: ${why}: ${e.message}`);
	}
}

const index = new Index('index.tyx', 'index.key');
const one = 'person.5+tag@mail5.example';
test('suppressed, with its reasons in the order of the law', () =>
	assert.deepStrictEqual(index.check('email', one), {
		state: 'suppressed', reasons: ['opt-out', 'deleted'],
		maySell: false }));
test('clear', () =>
	assert.deepStrictEqual(index.check('email', 'x@y.example'),
		{ state: 'clear', reasons: [], maySell: true }));
test('limit alone leaves sale alone', () =>
	assert.strictEqual(index.maySell('person.10+tag@mail3.example'), true));
test('may not be sold', () => assert.strictEqual(index.maySell(one), false));
for (const value of ['nobody', '', null, undefined, 7, {}, 'x\0@y.example'])
	test(`unreadable is no yes: ${typeof value}`, () =>
		assert.strictEqual(index.maySell(value), null));
test('half a surrogate pair does no harm', () =>
	assert.doesNotThrow(() => index.check('email', '\uD800@y.example')));
test('a kind of the wrong name', () =>
	assert.throws(() => index.check('fax', '1'), RangeError));
test('a kind that is no text', () =>
	assert.throws(() => index.check(7, '1'), RangeError));
test('the same for many', () =>
	assert.throws(() => index.checkMany('fax', []), RangeError));
test('many of none', () =>
	assert.deepStrictEqual(index.checkMany('email', []), []));
test('no array', () => assert.throws(() => index.checkMany('email', 'x'),
	{ code: 'ERR_TOYON_ARGUMENT' }));
test('many are as one by one', () => {
	const people = fs.readFileSync('people.txt', 'utf8').split('\n');
	assert.deepStrictEqual(index.checkMany('email', people),
		people.map((p) => index.check('email', p)));
});
test('no file', () => assert.throws(() => new Index('nowhere.tyx'),
	{ code: 'ERR_TOYON_OPEN', message: /nowhere\.tyx/ }));
test('no path', () => assert.throws(() => new Index(),
	{ code: 'ERR_TOYON_ARGUMENT' }));
test('another key', () => assert.throws(
	() => new Index('index.tyx', 'list.tyx.key'),
	{ message: /another installation/ }));
test('no key', () => assert.throws(() => new Index('index.tyx'),
	{ message: /index\.tyx\.key/ }));
test('info', () => assert.ok(index.info.keys >= 600 && index.info.seq > 0 &&
	Math.abs(Date.now() - index.info.builtAt) < 600000));
test('nothing newer', () => assert.strictEqual(index.refresh(), false));
test('a newer file is taken up', () => {
	execFileSync('./publish', ['node.tyx']);
	const list = new Index('node.tyx');
	assert.strictEqual(list.maySell('late@x.example'), true);
	execFileSync('./publish', ['node.tyx']);
	assert.strictEqual(list.maySell('late@x.example'), true);
	assert.strictEqual(list.refresh(), true);
	assert.strictEqual(list.maySell('late@x.example'), false);
});
test('hashes as the State and as toyon hash', () => {
	const items = JSON.parse(fs.readFileSync('hashes.json', 'utf8'));
	assert.ok(items.length > 4000);
	for (const [kind, parts, want] of items)
		assert.strictEqual(dropHash(kind, ...parts)?.toString('hex') ?? null,
			want, `${kind} of ${JSON.stringify(parts)}`);
});
for (const value of [null, undefined, 7, {}])
	test(`no hash of what is no text: ${typeof value}`, () =>
		assert.strictEqual(dropHash('zip', value), null));
for (const wrong of [[], ['fax', '1'], [7, '1'], ['email'], ['ndz', 'a'],
	['email', 'a@x.example', 'b'],
	['ndz', 'a', 'b', '1970-01-02', '94110', 'more']])
	test(`no such hash: ${JSON.stringify(wrong)}`, () =>
		assert.throws(() => dropHash(...wrong), RangeError));
test('closed is closed', () => {
	index.close();
	index.close();
	assert.throws(() => index.check('email', one),
		{ code: 'ERR_TOYON_CLOSED' });
	assert.throws(() => index.checkMany('email', [one]),
		{ code: 'ERR_TOYON_CLOSED' });
});
test('what is forgotten is freed', () => {
	for (let i = 0; i < 2000; i++)
		new Index('list.tyx');
});
console.log(`t_bindings_node: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
