/*
 * Sixteen SHA-256 blocks at once: one 32-bit word of each message a lane.
 * vprold rotates in one instruction and vpternlogd does the choose, majority
 * and three-way exclusive-or in one, so a block costs about 22 ns / 16 lanes.
 * Compiled with AVX-512 F and BW; called only when cpu_path_runs(CPU_AVX512).
 */
#include "ident/sha256_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

typedef __m512i v16;

#	define ADD(a, b)     _mm512_add_epi32(a, b)
#	define ROR(x, n)     _mm512_ror_epi32(x, n)
#	define SHR(x, n)     _mm512_srli_epi32(x, n)
#	define XOR3(a, b, c) _mm512_ternarylogic_epi32(a, b, c, 0x96)
#	define CH(e, f, g)   _mm512_ternarylogic_epi32(e, f, g, 0xCA)
#	define MAJ(a, b, c)  _mm512_ternarylogic_epi32(a, b, c, 0xE8)

static inline v16 big0(v16 x)
{
	return XOR3(ROR(x, 2), ROR(x, 13), ROR(x, 22));
}

static inline v16 big1(v16 x)
{
	return XOR3(ROR(x, 6), ROR(x, 11), ROR(x, 25));
}

static inline v16 small0(v16 x)
{
	return XOR3(ROR(x, 7), ROR(x, 18), SHR(x, 3));
}

static inline v16 small1(v16 x)
{
	return XOR3(ROR(x, 17), ROR(x, 19), SHR(x, 10));
}

/* 16 rows of 16 words become 16 columns, in four steps of doubling width. */
static inline __attribute__((always_inline)) void transpose(v16 r[16])
{
	v16 t[16];

	for (int i = 0; i < 8; i++) {
		t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
		t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
	}
	for (int i = 0; i < 16; i += 4) {
		r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
		r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
		r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
		r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
	}
	for (int i = 0; i < 4; i++) {
		t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
		t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xdd);
		t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
		t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xdd);
	}
	for (int i = 0; i < 4; i++) {
		r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
		r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
		r[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
		r[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xdd);
	}
}

/* One round on the eight working words; the caller rotates their names. */
#	define ROUND(a, b, c, d, e, f, g, h, i)                       \
		do {                                                   \
			v16 k = _mm512_set1_epi32((int)sha256_k[i]);   \
			v16 t = ADD(ADD(ADD(h, big1(e)), CH(e, f, g)), \
				ADD(k, w[(i)&15]));                    \
			d = ADD(d, t);                                 \
			h = ADD(ADD(t, big0(a)), MAJ(a, b, c));        \
		} while (0)

#	define ROUNDS_8(i)                                     \
		do {                                            \
			ROUND(a, b, c, d, e, f, g, h, (i));     \
			ROUND(h, a, b, c, d, e, f, g, (i) + 1); \
			ROUND(g, h, a, b, c, d, e, f, (i) + 2); \
			ROUND(f, g, h, a, b, c, d, e, (i) + 3); \
			ROUND(e, f, g, h, a, b, c, d, (i) + 4); \
			ROUND(d, e, f, g, h, a, b, c, (i) + 5); \
			ROUND(c, d, e, f, g, h, a, b, (i) + 6); \
			ROUND(b, c, d, e, f, g, h, a, (i) + 7); \
		} while (0)

static inline void schedule(v16 w[16], int from)
{
#	pragma GCC unroll 8
	for (int i = from; i < from + 8; i++)
		w[i] = ADD(ADD(w[i], small0(w[(i + 1) & 15])),
			ADD(w[(i + 9) & 15], small1(w[(i + 14) & 15])));
}

/* One block more of each message: s is its state, from before to after. */
static inline __attribute__((always_inline)) void compress(v16 w[16], v16 s[8])
{
	v16 a = s[0], b = s[1], c = s[2], d = s[3];
	v16 e = s[4], f = s[5], g = s[6], h = s[7];

	ROUNDS_8(0);
	ROUNDS_8(8);
	for (int i = 16; i < 64; i += 16) {
		schedule(w, 0);
		ROUNDS_8(i);
		schedule(w, 8);
		ROUNDS_8(i + 8);
	}
	s[0] = ADD(a, s[0]);
	s[1] = ADD(b, s[1]);
	s[2] = ADD(c, s[2]);
	s[3] = ADD(d, s[3]);
	s[4] = ADD(e, s[4]);
	s[5] = ADD(f, s[5]);
	s[6] = ADD(g, s[6]);
	s[7] = ADD(h, s[7]);
}

void sha256_avx512_x16(const uint8_t *block, size_t k, uint8_t *digest)
{
	const v16 swap = _mm512_broadcast_i32x4(
		_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
	v16 w[16], out[16];

	for (int i = 0; i < 8; i++)
		out[i] = _mm512_set1_epi32((int)sha256_h[i]);
	for (size_t j = 0; j < k; j++) {
		for (size_t i = 0; i < 16; i++)
			w[i] = _mm512_shuffle_epi8(
				_mm512_loadu_si512(block + 64 * (k * i + j)),
				swap);
		transpose(w);
		compress(w, out);
	}
	for (int i = 8; i < 16; i++)
		out[i] = _mm512_setzero_si512();
	transpose(out);
	for (int i = 0; i < 16; i++)
		_mm256_storeu_si256((__m256i *)(void *)(digest + 32 * i),
			_mm512_castsi512_si256(
				_mm512_shuffle_epi8(out[i], swap)));
}
#else
extern int sha256_avx512_is_not_for_this_machine;
#endif
