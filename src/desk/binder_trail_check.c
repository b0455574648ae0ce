/*
 * Judges the trail of an evidence file from its bytes alone; shares nothing with
 * binder_trail.c but the format that is drawn there.
 */
#include "desk/binder_data.h"

#include <inttypes.h>
#include <sodium.h>

#include "base/enc.h"
#include "base/json.h"

enum {
	HASH_HEX = 2 * crypto_hash_sha256_BYTES,
	LINE_MAX_SIZE = AUDIT_LINE_MAX + 4096,
};

static const str trail_name = STR_INIT("trail.jsonl");

struct trail_check {
	struct arena *arena;
	struct binder_report *report;
	str exported;
	str reference;
	unsigned char key[KEY_SIZE];
	int64_t seq; /* of the entry read last; 0: none yet */
	str hash;
	int64_t pending; /* entries that follow each other up to that one */
};

static void fault(struct trail_check *c, enum signed_fault f)
{
	signed_fault_put(&c->report->files, f, trail_name);
}

static str hash_of(struct arena *a, str before, str line)
{
	crypto_hash_sha256_state st;
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_init(&st);
	crypto_hash_sha256_update(
		&st, (const unsigned char *)before.p, before.n);
	crypto_hash_sha256_update(&st, (const unsigned char *)"\n", 1);
	crypto_hash_sha256_update(&st, (const unsigned char *)line.p, line.n);
	crypto_hash_sha256_final(&st, hash);
	return hex_of(a, hash, sizeof hash);
}

/* --- entries --- */

static bool take(str *s, str literal)
{
	if (!str_starts(*s, literal))
		return false;
	*s = str_from(*s, literal.n);
	return true;
}

/* {"entry":LINE,"hash":"64 hex","before":"64 hex or none"} */
static bool unwrap(str s, str *line, str *hash, str *before)
{
	str middle = STR(",\"hash\":\""), last = STR("\",\"before\":\"");
	ptrdiff_t at;
	size_t tail;

	if (!take(&s, STR("{\"entry\":")) || !str_ends(s, STR("\"}")))
		return false;
	s = str_head(s, s.n - 2);
	for (tail = 0; tail <= HASH_HEX; tail += HASH_HEX) {
		at = (ptrdiff_t)s.n -
		     (ptrdiff_t)(middle.n + HASH_HEX + last.n + tail);
		if (at < 0)
			return false;
		*line = str_head(s, (size_t)at);
		*hash = str_head(str_from(s, (size_t)at + middle.n), HASH_HEX);
		*before = str_from(s, s.n - tail);
		if (str_starts(str_from(s, (size_t)at), middle) &&
			str_ends(str_head(s, s.n - tail), last))
			return true;
	}
	return false;
}

static bool is_of_the_case(
	struct trail_check *c, str line, int64_t *seq, struct err *e)
{
	json_t *j;

	if (json_read(c->arena, line, LINE_MAX_SIZE, &j, e))
		return false;
	*seq = json_number(j, "seq", 0);
	return *seq > c->seq && str_eq(json_text(j, "reference"), c->reference);
}

static bool is_exported(struct trail_check *c, str line, str hash)
{
	str wanted = arena_fmt(c->arena, "{\"entry\":%.*s,\"hash\":\"%.*s\"}\n",
		STR_ARG(line), STR_ARG(hash));

	return !c->exported.n || str_find(c->exported, wanted) >= 0;
}

static void check_entry(struct trail_check *c, str s)
{
	str line, hash, before;
	struct err e = { 0 };
	int64_t seq;
	bool follows;

	if (!unwrap(s, &line, &hash, &before) ||
		!is_of_the_case(c, line, &seq, &e) ||
		!str_eq(hash, hash_of(c->arena, before, line))) {
		fault(c, SIGNED_ENTRY);
		return;
	}
	follows = c->seq && seq == c->seq + 1;
	if (follows && !str_eq(before, c->hash))
		fault(c, SIGNED_ENTRY);
	if (!is_exported(c, line, hash))
		fault(c, SIGNED_TRAIL);
	c->pending = follows ? c->pending + 1 : 1;
	c->seq = seq;
	c->hash = hash;
	c->report->entries++;
	if (!c->report->from)
		c->report->from = seq;
}

/* --- seals --- */

static bool is_signed(struct trail_check *c, const json_t *seal, int64_t seq)
{
	unsigned char signature[SIGNATURE_SIZE];
	str message = arena_fmt(c->arena,
		"toyon audit seal 1\n%" PRId64 "\n%.*s\n%.*s", seq,
		STR_ARG(json_text(seal, "at")),
		STR_ARG(json_text(seal, "hash")));

	return hex_read(json_text(seal, "signature"), signature,
		       sizeof signature) &&
	       keys_audit_verify(c->key, message, signature);
}

static void check_seal(struct trail_check *c, const json_t *seal, str chain)
{
	int64_t seq = json_number(seal, "seq", 0);

	if (seq < c->seq || !c->seq || !is_signed(c, seal, seq) ||
		(seq == c->seq && !str_eq(json_text(seal, "hash"), c->hash))) {
		fault(c, SIGNED_SEAL);
		return;
	}
	if (!str_eq(chain, STR("whole")))
		fault(c, SIGNED_CHAIN);
	if (seq == c->seq)
		c->report->held += c->pending;
	c->pending = 0;
	c->report->to = seq;
	c->report->seals++;
}

/* --- the file --- */

static bool begin(struct trail_check *c, str line)
{
	struct err e = { 0 };
	json_t *j;

	if (json_read(c->arena, line, LINE_MAX_SIZE, &j, &e) ||
		json_number(j, "toyon_case_trail", 0) != 1 ||
		!str_eq(json_text(j, "public_key"),
			c->report->files.public_key))
		return false;
	c->reference = json_text(j, "reference");
	return c->reference.n > 0;
}

static void check_line(struct trail_check *c, str line)
{
	struct err e = { 0 };
	json_t *j;

	if (str_starts(line, STR("{\"entry\":")))
		check_entry(c, line);
	else if (json_read(c->arena, line, LINE_MAX_SIZE, &j, &e) ||
		 !json_is_object(json_object_get(j, "seal")))
		fault(c, SIGNED_FORM);
	else
		check_seal(
			c, json_object_get(j, "seal"), json_text(j, "chain"));
}

void binder_trail_check(
	struct arena *a, str trail, str exported, struct binder_report *r)
{
	struct trail_check c = {
		.arena = a, .report = r, .exported = exported
	};
	str line;

	if (!hex_read(r->files.public_key, c.key, sizeof c.key) ||
		!str_next(&trail, '\n', &line) || !begin(&c, line)) {
		fault(&c, SIGNED_FORM);
		return;
	}
	while (str_next(&trail, '\n', &line))
		if (line.n)
			check_line(&c, line);
	r->has_export = exported.n > 0;
	if (r->held == r->entries)
		r->from = r->to = 0;
}
