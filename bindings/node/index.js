'use strict';
// libtoyon for Node.  The index is a file in this process's memory: a check takes
// less than a microsecond and asks nobody.  What was recorded after the file was
// built is not in it; refresh() takes up a newer one.

const path = require('path');

const UNREADABLE = -1;

// Beside this file when installed; TOYON_NODE names another place.
const native = require(process.env.TOYON_NODE ||
	path.join(__dirname, 'toyon.node'));

function verdict(answer) {
	if (answer === UNREADABLE)
		return { state: 'unreadable', reasons: [], maySell: null };
	const list = native.reasons(String(answer));
	return {
		state: answer === 0 ? 'clear' : 'suppressed',
		reasons: list === '' ? [] : list.split(','),
		maySell: native.allowsSale(String(answer)) === 1,
	};
}

class Index {
	#handle;

	// keyPath: the installation's keys/index.key; left out for a file that was
	// made from a list.
	constructor(indexPath, keyPath) {
		this.#handle = native.open(indexPath, keyPath ?? null);
	}

	// { state: 'clear' | 'suppressed' | 'unreadable', reasons, maySell }
	check(kind, value) {
		const answer = native.check(this.#handle, kind, value);
		if (answer < UNREADABLE)
			throw new RangeError(`no such kind of identifier: ${kind}`);
		return verdict(answer);
	}

	// The same for an array of values of one kind, several times as fast.
	checkMany(kind, values) {
		const answers = native.checkMany(this.#handle, kind, values);
		if (!Array.isArray(answers))
			throw new RangeError(`no such kind of identifier: ${kind}`);
		const seen = new Map();
		return answers.map((answer) => {
			if (!seen.has(answer))
				seen.set(answer, Object.freeze(verdict(answer)));
			return seen.get(answer);
		});
	}

	// true, false, or null when nothing is known: the value is no identifier.
	maySell(value, kind = 'email') {
		return this.check(kind, value).maySell;
	}

	// true when a newer file was taken up.
	refresh() {
		return native.refresh(this.#handle) === 1;
	}

	// { generation, seq, builtAt (ms), keys }
	get info() {
		return native.info(this.#handle);
	}

	close() {
		native.close(this.#handle);
	}
}

// What the State's deletion lists hold of a value: its SHA-256 as a Buffer, or
// null when its rules (drop/1.2.0) make no key of it.  ndz has the parts first,
// last, dob and zip; namevin has first, last and vin; other kinds have one.
function dropHash(kind, ...parts) {
	const answer = native.dropHash(kind, ...parts);
	if (typeof answer === 'string')
		return Buffer.from(answer, 'hex');
	if (answer < UNREADABLE)
		throw new RangeError(
			`no such kind, or another number of parts: ${kind}`);
	return null;
}

module.exports = { Index, dropHash };
