/*
 * The form of a snapshot.  It comes from another machine: nothing is read by a
 * count before the bytes are there, and there is one way only to write a thing.
 */
#include "desk/follow_snapshot.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "desk/follow_number.h"

enum { LEAST_HELD = 9 }; /* bytes of an identifier in a block */

static const uint8_t magic[8] = { 'T', 'Y', 'S', 'N', 'P', 1, '\r', '\n' };

static int refuse(struct err *e, const char *why)
{
	return err_set(e, ERR_CORRUPT,
		"the answer is no snapshot of the log: %s", why);
}

/* --- the manifest --- */

uint32_t follow_bits_of(uint64_t entries)
{
	uint32_t bits = 0;

	while (bits < FOLLOW_BITS_MAX && entries > (uint64_t)FOLLOW_BLOCK_KEYS
							   << bits)
		bits++;
	return bits;
}

size_t follow_blocks_n(const struct follow_manifest *m)
{
	return (size_t)1 << m->bits;
}

void follow_manifest_put(struct buf *b, const struct follow_manifest *m)
{
	uint8_t head[FOLLOW_MANIFEST_HEAD];

	memcpy(head, magic, sizeof magic);
	number_put(head + 8, m->seq, 8);
	number_put(head + 16, (uint64_t)m->at, 8);
	memcpy(head + 24, m->fingerprint, sizeof m->fingerprint);
	memcpy(head + 40, m->hash, sizeof m->hash);
	number_put(head + 72, m->kinds, 4);
	number_put(head + 76, m->bits, 4);
	number_put(head + 80, m->keys, 8);
	number_put(head + 88, m->size, 8);
	memcpy(head + 96, m->signature, sizeof m->signature);
	buf_put(b, (str){ (const char *)head, sizeof head });
	buf_put(b, (str){ (const char *)m->blocks,
			   follow_blocks_n(m) * FOLLOW_HASH_SIZE });
}

static bool is_possible(const struct follow_manifest *m)
{
	size_t n = follow_blocks_n(m);

	return m->seq <= INT64_MAX && m->at >= 0 &&
	       m->kinds < (uint32_t)1 << IDENT_KINDS &&
	       m->keys <= (uint64_t)n * FOLLOW_BLOCK_MAX &&
	       m->keys <= m->size / LEAST_HELD &&
	       m->size <= (uint64_t)n * FOLLOW_BLOCK_SIZE_MAX;
}

int follow_manifest_read(str bytes, struct follow_manifest *out, struct err *e)
{
	const uint8_t *b = (const uint8_t *)bytes.p;

	memset(out, 0, sizeof *out);
	if (bytes.n < FOLLOW_MANIFEST_HEAD)
		return refuse(e, "its length");
	if (memcmp(b, magic, sizeof magic) != 0)
		return refuse(e, "its first bytes");
	out->seq = number_at(b + 8, 8);
	out->at = (int64_t)number_at(b + 16, 8);
	memcpy(out->fingerprint, b + 24, sizeof out->fingerprint);
	memcpy(out->hash, b + 40, sizeof out->hash);
	out->kinds = (uint32_t)number_at(b + 72, 4);
	out->bits = (uint32_t)number_at(b + 76, 4);
	out->keys = number_at(b + 80, 8);
	out->size = number_at(b + 88, 8);
	memcpy(out->signature, b + 96, sizeof out->signature);
	out->blocks = b + FOLLOW_MANIFEST_HEAD;
	if (out->bits > FOLLOW_BITS_MAX || !is_possible(out))
		return refuse(e, "its counts");
	if (bytes.n !=
		FOLLOW_MANIFEST_HEAD + follow_blocks_n(out) * FOLLOW_HASH_SIZE)
		return refuse(e, "cut, or longer than it says");
	return 0;
}

str follow_manifest_text(struct arena *a, const struct follow_manifest *m)
{
	uint8_t all[FOLLOW_HASH_SIZE];

	crypto_hash_sha256(
		all, m->blocks, follow_blocks_n(m) * FOLLOW_HASH_SIZE);
	return arena_fmt(a,
		"toyon suppression snapshot 1\n%" PRIu64 "\n%" PRId64
		"\n%.*s\n%.*s\n%" PRIu32 "\n%" PRIu32 "\n%" PRIu64 "\n%" PRIu64
		"\n%.*s",
		m->seq, m->at,
		STR_ARG(hex_of(a, m->fingerprint, sizeof m->fingerprint)),
		STR_ARG(hex_of(a, m->hash, sizeof m->hash)), m->kinds, m->bits,
		m->keys, m->size, STR_ARG(hex_of(a, all, sizeof all)));
}

/* --- a block --- */

uint64_t follow_cut_low(struct follow_cut cut)
{
	return cut.bits ? (uint64_t)cut.n << (64 - cut.bits) : 0;
}

