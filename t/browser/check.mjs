// Counts what holds and says what does not.
let place = '';
const count = { passed: 0, failed: 0 };

// Names what the checks below are about.
export function about(title) {
  place = title;
}

export function check(cond, why) {
  if (cond) count.passed++;
  else {
    count.failed++;
    console.log(`${place}: not so: ${why}`);
  }
  return Boolean(cond);
}

// The same for two values, which it shows.
export function same(got, want, why) {
  const a = JSON.stringify(got);
  const b = JSON.stringify(want);
  return check(a === b, a === b ? why : `${why}\n    got  ${a}\n    want ${b}`);
}

// Runs one scenario; what it throws is one failure, and the others still run.
export async function scenario(title, run) {
  const start = Date.now();
  about(title);
  try {
    await run();
  } catch (e) {
    check(false, `it ran to its end: ${e.stack ?? e}`);
  }
  console.log(`${title}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

// The closing line of a test, and its exit status.
export function report(name) {
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed || !count.passed ? 1 : 0;
}
