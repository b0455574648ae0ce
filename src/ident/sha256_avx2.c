/*
 * Eight SHA-256 blocks at once for processors without the SHA extensions: one
 * 32-bit word of each message a lane.
 * Compiled with AVX2; called only when cpu_path_runs(CPU_AVX2).
 */
#include "ident/sha256_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>
#	include <string.h>

typedef __m256i v8;

static inline v8 add(v8 a, v8 b)
{
	return _mm256_add_epi32(a, b);
}

static inline v8 xor3(v8 a, v8 b, v8 c)
{
	return _mm256_xor_si256(_mm256_xor_si256(a, b), c);
}

static inline v8 shr(v8 x, int n)
{
	return _mm256_srli_epi32(x, n);
}

static inline v8 ror(v8 x, int n)
{
	return _mm256_or_si256(shr(x, n), _mm256_slli_epi32(x, 32 - n));
}

static inline v8 choose(v8 e, v8 f, v8 g)
{
	return _mm256_xor_si256(g, _mm256_and_si256(e, _mm256_xor_si256(f, g)));
}

static inline v8 majority(v8 a, v8 b, v8 c)
{
	return _mm256_or_si256(_mm256_and_si256(a, b),
		_mm256_and_si256(c, _mm256_or_si256(a, b)));
}

static inline v8 word(v8 w[16], int i)
{
	v8 x = w[(i + 1) & 15], y = w[(i + 14) & 15];

	if (i < 16)
		return w[i];
	w[i & 15] = add(add(w[i & 15], xor3(ror(x, 7), ror(x, 18), shr(x, 3))),
		add(w[(i + 9) & 15], xor3(ror(y, 17), ror(y, 19), shr(y, 10))));
	return w[i & 15];
}

static void load(const uint8_t *block, v8 w[16])
{
	uint32_t t[16][8] __attribute__((aligned(32)));

	for (int lane = 0; lane < 8; lane++)
		for (int i = 0; i < 16; i++) {
			uint32_t v;

			memcpy(&v, block + 64 * lane + 4 * i, 4);
			t[i][lane] = __builtin_bswap32(v);
		}
	for (int i = 0; i < 16; i++)
		w[i] = _mm256_load_si256((const v8 *)(const void *)t[i]);
}

static void store(const v8 s[8], uint8_t *digest)
{
	uint32_t t[8][8] __attribute__((aligned(32)));

	for (int i = 0; i < 8; i++)
		_mm256_store_si256((v8 *)(void *)t[i],
			add(s[i], _mm256_set1_epi32((int)sha256_h[i])));
	for (int lane = 0; lane < 8; lane++)
		for (int i = 0; i < 8; i++) {
			uint32_t v = __builtin_bswap32(t[i][lane]);

			memcpy(digest + 32 * lane + 4 * i, &v, 4);
		}
}

void sha256_avx2_x8(const uint8_t *block, uint8_t *digest)
{
	v8 w[16], s[8];

	load(block, w);
	for (int i = 0; i < 8; i++)
		s[i] = _mm256_set1_epi32((int)sha256_h[i]);
#	pragma GCC unroll 64
	for (int i = 0; i < 64; i++) {
		v8 e = s[4], a = s[0];
		v8 k = _mm256_set1_epi32((int)sha256_k[i]);
		v8 t1 = add(
			add(add(s[7], xor3(ror(e, 6), ror(e, 11), ror(e, 25))),
				choose(e, s[5], s[6])),
			add(k, word(w, i)));
		v8 t2 = add(xor3(ror(a, 2), ror(a, 13), ror(a, 22)),
			majority(a, s[1], s[2]));

		s[7] = s[6], s[6] = s[5], s[5] = s[4];
		s[4] = add(s[3], t1);
		s[3] = s[2], s[2] = s[1], s[1] = s[0];
		s[0] = add(t1, t2);
	}
	store(s, digest);
}
#else
extern int sha256_avx2_is_not_for_this_machine;
#endif
