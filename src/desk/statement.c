#include "desk/statement.h"

#include "desk/code.h"
#include "desk/door.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/statement_seal.h"
#include "law/amount.h"
#include "words/words.h"

#define CODE_STATEMENT "statement code"

enum { SHOWN_MAX = 1 << 20 };

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

/* --- what stays as it is --- */

static bool next_item(str *rest, str *item)
{
	while (str_next(rest, '\n', item)) {
		*item = str_trim(*item);
		if (item->n)
			return true;
	}
	return false;
}

static size_t count_items(str lines)
{
	size_t n = 0;
	str item;

	while (next_item(&lines, &item))
		n++;
	return n;
}

void statement_check(const struct health_stays *h, struct problems *ps)
{
	note_check(h->items, "health_items", NULL, ps);
	if (h->items.n && !h->is)
		problem_add(ps, "health_items", "unused",
			"Tick that it is about their health, or leave this "
			"empty");
	if (count_items(h->items) > LIMIT_STATEMENTS_CASE)
		problem_add(ps, "health_items", "many",
			"Those are too many items for one request");
}

void statement_note(struct person *p, const struct health_stays *h)
{
	p->health = h->is ? STR("yes") : STR("");
	p->health_items.v = h->is ? h->items : STR("");
}

struct health_stays statement_noted(const struct person *p)
{
	return (struct health_stays){ str_eq(p->health, STR("yes")),
		p->health_items.v };
}

struct statement_items statement_items(struct arena *a, const struct person *p)
{
	str rest = p->health_items.v, item;
	struct statement_items out = {
		arena_many(a, personal, LIMIT_STATEMENTS_CASE), 0
	};

	while (out.n < LIMIT_STATEMENTS_CASE && next_item(&rest, &item))
		out.at[out.n++].v = item;
	if (!out.n)
		out.at[out.n++] = p->item;
	return out;
}

/* --- may it be given? --- */

static bool is_refused_health(const struct record *r)
{
	enum outcome outcome = outcome_of(r->row.outcome);

	return kind_row(r->kind)->flow == FLOW_CORRECT && r->seal &&
	       r->row.answered_at > 0 &&
	       (outcome == OUTCOME_DENIED || outcome == OUTCOME_PART) &&
	       str_eq(r->person.health, STR("yes"));
}

static int given(struct desk *d, const struct record *r,
	struct sql_statement_of_request_rows *rows, struct err *e)
{
	return sql_statement_of_request(d->db, d->arena,
		&(struct sql_statement_of_request_in){ r->row.id }, rows, e);
}

static int is_there(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_statement_of_request_rows rows;

	if (!is_refused_health(r))
		return 0;
	if (given(d, r, &rows, e))
		return -1;
	return rows.n < statement_items(d->arena, &r->person).n;
}

static const struct door door = { CODE_STATEMENT, is_there };

static int64_t words_max(struct desk *d)
{
	const struct amount *a =
		amount_on(AMOUNT_STATEMENT_WORDS, desk_today(d));

	must(a);
	return a->count;
}

static void fill_given(const struct sql_statement_of_request_rows *rows,
	struct statement_page *out)
{
	for (size_t i = 0; i < rows->n; i++) {
		size_t item = (size_t)rows->at[i].item;

		if (item < out->items.n)
			out->items.given_at[item] = rows->at[i].given_at;
		if (rows->at[i].given_at > out->given_at)
			out->given_at = rows->at[i].given_at;
	}
	out->is_given = rows->n > 0;
}

int statement_page(struct desk *d, str reference, struct statement_page *out,
	struct err *e)
{
	struct sql_statement_of_request_rows rows;
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	*out = (struct statement_page){ .words_max = words_max(d) };
	if (rc <= 0)
		return rc;
	if (!is_refused_health(&r))
		return 0;
	if (given(d, &r, &rows, e))
		return -1;
	out->items.n = statement_items(d->arena, &r.person).n;
	out->items.given_at = arena_many(d->arena, int64_t, out->items.n);
	fill_given(&rows, out);
	out->is_open = rows.n < out->items.n;
	out->can_give = out->is_open && door_has_address(&r);
	return 1;
}

int statement_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	return door_send_code(d, &door, reference, ps, e);
}

/* --- it is given --- */

struct giving {
	struct door_try try; /* no code: staff enter it */
	bool is_entered;
	struct statement_texts texts; /* trimmed */
};

