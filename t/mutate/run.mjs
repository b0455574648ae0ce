// Changes the law one small thing at a time, and sees whether its tests notice.
//
//	t/mutate/run.mjs [--jobs N] [FILE...]
//
// A change that no test of t/unit/t_law_* notices has survived: either a test is
// missing, or the change means the same, and then t/mutate/same.txt says why.
// Needs what `make check` builds; `make mutate` runs it.  Sources stay as they
// are: what is changed is a copy under build/mutate/.
import { execFile, execFileSync } from "node:child_process";
import { cpus } from "node:os";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { mutations } from "./mutations.mjs";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const TIMEOUT_MS = 20000;

process.chdir(root);

const words = (name) =>
	execFileSync("make", ["-s", "-f", "tools/build.mk", `print-${name}`], { encoding: "utf8" })
		.trim().split(/\s+/).filter(Boolean);
const list = (dir, ending) =>
	fs.readdirSync(dir).filter((f) => f.endsWith(ending)).map((f) => `${dir}/${f}`).sort();

const common = words("COMMON").filter((f) => f !== "-MMD" && f !== "-MP" && f !== "-g");
const libs = words("LIBS_LDLIBS");
const sources = list("src/law", ".c");
const tables = list("src/law/tbl", ".h");
const tests = fs.readdirSync("t/unit").filter((f) => /^t_law_.*\.c$/.test(f) || f === "t_letter.c")
	.map((f) => `t/unit/${f}`).sort();
const base = "build/mutate/base";
// A step past the end of a table is noticed as such, not by luck.
const sanitize = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

// The folder of the mutant comes first, so that its copy of a file is found.
const compile = (dir, file, out) =>
	run("gcc", [`-I${dir}/src`, ...common, "-It/unit", "-w", "-O1", ...sanitize, "-c", "-o", out, file],
		{ timeout: TIMEOUT_MS });
const object = (dir, file) => `${dir}/${path.basename(file, ".c")}.o`;

async function link(dir, test, objects) {
	const out = `${dir}/${path.basename(test, ".c")}`;
	await run("gcc", [...sanitize, "-o", out, ...objects, "build/release/libtoyonall.a", ...libs]);
	return out;
}

// What a file includes of src/law, itself and through others.
function includes(file, seen = new Set()) {
	for (const m of fs.readFileSync(file, "utf8").matchAll(/#include "(law\/[^"]+)"/g)) {
		const name = `src/${m[1]}`;
		if (!seen.has(name) && fs.existsSync(name)) {
			seen.add(name);
			includes(name, seen);
		}
	}
	return seen;
}
const uses = new Map([...sources, ...tests].map((f) => [f, includes(f)]));

// True when a test noticed.
async function isNoticed(m, dir) {
	fs.rmSync(dir, { recursive: true, force: true });
	fs.mkdirSync(`${dir}/src/law/tbl`, { recursive: true });
	const isTable = m.file.includes("/tbl/");
	// Beside the copy stand the others: a quoted include looks there first.
	for (const f of isTable ? [...sources, ...list("src/law", ".h"), ...tables] : [m.file])
		fs.copyFileSync(f, `${dir}/${f}`);
	fs.writeFileSync(`${dir}/${m.file}`, m.text);
	const touched = [...sources, ...tests].filter((f) => f === m.file || (isTable && uses.get(f).has(m.file)));
	const compiled = await Promise.allSettled(touched.map((f) =>
		compile(dir, f.startsWith("src/") ? `${dir}/${f}` : f, object(dir, f))));
	if (compiled.some((c) => c.status === "rejected"))
		return "refused by the compiler";
	const of = (f) => object(touched.includes(f) ? dir : base, f);
	const near = path.basename(m.file).replace(/\..$/, "").replace(/s$/, "");
	const order = [...tests].sort((a, b) => b.includes(near) - a.includes(near));
	for (const t of order) {
		const needs = sources.some((f) => touched.includes(f)) || touched.includes(t);
		if (!needs)
			continue;
		const bin = await link(dir, t, [of(t), ...sources.map(of)]);
		try {
			await run(bin, [], { timeout: TIMEOUT_MS, maxBuffer: 1 << 26,
				env: { ...process.env, ASAN_OPTIONS: "detect_leaks=0" } });
		} catch {
			return path.basename(t, ".c");
		}
	}
	return "";
}

function readSame() {
	const same = new Map();
	for (const line of fs.readFileSync("t/mutate/same.txt", "utf8").split("\n")) {
		if (!line || line.startsWith("#"))
			continue;
		const [what, why] = line.split(/\t+/);
		if (!why)
			throw new Error(`t/mutate/same.txt: no reason behind "${what}"`);
		same.set(what, { why, isUsed: false });
	}
	return same;
}

const args = process.argv.slice(2);
const at = args.indexOf("--jobs");
const jobs = at < 0 ? cpus().length : Number(args.splice(at, 2)[1]);
const files = args.length ? args : [...sources, ...tables];

fs.rmSync("build/mutate", { recursive: true, force: true });
fs.mkdirSync(base, { recursive: true });
for (const f of [...sources, ...tests])
	await compile("build/mutate", f, object(base, f));

const todo = files.flatMap((file) => mutations(file, fs.readFileSync(file, "utf8")));
const same = readSame();
const total = todo.length;
const survived = [];
let noticed = 0, refused = 0, explained = 0, next = 0;

async function work(n) {
	while (next < todo.length) {
		const m = todo[next++];
		const by = await isNoticed(m, `build/mutate/${n}`);
		const why = same.get(m.what);
		if (by === "refused by the compiler")
			refused++;
		else if (by)
			noticed++;
		else if (why) {
			explained++;
			why.isUsed = true;
		} else {
			survived.push(m);
			console.log(`${m.file}:${m.line}: survived: ${m.what}`);
		}
		if (process.stderr.isTTY)
			process.stderr.write(`\r${next} of ${total} `);
	}
}
await Promise.all(Array.from({ length: jobs }, (_, n) => work(n)));

const idle = files.length === sources.length + tables.length
	? [...same].filter(([, s]) => !s.isUsed).map(([what]) => what) : [];
for (const what of idle)
	console.log(`t/mutate/same.txt: does not survive any more: ${what}`);
console.log(`mutate: ${total} changes: ${noticed} noticed by a test, ${refused} refused by the compiler, ` +
	`${explained} mean the same, ${survived.length} survived`);
process.exit(survived.length || idle.length ? 1 : 0);
