/*
 * Two SHA-256 blocks with the SHA extensions, interleaved: sha256rnds2 has a
 * latency of 4 to 6 cycles, and a second message fills the gaps for nothing.
 * Four would run out of registers.  And one alone, for who has no second.
 * Compiled with SHA and SSE4.1; called only when cpu_path_runs(CPU_SHANI).
 */
#include "ident/sha256_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

enum { STREAMS_MAX = 2 };

#	define INLINE inline __attribute__((always_inline))

typedef __m128i v4;

struct stream {
	v4 m[4]; /* the last 16 message words */
	v4 abef, cdgh;
};

static inline v4 load16(const void *p)
{
	return _mm_loadu_si128((const v4 *)p);
}

/* Bytes of each 32-bit word turned around, which undoes itself. */
static inline v4 swap(v4 x)
{
	return _mm_shuffle_epi8(
		x, _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

static INLINE void rounds_4(struct stream *s, int i)
{
	v4 t = _mm_add_epi32(s->m[i & 3], load16(sha256_k + 4 * i));
	v4 x;

	s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, t);
	s->abef = _mm_sha256rnds2_epu32(
		s->abef, s->cdgh, _mm_shuffle_epi32(t, 0x0E));
	if (i >= 12)
		return;
	x = _mm_sha256msg1_epu32(s->m[i & 3], s->m[(i + 1) & 3]);
	x = _mm_add_epi32(
		x, _mm_alignr_epi8(s->m[(i + 3) & 3], s->m[(i + 2) & 3], 4));
	s->m[i & 3] = _mm_sha256msg2_epu32(x, s->m[(i + 3) & 3]);
}

static inline void put(v4 abef, v4 cdgh, uint8_t *out)
{
	v4 x = _mm_shuffle_epi32(abef, 0x1B);
	v4 y = _mm_shuffle_epi32(cdgh, 0xB1);

	_mm_storeu_si128((v4 *)(void *)out, swap(_mm_blend_epi16(x, y, 0xF0)));
	_mm_storeu_si128(
		(v4 *)(void *)(out + 16), swap(_mm_alignr_epi8(y, x, 8)));
}

/* One block more of each of n messages, of which the first is at p. */
static INLINE void compress(
	struct stream *s, size_t n, const uint8_t *p, size_t k)
{
	v4 abef[STREAMS_MAX], cdgh[STREAMS_MAX];

	for (size_t j = 0; j < n; j++) {
		abef[j] = s[j].abef;
		cdgh[j] = s[j].cdgh;
		for (int i = 0; i < 4; i++)
			s[j].m[i] = swap(load16(p + 64 * k * j + 16 * i));
	}
#	pragma GCC unroll 16
	for (int i = 0; i < 16; i++)
		for (size_t j = 0; j < n; j++)
			rounds_4(&s[j], i);
	for (size_t j = 0; j < n; j++) {
		s[j].abef = _mm_add_epi32(s[j].abef, abef[j]);
		s[j].cdgh = _mm_add_epi32(s[j].cdgh, cdgh[j]);
	}
}

/* n is known when it is compiled. */
static INLINE void run(
	const uint8_t *block, size_t n, size_t k, uint8_t *digest)
{
	v4 abcd = _mm_shuffle_epi32(load16(sha256_h), 0xB1);
	v4 efgh = _mm_shuffle_epi32(load16(sha256_h + 4), 0x1B);
	struct stream s[STREAMS_MAX];

	for (size_t j = 0; j < n; j++) {
		s[j].abef = _mm_alignr_epi8(abcd, efgh, 8);
		s[j].cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
	}
	for (size_t i = 0; i < k; i++)
		compress(s, n, block + 64 * i, k);
	for (size_t j = 0; j < n; j++)
		put(s[j].abef, s[j].cdgh, digest + 32 * j);
}

void sha256_shani_x1(const uint8_t *block, size_t k, uint8_t *digest)
{
	run(block, 1, k, digest);
}

void sha256_shani_x2(const uint8_t *block, size_t k, uint8_t *digest)
{
	run(block, 2, k, digest);
}
#else
extern int sha256_shani_is_not_for_this_machine;
#endif
