#ifndef IDENT_KEY_AES_H
#define IDENT_KEY_AES_H

#include <stdbool.h>

#include "ident/key.h"

/* The AES instructions of x86-64; false elsewhere, and nothing else is called. */
bool key_aes_runs(void);
/* Fills c->round from c->secret. */
void key_aes_prepare(struct ident_cipher *c);
void key_aes_encrypt(const struct ident_cipher *c, const uint8_t *digest,
	size_t n, uint8_t *key);

/* Four blocks an instruction, for processors with AVX-512; c is prepared as
 * above.  To be asked once: cpuid traps in a virtual machine. */
bool key_vaes_runs(void);
void key_vaes_encrypt(const struct ident_cipher *c, const uint8_t *digest,
	size_t n, uint8_t *key);

#endif
