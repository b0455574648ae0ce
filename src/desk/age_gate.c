/*
 * The age gate.  Its address and the answer that a browser keeps are texts of lines,
 * sealed with a key of their own; neither is in the record.
 */
#include "desk/age_gate.h"

#include "base/buf.h"
#include "base/enc.h"
#include "desk/child.h"
#include "desk/config.h"
#include "desk/heed.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/receive.h"
#include "desk/seal.h"
#include "desk/setting.h"

enum { TEXT_MAX = 4096, TOKEN_MAX = 4096, VALUE_MAX = 300 };

static const str gate_label = STR_INIT("gate");
static const str answer_label = STR_INIT("answer");

static str seal_text(struct desk *d, str label, str text)
{
	struct seal *s = seal_derived(d->arena, d->keys, "age-gate");
	str blob = seal_put(d->arena, s, label, text);

	return base64url_of(d->arena, blob.p, blob.n);
}

/* False for what we have not sealed. */
static bool open_text(struct desk *d, str label, str token, str *text)
{
	struct seal *s = seal_derived(d->arena, d->keys, "age-gate");
	struct err ignored = { 0 };
	str blob;

	return token.n && token.n <= TOKEN_MAX &&
	       base64url_read(d->arena, token, &blob) &&
	       !seal_get(d->arena, s, label, blob, text, &ignored);
}

/* The first line is the instant until which it is good. */
static bool is_in_time(struct desk *d, str *text)
{
	int64_t until;
	str line;

	return str_next(text, '\n', &line) && str_int(line, &until) &&
	       desk_now(d) < until;
}

/* --- where to go on --- */

/* Of RFC 3986, without what a header or an attribute could end with. */
static bool is_url_char(char c)
{
	static const str other = STR_INIT("-._~:/?#[]@!$&()*+,;=%");

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || str_has(other, c);
}

static bool is_under(str origin, str url)
{
	if (!str_starts(origin, STR("https://")) &&
		!str_starts(origin, STR("http://")))
		return false;
	if (origin.p[origin.n - 1] == '/')
		origin.n--;
	return str_starts(url, origin) &&
	       (url.n == origin.n || url.p[origin.n] == '/' ||
		       url.p[origin.n] == '?' || url.p[origin.n] == '#');
}

bool age_gate_may_return(str origins, str url)
{
	str origin;

	if (!url.n || url.n > AGE_GATE_URL_MAX)
		return false;
	for (size_t i = 0; i < url.n; i++)
		if (!is_url_char(url.p[i]))
			return false;
	while (str_next(&origins, ' ', &origin))
		if (origin.n && is_under(origin, url))
			return true;
	return false;
}

/* --- the address --- */

static bool has_bad_item(const struct age_gate *in)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->at[i].value.n > VALUE_MAX ||
			!str_is_text(in->at[i].value) ||
			str_has(in->at[i].value, '\n'))
			return true;
	return !in->n || in->n > AGE_GATE_ITEMS;
}

static str gate_text(struct desk *d, const struct age_gate *in)
{
	struct buf b = buf_in(d->arena, TEXT_MAX);
	int64_t until = desk_now(d) + LIMIT_AGE_GATE_MINUTES * 60000LL;

	buf_fmt(&b, "%lld\n%.*s\n", (long long)until, STR_ARG(in->return_to));
	for (size_t i = 0; i < in->n; i++)
		buf_fmt(&b, "%s %.*s\n", ident_kind_name(in->at[i].kind),
			STR_ARG(in->at[i].value));
	must(buf_ok(&b));
	return buf_str(&b);
}

static int check_gate(struct desk *d, const struct age_gate *in,
	struct problems *ps, struct err *e)
{
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	if (!config_flag(s.age_gate)) {
		err_set(e, ERR_CONFLICT, "the age gate is off");
		return err_hint(e, "turn it on: toyon setting age_gate yes");
	}
	if (!age_gate_may_return(s.age_gate_returns, in->return_to))
		problem_add(ps, "return_to", "foreign",
			"This is an address under one of those in the setting "
			"age_gate_returns");
	if (has_bad_item(in))
		problem_add(ps, "items", "form",
			"1 to 5 identifiers of one visitor, each of one line");
	return 0;
}

