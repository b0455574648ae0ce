/*
 * Parts of composites and their hashes.  A name in plain letters has a short way
 * here; everything else is ident/'s.
 */
#include "drop/memo.h"

#include <string.h>

#include "base/base.h"

static const struct {
	str name;
	enum drop_list list;
} roles[] = {
#define DROP_ROLE(NAME, name, list) { STR_INIT(name), list },
#include "drop/tbl/roles.h"
};

const char *role_name(enum role r)
{
	must((size_t)r < COUNTOF(roles));
	return roles[r].name.p;
}

enum drop_list role_list(enum role r)
{
	must((size_t)r < COUNTOF(roles));
	return roles[r].list;
}

bool role_read(str name, enum role *out)
{
	for (size_t i = 0; i < COUNTOF(roles); i++) {
		if (!str_eq_nocase(name, roles[i].name))
			continue;
		*out = (enum role)i;
		return true;
	}
	return false;
}

void memo_init(struct memo *m, struct arena *a)
{
	for (size_t i = 0; i < ROLE_PARTS; i++) {
		char *p = arena_alloc(
			a, (MEMO_LINES + 1) * sizeof(struct memo_line));

		m->line[i] =
			(struct memo_line *)(void *)(p +
						     (64 - (uintptr_t)p % 64));
	}
}

static size_t slot_of(str s)
{
	uint64_t a = 0, b = 0;

	/* Front and end overlap, so every byte counts up to 16; a name that
	 * differs behind that shares a slot. */
	if (s.n >= 8) {
		memcpy(&a, s.p, 8);
		memcpy(&b, s.p + s.n - 8, 8);
	} else {
		memcpy(&a, s.p, s.n);
	}
	a = (a ^ s.n) * 0x9E3779B97F4A7C15u + b * 0xD6E8FEB86659FD93u;
	return (size_t)((a ^ a >> 32) * 0xBF58476D1CE4E5B9u >> 50) % MEMO_LINES;
}

/* A name of ASCII: letters and digits stay, in lower case.  False: not that. */
static bool read_plain_name(struct ident *out, str raw)
{
	out->n = 0;
	if (raw.n > IDENT_TEXT_MAX)
		return false;
	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];

		if ((unsigned char)c >= 0x80)
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out->text[out->n++] = c;
	}
	return out->n > 0;
}

static enum ident_fault read_part(struct ident *out, enum role part, str raw)
{
	if ((part == ROLE_FIRST || part == ROLE_LAST) &&
		read_plain_name(out, raw))
		return IDENT_FAULT_NONE;
	return ident_read_part(out, roles[part].name, raw);
}

static void fill(struct memo_line *l, enum role part, str value)
{
	uint8_t digest[SHA256_SIZE];
	struct ident id;

	l->fault = (uint8_t)read_part(&id, part, value);
	if (l->fault)
		return;
	ident_digest(&id, digest);
	ident_base64(l->hash, digest);
}

const struct memo_line *memo_of(struct memo *m, enum role part, str value)
{
	struct memo_line *l = &m->other;

	must(part < ROLE_PARTS);
	if (!value.n) {
		l->fault = IDENT_FAULT_EMPTY;
		return l;
	}
	if (value.n <= MEMO_RAW_MAX) {
		l = &m->line[part][slot_of(value)];
		if (l->n == value.n && !memcmp(l->raw, value.p, value.n))
			return l;
		l->n = (uint8_t)value.n;
		memcpy(l->raw, value.p, value.n);
	}
	fill(l, part, value);
	return l;
}
