/*
 * Randomness.  Secrets come from the kernel's generator alone; the small
 * generator below it (SplitMix64) is for repeatable made-up data.
 */
#include "base/rand.h"

#include <errno.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"

enum { ENTROPY_MAX = 256, TOKEN_MAX = 128 };

void rand_bytes(void *out, size_t n)
{
	char *p = out;

	while (n) {
		size_t step = n < ENTROPY_MAX ? n : ENTROPY_MAX;

		must(!getentropy(p, step));
		p += step;
		n -= step;
	}
}

static uint64_t rand_next(void *unused)
{
	uint64_t v;

	(void)unused;
	rand_bytes(&v, sizeof v);
	return v;
}

/* Draws again in the last, incomplete run of `bound` values: a bare remainder
 * would favour the small ones. */
static uint64_t below(uint64_t bound, uint64_t (*next)(void *), void *ctx)
{
	uint64_t left_over, v;

	must(bound);
	left_over = (UINT64_MAX % bound + 1) % bound;
	do
		v = next(ctx);
	while (v > UINT64_MAX - left_over);
	return v % bound;
}

uint64_t rand_below(uint64_t bound)
{
	return below(bound, rand_next, NULL);
}

str rand_token(struct arena *a, size_t n)
{
	unsigned char secret[TOKEN_MAX];

	must(n <= sizeof secret);
	rand_bytes(secret, n);
	return base64url_of(a, secret, n);
}

uint64_t rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static uint64_t next_of_rng(void *rng)
{
	return rng_next(rng);
}

uint64_t rng_below(struct rng *r, uint64_t bound)
{
	return below(bound, next_of_rng, r);
}
