/*
 * The door to SHA-256: padding, the choice of the engine, and the messages that
 * do not fit one block.  A batch that does not fill an engine's last round is
 * filled up with blocks whose digests are thrown away: half a round of 16 is
 * still faster than eight blocks one by one.  Fewer go one by one.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* the low-level calls are the fast ones */
#include "ident/sha256.h"

#include <openssl/sha.h>
#include <string.h>

#include "base/base.h"
#include "ident/sha256_impl.h"

const uint32_t sha256_k[64] __attribute__((aligned(64))) = { 0x428a2f98,
	0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
	0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6,
	0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152,
	0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
	0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354,
	0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70,
	0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
	0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa,
	0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };

const uint32_t sha256_h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

void sha256(str message, uint8_t digest[SHA256_SIZE])
{
	SHA256_CTX c;

	must(SHA256_Init(&c) && SHA256_Update(&c, message.p, message.n) &&
		SHA256_Final(digest, &c));
}

void sha256_pad(uint8_t block[SHA256_BLOCK], str message)
{
	uint32_t bits = (uint32_t)message.n * 8;

	must(message.n <= SHA256_SHORT_MAX);
	memset(block, 0, SHA256_BLOCK);
	if (message.n)
		memcpy(block, message.p, message.n);
	block[message.n] = 0x80;
	block[62] = (uint8_t)(bits >> 8);
	block[63] = (uint8_t)bits;
}

void sha256_pad_long(uint8_t *block, size_t k, size_t n)
{
	uint64_t bits = (uint64_t)n * 8;
	size_t size = k * SHA256_BLOCK;

	must(n + 9 <= size && n + 9 > size - SHA256_BLOCK);
	memset(block + n, 0, size - n);
	block[n] = 0x80;
	for (size_t i = 0; i < 8; i++)
		block[size - 1 - i] = (uint8_t)(bits >> 8 * i);
}

/* The message back out of its padding: its length stands at the end. */
static void long_portable(const uint8_t *block, size_t k, uint8_t *digest)
{
	const uint8_t *end = block + k * SHA256_BLOCK;
	size_t n = 0;

	for (size_t i = 8; i > 0; i--)
		n = n << 8 | end[-(ptrdiff_t)i];
	must(n % 8 == 0 && n / 8 + 9 <= k * SHA256_BLOCK);
	sha256((str){ (const char *)block, n / 8 }, digest);
}

typedef void run_fn(const uint8_t *block, size_t k, uint8_t *digest);

/* What does `lanes` messages at a time, and what does one: faster for fewer than
 * `worth`. */
struct engine {
	size_t lanes;
	size_t worth;
	run_fn *run;
	run_fn *run_one;
};

#if defined(__x86_64__)
static void avx2_x8(const uint8_t *block, size_t k, uint8_t *digest)
{
	must(k == 1);
	sha256_avx2_x8(block, digest);
}
#endif

static struct engine engine_of(enum cpu_path p, size_t k)
{
	switch (p) {
#if defined(__x86_64__)
	case CPU_AVX512:
		return (struct engine){ 16, 7, sha256_avx512_x16,
			sha256_shani_x1 };
	case CPU_SHANI:
		return (struct engine){ 2, 2, sha256_shani_x2,
			sha256_shani_x1 };
	case CPU_AVX2:
		if (k == 1)
			return (struct engine){ 8, 4, avx2_x8, long_portable };
		break;
#else
	case CPU_AVX512:
	case CPU_SHANI:
	case CPU_AVX2:
		(void)k;
		break;
#endif
	case CPU_BEST:
	case CPU_PORTABLE:
		break;
	}
	must(p != CPU_BEST);
	return (struct engine){ 1, 1, long_portable, long_portable };
}

/* Filled up to a round of all lanes. */
static void run_last(const struct engine *g, const uint8_t *block, size_t k,
	size_t n, uint8_t *digest)
{
	uint8_t last[16 * SHA256_LONG_MAX * SHA256_BLOCK];
	uint8_t out[16 * SHA256_SIZE];
	size_t size = k * SHA256_BLOCK;

	memcpy(last, block, n * size);
	memset(last + n * size, 0, (g->lanes - n) * size);
	g->run(last, k, out);
	memcpy(digest, out, n * SHA256_SIZE);
}

void sha256_long_blocks(enum cpu_path p, const uint8_t *block, size_t k,
	size_t n, uint8_t *digest)
{
	struct engine g = engine_of(p, k);

	must(k > 0 && k <= SHA256_LONG_MAX);
	for (; n >= g.lanes; n -= g.lanes) {
		g.run(block, k, digest);
		block += g.lanes * k * SHA256_BLOCK;
		digest += g.lanes * SHA256_SIZE;
	}
	if (n >= g.worth) {
		run_last(&g, block, k, n, digest);
		return;
	}
	for (; n > 0; n--) {
		g.run_one(block, k, digest);
		block += k * SHA256_BLOCK;
		digest += SHA256_SIZE;
	}
}

void sha256_blocks(
	enum cpu_path p, const uint8_t *block, size_t n, uint8_t *digest)
{
	sha256_long_blocks(p, block, 1, n, digest);
}

void sha256_batch(
	enum cpu_path p, const str *message, size_t n, uint8_t *digest)
{
	enum { ROUND = 64 };
	uint8_t block[ROUND * SHA256_BLOCK];
	uint8_t out[ROUND * SHA256_SIZE];
	size_t at[ROUND];
	size_t held = 0;

	for (size_t i = 0; i < n; i++) {
		if (message[i].n > SHA256_SHORT_MAX) {
			sha256(message[i], digest + i * SHA256_SIZE);
		} else {
			sha256_pad(block + held * SHA256_BLOCK, message[i]);
			at[held++] = i;
		}
		if (held < ROUND && i + 1 < n)
			continue;
		sha256_blocks(p, block, held, out);
		for (size_t j = 0; j < held; j++)
			memcpy(digest + at[j] * SHA256_SIZE,
				out + j * SHA256_SIZE, SHA256_SIZE);
		held = 0;
	}
}
