/*
 * AES-128 with the processor's instructions.  The functions carry their target
 * themselves, so the file needs no flags of its own.
 */
#include "ident/key_aes.h"

#include "base/base.h"

#if defined(__x86_64__)
#	include <immintrin.h>

#	define WITH_AES __attribute__((target("aes,sse4.1")))

enum { ROUNDS = 10, LANES = 4 };

WITH_AES static inline __m128i next_key(__m128i k, __m128i assist)
{
	assist = _mm_shuffle_epi32(assist, 0xff);
	k = _mm_xor_si128(k, _mm_slli_si128(k, 4));
	k = _mm_xor_si128(k, _mm_slli_si128(k, 4));
	k = _mm_xor_si128(k, _mm_slli_si128(k, 4));
	return _mm_xor_si128(k, assist);
}

/* The round constant is part of the instruction, so no loop. */
WITH_AES static void expand(struct ident_cipher *c, int half)
{
	__m128i k[ROUNDS + 1];

	k[0] = _mm_loadu_si128((const __m128i *)(const void *)c->secret[half]);
	k[1] = next_key(k[0], _mm_aeskeygenassist_si128(k[0], 0x01));
	k[2] = next_key(k[1], _mm_aeskeygenassist_si128(k[1], 0x02));
	k[3] = next_key(k[2], _mm_aeskeygenassist_si128(k[2], 0x04));
	k[4] = next_key(k[3], _mm_aeskeygenassist_si128(k[3], 0x08));
	k[5] = next_key(k[4], _mm_aeskeygenassist_si128(k[4], 0x10));
	k[6] = next_key(k[5], _mm_aeskeygenassist_si128(k[5], 0x20));
	k[7] = next_key(k[6], _mm_aeskeygenassist_si128(k[6], 0x40));
	k[8] = next_key(k[7], _mm_aeskeygenassist_si128(k[7], 0x80));
	k[9] = next_key(k[8], _mm_aeskeygenassist_si128(k[8], 0x1b));
	k[10] = next_key(k[9], _mm_aeskeygenassist_si128(k[9], 0x36));
	for (int i = 0; i <= ROUNDS; i++)
		_mm_store_si128((__m128i *)(void *)c->round[i][half], k[i]);
}

WITH_AES static inline __m128i round_key(
	const struct ident_cipher *c, int half, int round)
{
	return _mm_load_si128(
		(const __m128i *)(const void *)c->round[round][half]);
}

/* `lanes` digests at once, known when it is compiled, their two halves under
 * their own keys. */
WITH_AES static inline __attribute__((always_inline)) void encrypt(
	const struct ident_cipher *c, size_t lanes, const uint8_t *digest,
	uint8_t *key)
{
	__m128i x[2 * LANES];

#	pragma GCC unroll 8
	for (size_t i = 0; i < 2 * lanes; i++)
		x[i] = _mm_xor_si128(
			_mm_loadu_si128(
				(const __m128i *)(const void *)(digest +
								16 * i)),
			round_key(c, (int)i & 1, 0));
	for (int r = 1; r < ROUNDS; r++)
#	pragma GCC unroll 8
		for (size_t i = 0; i < 2 * lanes; i++)
			x[i] = _mm_aesenc_si128(
				x[i], round_key(c, (int)i & 1, r));
#	pragma GCC unroll 8
	for (size_t i = 0; i < 2 * lanes; i++)
		_mm_storeu_si128((__m128i *)(void *)(key + 16 * i),
			_mm_aesenclast_si128(
				x[i], round_key(c, (int)i & 1, ROUNDS)));
}

bool key_aes_runs(void)
{
	return __builtin_cpu_supports("aes") &&
	       __builtin_cpu_supports("sse4.1");
}

void key_aes_prepare(struct ident_cipher *c)
{
	expand(c, 0);
	expand(c, 1);
}

WITH_AES void key_aes_encrypt(const struct ident_cipher *c,
	const uint8_t *digest, size_t n, uint8_t *key)
{
	for (; n >= LANES; n -= LANES) {
		encrypt(c, LANES, digest, key);
		digest += LANES * SHA256_SIZE;
		key += LANES * IDENT_KEY_SIZE;
	}
	for (; n > 0; n--) {
		encrypt(c, 1, digest, key);
		digest += SHA256_SIZE;
		key += IDENT_KEY_SIZE;
	}
}
#else
bool key_aes_runs(void)
{
	return false;
}

void key_aes_prepare(struct ident_cipher *c)
{
	(void)c;
	must(false);
}

void key_aes_encrypt(const struct ident_cipher *c, const uint8_t *digest,
	size_t n, uint8_t *key)
{
	(void)c, (void)digest, (void)n, (void)key;
	must(false); /* key_aes_runs() said so */
}
#endif
