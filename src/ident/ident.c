/*
 * The tables of kinds, profiles and rules, and what is the same for all kinds:
 * composites, digests, identifiers that come hashed.
 */
#include "ident/ident.h"

#include <string.h>

#include "base/base.h"
#include "ident/cell_impl.h"
#include "ident/rules.h"

static const struct kind {
	str name;
	str parts;
	bool is_hash_known;
	const char *title;
} kinds[] = {
#define IDENT_KIND(NAME, name, parts, is_hash_known, title) \
	{ STR_INIT(name), STR_INIT(parts), is_hash_known, title },
#include "ident/tbl/kinds.h"
};

static const struct fault {
	const char *name;
	const char *text;
} faults[] = {
#define IDENT_FAULT(NAME, name, text) { name, text },
#include "ident/tbl/faults.h"
};

/* NULL: the kind is a composite, or the profile has no such kind. */
static ident_rule *const rules[][IDENT_KINDS] = {
	[IDENT_TOYON_1] = { [IDENT_EMAIL] = rule_email,
		[IDENT_PHONE] = rule_phone,
		[IDENT_MAID] = rule_maid,
		[IDENT_CTVID] = rule_ctvid,
		[IDENT_VIN] = rule_vin,
		[IDENT_ACCOUNT] = rule_account,
		[IDENT_COOKIE] = rule_account,
		[IDENT_EMAIL_MD5] = rule_email_md5,
		[IDENT_PHONE_MD5] = rule_phone_md5 },
	[IDENT_DROP_1_2_0] = { [IDENT_EMAIL] = rule_drop_email,
		[IDENT_PHONE] = rule_drop_phone,
		[IDENT_MAID] = rule_drop_maid,
		[IDENT_CTVID] = rule_ctvid,
		[IDENT_VIN] = rule_vin },
};

static const struct part {
	str name;
	ident_rule *rule;
} parts_known[] = {
	{ STR_INIT("first"), rule_name },
	{ STR_INIT("last"), rule_name },
	{ STR_INIT("dob"), rule_dob },
	{ STR_INIT("zip"), rule_zip },
	{ STR_INIT("vin"), rule_vin },
	{ STR_INIT("address"), rule_address },
};

const char *ident_kind_name(enum ident_kind kind)
{
	must(kind < IDENT_KINDS);
	return kinds[kind].name.p;
}

const char *ident_kind_title(enum ident_kind kind)
{
	must(kind < IDENT_KINDS);
	return kinds[kind].title;
}

bool ident_kind_may_be_hashed(enum ident_kind kind)
{
	must(kind < IDENT_KINDS);
	return kinds[kind].is_hash_known;
}

bool ident_kind_read(str name, enum ident_kind *out)
{
	for (size_t i = 0; i < COUNTOF(kinds); i++)
		if (str_eq(kinds[i].name, name)) {
			*out = (enum ident_kind)i;
			return true;
		}
	return false;
}

size_t ident_kind_parts(enum ident_kind kind, str out[IDENT_PARTS_MAX])
{
	str rest, piece;
	size_t n = 0;

	must(kind < IDENT_KINDS);
	rest = kinds[kind].parts;
	while (str_next(&rest, ',', &piece)) {
		must(n < IDENT_PARTS_MAX);
		out[n++] = piece;
	}
	return n;
}

const char *ident_profile_name(enum ident_profile p)
{
	return p == IDENT_DROP_1_2_0 ? "drop/1.2.0" : "toyon/1";
}

const char *ident_fault_name(enum ident_fault f)
{
	must(f < IDENT_FAULTS);
	return faults[f].name;
}

const char *ident_fault_text(enum ident_fault f)
{
	must(f < IDENT_FAULTS);
	return faults[f].text;
}

enum ident_fault rule_put_str(struct ident *out, str s)
{
	if (s.n > sizeof out->text - out->n)
		return IDENT_FAULT_LONG;
	if (s.n)
		memmove(out->text + out->n, s.p, s.n);
	out->n += s.n;
	return IDENT_FAULT_NONE;
}

enum ident_fault rule_put(struct ident *out, const struct runes *r)
{
	size_t n;

	if (!runes_write(r, out->text + out->n, sizeof out->text - out->n, &n))
		return IDENT_FAULT_LONG;
	out->n += n;
	return IDENT_FAULT_NONE;
}

