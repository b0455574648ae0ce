// The small changes that are tried: an operator, a number, a truth, a row of a
// table.  Words (titles, sentences, citations) are left alone: what they say is
// read by people, and compared with the law by them.

// Comments, texts, lines of the preprocessor, and what our own code has promised
// (must) become blanks of the same length.
function blanked(text) {
	const pattern = /\b(?:must|_Static_assert)\([\s\S]*?\);|\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^[ \t]*#(?:\\\n|[^\n])*/gm;
	return text.replace(pattern, (m) => m.replace(/[^\n]/g, " "));
}

const OPERATORS = [
	[/==/g, "!="], [/!=/g, "=="],
	[/(?<![<>\-=])<=(?!=)/g, "<"], [/(?<![<>\-=])>=(?!=)/g, ">"],
	[/(?<![<])<(?![<=])/g, "<="], [/(?<![>\-])>(?![>=])/g, ">="],
	[/&&/g, "||"], [/\|\|/g, "&&"],
	[/(?<=[\w)\]] )\+(?= )/g, "-"], [/(?<=[\w)\]] )-(?= )/g, "+"],
	[/(?<=[\w)\]] )%(?= )/g, "/"], [/(?<=[\w)\]] )\*(?= )/g, "+"],
	[/(?<=[\w)\]] )&(?= )/g, "|"], [/(?<=[\w)\]] )\|(?= )/g, "&"],
	[/(?<=[\w\])])\+\+/g, "--"],
	[/!(?=[\w(])/g, ""],
	[/\btrue\b/g, "false"], [/\bfalse\b/g, "true"],
	[/\b(break|continue);/g, ";"],
];

function* numbers(code) {
	for (const m of code.matchAll(/(?<![\w.])(\d+)(?![\w.])/g))
		yield [m.index, m[0], String(Number(m[0]) + 1)];
}

// From "NAME(" at the start of a line to its closing parenthesis.
function* rows(code) {
	for (const m of code.matchAll(/^[A-Z_]+\(/gm)) {
		let depth = 0, end = m.index;
		do {
			depth += code[end] === "(" ? 1 : code[end] === ")" ? -1 : 0;
			end++;
		} while (depth > 0 || code[end - 1] !== ")");
		yield [m.index, code.slice(m.index, end), ""];
	}
}

function* changes(code, isTable) {
	for (const [pattern, to] of OPERATORS)
		for (const m of code.matchAll(pattern))
			yield [m.index, m[0], to];
	yield* numbers(code);
	if (isTable)
		yield* rows(code);
}

// Each with the whole text of the changed file, and a name that stays the same
// when lines move: the file, the line's own text, and the change.
export function mutations(file, text) {
	const code = blanked(text);
	const isTable = file.includes("/tbl/");
	const seen = new Map();
	const out = [];
	for (const [at, from, to] of changes(code, isTable)) {
		const line = text.slice(0, at).split("\n").length;
		const own = text.split("\n")[line - 1].trim().replace(/\s+/g, " ");
		const change = to === "" && from.length > 1 ? "without the row" : `${from} -> ${to || "nothing"}`;
		const name = `${file.replace("src/law/", "")}: ${own}: ${change}`;
		const nth = (seen.get(name) ?? 0) + 1;
		seen.set(name, nth);
		out.push({
			file, line,
			what: nth > 1 ? `${name} (${nth})` : name,
			text: text.slice(0, at) + to + text.slice(at + from.length),
		});
	}
	return out;
}
