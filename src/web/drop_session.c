/*
 * One session with the State's lists.  What comes next follows from its state;
 * this file finds the button and the words.
 */
#include "web/drop_session.h"

#include "base/json.h"
#include "web/html.h"

enum { REPORT_MAX = 1 << 20, WHY_MAX = 400, LISTS_MAX = 200 };

/* --- what comes next --- */

static const struct {
	enum drop_button button;
	const char *text;
	const char *detail;
} nexts[DROP_STATES] = {
	[DROP_STATE_REQUESTED] = { DROP_GO_ON, "Ask now",
		"The worker asks the platform by itself." },
	[DROP_STATE_PREPARING] = { DROP_GO_ON, "Ask again now",
		"The platform makes the lists ready. The worker asks again as "
		"soon as it may." },
	[DROP_STATE_DOWNLOADED] = { DROP_GO_ON, "Match now",
		"The worker looks at every system of the data map. One that "
		"can’t be reached is tried again; until then nothing is called "
		"not found." },
	[DROP_STATE_MATCHED] = { DROP_APPROVE, "Approve and carry out",
		"It can’t be undone. Who is the only one with an identifier is "
		"deleted everywhere and every system is read again; where "
		"several people have it, all of them are opted out and nobody "
		"is deleted." },
	[DROP_STATE_ACTED] = { DROP_GO_ON, "Report now",
		"The worker writes a status for every item and sends the "
		"files. By hand: `toyon drop export`." },
	[DROP_STATE_UPLOADED] = { DROP_OUTCOME, "Keep what it said",
		"The platform looks at the rows later and tells by email. A "
		"webhook says only that it looked; what it says of the rows is "
		"entered here." },
	[DROP_STATE_VALIDATED] = { DROP_GO_ON, "Close now",
		"Every row was taken." },
};

/* Who came back since: it waits to be carried out whatever the session does. */
static bool fill_screening(
	struct desk *d, const struct drop_pass *p, struct drop_session_view *v)
{
	if (!p->is_screen || !p->matched_at || p->acted_at || p->stale_at ||
		p->approved_at)
		return false;
	v->next = STR("Next: look at who came back, and act");
	v->next_detail = str_of(nexts[DROP_STATE_MATCHED].detail);
	if (v->is_newest && desk_may(d, PERM_DROP)) {
		v->button = DROP_APPROVE;
		v->button_text = str_of(nexts[DROP_STATE_MATCHED].text);
	}
	return true;
}

static void fill_next(struct desk *d, struct drop_session_view *v)
{
	const struct drop_cycle *c = v->c;
	bool is_running = c->state == DROP_STATE_MATCHED && c->approved_at;

	for (size_t i = 0; i < v->passes.n; i++)
		if (fill_screening(d, v->passes.at[i].pass, v))
			return;

	if (v->is_closed) {
		v->next = STR("This session is closed");
		v->next_detail = c->items ? STR("Every item was answered.")
					  : STR("There was nothing to answer.");
		return;
	}
	v->next = arena_fmt(d->arena, "Next: %s", drop_state_next(c->state));
	v->next_detail = str_of(nexts[c->state].detail);
	if (is_running) {
		v->next = STR("Approved: it is being carried out");
		v->next_detail =
			STR("A system that can’t be reached is tried again.");
	}
	if (!v->is_newest || !desk_may(d, PERM_DROP))
		return;
	v->button = is_running ? DROP_GO_ON : nexts[c->state].button;
	v->button_text =
		str_of(is_running ? "Try again now" : nexts[c->state].text);
}

/* Nobody approves by numbers that are not true any more. */
static void fill_counted(
	struct desk *d, int64_t counted_at, struct drop_session_view *v)
{
	if (!counted_at)
		return;
	v->counted = instant_words_year(d->arena, counted_at);
	if (v->button != DROP_APPROVE)
		return;
	v->button = DROP_GO_ON;
	v->button_text = STR("Count now");
	v->next_detail = STR("The numbers are not counted to their end. It "
			     "can be approved when they are.");
}