static ident_rule *part_rule(str name)
{
	for (size_t i = 0; i < COUNTOF(parts_known); i++)
		if (str_eq(parts_known[i].name, name))
			return parts_known[i].rule;
	must(false); /* a kind with a part that is not in the table */
	return NULL;
}

/* The short way for what nearly everybody writes; false for the rest. */
static bool read_usual(cell_fn *way, struct ident *out, str raw)
{
	uint8_t block[SHA256_BLOCK];

	if (way(raw.p, raw.n, block) != CELL_READY)
		return false;
	out->n = ((size_t)block[62] << 8 | block[63]) / 8;
	memcpy(out->text, block, out->n);
	return true;
}

/* Length and blankness first, so that the rules need not ask. */
static enum ident_fault run_rule(ident_rule *rule, struct ident *out, str raw)
{
	if (rule == rule_email && read_usual(cell_email_portable, out, raw))
		return IDENT_FAULT_NONE;
	if (rule == rule_phone && read_usual(cell_phone_portable, out, raw))
		return IDENT_FAULT_NONE;
	if (!unicode_trim(raw).n)
		return IDENT_FAULT_EMPTY;
	if (raw.n > IDENT_RAW_MAX)
		return IDENT_FAULT_LONG;
	return rule(out, raw);
}

void ident_base64(char out[IDENT_HASH_CHARS], const uint8_t digest[SHA256_SIZE])
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t in[33] = { 0 };

	memcpy(in, digest, SHA256_SIZE);
	for (size_t i = 0; i < 11; i++) {
		uint32_t v = (uint32_t)in[3 * i] << 16 |
			     (uint32_t)in[3 * i + 1] << 8 | in[3 * i + 2];

		for (size_t j = 0; j < 4; j++)
			out[4 * i + j] = set[v >> (18 - 6 * j) & 63];
	}
	out[43] = '=';
}

enum ident_fault ident_read_part(struct ident *out, str name, str raw)
{
	out->n = 0;
	return run_rule(part_rule(name), out, raw);
}

enum ident_fault ident_read_parts(struct ident *out, enum ident_profile p,
	enum ident_kind kind, const str *part, size_t n)
{
	str names[IDENT_PARTS_MAX];
	size_t need = ident_kind_parts(kind, names);

	must(n == need && need > 0);
	if (p == IDENT_DROP_1_2_0 && kind != IDENT_NDZ &&
		kind != IDENT_NAME_VIN)
		return IDENT_FAULT_PARTS;
	out->kind = kind;
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct ident one = { .kind = kind };
		enum ident_fault f =
			run_rule(part_rule(names[i]), &one, part[i]);
		uint8_t digest[SHA256_SIZE];

		if (f)
			return f == IDENT_FAULT_EMPTY ? IDENT_FAULT_PARTS : f;
		ident_digest(&one, digest);
		must(out->n + IDENT_HASH_CHARS <= sizeof out->text);
		ident_base64(out->text + out->n, digest);
		out->n += IDENT_HASH_CHARS;
	}
	return IDENT_FAULT_NONE;
}

/* "first|last|..." of a composite. */
static enum ident_fault read_joined(struct ident *out, enum ident_profile p,
	enum ident_kind kind, str raw, size_t need)
{
	str part[IDENT_PARTS_MAX];
	size_t n = 0;

	if (!unicode_trim(raw).n)
		return IDENT_FAULT_EMPTY;
	for (str piece; str_next(&raw, '|', &piece); n++) {
		if (n == need)
			return IDENT_FAULT_PARTS;
		part[n] = piece;
	}
	if (n != need)
		return IDENT_FAULT_PARTS;
	return ident_read_parts(out, p, kind, part, n);
}

enum ident_fault ident_read_carefully(
	struct ident *out, enum ident_kind kind, str raw)
{
	ident_rule *rule = rules[IDENT_TOYON_1][kind];

	must(rule != NULL);
	out->kind = kind;
	out->n = 0;
	if (!unicode_trim(raw).n)
		return IDENT_FAULT_EMPTY;
	return raw.n > IDENT_RAW_MAX ? IDENT_FAULT_LONG : rule(out, raw);
}

enum ident_fault ident_read(
	struct ident *out, enum ident_profile p, enum ident_kind kind, str raw)
{
	str names[IDENT_PARTS_MAX];
	size_t need = ident_kind_parts(kind, names);

