/*
 * The form of a page.  It comes from another machine: every count is held
 * against the length before anything is read by it.
 */
#include "desk/follow_page.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "desk/follow_number.h"

static const uint8_t magic[8] = { 'T', 'Y', 'L', 'O', 'G', 1, '\r', '\n' };

void follow_entry_put(
	uint8_t out[FOLLOW_ENTRY_SIZE], const struct follow_entry *entry)
{
	number_put(out, entry->seq, 8);
	out[8] = (uint8_t)entry->kind;
	number_put(out + 9, entry->reasons, 4);
	memcpy(out + 13, entry->key, IDENT_KEY_SIZE);
}

struct follow_entry follow_entry_at(const uint8_t *entries, size_t i)
{
	const uint8_t *p = entries + i * FOLLOW_ENTRY_SIZE;

	return (struct follow_entry){
		.seq = number_at(p, 8),
		.kind = (enum ident_kind)p[8],
		.reasons = (uint32_t)number_at(p + 9, 4),
		.key = p + 13,
	};
}

void follow_chain(
	uint8_t hash[FOLLOW_HASH_SIZE], const uint8_t entry[FOLLOW_ENTRY_SIZE])
{
	uint8_t both[FOLLOW_HASH_SIZE + FOLLOW_ENTRY_SIZE];

	memcpy(both, hash, FOLLOW_HASH_SIZE);
	memcpy(both + FOLLOW_HASH_SIZE, entry, FOLLOW_ENTRY_SIZE);
	crypto_hash_sha256(hash, both, sizeof both);
}

static void put_bytes(struct buf *b, const void *p, size_t n)
{
	buf_put(b, (str){ p, n });
}

static void put_seal(struct buf *b, const struct follow_seal *s)
{
	uint8_t numbers[16];

	number_put(numbers, s->seq, 8);
	number_put(numbers + 8, (uint64_t)s->at, 8);
	put_bytes(b, numbers, sizeof numbers);
	put_bytes(b, s->hash, sizeof s->hash);
	put_bytes(b, s->signature, sizeof s->signature);
}

void follow_page_put(struct buf *b, const struct follow_page *p)
{
	uint8_t head[FOLLOW_HEAD_SIZE];
	uint8_t end[FOLLOW_END_SIZE];
	size_t from = b->n;
	str all;

	must(p->n <= FOLLOW_PAGE_MAX);
	memcpy(head, magic, sizeof magic);
	number_put(head + 8, p->after, 8);
	number_put(head + 16, p->top, 8);
	memcpy(head + 24, p->fingerprint, IDENT_FINGERPRINT_SIZE);
	number_put(head + 40, p->n, 4);
	number_put(head + 44, p->has_seal, 4);
	put_bytes(b, head, sizeof head);
	if (p->has_seal)
		put_seal(b, &p->seal);
	if (p->n)
		put_bytes(b, p->entries, p->n * FOLLOW_ENTRY_SIZE);
	all = str_from(buf_str(b), from);
	crypto_hash_sha256(end, (const unsigned char *)all.p, all.n);
	put_bytes(b, end, sizeof end);
}

static int refuse(struct err *e, const char *why)
{
	return err_set(
		e, ERR_CORRUPT, "the answer is no page of the log: %s", why);
}

/* The head, and whether the lengths fit. */
static int read_head(str bytes, struct follow_page *p, struct err *e)
{
	const uint8_t *b = (const uint8_t *)bytes.p;
	uint64_t seals;

	if (bytes.n < FOLLOW_HEAD_SIZE + FOLLOW_END_SIZE ||
		bytes.n > FOLLOW_PAGE_SIZE_MAX)
		return refuse(e, "its length");
	if (memcmp(b, magic, sizeof magic) != 0)
		return refuse(e, "its first bytes");
	p->after = number_at(b + 8, 8);
	p->top = number_at(b + 16, 8);
	memcpy(p->fingerprint, b + 24, IDENT_FINGERPRINT_SIZE);
	p->n = (size_t)number_at(b + 40, 4);
	seals = number_at(b + 44, 4);
	p->has_seal = seals == 1;
	if (seals > 1 || p->n > FOLLOW_PAGE_MAX ||
		bytes.n != FOLLOW_HEAD_SIZE + seals * FOLLOW_SEAL_SIZE +
				   p->n * FOLLOW_ENTRY_SIZE + FOLLOW_END_SIZE)
		return refuse(e, "cut, or longer than it says");
	return 0;
}

static int check_end(str bytes, struct err *e)
{
	uint8_t end[FOLLOW_END_SIZE];
	size_t n = bytes.n - sizeof end;

	crypto_hash_sha256(end, (const unsigned char *)bytes.p, n);
	return memcmp(end, bytes.p + n, sizeof end) ? refuse(e, "its checksum")
						    : 0;
}

static void read_seal(const uint8_t *p, struct follow_seal *s)
{
	s->seq = number_at(p, 8);
	s->at = (int64_t)number_at(p + 8, 8);
	memcpy(s->hash, p + 16, sizeof s->hash);
	memcpy(s->signature, p + 48, sizeof s->signature);
}

static int check_entries(const struct follow_page *p, struct err *e)
{
	uint64_t last = p->after;

	for (size_t i = 0; i < p->n; i++) {
		struct follow_entry entry = follow_entry_at(p->entries, i);

		if (entry.seq <= last || entry.kind >= IDENT_KINDS)
			return refuse(e, "its entries");
		last = entry.seq;
	}
	if (last > p->top || last > INT64_MAX)
		return refuse(e, "entries behind the end of the log");
	if (p->has_seal && (p->seal.seq > last || p->seal.at < 0))
		return refuse(e, "a seal of something else");
	return 0;
}

int follow_page_read(str bytes, struct follow_page *out, struct err *e)
{
	const uint8_t *at;

	memset(out, 0, sizeof *out);
	if (read_head(bytes, out, e) || check_end(bytes, e))
		return -1;
	at = (const uint8_t *)bytes.p + FOLLOW_HEAD_SIZE;
	if (out->has_seal) {
		read_seal(at, &out->seal);
		at += FOLLOW_SEAL_SIZE;
	}
	out->entries = at;
	return check_entries(out, e);
}

str follow_seal_text(struct arena *a, const struct follow_seal *s,
	const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE])
{
	return arena_fmt(a,
		"toyon suppression seal 1\n%" PRIu64 "\n%" PRId64
		"\n%.*s\n%.*s",
		s->seq, s->at,
		STR_ARG(hex_of(a, fingerprint, IDENT_FINGERPRINT_SIZE)),
		STR_ARG(hex_of(a, s->hash, sizeof s->hash)));
}