static void fill_clock(struct desk *d, struct drop_session_view *v)
{
	const struct drop_cycle *c = v->c;
	struct drop_period p = {
		.from_title = "Lists asked for",
		.due_title = "To be done",
		.from = c->opened_on,
		.due = c->act_by,
		.today = desk_today(d),
	};
	int64_t done = c->uploaded_at ? c->uploaded_at : c->closed_at;
	int left;

	v->opened = date_words(d->arena, c->opened_on);
	v->act_by = date_words(d->arena, c->act_by);
	if (done)
		p.done_on = date_pacific(done);
	v->has_clock = true;
	drop_period_draw(d->arena, &p, &v->clock);
	v->is_late = v->clock.is_late;
	left = date_between(p.today, p.due);
	v->days_number = left < 0 ? -left : left;
	v->days_words = drop_days_words(left);
	if (!done)
		return;
	v->days_number = date_between(p.from, p.done_on);
	v->days_words =
		v->days_number == 1 ? "day to answer" : "days to answer";
}

/* --- the numbers --- */

static str figure(struct desk *d, int64_t n)
{
	return drop_figure(d->arena, n);
}

static void put_numbers(struct desk *d, struct drop_session_view *v,
	const char *title, const struct drop_way_list *l)
{
	v->numbers.at[v->numbers.n++] = (struct drop_number_row){
		.title = title,
		.came = figure(d, l->came),
		.one = figure(d, l->met[DROP_MET_ONE]),
		.several = figure(d, l->met[DROP_MET_SEVERAL]),
		.nobody = figure(d, l->met[DROP_MET_NOBODY]),
		.open = figure(d, l->end[DROP_END_OPEN]),
		.deleted = figure(d, l->end[DROP_END_DELETED]),
		.opted_out = figure(d, l->end[DROP_END_OPTED_OUT]),
		.exempted = figure(d, l->end[DROP_END_EXEMPTED]),
		.withdrawn = figure(d, l->end[DROP_END_WITHDRAWN]),
		.told = figure(d, l->told),
	};
}

static void add_list(struct drop_way_list *sum, const struct drop_way_list *l)
{
	sum->came += l->came;
	sum->told += l->told;
	for (int m = 0; m < DROP_METS; m++)
		sum->met[m] += l->met[m];
	for (int k = 0; k < DROP_ENDS; k++)
		sum->end[k] += l->end[k];
}

static void fill_pictures(struct desk *d, const struct drop_cycle_view *c,
	struct drop_session_view *v)
{
	struct drop_way *way = arena_one(d->arena, struct drop_way);
	struct drop_way_list sum = { 0 };

	drop_way_of(c, way);
	drop_flow_draw(d->arena, way, &v->flow);
	drop_bars_draw(d->arena, way, &v->bars);
	for (int l = 0; l < DROP_LISTS; l++) {
		if (!way->of[l].came)
			continue;
		put_numbers(
			d, v, drop_list_title((enum drop_list)l), &way->of[l]);
		add_list(&sum, &way->of[l]);
	}
	if (v->numbers.n > 1)
		put_numbers(d, v, "All", &sum);
}

/* --- looks --- */

static str lists_of(struct arena *a, unsigned lists)
{
	struct buf b = buf_in(a, LISTS_MAX);

	for (int l = 0; l < DROP_LISTS; l++)
		if (lists >> l & 1)
			buf_fmt(&b, "%s%s", b.n ? ", " : "",
				drop_list_name((enum drop_list)l));
	return buf_str(&b);
}

static str why_of(struct arena *a, json_t *faults)
{
	struct buf b = buf_in(a, WHY_MAX);
	const char *key;
	json_t *n;

	json_object_foreach(faults, key, n)
	{
		buf_fmt(&b, "%s%s %.*s", b.n ? ", " : "", key,
			STR_ARG(drop_figure(a, json_integer_value(n))));
	}
	return buf_str(&b);
}