static int add_keys(struct desk *d, const struct record *r,
	int64_t statement_id, struct err *e)
{
	struct record_keys keys = statement_keys(d, r);

	for (size_t i = 0; i < keys.n; i++) {
		struct sql_statement_identifier_add_in in = {
			{ (const char *)keys.at[i].of, IDENT_KEY_SIZE },
			statement_id
		};

		if (sql_statement_identifier_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int give_one(struct desk *d, const struct record *r, size_t item,
	const struct statement *s, bool is_entered, struct err *e)
{
	struct sql_statement_add_in in = { .request_id = r->row.id,
		.item = (int64_t)item,
		.given_at = desk_now(d),
		.words = statement_words(s->text.v) };
	struct sql_statement_add_row row;
	struct sealed_statement sealed;

	statement_seal(d, s, &sealed);
	in.sealed_about = sealed.about;
	in.sealed = sealed.text;
	if (sql_statement_add(d->db, d->arena, &in, &row, e) < 0 ||
		add_keys(d, r, row.id, e))
		return -1;
	return DESK_AUDIT(d,
		is_entered ? AUDIT_STATEMENT_ENTERED : AUDIT_STATEMENT_GIVEN,
		r->row.reference, e, AD("words", in.words));
}

/* What an item has already stays: a statement is given once. */
static int give_new(struct desk *d, const struct giving *g,
	const struct record *r, struct err *e)
{
	struct statement_items items = statement_items(d->arena, &r->person);
	struct statement_page page;

	if (statement_page(d, g->try.reference, &page, e) < 0)
		return -1;
	for (size_t i = 0; i < items.n; i++) {
		struct statement s = { .about = items.at[i],
			.text = { g->texts.at[i] } };

		if (s.text.v.n && !page.items.given_at[i] &&
			give_one(d, r, i, &s, g->is_entered, e))
			return -1;
	}
	return 0;
}

static int give(struct desk *d, void *ctx, struct err *e)
{
	struct giving *g = ctx;
	struct record r;

	if (g->is_entered)
		return record_need(d, g->try.reference, &r, e) ||
				       record_lock(d, &r, e)
			       ? -1
			       : give_new(d, g, &r, e);
	if (door_enter(d, &door, &g->try, &r, e))
		return -1;
	return g->try.why_not ? 0 : give_new(d, g, &r, e);
}

const char *statement_field(struct arena *a, size_t item)
{
	return arena_cstr(a, arena_fmt(a, "text.%zu", item + 1));
}

static void check_text(
	struct desk *d, size_t item, str text, struct problems *ps)
{
	int64_t most = words_max(d), n = statement_words(text);
	const char *field = statement_field(d->arena, item);

	if (!str_is_text(text))
		problem_add(ps, field, "text", "Write your statement as text");
	else if (n > most)
		problem_add(ps, field, "long",
			arena_cstr(d->arena,
				words_fill(d->arena, d->lang,
					"Your statement has {1} words. Keep "
					"it to {2}",
					arena_fmt(
						d->arena, "%lld", (long long)n),
					arena_fmt(d->arena, "%lld",
						(long long)most))));
	else if (text.n > LIMIT_STATEMENT_BYTES)
		problem_add(ps, field, "long",
			arena_cstr(d->arena,
				words_fill_number(d->arena, d->lang,
					"Your statement is too long. Keep it "
					"to {1} letters",
					LIMIT_STATEMENT_BYTES)));
}

/* One at least, and none of an item that is none. */
static void check_texts(struct desk *d, const struct statement_page *page,
	struct giving *g, struct problems *ps)
{
	size_t n = 0, open = 0;

	for (size_t i = page->items.n; i-- > 0;)
		open = page->items.given_at[i] ? open : i;
	for (size_t i = 0; i < COUNTOF(g->texts.at); i++) {
		if (i >= page->items.n || page->items.given_at[i])
			g->texts.at[i] = STR("");
		n += g->texts.at[i].n > 0;
		check_text(d, i, g->texts.at[i], ps);
	}
	if (!n)
		problem_add(ps, statement_field(d->arena, open), "missing",
			"Write your statement");
}

static int read_giving(struct desk *d, str reference,
	const struct statement_texts *texts, struct giving *g,
	struct problems *ps, struct err *e)
{
	struct statement_page page;
	int rc = statement_page(d, reference, &page, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is nothing to open");
	g->try.reference = reference;
	for (size_t i = 0; i < COUNTOF(g->texts.at); i++)
		g->texts.at[i] = str_trim(texts->at[i]);
	check_texts(d, &page, g, ps);
	return 0;
}

int statement_give(struct desk *d, str reference,
	const struct statement_texts *texts, str code, struct problems *ps,
	struct err *e)
{
	struct giving g = { 0 };

	if (read_giving(d, reference, texts, &g, ps, e))
		return -1;
	if (!code_read(d->arena, code, &g.try.code, ps) || ps->n)
		return 0;
	if (desk_write(d, give, &g, e))
		return -1;
	if (g.try.why_not)
		problem_add(ps, "code", "wrong", g.try.why_not);
	return 0;
}

int statement_enter(struct desk *d, str reference,
	const struct statement_texts *texts, struct problems *ps, struct err *e)
{
	struct giving g = { .is_entered = true };

	if (desk_need(d, PERM_INTAKE, e) ||
		read_giving(d, reference, texts, &g, ps, e))
		return -1;
	return ps->n ? 0 : desk_write(d, give, &g, e);
}

/* --- staff read it --- */

struct showing {
	str reference;
	personal *text;
};

static int put_one(struct desk *d, struct buf *b,
	const struct sql_statement_of_request_row *row, struct err *e)
{
	struct sealed_statement sealed = { row->sealed_about, row->sealed };
	struct statement s;

	if (!sealed.text.n)
		return 0;
	if (statement_open(d, &sealed, &s, e))
		return -1;
	if (b->n)
		buf_puts(b, "\n\n");
	if (s.about.v.n)
		buf_fmt(b, "On \"%.*s\":\n", STR_ARG(s.about.v));
	buf_put(b, s.text.v);
	return 0;
}

static int show(struct desk *d, void *ctx, struct err *e)
{
	const struct showing *s = ctx;
	struct sql_statement_of_request_rows rows;
	struct buf b = buf_in(d->arena, SHOWN_MAX);
	struct record r;
	int64_t words = 0;

	if (record_need(d, s->reference, &r, e) || given(d, &r, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		words += rows.at[i].words;
		if (put_one(d, &b, &rows.at[i], e))
			return -1;
	}
	if (!b.n)
		return err_set(e, ERR_NOT_FOUND, "there is no statement");
	must(buf_ok(&b));
	s->text->v = buf_str(&b);
	return DESK_AUDIT(d, AUDIT_STATEMENT_SEEN, r.row.reference, e,
		AD("words", words));
}

int statement_show(struct desk *d, str reference, personal *text, struct err *e)
{
	struct showing s = { reference, text };

	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	return desk_write(d, show, &s, e);
}
