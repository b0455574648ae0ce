/*
 * The phone line: the caller's words, the script, the form, and the number spelled.
 */
#include "web/enter.h"

#include "desk/enter.h"
#include "desk/form.h"
#include "desk/inbox.h"
#include "desk/offer.h"
#include "desk/setting.h"
#include "desk/stop.h"
#include "law/deadline.h"
#include "law/reference.h"
#include "web/html.h"

#define STOPS    (KIND_BIT(OPT_OUT) | KIND_BIT(LIMIT) | KIND_BIT(OPT_OUT_ADMT))
#define KNOWS    (KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC))
#define EXPLAINS (KIND_BIT(ACCESS_ADMT) | KIND_BIT(APPEAL_ADMT))
#define FORMS    (KNOWS | KIND_BIT(DELETE) | KIND_BIT(CORRECT) | EXPLAINS)
#define EVERY    (STOPS | FORMS)

static const struct enter_kind callers[] = {
#define CALLER(path, title, said) { path, title, said },
#include "web/tbl/callers.h"
};

static const struct {
	unsigned kinds;
	str text;
} scripts[] = {
#define SCRIPT(kinds, text) { kinds, STR_INIT(text) },
#include "web/tbl/scripts.h"
};

static enum kind kind_at(str path, const struct person *answers)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		if (stop_row((enum kind)k) &&
			str_eq(path, str_of(kind_row((enum kind)k)->path)))
			return (enum kind)k;
	return form_kind(path, answers);
}

static const struct enter_kind *caller_of(str path)
{
	for (size_t i = 0; i < COUNTOF(callers); i++)
		if (str_eq(path, str_of(callers[i].path)))
			return &callers[i];
	return NULL;
}

int enter_open_kind(struct http_request *q, const struct enter_kind **caller,
	enum kind *kind, const struct person *answers, struct err *e)
{
	int rc = 0;

	*caller = caller_of(http_param(q, "kind"));
	if (*caller) {
		*kind = kind_at(http_param(q, "kind"), answers);
		rc = offer_is_taken(web_desk(q), *kind, e);
	}
	if (rc)
		return rc < 0 ? -1 : 0;
	return err_set(e, ERR_NOT_FOUND, "there is no such page");
}

static void fill_script(struct arena *a, enum kind kind, struct enter_view *v)
{
	unsigned bits = 1u << kind;

	v->script.at = arena_many(a, str, COUNTOF(scripts));
	for (size_t i = 0; i < COUNTOF(scripts); i++)
		if (scripts[i].kinds & bits)
			v->script.at[v->script.n++] = scripts[i].text;
}

void enter_fields(struct http_request *q, enum kind kind, struct enter_view *v)
{
	v->has_sms = form_has_sms(web_desk(q));
	v->is_stop = stop_row(kind) != NULL;
	v->is_know = question_is_asked(QUESTION_RANGE, kind);
	v->is_correct = question_is_asked(QUESTION_ITEM, kind);
	v->is_deletion = question_is_asked(QUESTION_SALE, kind);
	if (v->is_deletion)
		part_list_fill(q, v->answers, &v->parts);
	v->is_appeal = question_is_asked(QUESTION_DECISION, kind);
	v->today = date_iso(q->arena, desk_today(web_desk(q)));
	v->since = date_iso(q->arena, know_reaches_back_to());
}

void enter_read(const struct http_request *q, struct enter_in *in)
{
	in->id.v = http_form(q, "id");
	for (size_t i = 0; i < asked_count(); i++)
		*asked_value(asked_at(i), &in->person) =
			http_form(q, asked_at(i)->name);
	in->person.parts = part_list_typed(q);
	in->person.first.v = http_form(q, "first");
	in->person.last.v = http_form(q, "last");
	in->person.letter_by = http_form(q, "letter_by");
	in->postal.city.v = http_form(q, "city");
}

int enter_kinds(struct http_request *q, struct enter_kinds *out, struct err *e)
{
	struct person nobody = { 0 };

	out->at = arena_many(q->arena, struct enter_kind, COUNTOF(callers));
	for (size_t i = 0; i < COUNTOF(callers); i++) {
		enum kind kind = kind_at(str_of(callers[i].path), &nobody);
		int rc = offer_is_taken(web_desk(q), kind, e);

		if (rc < 0)
			return -1;
		if (rc)
			out->at[out->n++] = callers[i];
	}
	return 0;
}

int web_enter(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct enter_list_view v = { .kinds = { NULL, 0 } };

	if (desk_need(web_desk(q), PERM_INTAKE, e) ||
		enter_kinds(q, &v.kinds, e) ||
		desk_page_fill(ctx, q, r, STR("Phone line"), &v.page, e))
		return -1;
	v.page.place = DESK_INTAKE;
	html_enter_list(&r->body, &v);
	return 0;
}

int enter_draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct enter_view *v, struct err *e)
{
	const struct enter_kind *caller;
	struct desk *d = web_desk(q);
	enum kind kind;

	if (desk_need(d, PERM_INTAKE, e) ||
		enter_open_kind(q, &caller, &kind, v->answers, e) ||
		agents_load(d, &v->agent.agents, e) ||
		parent_ways_fill(d, v->parent.in->check, &v->parent.ways, e) ||
		spoken_choices(q, v->lang, &v->languages, e) ||
		desk_page_fill(w, q, r, str_of(caller->title), &v->page, e))
		return -1;
	v->page.place = DESK_INTAKE;
	v->path = caller->path;
	v->title = caller->title;
	enter_fields(q, kind, v);
	if (!v->received_on.n)
		v->received_on = v->today;
	fill_script(q->arena, kind, v);
	v->agent.is_desk = v->parent.is_desk = true;
	v->agent.problems = &v->problems;
	v->parent.problems = v->parent.ways.problems = &v->problems;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_enter_form(&r->body, v);
	return 0;
}

