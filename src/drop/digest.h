#ifndef DROP_DIGEST_H
#define DROP_DIGEST_H

#include "base/arena.h"
#include "base/str.h"
#include "ident/sha256.h"

/* The SHA-256 of a file as it goes by; freed with the arena. */
struct drop_digest;

struct drop_digest *drop_digest_new(struct arena *a);
void drop_digest_add(struct drop_digest *d, str bytes);
/* Once; after it the next file can begin. */
void drop_digest_end(struct drop_digest *d, uint8_t out[SHA256_SIZE]);

#endif
