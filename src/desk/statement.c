#include "desk/statement.h"

#include "desk/code.h"
#include "desk/door.h"
#include "desk/parts.h"
#include "desk/seal.h"
#include "desk/suppress.h"
#include "law/amount.h"

#define CODE_STATEMENT "statement code"

static const char seal_label[] = "statement";

int64_t statement_words(str text)
{
	bool is_in = false;
	int64_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		bool is_blank = text.p[i] == ' ' || text.p[i] == '\t' ||
				text.p[i] == '\n' || text.p[i] == '\r';

		n += !is_blank && !is_in;
		is_in = !is_blank;
	}
	return n;
}

/* --- may it be given? --- */

static bool is_refused_health(const struct record *r)
{
	return kind_row(r->kind)->flow == FLOW_CORRECT && r->seal &&
	       r->row.answered_at > 0 &&
	       outcome_of(r->row.outcome) == OUTCOME_DENIED &&
	       str_eq(r->person.health, STR("yes"));
}

/* 1 when one was given. */
static int given(struct desk *d, const struct record *r,
	struct sql_statement_of_request_row *row, struct err *e)
{
	return sql_statement_of_request(d->db, d->arena,
		&(struct sql_statement_of_request_in){ r->row.id }, row, e);
}

static int is_there(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_statement_of_request_row row;
	int rc;

	if (!is_refused_health(r))
		return 0;
	rc = given(d, r, &row, e);
	return rc < 0 ? -1 : !rc;
}

static const struct door door = { CODE_STATEMENT, is_there };

static int64_t words_max(struct desk *d)
{
	const struct amount *a =
		amount_on(AMOUNT_STATEMENT_WORDS, desk_today(d));

	must(a);
	return a->count;
}

int statement_page(struct desk *d, str reference, struct statement_page *out,
	struct err *e)
{
	struct sql_statement_of_request_row row;
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	*out = (struct statement_page){ .words_max = words_max(d) };
	if (rc <= 0)
		return rc;
	if (!is_refused_health(&r))
		return 0;
	rc = given(d, &r, &row, e);
	if (rc < 0)
		return -1;
	out->is_given = rc > 0;
	out->given_at = rc > 0 ? row.given_at : 0;
	out->can_give = !out->is_given && door_has_address(&r);
	return 1;
}

int statement_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	return door_send_code(d, &door, reference, ps, e);
}

/* --- it is given --- */

static struct seal *seal_of(struct desk *d)
{
	return seal_derived(d->arena, d->keys, seal_label);
}

/* The addresses that the request came from and its rows were found by: a number that
 * somebody typed may be someone else's as well. */
static str addresses(struct desk *d, const struct record *r)
{
	return arena_fmt(d->arena, "%.*s\n%.*s", STR_ARG(r->person.email.v),
		STR_ARG(r->person.other_emails.v));
}

typedef int key_fn(struct desk *d, void *ctx, str key, struct err *e);

static int each_key(struct desk *d, const struct record *r, key_fn *fn,
	void *ctx, struct err *e)
{
	str line, lines = addresses(d, r);
	uint8_t key[IDENT_KEY_SIZE];

	while (str_next(&lines, '\n', &line))
		if (!ident_key_of(suppress_keyring(d->suppress), IDENT_EMAIL,
			    line, key) &&
			fn(d, ctx, (str){ (const char *)key, sizeof key }, e))
			return -1;
	return 0;
}

static int add_key(struct desk *d, void *ctx, str key, struct err *e)
{
	const int64_t *id = ctx;
	struct sql_statement_identifier_add_in in = { key, *id };

	return sql_statement_identifier_add(d->db, &in, e) < 0 ? -1 : 0;
}

struct giving {
	struct door_try try;
	str text;
};