int web_enter_form(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_ask none = { .agent_id = 0 };
	struct parent_ask no_parent = { .check = STR("") };
	struct enter_view v = {
		.answers = &none.request.person,
		.agent = { .in = &none },
		.parent = { .in = &no_parent },
	};

	return enter_draw(ctx, q, r, &v, e);
}

static enum channel read_channel(str typed)
{
	static const enum channel taken[] = { CHANNEL_PHONE, CHANNEL_MAIL,
		CHANNEL_EMAIL };

	for (size_t i = 0; i < COUNTOF(taken); i++)
		if (str_eq(typed, str_of(channel_code(taken[i]))))
			return taken[i];
	return CHANNEL_WEB; /* which staff can't enter */
}

/* One who asks for somebody else is one kind of them. */
static int enter_asked(struct http_request *q, struct agent_ask *in,
	struct parent_ask *parent, str *reference, struct problems *ps,
	struct err *e)
{
	struct desk *d = web_desk(q);
	bool is_agent = agent_form_is_on(q),
	     is_parent = parent_fields_are_on(q);

	parent->request = in->request;
	if (is_agent && is_parent) {
		problem_add(ps, "by_parent", "both",
			"Choose one: an authorized agent, or a parent");
		return 0;
	}
	if (is_parent)
		return parent_ask_entered(d, parent, reference, ps, e);
	return is_agent ? agent_ask_entered(d, in, reference, ps, e)
			: enter_request(d, &in->request, reference, ps, e);
}

/* The email that asks for it is handled; fine when somebody was faster. */
static int put_email(
	struct http_request *q, str inbox, str reference, struct err *e)
{
	int64_t id;

	if (!str_int(inbox, &id))
		return 0;
	return inbox_put(web_desk(q), id, reference, e) < 0 ? -1 : 0;
}

int web_enter_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_ask in = { .request = {
					.channel = read_channel(
						http_form(q, "channel")),
					.received_on =
						http_form(q, "received_on"),
				} };
	struct parent_ask parent = { .check = STR("") };
	struct enter_view v = {
		.answers = &in.request.person,
		.channel = http_form(q, "channel"),
		.received_on = in.request.received_on,
		.inbox = http_form(q, "inbox"),
		.agent = { .in = &in, .is_on = agent_form_is_on(q) },
		.parent = { .in = &parent, .is_on = parent_fields_are_on(q) },
	};
	const struct enter_kind *caller;
	str reference = { 0 };

	/* Whoever is answered: the requester, an agent or a parent (11 CCR 7003(b)). */
	if (spoken_typed(q, &v.lang, &v.problems, e))
		return -1;
	web_desk(q)->lang = v.lang;
	enter_read(q, &in.request);
	agent_form_read(q, &in);
	parent_fields_read(q, &parent);
	v.id = in.request.id;
	v.postal = in.request.postal;
	if (enter_open_kind(q, &caller, &in.request.kind, v.answers, e) ||
		enter_asked(q, &in, &parent, &reference, &v.problems, e))
		return -1;
	if (v.problems.n)
		return enter_draw(ctx, q, r, &v, e);
	if (put_email(q, v.inbox, reference, e))
		return -1;
	http_redirect(r, arena_fmt(q->arena, "/desk/intake/done?ref=%.*s",
				 STR_ARG(reference_show(q->arena, reference))));
	return 0;
}

/* As it is read out on a bad line. */
static const char *spoken(char c)
{
	static const char *const digits[] = { "zero", "one", "two", "three",
		"four", "five", "six", "seven", "eight", "nine" };
	static const char *const letters[] = { "Alfa", "Bravo", "Charlie",
		"Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett",
		"Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec",
		"Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey",
		"X-ray", "Yankee", "Zulu" };

	if (c >= '0' && c <= '9')
		return digits[c - '0'];
	return c >= 'A' && c <= 'Z' ? letters[c - 'A'] : "";
}

enum { SPELLED_MAX = 256 };

static str spelled(struct arena *a, str shown)
{
	struct buf b = buf_in(a, SPELLED_MAX);

	for (size_t i = 0; i < shown.n; i++) {
		bool is_last = i + 1 == shown.n || shown.p[i + 1] == '-';

		if (shown.p[i] == '-')
			continue;
		buf_fmt(&b, "%s%s", spoken(shown.p[i]), is_last ? ". " : ", ");
	}
	return str_trim(buf_str(&b));
}

int web_enter_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct enter_done_view v = { .due = { 0 } };
	struct status s;
	int rc;

	if (desk_need(web_desk(q), PERM_INTAKE, e))
		return -1;
	rc = intake_status(web_desk(q), http_query(q, "ref"), q->peer, &s, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (desk_page_fill(
		    ctx, q, r, STR("The request is entered"), &v.page, e))
		return -1;
	v.page.place = DESK_INTAKE;
	v.reference = s.reference;
	v.spelled = spelled(q->arena, s.reference);
	v.href = desk_case_path(q->arena, s.reference, "");
	v.is_denied = !s.is_open && str_eq(s.outcome, STR("denied"));
	v.needs_code = s.needs_code;
	v.is_for_child = s.is_for_child;
	v.is_by_sms = s.is_code_by_sms;
	v.is_called_back = s.is_called_back;
	if (s.is_open && !stop_row(s.kind))
		v.due = date_words(q->arena, s.due_on);
	html_enter_done(&r->body, &v);
	return 0;
}
