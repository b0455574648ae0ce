/* SHA-256 of long files: OpenSSL, which uses what the processor has. */
#include "drop/digest.h"

#include <openssl/evp.h>

#include "base/base.h"

struct drop_digest {
	EVP_MD_CTX *ctx;
};

static void free_digest(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

static void begin(struct drop_digest *d)
{
	must(EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) == 1);
}

struct drop_digest *drop_digest_new(struct arena *a)
{
	struct drop_digest *d = arena_one(a, struct drop_digest);

	d->ctx = EVP_MD_CTX_new();
	must(d->ctx);
	arena_defer(a, free_digest, d->ctx);
	begin(d);
	return d;
}

void drop_digest_add(struct drop_digest *d, str bytes)
{
	must(EVP_DigestUpdate(d->ctx, bytes.p, bytes.n) == 1);
}

void drop_digest_end(struct drop_digest *d, uint8_t out[SHA256_SIZE])
{
	must(EVP_DigestFinal_ex(d->ctx, out, NULL) == 1);
	begin(d);
}
