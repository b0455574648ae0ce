/*
 * Every SHA-256 engine this machine has against OpenSSL: published vectors, every
 * length around the block's edge, and a long mix of random messages.
 */
#include "ident/sha256.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/rand.h"
#include "check.h"

static void reference(str m, uint8_t out[SHA256_SIZE])
{
	unsigned n = 0;

	EVP_Digest(m.p, m.n, out, &n, EVP_sha256(), NULL);
}

static void vectors(void)
{
	static const struct {
		str message;
		uint8_t head[4];
	} cases[] = {
		{ STR_INIT(""), { 0xe3, 0xb0, 0xc4, 0x42 } },
		{ STR_INIT("abc"), { 0xba, 0x78, 0x16, 0xbf } },
		{ STR_INIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomno"
			   "pnopq"),
			{ 0x24, 0x8d, 0x6a, 0x61 } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint8_t d[SHA256_SIZE];

		sha256(cases[i].message, d);
		CHECK(!memcmp(d, cases[i].head, 4), "FIPS vector %zu", i);
	}
}

/* All lengths from 0 to 55, in batches of every size up to three rounds. */
static void one_block(enum cpu_path p)
{
	static uint8_t block[48 * SHA256_BLOCK], digest[48 * SHA256_SIZE + 1];
	static uint8_t want[48 * SHA256_SIZE];
	struct rng r = { 7 };

	for (size_t n = 0; n <= 48; n++) {
		int wrong = 0;

		for (size_t i = 0; i < n; i++) {
			char text[SHA256_SHORT_MAX];
			str m = { text, (n + i) % (SHA256_SHORT_MAX + 1) };

			for (size_t j = 0; j < m.n; j++)
				text[j] = (char)rng_next(&r);
			sha256_pad(block + i * SHA256_BLOCK, m);
			reference(m, want + i * SHA256_SIZE);
		}
		digest[n * SHA256_SIZE] = 0x5a;
		sha256_blocks(p, block, n, digest);
		wrong += memcmp(digest, want, n * SHA256_SIZE) != 0;
		CHECK(!wrong, "%s, %zu blocks", cpu_path_name(p), n);
		CHECK(digest[n * SHA256_SIZE] == 0x5a,
			"%s wrote behind %zu digests", cpu_path_name(p), n);
	}
}

static void random_mix(enum cpu_path p)
{
	enum { MANY = 5000, LONG = 300 };
	char *text = malloc(MANY * LONG);
	str *m = malloc(MANY * sizeof *m);
	uint8_t *digest = malloc(MANY * SHA256_SIZE);
	struct rng r = { 99 };
	int wrong = 0;

	for (size_t i = 0; i < MANY; i++) {
		size_t max = rng_below(&r, 4) ? SHA256_SHORT_MAX : LONG - 1;

		m[i] = (str){ text + i * LONG, rng_below(&r, max + 1) };
		for (size_t j = 0; j < m[i].n; j++)
			text[i * LONG + j] = (char)rng_next(&r);
	}
	sha256_batch(p, m, MANY, digest);
	for (size_t i = 0; i < MANY; i++) {
		uint8_t want[SHA256_SIZE];

		reference(m[i], want);
		wrong += memcmp(want, digest + i * SHA256_SIZE, SHA256_SIZE) !=
			 0;
	}
	CHECK(!wrong, "%s: %d of %d", cpu_path_name(p), wrong, MANY);
	free(digest);
	free(m);
	free(text);
}

/* Messages of several blocks, in every number that leaves a part of a round. */
static void long_blocks(enum cpu_path p)
{
	enum { MANY = 35 };
	static uint8_t block[MANY * SHA256_LONG_MAX * SHA256_BLOCK];
	uint8_t digest[MANY * SHA256_SIZE], want[SHA256_SIZE];
	size_t size[MANY];
	struct rng r = { 7 };

	for (size_t k = 1; k <= SHA256_LONG_MAX; k++)
		for (size_t n = 0; n <= MANY; n++) {
			int wrong = 0;

			for (size_t i = 0; i < n; i++) {
				uint8_t *b = block + i * k * SHA256_BLOCK;

				size[i] = k * SHA256_BLOCK - 9 -
					  rng_below(&r, k > 1 ? 64 : 56);
				for (size_t j = 0; j < size[i]; j++)
					b[j] = (uint8_t)rng_next(&r);
				sha256_pad_long(b, k, size[i]);
			}
			sha256_long_blocks(p, block, k, n, digest);
			for (size_t i = 0; i < n; i++) {
				reference((str){ (char *)block +
							  i * k * SHA256_BLOCK,
						  size[i] },
					want);
				wrong += memcmp(want, digest + i * SHA256_SIZE,
						 SHA256_SIZE) != 0;
			}
			CHECK(!wrong, "%s: %zu of %zu blocks: %d",
				cpu_path_name(p), n, k, wrong);
		}
}

static void names(void)
{
	enum cpu_path p = CPU_AVX2;
	struct err e = { 0 };

	CHECK(!cpu_path_read(STR("portable"), &p, &e) && p == CPU_PORTABLE,
		"a name");
	CHECK(!cpu_path_read(STR(""), &p, &e) && p == CPU_BEST,
		"an empty variable is no wish");
	CHECK(cpu_path_read(STR("sse"), &p, &e) == -1 && e.code == ERR_USAGE,
		"an unknown one is refused");
	CHECK(cpu_path_resolve(CPU_BEST) != CPU_BEST, "best is one of them");
	CHECK(cpu_path_runs(cpu_path_resolve(CPU_BEST)), "and runs here");
}

int main(void)
{
	vectors();
	names();
	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++) {
		if (!cpu_path_runs((enum cpu_path)p)) {
			printf("not on this machine: %s\n",
				cpu_path_name((enum cpu_path)p));
			continue;
		}
		one_block((enum cpu_path)p);
		random_mix((enum cpu_path)p);
		long_blocks((enum cpu_path)p);
	}
	return CHECK_DONE();
}