/* Rows that gave no key, and why: from the report that the look left. */
static int fill_faults(struct desk *d, struct drop_look_row *r, struct err *e)
{
	json_t *report, *lists;

	if (!r->look->report.n)
		return 0;
	if (json_read(d->arena, r->look->report, REPORT_MAX, &report, e))
		return -1;
	lists = json_object_get(report, "lists");
	for (size_t i = 0; i < json_array_size(lists); i++) {
		const json_t *l = json_array_get(lists, i);
		int64_t n = json_number(l, "no_key", 0);
		enum drop_list list;

		if (!n || !drop_list_read(json_text(l, "list"), &list))
			continue;
		r->faults.at[r->faults.n++] = (struct drop_fault_row){
			.list = drop_list_title(list),
			.no_key = figure(d, n),
			.why = why_of(d->arena, json_object_get(l, "faults")),
		};
	}
	return 0;
}

static int fill_looks(struct desk *d, struct drop_pass_part *p, struct err *e)
{
	p->looks.n = p->pass->looks.n;
	p->looks.at = arena_many(d->arena, struct drop_look_row, p->looks.n);
	for (size_t i = 0; i < p->looks.n; i++) {
		const struct drop_look *l = &p->pass->looks.at[i];

		p->looks.at[i] = (struct drop_look_row){
			.look = l,
			.lists = lists_of(d->arena, l->lists),
			.records = figure(d, l->records),
			.keys = figure(d, l->keys),
			.no_key = figure(d, l->no_key),
			.matches = figure(d, l->matches),
		};
		p->looked += l->is_done;
		if (fill_faults(d, &p->looks.at[i], e))
			return -1;
	}
	return 0;
}

/* All their rows stand in tables that the data map keeps. */
static int64_t to_keep(const struct drop_found *f)
{
	return f->people - f->alone - f->several;
}

static void fill_found(struct desk *d, struct drop_pass_part *p)
{
	p->found.n = p->pass->found.n;
	p->found.at = arena_many(d->arena, struct drop_found_row, p->found.n);
	for (size_t i = 0; i < p->found.n; i++) {
		const struct drop_found *f = &p->pass->found.at[i];

		p->found.at[i] = (struct drop_found_row){
			.found = f,
			.people = figure(d, f->people),
			.alone = figure(d, f->alone),
			.staying = figure(d, to_keep(f)),
			.several = figure(d, f->several),
			.erased = figure(d, f->erased),
			.kept = figure(d, f->kept),
			.opted_out = figure(d, f->opted_out),
			.open = figure(d, f->open),
		};
	}
}

/* Of screenings that found nobody new, the last one says it for all. */
static bool is_shown(const struct drop_cycle_view *c, size_t i)
{
	const struct drop_pass *p = &c->passes.at[i];

	return i + 1 == c->passes.n || p->found.n ||
	       (!p->is_screen && !p->stale_at);
}

static str pass_title(
	struct arena *a, const struct drop_cycle_view *c, size_t i)
{
	int nth = 0;

	for (size_t k = 0; k <= i; k++)
		nth += c->passes.at[k].is_screen;
	if (!c->passes.at[i].is_screen)
		return STR("Looked at");
	return nth == 1 ? STR("Screened again")
			: arena_fmt(a, "Screened again, %d times in all", nth);
}

static int fill_passes(struct desk *d, const struct drop_cycle_view *c,
	struct drop_session_view *v, struct err *e)
{
	int64_t erase = 0, keep = 0, opt_out = 0;

