/* Statements on health information, by the people who gave them. */
#include "desk/statements.h"

#include <string.h>

#include "desk/limit.h"
#include "desk/parts.h"
#include "desk/seal.h"
#include "desk/statement_seal.h"

enum { PAGE = 1000 };

static const char seal_label[] = "statement";
static const char about_label[] = "statement item";

/* --- sealed --- */

void statement_seal(
	struct desk *d, const struct statement *s, struct sealed_statement *out)
{
	struct seal *seal = seal_derived(d->arena, d->keys, seal_label);

	out->about = seal_put(d->arena, seal, STR(about_label), s->about.v);
	out->text = seal_put(d->arena, seal, STR(seal_label), s->text.v);
}

int statement_open(struct desk *d, const struct sealed_statement *s,
	struct statement *out, struct err *e)
{
	struct seal *seal = seal_derived(d->arena, d->keys, seal_label);

	out->about.v = STR("");
	if (s->about.n && seal_get(d->arena, seal, STR(about_label), s->about,
				  &out->about.v, e))
		return -1;
	return seal_get(
		d->arena, seal, STR(seal_label), s->text, &out->text.v, e);
}

struct record_keys statement_keys(struct desk *d, const struct record *r)
{
	const struct person *p = &r->person;
	struct record known = { .person = { .email = p->email,
					.other_emails = p->other_emails } };

	if (person_is_by_phone(p))
		known.person.phone = p->phone;
	if (!p->email.v.n) { /* they were found by name and address together */
		known.person.first = p->first;
		known.person.last = p->last;
		known.person.street = p->street;
		known.person.zip = p->zip;
	}
	return record_keys(d, &known);
}

/* --- who is about to disclose --- */

bool statements_know(enum ident_kind kind)
{
	return kind == IDENT_EMAIL || kind == IDENT_PHONE ||
	       kind == IDENT_NAME_ADDRESS;
}

int statements_are_any(struct desk *d, bool *out, struct err *e)
{
	struct sql_statement_any_row row;

	if (sql_statement_any(d->db, d->arena, &row, e) < 0)
		return -1;
	*out = row.any_there > 0;
	return 0;
}

/* One that several identifiers lead to is there once. */
static bool is_known(const struct statements *s, int64_t id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].id == id)
			return true;
	return false;
}

static void make_room(struct arena *a, struct statements *s, size_t more)
{
	struct statement *at = arena_many(a, struct statement, s->n + more);

	for (size_t i = 0; i < s->n; i++)
		at[i] = s->at[i];
	s->at = at;
}

int statements_check_bytes(size_t bytes, struct err *e)
{
	if (bytes <= LIMIT_STATEMENTS_BYTES)
		return 0;
	return err_set(e, ERR_LIMIT,
		"there are more statements of these people than one answer "
		"holds: ask for fewer records at once");
}

static int add_found(struct desk *d, const uint8_t *key, struct statements *out,
	struct err *e)
{
	struct sql_statement_of_key_in in = { { (const char *)key,
		IDENT_KEY_SIZE } };
	struct sql_statement_of_key_rows rows;

	if (sql_statement_of_key(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		out->bytes += rows.at[i].sealed_about.n + rows.at[i].sealed.n;
	if (statements_check_bytes(out->bytes, e))
		return -1;
	make_room(d->arena, out, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct sealed_statement sealed = { rows.at[i].sealed_about,
			rows.at[i].sealed };

		if (!sealed.text.n || is_known(out, rows.at[i].id))
			continue;
		out->at[out->n].id = rows.at[i].id;
		if (statement_open(d, &sealed, &out->at[out->n], e))
			return -1;
		out->n++;
	}
	return 0;
}

int statements_of(struct desk *d, const struct suppress_query *ids, size_t n,
	struct statements *out, struct err *e)
{
	const struct ident_keyring *k = suppress_keyring(d->suppress);
	uint8_t key[IDENT_KEY_SIZE];

	*out = (struct statements){ .n = 0 };
	for (size_t i = 0; i < n; i++)
		if (statements_know(ids[i].kind) &&
			!ident_key_of(k, ids[i].kind, ids[i].value, key) &&
			add_found(d, key, out, e))
			return -1;
	return 0;
}

/* --- for a list --- */

struct entry {
	uint8_t key[IDENT_KEY_SIZE];
	struct statement said;
};

/* In the order of the keys. */
struct statement_book {
	struct entry *at;
	size_t n;
	size_t cap;
};

static void grow(struct arena *a, struct statement_book *b)
{
	size_t cap = b->cap ? 2 * b->cap : PAGE;
	struct entry *at;

	if (b->n < b->cap)
		return;
	at = arena_many(a, struct entry, cap);
	if (b->n)
		memcpy(at, b->at, b->n * sizeof *at);
	b->at = at;
	b->cap = cap;
}

static int take(struct desk *d, struct statement_book *b,
	const struct sql_statement_page_row *row, struct err *e)
{
	struct sealed_statement sealed = { row->sealed_about, row->sealed };
	struct entry *x;

	if (!sealed.text.n)
		return 0;
	must(row->id_key.n == IDENT_KEY_SIZE);
	grow(d->arena, b);
	x = &b->at[b->n++];
	memcpy(x->key, row->id_key.p, IDENT_KEY_SIZE);
	x->said.id = row->id;
	return statement_open(d, &sealed, &x->said, e);
}

int statements_load(struct desk *d, struct statement_book **out, struct err *e)
{
	struct sql_statement_page_in in = { .first = PAGE };
	struct sql_statement_page_rows rows = { .n = PAGE };

	*out = arena_one(d->arena, struct statement_book);
	while (rows.n == PAGE) {
		if (sql_statement_page(d->db, d->arena, &in, &rows, e))
			return -1;
		for (size_t i = 0; i < rows.n; i++)
			if (take(d, *out, &rows.at[i], e))
				return -1;
		if (!rows.n)
			break;
		in.after_key = rows.at[rows.n - 1].id_key;
		in.after_id = rows.at[rows.n - 1].id;
	}
	return 0;
}

size_t statements_count(const struct statement_book *b)
{
	return b->n;
}

/* The first of a key. */
static size_t first_of(const struct statement_book *b, const uint8_t *key)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(b->at[mid].key, key, IDENT_KEY_SIZE) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void statements_find(const struct statement_book *b, struct arena *a,
	const uint8_t *key, struct statements *out)
{
	size_t first = first_of(b, key), end = first;

	while (end < b->n && !memcmp(b->at[end].key, key, IDENT_KEY_SIZE))
		end++;
	if (end == first)
		return;
	make_room(a, out, end - first);
	for (size_t i = first; i < end; i++)
		if (!is_known(out, b->at[i].said.id))
			out->at[out->n++] = b->at[i].said;
}

/* --- forgotten --- */

int statements_forget(struct desk *d, const struct record *r, struct err *e)
{
	struct record_keys keys = statement_keys(d, r);

	if (parts_of(&r->person)) /* what was not asked to go is still held */
		return 0;
	for (size_t i = 0; i < keys.n; i++) {
		str key = { (const char *)keys.at[i].of, IDENT_KEY_SIZE };
		struct sql_statement_forget_in text = { key, STR("") };
		struct sql_statement_identifier_forget_in whose = { key };

		if (sql_statement_forget(d->db, &text, e) < 0 ||
			sql_statement_identifier_forget(d->db, &whose, e) < 0)
			return -1;
	}
	return 0;
}