int age_gate_make(struct desk *d, struct age_gate *in, str *url,
	struct problems *ps, struct err *e)
{
	struct signals s = { .at = in->at, .n = in->n, .reasons = 1 };

	if (desk_need(d, PERM_SUPPRESS, e) || check_gate(d, in, ps, e))
		return -1;
	if (ps->n)
		return 0;
	if (signals_read(d, &s, e))
		return -1;
	*url = post_address(
		d, "/age?t=", seal_text(d, gate_label, gate_text(d, in)));
	return 0;
}

static bool read_item(str line, struct suppress_query *q)
{
	str kind;

	*q = (struct suppress_query){ 0 };
	return str_cut(line, ' ', &kind, &q->value) &&
	       ident_kind_read(kind, &q->kind);
}

int age_gate_open(
	struct desk *d, str token, struct age_gate *out, struct err *e)
{
	struct settings s;
	str text;
	str line;

	if (settings_load(d, &s, e))
		return -1;
	*out = (struct age_gate){ 0 };
	if (!config_flag(s.age_gate) ||
		!open_text(d, gate_label, token, &text) ||
		!is_in_time(d, &text) ||
		!str_next(&text, '\n', &out->return_to) ||
		!age_gate_may_return(s.age_gate_returns, out->return_to))
		return 0;
	out->at = arena_many(d->arena, struct suppress_query, AGE_GATE_ITEMS);
	while (out->n < AGE_GATE_ITEMS && str_next(&text, '\n', &line) &&
		line.n)
		if (!read_item(line, &out->at[out->n++]))
			return 0;
	return out->n > 0;
}

/* --- the answer --- */

/* None: nothing is remembered. */
static struct date recall_born(struct desk *d, str remembered)
{
	struct date out = { 0 };
	str text;
	str line;

	if (open_text(d, answer_label, remembered, &text) &&
		is_in_time(d, &text) && str_next(&text, '\n', &line))
		(void)date_parse(line, &out);
	return out;
}

bool age_gate_is_remembered(struct desk *d, str remembered)
{
	return !date_is_none(recall_born(d, remembered));
}

static str keep_born(struct desk *d, struct date born_on)
{
	int64_t until = desk_now(d) + LIMIT_AGE_GATE_HOURS * 3600000LL;

	return seal_text(d, answer_label,
		arena_fmt(d->arena, "%lld\n%.*s\n", (long long)until,
			STR_ARG(date_iso(d->arena, born_on))));
}

/* Of two answers the younger counts: nobody gets older by going back, and who says
 * that they are a minor after all has said it. */
static bool read_answer(struct desk *d, const struct age_gate_answer *a,
	struct date *born_on, struct problems *ps)
{
	struct problems typed = { 0 };
	struct date before = recall_born(d, a->remembered);
	bool is_read = born_read(&a->typed, desk_today(d), born_on, &typed);

	if (date_is_none(before)) {
		*ps = typed;
		return is_read;
	}
	if (!is_read || date_cmp(before, *born_on) > 0)
		*born_on = before;
	return true;
}

int age_gate_take(struct desk *d, struct age_gate *gate,
	struct age_gate_answer *a, struct problems *ps, struct err *e)
{
	struct child c = { .by = STR("age-gate") };

	if (!read_answer(d, a, &c.born_on, ps))
		return 0;
	if (receive_limit(d, "age-gate", a->peer, LIMIT_OPT_OUT_PEER, e))
		return -1;
	c.of.at = gate->at;
	c.of.n = gate->n;
	if (child_told(d, &c, e) || heed_visitor(d, &c.of, e))
		return -1;
	a->keep = keep_born(d, c.born_on);
	return 0;
}