	out->kind = kind;
	out->n = 0;
	if (need)
		return read_joined(out, p, kind, raw, need);
	if (!rules[p][kind])
		return IDENT_FAULT_PARTS;
	return run_rule(rules[p][kind], out, raw);
}

void ident_digest(const struct ident *id, uint8_t digest[SHA256_SIZE])
{
	must(id->n > 0 && id->n <= sizeof id->text);
	sha256((str){ id->text, id->n }, digest);
}

/* A digit's value and one more.  A table: digests are random, and a processor
 * guesses comparisons of their digits wrong. */
static const uint8_t hex_digits[256] = {
	['0'] = 1,
	['1'] = 2,
	['2'] = 3,
	['3'] = 4,
	['4'] = 5,
	['5'] = 6,
	['6'] = 7,
	['7'] = 8,
	['8'] = 9,
	['9'] = 10,
	['a'] = 11,
	['b'] = 12,
	['c'] = 13,
	['d'] = 14,
	['e'] = 15,
	['f'] = 16,
	['A'] = 11,
	['B'] = 12,
	['C'] = 13,
	['D'] = 14,
	['E'] = 15,
	['F'] = 16,
};

static bool read_hex(str s, uint8_t *out)
{
	bool is_hex = true;

	for (size_t i = 0; i < SHA256_SIZE; i++) {
		unsigned high = hex_digits[(uint8_t)s.p[2 * i]];
		unsigned low = hex_digits[(uint8_t)s.p[2 * i + 1]];

		is_hex = is_hex && high && low;
		out[i] = (uint8_t)((high - 1) << 4 | (low - 1));
	}
	return is_hex;
}

/* The value of a character of Base64 and 1; 0 for others. */
static const uint8_t base64_value[256] = {
#define SIX(from, at)                                                      \
	[(from)] = (at), [(from) + 1] = (at) + 1, [(from) + 2] = (at) + 2, \
	[(from) + 3] = (at) + 3, [(from) + 4] = (at) + 4,                  \
	[(from) + 5] = (at) + 5
#define LETTERS(from, at)                                                      \
	SIX(from, at), SIX((from) + 6, (at) + 6), SIX((from) + 12, (at) + 12), \
		SIX((from) + 18, (at) + 18),                                   \
		[(from) + 24] = (at) + 24, [(from) + 25] = (at) + 25
	LETTERS('A', 1),
	LETTERS('a', 27),
	SIX('0', 53),
	['6'] = 59,
	['7'] = 60,
	['8'] = 61,
	['9'] = 62,
	['+'] = 63,
	['/'] = 64,
};

/* 43 characters and "="; the last two bits must be zero (canonical). */
static bool read_base64(str s, uint8_t *out)
{
	uint32_t bits = 0;
	size_t n = 0;

	if (s.p[43] != '=')
		return false;
	for (size_t i = 0; i < 43; i++) {
		unsigned v = base64_value[(uint8_t)s.p[i]];

		if (!v)
			return false;
		bits = bits << 6 | (v - 1);
		if (i % 4 == 0)
			continue;
		out[n++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
	}
	must(n == SHA256_SIZE);
	return (bits & 3) == 0;
}

bool ident_hash_read(str text, uint8_t digest[SHA256_SIZE])
{
	str s = str_trim(text);

	if (s.n == 2 * SHA256_SIZE)
		return read_hex(s, digest);
	return s.n == 44 && read_base64(s, digest);
}

/* SHA-256 of no bytes: what programs send for an empty field. */
static const uint8_t nothing[SHA256_SIZE] = { 0xe3, 0xb0, 0xc4, 0x42, 0x98,
	0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
	0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78,
	0x52, 0xb8, 0x55 };

enum ident_fault ident_digest_of(enum ident_profile p, enum ident_kind kind,
	str raw, uint8_t digest[SHA256_SIZE])
{
	struct ident id;
	enum ident_fault f;

	must(kind < IDENT_KINDS);
	if (kinds[kind].is_hash_known && ident_hash_read(raw, digest))
		return memcmp(nothing, digest, sizeof nothing)
			       ? IDENT_FAULT_NONE
			       : IDENT_FAULT_EMPTY;
	f = ident_read(&id, p, kind, raw);
	if (!f)
		ident_digest(&id, digest);
	return f;
}
