/*
 * AES-128 with four blocks in a register: both halves of two digests, each under
 * its own key.  Sixteen digests are in the air at once.  Called only when
 * key_vaes_runs().
 */
#include "ident/key_aes.h"

#include "base/base.h"

#if defined(__x86_64__)
#	include <cpuid.h>
#	include <immintrin.h>

#	define TARGET __attribute__((target("vaes,avx512f,bmi2")))
#	define INLINE inline __attribute__((always_inline))

enum { ROUNDS = 10, WORDS = SHA256_SIZE / 8, LANES = 16, PAIRS = LANES / 2 };

/* Both keys of a round, twice. */
TARGET static INLINE __m512i round_keys(const struct ident_cipher *c, int round)
{
	return _mm512_broadcast_i64x4(_mm256_loadu_si256(
		(const __m256i *)(const void *)c->round[round]));
}

/* The words of pair i that there are, when n digests are left. */
TARGET static INLINE __mmask8 words_of(size_t n, size_t i)
{
	size_t before = 2 * i;

	return (__mmask8)_bzhi_u32(
		0xff, n > before ? (unsigned)(WORDS * (n - before)) : 0);
}

/* Up to LANES digests; is_full is known when it is compiled: what was stored
 * with a mask is slow to read again. */
TARGET static INLINE void encrypt(const struct ident_cipher *c,
	const uint8_t *digest, size_t n, uint8_t *key, bool is_full)
{
	__m512i x[PAIRS], k = round_keys(c, 0);

#	pragma GCC unroll 8
	for (size_t i = 0; i < PAIRS; i++)
		x[i] = _mm512_xor_si512(
			k, is_full ? _mm512_loadu_si512(digest + 64 * i)
				   : _mm512_maskz_loadu_epi64(
					     words_of(n, i), digest + 64 * i));
	for (int r = 1; r < ROUNDS; r++) {
		k = round_keys(c, r);
#	pragma GCC unroll 8
		for (size_t i = 0; i < PAIRS; i++)
			x[i] = _mm512_aesenc_epi128(x[i], k);
	}
	k = round_keys(c, ROUNDS);
#	pragma GCC unroll 8
	for (size_t i = 0; i < PAIRS; i++) {
		x[i] = _mm512_aesenclast_epi128(x[i], k);
		if (is_full)
			_mm512_storeu_si512(key + 64 * i, x[i]);
		else
			_mm512_mask_storeu_epi64(
				key + 64 * i, words_of(n, i), x[i]);
	}
}

bool key_vaes_runs(void)
{
	unsigned a, b, c, d;

	return __builtin_cpu_supports("avx512f") &&
	       __builtin_cpu_supports("bmi2") &&
	       __get_cpuid_count(7, 0, &a, &b, &c, &d) && (c >> 9 & 1);
}

TARGET void key_vaes_encrypt(const struct ident_cipher *c,
	const uint8_t *digest, size_t n, uint8_t *key)
{
	for (; n >= LANES; n -= LANES) {
		encrypt(c, digest, LANES, key, true);
		digest += LANES * SHA256_SIZE;
		key += LANES * IDENT_KEY_SIZE;
	}
	if (n)
		encrypt(c, digest, n, key, false);
}
#else
bool key_vaes_runs(void)
{
	return false;
}

void key_vaes_encrypt(const struct ident_cipher *c, const uint8_t *digest,
	size_t n, uint8_t *key)
{
	(void)c, (void)digest, (void)n, (void)key;
	must(false); /* key_vaes_runs() said so */
}
#endif
