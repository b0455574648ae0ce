#include "cli/list_statements.h"

#include "base/json.h"
#include "cli/row_keys.h"
#include "desk/statements.h"

/* Of JSON: a byte may become \u0001, and what stands around the two texts. */
enum { ESCAPED = 6, AROUND = 32 };

struct list_statements {
	const struct scrub_opts *opts;
	struct statement_book *book;
	struct plan plan;
	uint32_t kinds;
	struct scrub_remark remark;
};

static int read_header(void *ctx, str header, struct err *e)
{
	struct list_statements *s = ctx;

	return plan_read(&s->plan, header, s->opts->map, e);
}

/* Somebody may have given any number of them, on one request after the other. */
static size_t room_for(const struct statements *said)
{
	size_t n = AROUND;

	for (size_t i = 0; i < said->n; i++)
		n += AROUND +
		     ESCAPED * (said->at[i].about.v.n + said->at[i].text.v.n);
	return n;
}

static str words_of(struct arena *a, const struct statements *said)
{
	struct buf b = buf_in(a, room_for(said));
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < said->n; i++) {
		json_begin_object(&j);
		if (said->at[i].about.v.n)
			json_put(&j, "about", said->at[i].about.v);
		json_put(&j, "text", said->at[i].text.v);
		json_end(&j);
	}
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static str say_row(void *ctx, struct arena *a, str row)
{
	struct list_statements *s = ctx;
	struct statements said = { 0 };
	struct row_keys keys;

	if (!statements_count(s->book))
		return (str){ 0 };
	row_keys_read(s->opts, &s->plan, a, row, s->kinds, &keys);
	for (size_t i = 0; i < keys.n; i++)
		statements_find(s->book, a, keys.at[i], &said);
	return said.n ? words_of(a, &said) : (str){ 0 };
}

static uint32_t kinds_known(void)
{
	uint32_t out = 0;

	for (int k = 0; k < IDENT_KINDS; k++)
		if (statements_know((enum ident_kind)k))
			out |= UINT32_C(1) << k;
	return out;
}

int list_statements_open(struct cli *c, const struct scrub_opts *o,
	struct list_statements **out, struct err *e)
{
	struct list_statements *s = arena_one(c->arena, struct list_statements);

	s->opts = o;
	s->kinds = kinds_known();
	s->remark = (struct scrub_remark){ "statements", read_header, say_row,
		s, NULL };
	*out = s;
	if (statements_load(&c->desk, &s->book, e))
		return -1;
	return o->format == SCRUB_NDJSON
		       ? plan_read_members(&s->plan, o->map, e)
		       : 0;
}

const struct scrub_remark *list_statements_remark(
	const struct list_statements *s)
{
	return &s->remark;
}

int list_statements_remind(struct cli *c, struct err *e)
{
	bool is_any;

	if (statements_are_any(&c->desk, &is_any, e))
		return -1;
	if (is_any)
		cli_say(c, "people gave statements on their health information "
			   "that stays as it is: a list that has such "
			   "information goes with --statements (11 CCR "
			   "7023(f))");
	return 0;
}
