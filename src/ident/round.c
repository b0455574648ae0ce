/* Many values at once: blocks first, then one hash of them all. */
#include "ident/round.h"

#include <string.h>

#include "base/base.h"

_Static_assert((int)IDENT_ROUND <= 256 && (int)IDENT_FAULTS <= 256, "a byte");

void ident_round_start(
	struct ident_round *r, enum cpu_path cpu, enum ident_kind kind)
{
	r->cpu = cpu;
	r->kind = kind;
	r->way = cell_way(cpu, kind);
	r->n = 0;
	r->blocks = 0;
}

static void read_carefully(struct ident_round *r, str value)
{
	uint8_t *digest = r->digest + r->n * SHA256_SIZE;
	enum ident_fault f =
		ident_digest_of(IDENT_TOYON_1, r->kind, value, digest);

	if (f)
		memset(digest, 0, SHA256_SIZE);
	r->fault[r->n] = (uint8_t)f;
}

void ident_round_add(struct ident_round *r, str value)
{
	uint8_t *block = r->block + r->blocks * SHA256_BLOCK;

	must(r->n < IDENT_ROUND);
	if (value.n && r->way(value.p, value.n, block) == CELL_READY) {
		r->fault[r->n] = IDENT_FAULT_NONE;
		r->of[r->blocks++] = (uint8_t)r->n;
	} else {
		read_carefully(r, value);
	}
	r->n++;
}

void ident_round_finish(struct ident_round *r)
{
	uint8_t fresh[IDENT_ROUND * SHA256_SIZE];

	if (r->blocks == r->n) {
		sha256_blocks(r->cpu, r->block, r->n, r->digest);
		return;
	}
	sha256_blocks(r->cpu, r->block, r->blocks, fresh);
	for (size_t i = 0; i < r->blocks; i++)
		memcpy(r->digest + r->of[i] * SHA256_SIZE,
			fresh + i * SHA256_SIZE, SHA256_SIZE);
}

enum ident_fault ident_round_of_one(enum cpu_path cpu, enum ident_kind kind,
	str value, uint8_t digest[SHA256_SIZE])
{
	uint8_t block[SHA256_BLOCK];
	cell_fn *way = cell_way(cpu, kind);

	if (!value.n || way(value.p, value.n, block) != CELL_READY)
		return ident_digest_of(IDENT_TOYON_1, kind, value, digest);
	sha256_blocks(cpu, block, 1, digest);
	return IDENT_FAULT_NONE;
}