	v->passes.at = arena_many(d->arena, struct drop_pass_part, c->passes.n);
	for (size_t i = 0; i < c->passes.n; i++) {
		struct drop_pass_part *p = &v->passes.at[v->passes.n];

		if (!is_shown(c, i))
			continue;
		v->passes.n++;
		*p = (struct drop_pass_part){
			.pass = &c->passes.at[i],
			.title = pass_title(d->arena, c, i),
			.when = instant_words_year(
				d->arena, c->passes.at[i].started_at),
			.id = arena_fmt(d->arena, "look-%lld",
				(long long)c->passes.at[i].id),
		};
		if (fill_looks(d, p, e))
			return -1;
		fill_found(d, p);
		if (p->pass->acted_at || p->pass->stale_at)
			continue;
		for (size_t k = 0; k < p->found.n; k++) {
			erase += p->found.at[k].found->alone;
			keep += to_keep(p->found.at[k].found);
			opt_out += p->found.at[k].found->several;
		}
	}
	v->to_erase = figure(d, erase);
	v->to_keep = figure(d, keep);
	v->to_opt_out = figure(d, opt_out);
	return 0;
}

/* --- files and vendors --- */

struct word {
	const char *code;
	const char *tone;
	const char *words;
};

static const struct word upload_words[] = {
	{ "made", "wait", "Made, not sent" },
	{ "exported", "wait", "Exported, to be uploaded" },
	{ "accepted", "ok", "Accepted" },
	{ "rejected", "bad", "Rejected" },
};
static const struct word vendor_words[] = {
	{ "making", "wait", "Its file is being made" },
	{ "planned", "wait", "To be told" },
	{ "asked", "wait", "Told, waiting" },
	{ "deleted", "ok", "Deleted" },
	{ "nothing", "ok", "Holds nothing" },
	{ "kept", "keep", "Kept, with a reason" },
};

static const struct word *word_of(const struct word *all, size_t n, str code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(code, str_of(all[i].code)))
			return &all[i];
	return &all[0];
}

static void fill_uploads(struct desk *d, const struct drop_cycle_view *c,
	struct drop_session_view *v)
{
	v->uploads.n = c->uploads.n;
	v->uploads.at =
		arena_many(d->arena, struct drop_upload_row, c->uploads.n);
	for (size_t i = 0; i < c->uploads.n; i++) {
		const struct drop_upload *u = &c->uploads.at[i];
		const struct word *w =
			word_of(upload_words, COUNTOF(upload_words), u->state);

		v->uploads.at[i] = (struct drop_upload_row){
			.upload = u,
			.rows = figure(d, u->rows),
			.tone = w->tone,
			.words = w->words,
			.said = u->said_at ? instant_words_year(
						     d->arena, u->said_at)
					   : STR(""),
		};
	}
}

static void fill_vendors(struct desk *d, const struct drop_cycle_view *c,
	struct drop_session_view *v)
{
	v->vendors.n = c->vendors.n;
	v->vendors.at =
		arena_many(d->arena, struct drop_vendor_row, c->vendors.n);
	for (size_t i = 0; i < c->vendors.n; i++) {
		const struct drop_vendor *x = &c->vendors.at[i];
		const struct word *w =
			word_of(vendor_words, COUNTOF(vendor_words), x->state);

		v->vendors.at[i] = (struct drop_vendor_row){
			.vendor = x,
			.rows = figure(d, x->rows),
			.tone = x->is_late ? "bad" : w->tone,
			.words = x->is_late ? "Late" : w->words,
		};
		if (x->asked_at)
			v->vendors.at[i].asked =
				date_words(d->arena, date_pacific(x->asked_at));
		if (x->answered_at)
			v->vendors.at[i].answered = date_words(
				d->arena, date_pacific(x->answered_at));
	}
}

/* --- the page --- */

static const char *source_title(str source)
{
	if (str_eq(source, STR("hand")))
		return "Downloaded by hand";
	if (str_eq(source, STR("rehearsal")))
		return "A rehearsal, taken out";
	return str_eq(source, STR("sandbox")) ? "A sandbox or simulator"
					      : "The platform’s API";
}

