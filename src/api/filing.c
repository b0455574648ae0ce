/* What a request for somebody else is made of. */
#include "api/filing.h"
#include "api/request.h"

#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/offer.h"
#include "desk/stop.h"

enum { MEMBERS_MAX = 64 };

static const char *const answers[] = {
#define ANSWER(name, text) name,
#include "api/tbl/answers.h"
};

static void check_members(
	struct call *c, const json_t *root, const struct filing_members *more)
{
	const char *known[MEMBERS_MAX] = { "kind", "document", "language" };
	size_t n = 3;

	must(n + COUNTOF(answers) + more->n <= MEMBERS_MAX);
	for (size_t i = 0; i < COUNTOF(answers); i++)
		known[n++] = answers[i];
	for (size_t i = 0; i < more->n; i++)
		known[n++] = more->at[i];
	body_only(c, root, STR(""), known, n);
}

static bool is_answer(const char *name)
{
	for (size_t i = 0; i < COUNTOF(answers); i++)
		if (!strcmp(answers[i], name))
			return true;
	return false;
}

/* A stop takes one identifier; the address when there are both. */
static void read_answers(
	struct call *c, const json_t *root, struct enter_in *in)
{
	struct person *p = &in->person;

	for (size_t i = 0; i < asked_count(); i++)
		if (is_answer(asked_at(i)->name))
			*asked_value(asked_at(i), p) =
				body_text(c, root, STR(""), asked_at(i)->name);
	p->first.v = body_text(c, root, STR(""), "first");
	p->last.v = body_text(c, root, STR(""), "last");
	in->postal.city.v = body_text(c, root, STR(""), "city");
	in->id = p->email.v.n ? p->email : p->phone;
}

/* The kind says what is to be seen: there is no second member for it. */
static void fill_pieces(struct enter_in *in)
{
	if (in->kind == KIND_KNOW_SPECIFIC)
		in->person.pieces = STR("specific");
	else if (in->kind == KIND_KNOW_CATEGORIES)
		in->person.pieces = STR("categories");
}

static int read_kind(
	struct call *c, const json_t *root, struct enter_in *in, struct err *e)
{
	str kind = body_text(c, root, STR(""), "kind");
	int is_offered = 0;

	in->kind = kind_of(kind);
	if (in->kind != KIND_NONE && (stop_row(in->kind) || form_of(in->kind)))
		is_offered = offer_is_taken(c->desk, in->kind, e);
	if (is_offered < 0)
		return -1;
	if (!is_offered)
		call_problem(c, STR("kind"), kind.n ? "unknown" : "missing",
			"A kind of request that is offered today");
	fill_pieces(in);
	return 0;
}

int filing_read(struct call *c, const struct filing_members *more,
	const json_t **root, struct enter_in *in, struct err *e)
{
	if (body_read(c, root, e))
		return -1;
	check_members(c, *root, more);
	read_answers(c, *root, in);
	if (request_language(c, body_text(c, *root, STR(""), "language"), e))
		return -1;
	return read_kind(c, *root, in, e);
}

/* How many bytes the text stands for, when it is Base64. */
static size_t bytes_of(str base64)
{
	size_t n = base64.n / 4 * 3;

	for (size_t i = base64.n; n && i && base64.p[i - 1] == '='; i--)
		n--;
	return n;
}

str filing_document(struct call *c, const json_t *root)
{
	str text = body_text(c, root, STR(""), "document");
	size_t n = bytes_of(text);
	char *bytes;

	if (!text.n)
		return text;
	bytes = arena_alloc(c->q->arena, n + 1);
	if (base64_read(text, bytes, n))
		return (str){ bytes, n };
	call_problem(c, STR("document"), "form", "A file in Base64");
	return STR("");
}

/* The pages ask for one identifier of a stop, for a file, and for a day of birth in
 * three fields. */
static const char *member_of(const char *field)
{
	static const struct {
		const char *field;
		const char *member;
	} others[] = {
		{ "id", "email" },
		{ "file", "document" },
		{ "month", "born_on" },
	};

	for (size_t i = 0; i < COUNTOF(others); i++)
		if (!strcmp(others[i].field, field))
			return others[i].member;
	return field;
}

int filing_refuse(struct call *c, const struct problems *ps, struct err *e)
{
	c->problems.n = 0;
	for (size_t i = 0; i < ps->n; i++)
		call_problem(c, str_of(member_of(ps->at[i].field)),
			ps->at[i].code, ps->at[i].text);
	return err_set(e, ERR_INVALID, "the request lacks something");
}
