#ifndef IDENT_SHA256_IMPL_H
#define IDENT_SHA256_IMPL_H

#include <stddef.h>
#include <stdint.h>

/*
 * One file per instruction set, because each is compiled with flags of its own
 * and nothing in it may run before cpu_path_runs() said yes.  Each takes a
 * fixed number of messages that lie one after the other, of k padded blocks
 * each (AVX2: of one).
 */
void sha256_avx512_x16(const uint8_t *block, size_t k, uint8_t *digest);
void sha256_shani_x1(const uint8_t *block, size_t k, uint8_t *digest);
void sha256_shani_x2(const uint8_t *block, size_t k, uint8_t *digest);
void sha256_avx2_x8(const uint8_t *block, uint8_t *digest);

/* FIPS 180-4 section 4.2.2 and 5.3.3. */
extern const uint32_t sha256_k[64];
extern const uint32_t sha256_h[8];

#endif
