/* CRC-32C by the processor's instruction, or by tables made for each call. */
#include "index/crc32c.h"

#include <stdbool.h>
#include <string.h>

enum { SLICES = 8 };

/* Slicing by 8: table[k] is the effect of a byte k positions before the end. */
struct crc_table {
	uint32_t t[SLICES][256];
};

static void table_make(struct crc_table *c)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t v = i;

		for (int bit = 0; bit < 8; bit++)
			v = v >> 1 ^ (v & 1 ? 0x82f63b78 : 0);
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

__attribute__((target("sse4.2"))) static uint32_t with_instruction(
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
