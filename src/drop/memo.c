/*
 * Parts of composites and their hashes.  What nearly all write has a short way
 * here, which gives what ident/ gives; everything else goes there.
 */
#include "drop/memo.h"

#include <string.h>
#include <sys/mman.h>

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

void memo_init(struct memo *m, struct arena *a, enum cpu_path cpu)
{
	size_t size = ((size_t)1 << MEMO_BITS) * sizeof(struct memo_line);
	char *p = arena_alloc(a, (ROLE_PARTS + 1) * size);

	/* Lines are met in no order: with small pages each would cost a walk
	 * through the page table. */
	p += size - (uintptr_t)p % size;
	madvise(p, ROLE_PARTS * size, MADV_HUGEPAGE);
	for (size_t i = 0; i < ROLE_PARTS; i++)
		m->line[i] = (struct memo_line *)(void *)(p + i * size);
	m->vin = cell_way(cpu, IDENT_VIN);
}

/* --- the short ways: false when it is not that --- */

/* Up to 16 letters of ASCII, all at once. */
static bool read_letters(char key[MEMO_KEY], str raw)
{
	static const uint8_t ends[2 * MEMO_KEY] = { 255, 255, 255, 255, 255,
		255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
	typedef uint8_t sixteen __attribute__((vector_size(16)));
	sixteen v, in;
	uint64_t bad[2];

	if (raw.n > MEMO_KEY || !raw.n)
		return false;
	memcpy(&v, raw.p, sizeof v);
	memcpy(&in, ends + MEMO_KEY - raw.n, sizeof in);
	v |= 32;
	in &= ~(sixteen)(v - 'a' < 26);
	memcpy(bad, &in, sizeof bad);
	if (bad[0] | bad[1])
		return false;
	memcpy(&in, ends + MEMO_KEY - raw.n, sizeof in);
	v &= in;
	memcpy(key, &v, sizeof v);
	return true;
}

/* A name of a few ASCII letters and digits, and what may stand between. */
static bool read_plain_name(char key[MEMO_KEY], str raw)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		unsigned char c = (unsigned char)raw.p[i];
		unsigned char lower = c | 32;
		bool is_letter = lower >= 'a' && lower <= 'z';

		if (c >= 0x80 || n == MEMO_KEY)
			return false;
		key[n] = (char)(is_letter ? lower : c);
		n += is_letter || (c >= '0' && c <= '9');
	}
	memset(key + n, 0, MEMO_KEY - n);
	return n > 0;
}

static bool are_digits(const char *p, size_t n)
{
	unsigned bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= (unsigned)((unsigned char)p[i] - '0') > 9;
	return !bad;
}

static unsigned digit(char c)
{
	return (unsigned)((unsigned char)c - '0');
}

/* A number of one or two digits at *at, which moves behind it. */
static unsigned small_number(str s, size_t *at)
{
	unsigned v = 0;
	size_t end = *at + 2;

	while (*at < end && *at < s.n && digit(s.p[*at]) <= 9)
		v = v * 10 + digit(s.p[(*at)++]);
	return v;
}

/* 29 February is for the rule to say. */
static bool put_date(
	char key[MEMO_KEY], const char *year, unsigned month, unsigned day)
{
	static const uint8_t length[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31 };

	if (month > 12 || !day || day > length[month] || !are_digits(year, 4) ||
		year[0] == '0')
		return false;
	memset(key, 0, MEMO_KEY);
	memcpy(key, year, 4);
	key[4] = (char)('0' + month / 10);
	key[5] = (char)('0' + month % 10);
	key[6] = (char)('0' + day / 10);
	key[7] = (char)('0' + day % 10);
	return true;
}

/* YYYY-MM-DD, or M/D/YYYY. */
static bool read_plain_date(char key[MEMO_KEY], str s)
{
	unsigned month, day;
	size_t at = 0;

	if (s.n == 10 && s.p[4] == '-' && s.p[7] == '-')
		return are_digits(s.p + 5, 2) && are_digits(s.p + 8, 2) &&
		       put_date(key, s.p, digit(s.p[5]) * 10 + digit(s.p[6]),
			       digit(s.p[8]) * 10 + digit(s.p[9]));
	if (s.n < 8)
		return false;
	month = small_number(s, &at);
	if (s.p[at++] != '/')
		return false;
	day = small_number(s, &at);
	return s.p[at] == '/' && s.n == at + 5 &&
	       put_date(key, s.p + at + 1, month, day);
}

/* NNNNN or NNNNN-NNNN. */
static bool read_plain_zip(char key[MEMO_KEY], str s)
{
	size_t zeros = 0;

	if ((s.n != 5 &&
		    (s.n != 10 || s.p[5] != '-' || !are_digits(s.p + 6, 4))) ||
		!are_digits(s.p, 5))
		return false;
	while (zeros < 5 && s.p[zeros] == '0')
		zeros++;
	memset(key, 0, MEMO_KEY);
	memcpy(key, s.p + zeros, 5 - zeros);
	return zeros < 5;
}

static bool read_plain(char key[MEMO_KEY], enum role part, str value)
{
	switch (part) {
	case ROLE_FIRST:
	case ROLE_LAST:
		return read_letters(key, value) || read_plain_name(key, value);
	case ROLE_DOB:
		return read_plain_date(key, value);
	case ROLE_ZIP:
		return read_plain_zip(key, value);
	default:
		return false;
	}
}

/* --- asking --- */

/* Where the answer of an ask is. */
enum state {
	ASK_LINE,  /* in its line, if that is about it */
	ASK_LONG,  /* nowhere: n characters of text are in hash */
	ASK_KNOWN, /* in hash */
	ASK_NEW,   /* in hash, and not in its line */
};

