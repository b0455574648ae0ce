/* CRC-32C by the processor's instruction, or by tables made for each call. */
#include "index/crc32c.h"

#include <stdbool.h>
#include <string.h>

enum { SLICES = 8, LANES_FROM = 1 << 14 };

static const uint32_t polynomial = 0x82f63b78;

/* Slicing by 8: table[k] is the effect of a byte k positions before the end. */
struct crc_table {
	uint32_t t[SLICES][256];
};

static void table_make(struct crc_table *c)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t v = i;

		for (int bit = 0; bit < 8; bit++)
			v = v >> 1 ^ (v & 1 ? polynomial : 0);
		c->t[0][i] = v;
	}
	for (uint32_t i = 0; i < 256; i++)
		for (int k = 1; k < SLICES; k++)
			c->t[k][i] = c->t[k - 1][i] >> 8 ^
				     c->t[0][c->t[k - 1][i] & 255];
}

static uint32_t portable(uint32_t crc, const uint8_t *p, size_t n)
{
	struct crc_table c;

	table_make(&c);
	for (; n >= SLICES; n -= SLICES, p += SLICES) {
		uint64_t v;
		uint32_t next = 0;

		memcpy(&v, p, sizeof v);
		v ^= crc;
		for (int k = 0; k < SLICES; k++)
			next ^= c.t[SLICES - 1 - k][v >> 8 * k & 255];
		crc = next;
	}
	for (; n > 0; n--, p++)
		crc = crc >> 8 ^ c.t[0][(crc ^ *p) & 255];
	return crc;
}

#if defined(__x86_64__)
#	include <immintrin.h>

static bool has_instruction(enum cpu_path p)
{
	return p != CPU_PORTABLE && __builtin_cpu_supports("sse4.2");
}

__attribute__((target("sse4.2"))) static uint32_t one_lane(
	uint32_t crc, const uint8_t *p, size_t n)
{
	uint64_t c = crc;

	for (; n >= 8; n -= 8, p += 8) {
		uint64_t v;

		memcpy(&v, p, sizeof v);
		c = _mm_crc32_u64(c, v);
	}
	for (; n > 0; n--, p++)
		c = _mm_crc32_u8((uint32_t)c, *p);
	return (uint32_t)c;
}

/* Polynomials modulo the polynomial; the highest bit is x to the power of 0. */
static uint32_t multiply(uint32_t a, uint32_t b)
{
	uint32_t product = 0;

	for (uint32_t bit = 1u << 31; bit; bit >>= 1) {
		product ^= a & bit ? b : 0;
		b = b >> 1 ^ (b & 1 ? polynomial : 0);
	}
	return product;
}

/* What n zeros behind it make of a checksum is its product with this: x to the
 * power of 8n. */
static uint32_t zeros(uint64_t n)
{
	uint32_t power = 1u << 31, square = 1u << 30;

	for (n *= 8; n; n >>= 1) {
		power = n & 1 ? multiply(square, power) : power;
		square = multiply(square, square);
	}
	return power;
}

/* The instruction takes three cycles and begins one in each: so three pieces side
 * by side, of `lane` bytes, a multiple of 8. */
__attribute__((target("sse4.2"))) static uint32_t three_lanes(
	uint32_t crc, const uint8_t *p, size_t lane)
{
	uint64_t a = crc, b = 0, c = 0;
	uint32_t shift = zeros(lane);

	for (const uint8_t *end = p + lane; p < end; p += sizeof a) {
		uint64_t va, vb, vc;

		memcpy(&va, p, sizeof va);
		memcpy(&vb, p + lane, sizeof vb);
		memcpy(&vc, p + 2 * lane, sizeof vc);
		a = _mm_crc32_u64(a, va);
		b = _mm_crc32_u64(b, vb);
		c = _mm_crc32_u64(c, vc);
	}
	b ^= multiply(shift, (uint32_t)a);
	return (uint32_t)c ^ multiply(shift, (uint32_t)b);
}

static uint32_t with_instruction(uint32_t crc, const uint8_t *p, size_t n)
{
	size_t lane = n < LANES_FROM ? 0 : n / 24 * 8;

	if (lane)
		crc = three_lanes(crc, p, lane);
	return one_lane(crc, p + 3 * lane, n - 3 * lane);
}
#else
static bool has_instruction(enum cpu_path p)
{
	(void)p;
	return false;
}

static uint32_t with_instruction(uint32_t crc, const uint8_t *p, size_t n)
{
	return portable(crc, p, n);
}
#endif

uint32_t crc32c(enum cpu_path p, uint32_t crc, const void *bytes, size_t n)
{
	return ~(has_instruction(p) ? with_instruction(~crc, bytes, n)
				    : portable(~crc, bytes, n));
}