static uint64_t cut_high(struct follow_cut cut)
{
	return cut.bits ? follow_cut_low(cut) | UINT64_MAX >> cut.bits
			: UINT64_MAX;
}

/* A step doubled has a bit more than 64: the flag is of the first byte. */
static void put_varint(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_putc(b, (char)(v | 0x80));
	buf_putc(b, (char)v);
}

static void put_step(struct buf *b, uint64_t step, bool is_other)
{
	uint64_t rest = step >> 6;

	buf_putc(b, (char)((step << 1 & 0x7e) | is_other | (rest ? 0x80 : 0)));
	if (rest)
		put_varint(b, rest);
}

void follow_block_put(struct buf *b, struct follow_cut cut,
	const struct follow_held *held, size_t n)
{
	uint64_t hi = follow_cut_low(cut), high = cut_high(cut);
	uint32_t reasons = 0;
	uint8_t count[4];

	must(n <= FOLLOW_BLOCK_MAX);
	number_put(count, n, sizeof count);
	buf_put(b, (str){ (const char *)count, sizeof count });
	for (size_t i = 0; i < n; i++) {
		uint64_t next = number_at(held[i].key, 8);
		bool is_other = held[i].reasons != reasons;

		must(next >= hi && next <= high && held[i].reasons);
		must(!i || memcmp(held[i - 1].key, held[i].key,
				   FOLLOW_KEY_SIZE) < 0);
		put_step(b, next - hi, is_other);
		buf_put(b, (str){ (const char *)held[i].key + 8, 8 });
		reasons = held[i].reasons;
		if (is_other)
			put_varint(b, reasons);
		hi = next;
	}
}

void follow_block_hash(str block, uint8_t out[FOLLOW_HASH_SIZE])
{
	crypto_hash_sha256(out, (const unsigned char *)block.p, block.n);
}

struct bytes {
	const uint8_t *p;
	const uint8_t *end;
};

/* The rest of a number whose first bits are known.  No zeros at its end, and no
 * bit that does not fit in `room`. */
static bool read_varint(struct bytes *in, int room, uint64_t *out)
{
	*out = 0;
	for (int shift = 0; shift < room && in->p < in->end; shift += 7) {
		uint64_t byte = *in->p++;
		uint64_t low = byte & 0x7f;

		if (room - shift < 7 && low >> (room - shift))
			return false;
		*out |= low << shift;
		if (!(byte & 0x80))
			return byte || !shift;
	}
	return false;
}

static bool read_step(struct bytes *in, uint64_t *step, bool *is_other)
{
	uint64_t rest = 0;
	uint8_t first;

	if (in->p == in->end)
		return false;
	first = *in->p++;
	if (first & 0x80 && (!read_varint(in, 58, &rest) || !rest))
		return false;
	*is_other = first & 1;
	*step = rest << 6 | (first >> 1 & 0x3f);
	return true;
}

static bool read_held(struct bytes *in, struct follow_cut cut, bool is_first,
	struct follow_held *held)
{
	uint64_t before =
		is_first ? follow_cut_low(cut) : number_at(held->key, 8);
	uint64_t step, reasons = held->reasons;
	bool is_other;
	uint8_t tag[8];

	if (!read_step(in, &step, &is_other) || step > cut_high(cut) - before ||
		in->end - in->p < 8)
		return false;
	memcpy(tag, in->p, sizeof tag);
	in->p += sizeof tag;
	if (!is_first && !step && memcmp(tag, held->key + 8, sizeof tag) <= 0)
		return false;
	if (is_other &&
		(!read_varint(in, 32, &reasons) || reasons == held->reasons))
		return false;
	number_put(held->key, before + step, 8);
	memcpy(held->key + 8, tag, sizeof tag);
	held->reasons = (uint32_t)reasons;
	return reasons != 0;
}

int follow_block_read(str bytes, struct follow_cut cut, follow_held_fn *fn,
	void *ctx, struct err *e)
{
	struct follow_held held = { .reasons = 0 };
	struct bytes in;
	uint64_t n;

	if (bytes.n < 4)
		return refuse(e, "a block without its count");
	in.p = (const uint8_t *)bytes.p;
	in.end = in.p + bytes.n;
	n = number_at(in.p, 4);
	if (n > FOLLOW_BLOCK_MAX)
		return refuse(e, "the count of a block");
	in.p += 4;
	for (uint64_t i = 0; i < n; i++) {
		int rc;

		if (!read_held(&in, cut, i == 0, &held))
			return refuse(e, "the identifiers of a block");
		if ((rc = fn(ctx, &held)))
			return rc;
	}
	return in.p == in.end ? 0 : refuse(e, "a block goes on behind its end");
}