static void hash_text(str text, char hash[IDENT_HASH_CHARS])
{
	uint8_t digest[SHA256_SIZE];

	sha256(text, digest);
	ident_base64(hash, digest);
}

static uint32_t slot_of(const char key[MEMO_KEY])
{
	uint64_t a, b;

	memcpy(&a, key, 8);
	memcpy(&b, key + 8, 8);
	a = a * 0x9E3779B97F4A7C15u ^ b * 0xD6E8FEB86659FD93u;
	return (uint32_t)((a ^ a >> 32) * 0xBF58476D1CE4E5B9u >>
			  (64 - MEMO_BITS));
}

static void ask_long(struct memo_ask *out, str text)
{
	if (text.n > sizeof out->hash) {
		hash_text(text, out->hash);
		out->state = ASK_KNOWN;
		return;
	}
	memcpy(out->hash, text.p, text.n);
	out->n = (uint8_t)text.n;
	out->state = ASK_LONG;
}

static void ask_carefully(struct memo_ask *out, str value)
{
	struct ident id;
	enum ident_fault f = ident_read_part(&id, roles[out->role].name, value);

	out->fault = (uint8_t)f;
	if (f)
		return;
	if (id.n > MEMO_KEY) {
		ask_long(out, (str){ id.text, id.n });
		return;
	}
	memset(out->key, 0, sizeof out->key);
	memcpy(out->key, id.text, id.n);
}

/* A vehicle number is longer than a key, and seldom repeats. */
static bool ask_vin(struct memo *m, struct memo_ask *out, str value)
{
	uint8_t block[SHA256_BLOCK];

	if (m->vin(value.p, value.n, block) != CELL_READY)
		return false;
	ask_long(out, (str){ (const char *)block, block[63] / 8 });
	return true;
}

void memo_ask(struct memo *m, struct memo_ask *out, enum role part, str value)
{
	must(part < ROLE_PARTS);
	out->role = (uint8_t)part;
	out->state = ASK_LINE;
	out->fault = IDENT_FAULT_EMPTY;
	if (!value.n)
		return;
	out->fault = IDENT_FAULT_NONE;
	if (part == ROLE_VIN && ask_vin(m, out, value))
		return;
	if (!read_plain(out->key, part, value))
		ask_carefully(out, value);
}

void memo_ask_hashed(struct memo_ask *out, enum role part, const char *hash)
{
	must(part < ROLE_PARTS);
	out->role = (uint8_t)part;
	out->fault = IDENT_FAULT_NONE;
	out->state = ASK_KNOWN;
	memcpy(out->hash, hash, IDENT_HASH_CHARS);
}

/* --- answering --- */

static struct memo_line *line_of(
	const struct memo *m, const struct memo_ask *ask)
{
	return &m->line[ask->role][ask->slot];
}

static bool is_about(const struct memo_line *l, const struct memo_ask *ask)
{
	return !memcmp(l->key, ask->key, MEMO_KEY);
}

static size_t key_length(const char key[MEMO_KEY])
{
	size_t n = MEMO_KEY;

	while (!key[n - 1])
		n--;
	return n;
}

/* Texts whose hashes are made together. */
struct fresh {
	size_t n;
	struct memo_ask *ask[MEMO_ROUND];
	uint8_t block[MEMO_ROUND * SHA256_BLOCK];
};

static void hash_fresh(struct fresh *f, enum cpu_path cpu)
{
	uint8_t digest[MEMO_ROUND * SHA256_SIZE];

	/* A wide engine needs company. */
	sha256_blocks(f->n < 4 ? CPU_PORTABLE : cpu, f->block, f->n, digest);
	for (size_t i = 0; i < f->n; i++)
		ident_base64(f->ask[i]->hash, digest + i * SHA256_SIZE);
	f->n = 0;
}

static void add_fresh(struct fresh *f, struct memo_ask *ask, enum cpu_path cpu)
{
	bool is_long = ask->state == ASK_LONG;
	str text = { is_long ? ask->hash : ask->key,
		is_long ? ask->n : key_length(ask->key) };

	sha256_pad(f->block + f->n * SHA256_BLOCK, text);
	f->ask[f->n++] = ask;
	ask->state = is_long ? ASK_KNOWN : ASK_NEW;
	if (f->n == MEMO_ROUND)
		hash_fresh(f, cpu);
}

void memo_answers(
	struct memo *m, enum cpu_path cpu, struct memo_ask *ask, size_t n)
{
	struct fresh f;

	f.n = 0;
	for (size_t i = 0; i < n; i++) {
		if (ask[i].fault || ask[i].state != ASK_LINE)
			continue;
		ask[i].slot = slot_of(ask[i].key);
		__builtin_prefetch(line_of(m, &ask[i]));
	}
	for (size_t i = 0; i < n; i++) {
		struct memo_ask *a = &ask[i];

		if (a->fault)
			continue;
		a->answer = a->hash;
		if (a->state == ASK_LINE && is_about(line_of(m, a), a))
			a->answer = line_of(m, a)->hash;
		else if (a->state != ASK_KNOWN)
			add_fresh(&f, a, cpu);
	}
	if (f.n)
		hash_fresh(&f, cpu);
}

static void learn(const struct memo *m, const struct memo_ask *ask)
{
	struct memo_line *l = line_of(m, ask);

	memcpy(l->key, ask->key, sizeof l->key);
	memcpy(l->hash, ask->hash, sizeof l->hash);
}

void memo_learn(struct memo *m, const struct memo_ask *ask, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ask[i].fault && ask[i].state == ASK_NEW)
			learn(m, &ask[i]);
}

const char *memo_answer(struct memo *m, struct memo_ask *ask)
{
	must(!ask->fault);
	memo_answers(m, CPU_PORTABLE, ask, 1);
	memo_learn(m, ask, 1);
	return ask->answer;
}
