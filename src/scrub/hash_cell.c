/* Hex to a digest, and the one digest that names nobody. */
#include "scrub/hash_cell.h"

#include <string.h>

#include "scrub/hash_cell_impl.h"

static bool is_hash_of_nothing(const uint8_t digest[SHA256_SIZE])
{
	static const uint8_t nothing[SHA256_SIZE] = { 0xe3, 0xb0, 0xc4, 0x42,
		0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f,
		0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c,
		0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55 };

	return !memcmp(digest, nothing, sizeof nothing);
}

bool hash_cell_read(enum cpu_path cpu, str s, uint8_t digest[SHA256_SIZE])
{
#if defined(__x86_64__)
	if (cpu != CPU_PORTABLE)
		return hash_cell_avx2(s.p, digest) &&
		       !is_hash_of_nothing(digest);
#endif
	(void)cpu;
	return ident_hash_read(s, digest) && !is_hash_of_nothing(digest);
}