static int give(struct desk *d, void *ctx, struct err *e)
{
	struct giving *g = ctx;
	struct sql_statement_add_in in = { .given_at = desk_now(d),
		.words = statement_words(g->text) };
	struct sql_statement_add_row row;
	struct record r;

	if (door_enter(d, &door, &g->try, &r, e))
		return -1;
	if (g->try.why_not)
		return 0;
	in.request_id = r.row.id;
	in.sealed = seal_put(d->arena, seal_of(d), STR(seal_label), g->text);
	if (sql_statement_add(d->db, d->arena, &in, &row, e) < 0 ||
		each_key(d, &r, add_key, &row.id, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_STATEMENT_GIVEN, r.row.reference, e,
		AD("words", in.words));
}

static void check_text(struct desk *d, str text, struct problems *ps)
{
	int64_t most = words_max(d), n = statement_words(text);

	if (!n || !str_is_text(text))
		problem_add(ps, "text", "missing", "Write your statement");
	else if (n > most)
		problem_add(ps, "text", "long",
			arena_cstr(d->arena,
				arena_fmt(d->arena,
					"Your statement has %lld words. Keep "
					"it to %lld",
					(long long)n, (long long)most)));
}

int statement_give(struct desk *d, str reference, str text, str code,
	struct problems *ps, struct err *e)
{
	struct giving g = { .try = { .reference = reference },
		.text = str_trim(text) };

	check_text(d, g.text, ps);
	if (!code_read(d->arena, code, &g.try.code, ps) || ps->n)
		return 0;
	if (desk_write(d, give, &g, e))
		return -1;
	if (g.try.why_not)
		problem_add(ps, "code", "wrong", g.try.why_not);
	return 0;
}

/* --- it is read --- */

static int open_sealed(
	struct desk *d, str sealed, personal *text, struct err *e)
{
	return seal_get(
		d->arena, seal_of(d), STR(seal_label), sealed, &text->v, e);
}

struct showing {
	str reference;
	personal *text;
};

static int show(struct desk *d, void *ctx, struct err *e)
{
	const struct showing *s = ctx;
	struct sql_statement_of_request_row row;
	struct record r;
	int rc;

	if (record_need(d, s->reference, &r, e))
		return -1;
	rc = given(d, &r, &row, e);
	if (rc < 0)
		return -1;
	if (!rc || !row.sealed.n)
		return err_set(e, ERR_NOT_FOUND, "there is no statement");
	if (open_sealed(d, row.sealed, s->text, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_STATEMENT_SEEN, r.row.reference, e,
		AD("words", row.words));
}

int statement_show(struct desk *d, str reference, personal *text, struct err *e)
{
	struct showing s = { reference, text };

	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	return desk_write(d, show, &s, e);
}

/* One that several identifiers lead to is there once. */
static bool is_known(const struct statements *s, int64_t id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].id == id)
			return true;
	return false;
}

static int add_found(struct desk *d, const uint8_t *key, struct statements *out,
	struct err *e)
{
	struct sql_statement_of_key_in in = { { (const char *)key,
		IDENT_KEY_SIZE } };
	struct sql_statement_of_key_rows rows;
	struct statement *at;

	if (sql_statement_of_key(d->db, d->arena, &in, &rows, e))
		return -1;
	at = arena_many(d->arena, struct statement, out->n + rows.n);
	for (size_t i = 0; i < out->n; i++)
		at[i] = out->at[i];
	out->at = at;
	for (size_t i = 0; i < rows.n; i++) {
		struct statement *s = &at[out->n];

		if (!rows.at[i].sealed.n || is_known(out, rows.at[i].id))
			continue;
		s->id = rows.at[i].id;
		if (open_sealed(d, rows.at[i].sealed, &s->text, e))
			return -1;
		out->n++;
	}
	return 0;
}

int statements_are_any(struct desk *d, bool *out, struct err *e)
{
	struct sql_statement_any_row row;

	if (sql_statement_any(d->db, d->arena, &row, e) < 0)
		return -1;
	*out = row.any_there > 0;
	return 0;
}

int statements_of(struct desk *d, const struct suppress_query *ids, size_t n,
	struct statements *out, struct err *e)
{
	const struct ident_keyring *k = suppress_keyring(d->suppress);
	uint8_t key[IDENT_KEY_SIZE];

	*out = (struct statements){ .n = 0 };
	for (size_t i = 0; i < n; i++)
		if (ids[i].kind == IDENT_EMAIL &&
			!ident_key_of(k, IDENT_EMAIL, ids[i].value, key) &&
			add_found(d, key, out, e))
			return -1;
	return 0;
}

static int forget_key(struct desk *d, void *ctx, str key, struct err *e)
{
	struct sql_statement_forget_in text = { key, STR("") };
	struct sql_statement_identifier_forget_in whose = { key };

	(void)ctx;
	if (sql_statement_forget(d->db, &text, e) < 0)
		return -1;
	return sql_statement_identifier_forget(d->db, &whose, e) < 0 ? -1 : 0;
}

int statements_forget(struct desk *d, const struct record *r, struct err *e)
{
	if (parts_of(&r->person)) /* what was not asked to go is still held */
		return 0;
	return each_key(d, r, forget_key, NULL, e);
}