static void fill_record(struct desk *d, struct drop_session_view *v)
{
	const struct drop_cycle *c = v->c;

	v->source = source_title(c->source);
	if (c->received_at)
		v->received = instant_words_year(d->arena, c->received_at);
	if (c->approved_at)
		v->approved = arena_fmt(d->arena, "%.*s by %.*s",
			STR_ARG(instant_words_year(d->arena, c->approved_at)),
			STR_ARG(c->approved_by));
	v->size = figure(d, c->zip_size);
}

static int load(struct http_request *q, struct drop_cycle_view *c,
	bool *is_newest, struct err *e)
{
	struct desk *d = web_desk(q);
	struct drop_cycles newest;
	int64_t id;
	int rc;

	if (!str_int(http_param(q, "id"), &id) || id < 1)
		return err_set(e, ERR_NOT_FOUND, "there is no such session");
	rc = drop_cycle_page(d, id, c, e);
	if (rc < 0 || drop_cycles(d, 1, &newest, e))
		return -1;
	*is_newest = newest.n && newest.at[0].id == id;
	return rc ? 0 : err_set(e, ERR_NOT_FOUND, "there is no such session");
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, const char *problem, struct err *e)
{
	struct desk *d = web_desk(q);
	struct drop_cycle_view c;
	struct drop_session_view *v =
		arena_one(q->arena, struct drop_session_view);

	if (load(q, &c, &v->is_newest, e))
		return -1;
	v->c = &c.cycle;
	v->path = drop_session_path(q->arena, c.cycle.id, "");
	v->heading = arena_fmt(q->arena, "Session %lld: %.*s %s",
		(long long)c.cycle.id, STR_ARG(figure(d, c.cycle.items)),
		c.cycle.items == 1 ? "item" : "items");
	v->state = drop_state_title(c.cycle.state);
	v->is_closed = c.cycle.state == DROP_STATE_CLOSED;
	fill_pictures(d, &c, v);
	if (fill_passes(d, &c, v, e) ||
		desk_page_fill(w, q, r, v->heading, &v->page, e))
		return -1;
	v->page.place = DESK_DROP;
	if (problem) {
		problem_add(&v->problems, "message", "invalid", problem);
		v->page.has_problem = true;
		r->status = 422;
	}
	fill_clock(d, v);
	fill_next(d, v);
	fill_counted(d, c.counted_at, v);
	fill_uploads(d, &c, v);
	fill_vendors(d, &c, v);
	fill_record(d, v);
	html_drop_session(&r->body, v);
	return 0;
}

int web_drop_session(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return draw(ctx, q, r, NULL, e);
}

/* --- what can be done --- */

static int back(struct http_request *q, struct http_response *r, int rc,
	const char *flash, struct err *e)
{
	int64_t id;

	if (rc && e->code != ERR_CONFLICT)
		return -1;
	if (!str_int(http_param(q, "id"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such session");
	http_flash(r, rc ? "changed" : flash);
	http_redirect(r, drop_session_path(q->arena, id, ""));
	return 0;
}

int web_drop_go(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	return back(q, r, drop_go_on(web_desk(q), e), "drop-going", e);
}

int web_drop_approve(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int64_t id;

	(void)ctx;
	if (!str_int(http_param(q, "id"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such session");
	return back(q, r, drop_approve_seen(web_desk(q), id, e),
		"drop-approved", e);
}

int web_drop_outcome(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	static const struct {
		const char *code;
		enum drop_word word;
	} words[] = {
		{ "accepted", DROP_WORD_ACCEPTED },
		{ "processed", DROP_WORD_PROCESSED },
		{ "rejected", DROP_WORD_REJECTED },
	};
	str said = http_form(q, "word");

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq(said, str_of(words[i].code)))
			return back(q, r,
				drop_outcome(web_desk(q), http_form(q, "file"),
					words[i].word, http_form(q, "message"),
					e),
				"drop-outcome", e);
	return draw(ctx, q, r, "Choose what the platform said", e);
}
