let passed = 0;
let failed = 0;

export function check(is, why) {
  if (is) passed++;
  else {
    failed++;
    console.error(`not so: ${why}`);
  }
}

export function same(got, wanted, why) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
  check(a === b, `${why}: got ${a}, wanted ${b}`);
}

export function finish(name) {
  console.log(`${name}: ${passed} passed, ${failed} failed`);
  return failed || !passed ? 1 : 0;
}
