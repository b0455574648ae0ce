// The addresses that t/bindings/run asks about: people.txt, all of them in many
// spellings, some unreadable; suppressed-REASON.txt, who of them is suppressed.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const people = [];
const suppressed = { 'opt-out': [], 'deleted,opt-out': [], limit: [], drop: [] };
const reasons = Object.keys(suppressed);

const spellings = [
	(e) => e,
	(e) => e.toUpperCase(),
	(e) => `Jo Doe <${e}>`,
	(e) => `mailto:${e}`,
	(e) => createHash('sha256').update(e).digest('hex'),
	(e) => createHash('sha256').update(e).digest('base64'),
];
for (let i = 0; i < 3000; i++) {
	const address = `person.${i}+tag@mail${i % 7}.example`;
	people.push(spellings[i % spellings.length](address));
	if (i % 5 === 0)
		suppressed[reasons[(i / 5) % reasons.length]].push(address);
}
people.push('J\u00F6rg@B\u00FCcher.example', 'jo\u0308rg@b\u00FCcher.example',
	'\u6A02@\u4F8B\u3048.example');
suppressed['opt-out'].push('j\u00F6rg@b\u00FCcher.example');
people.push(`${'long'.repeat(16)}@${'label.'.repeat(30)}example`);
people.push('nobody', 'a@b@c.example', 'a@nodomain', '@x.example',
	'two words@x.example', 'x'.repeat(1500) + '@x.example');

const [dir] = process.argv.slice(2);
writeFileSync(`${dir}/people.txt`, people.join('\n') + '\n');
for (const [reason, list] of Object.entries(suppressed))
	writeFileSync(`${dir}/suppressed-${reason}.txt`, list.join('\n') + '\n');
