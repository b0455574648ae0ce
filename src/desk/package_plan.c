/*
 * What a package is made from: the sealed findings, what staff marked, who was
 * given what, and how sure it is who asks.
 */
#include "desk/package_plan.h"

#include <string.h>

#include "base/buf.h"
#include "base/enc.h"
#include "base/json.h"
#include "desk/config.h"
#include "desk/disclosure.h"
#include "desk/identity.h"
#include "desk/keeper.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/setting.h"
#include "desk/untold.h"
#include "law/reference.h"

enum {
	MARKS_MAX = 16 << 20,
	QUERIES_MAX = 2 * LIMIT_IDENTIFIERS,
};

static const str marks_label = STR_INIT("package marks");

/* --- marks --- */

static void put_mark(struct json *j, struct arena *a, const struct know_mark *m)
{
	json_begin_object(j);
	json_put(j, "system", m->system);
	json_put(j, "table", m->table);
	json_put(j, "column", m->column);
	json_put(j, "key64", base64_of(a, m->key.p, m->key.n));
	json_put_bool(j, "shown", m->is_shown);
	json_end(j);
}

str plan_marks_seal(struct desk *d, const struct record *r,
	const struct package_marks *marks)
{
	struct buf b = buf_in(d->arena, MARKS_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "language", str_of(know_words(marks->language)->code));
	json_key(&j, "marks");
	json_begin_array(&j);
	for (size_t i = 0; i < marks->n; i++)
		put_mark(&j, d->arena, &marks->at[i]);
	json_end(&j);
	json_end(&j);
	must(buf_ok(&b));
	return seal_put(d->arena, r->seal, marks_label, buf_str(&b));
}

static bool read_key(struct arena *a, str text, str *out)
{
	size_t pads = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("="));
	size_t n = text.n / 4 * 3 - pads;
	char *p = arena_alloc(a, n);

	*out = (str){ p, n };
	return base64_read(text, p, n);
}

static int read_mark(
	struct arena *a, const json_t *v, struct know_mark *out, struct err *e)
{
	*out = (struct know_mark){
		.system = arena_dup(a, json_text(v, "system")),
		.table = arena_dup(a, json_text(v, "table")),
		.column = arena_dup(a, json_text(v, "column")),
		.is_shown = json_is_true(json_object_get(v, "shown")),
	};
	if (!read_key(a, json_text(v, "key64"), &out->key))
		return err_set(e, ERR_CORRUPT,
			"what was left out of a package can't be read");
	return 0;
}

int plan_marks_open(struct desk *d, const struct record *r,
	struct package_marks *out, struct err *e)
{
	struct sql_package_marks_row row;
	struct know_mark *marks;
	json_t *root, *list;
	str text;
	int rc = sql_package_marks(d->db, d->arena,
		&(struct sql_package_marks_in){ r->row.id }, &row, e);

	*out = (struct package_marks){ .language = KNOW_EN };
	(void)know_language_read(r->person.language, &out->language);
	if (rc <= 0 || !row.marks.n || !r->seal)
		return rc < 0 ? -1 : 0;
	if (seal_get(d->arena, r->seal, marks_label, row.marks, &text, e) ||
		json_read(d->arena, text, MARKS_MAX, &root, e))
		return -1;
	(void)know_language_read(json_text(root, "language"), &out->language);
	list = json_object_get(root, "marks");
	out->n = json_array_size(list);
	out->at = marks = arena_many(d->arena, struct know_mark, out->n);
	for (size_t i = 0; i < out->n; i++)
		if (read_mark(d->arena, json_array_get(list, i), &marks[i], e))
			return -1;
	return 0;
}

int package_language(struct desk *d, const struct record *r,
	enum know_language *out, struct err *e)
{
	struct package_marks marks;

	if (plan_marks_open(d, r, &marks, e))
		return -1;
	*out = marks.language;
	return 0;
}

/* --- who asks --- */

/* Checked when it was typed: two days in order, or everything. */
static struct know_range range_of(const struct person *p)
{
	struct know_range out = { 0 };

	if (str_eq(p->range, STR("dates")) &&
		!(date_parse(p->range_from.v, &out.from) &&
			date_parse(p->range_to.v, &out.to)))
		out = (struct know_range){ 0 };
	return out;
}

/* Specific pieces take three points and the declaration (11 CCR 7062(c)); else
 * the request is answered as one for the categories (7024(a)). */
static void fill_case(struct desk *d, const struct record *r,
	const struct settings *s, struct know_case *out)
{
	bool is_asked = r->kind == KIND_KNOW_SPECIFIC;
	struct identity who;

	identity_of(r, &who);

	*out = (struct know_case){
		.range = range_of(&r->person),
		.business = settings_legal_name(s),
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.received_on = record_received_on(r),
		.made_on = desk_today(d),
		.site = post_address(d, "", STR("")),
		.is_specific = is_asked && who.is_whole,
		.is_downgraded = is_asked && !who.is_whole,
		.sells = str_eq(s->sells, STR("yes")),
	};
}

/* --- what was found --- */

static int open_finding(struct desk *d, const struct record *r,
	const struct sql_task_list_row *t, struct package_plan *out,
	struct err *e)
{
	const struct map_system *s = map_system_named(&out->map, t->name);
	str json;

	if (!s)
		return err_set(e, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(t->name));
	if (record_open_task(d, r, t->name, t->sealed, &json, e))
		return -1;
	if (!json.n)
		return 0;
	if (find_from_json(
		    d->arena, s, json, &out->findings[out->findings_n], e))
		return -1;
	return keeper_fill(d, r, &out->findings[out->findings_n++], e);
}

static int open_findings(struct desk *d, const struct record *r,
	struct package_plan *out, struct err *e)
{
	struct tally t;
	struct untolds untold;
	str *unsearched, *why;

	if (record_tally(d, r->row.id, &t, e) ||
		untold_list(d, r, &t, &untold, e))
		return -1;
	why = arena_many(d->arena, str, t.rows.n);
	out->findings = arena_many(d->arena, struct finding, t.rows.n);
	unsearched = arena_many(d->arena, str, t.rows.n);
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];

		if (!str_eq(row->target, STR("system")))
			continue;
		if (str_eq(row->state, STR("dropped"))) {
			why[out->in.unsearched_n] =
				untold_words(d, &untold, row->id);
			unsearched[out->in.unsearched_n++] = row->title;
		} else if (open_finding(d, r, row, out, e)) {
			return -1;
		}
	}
	out->in.unsearched = unsearched;
	out->in.unsearched_why = why;
	out->in.findings = out->findings;
	out->in.findings_n = out->findings_n;
	return 0;
}

/* --- who got it --- */

static void add_queries(
	struct disclosure_search *s, enum ident_kind kind, str lines)
{
	str line;

	while (s->n < QUERIES_MAX && str_next(&lines, '\n', &line))
		if (line.n)
			s->q[s->n++] = (struct disclosure_query){ .kind = kind,
				.value = line };
}

static bool has_batch(
	const struct package_plan *p, const int64_t *ids, int64_t id)
{
	for (size_t i = 0; i < p->in.batches_n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static void take_batches(struct desk *d, const struct disclosure_search *s,
	struct package_plan *p)
{
	struct know_batch *at;
	int64_t *ids;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		for (const struct disclosure_hit *h = s->q[i].hits; h;
			h = h->next)
			n++;
	at = arena_many(d->arena, struct know_batch, n);
	ids = arena_many(d->arena, int64_t, n);
	for (size_t i = 0; i < s->n; i++)
		for (const struct disclosure_hit *h = s->q[i].hits; h;
			h = h->next) {
			const struct disclosure *b = h->batch;

			if (has_batch(p, ids, b->id))
				continue;
			ids[p->in.batches_n] = b->id;
			at[p->in.batches_n++] =
				(struct know_batch){ b->recipient, b->title,
					b->role, b->purpose,
					date_pacific(b->at) };
		}
	p->in.batches = at;
}

/* A ledger that can't be read through does not say that nobody got it. */
static int open_ledger(struct desk *d, const struct record *r,
	const char *folder, struct package_plan *out, struct err *e)
{
	struct disclosure_search s = { .folder = folder };
	/* The desk that looks is the case's, whoever asked for the page. */
	struct desk worker = *d;

	worker.actor = (struct actor){ .kind = ACTOR_WORKER };
	s.q = arena_many(d->arena, struct disclosure_query, QUERIES_MAX);
	add_queries(&s, IDENT_EMAIL, r->person.email.v);
	add_queries(&s, IDENT_EMAIL, r->person.other_emails.v);
	add_queries(&s, IDENT_PHONE, r->person.phone.v);
	add_queries(&s, IDENT_PHONE, r->person.other_phones.v);
	if (disclosure_find(&worker, &s, e))
		return -1;
	if (s.unknown) {
		*e = s.why;
		return -1;
	}
	take_batches(d, &s, out);
	return 0;
}

/* --- all of it --- */

int plan_seen(struct desk *d, const struct record *r, str *out, struct err *e)
{
	struct sql_package_marks_row row = { 0 };
	struct tally t;
	str both;

	if (record_tally(d, r->row.id, &t, e) ||
		sql_package_marks(d->db, d->arena,
			&(struct sql_package_marks_in){ r->row.id }, &row,
			e) < 0)
		return -1;
	both = arena_fmt(d->arena, "%.*s %.*s", STR_ARG(record_seen(d, &t)),
		STR_ARG(hex_of(d->arena, row.marks.p, row.marks.n)));
	both = keys_hash(d->arena, d->keys, "seen", both);
	*out = hex_of(d->arena, both.p, both.n);
	return 0;
}

int plan_load(struct desk *d, const struct record *r, const char *folder,
	struct package_plan *out, struct err *e)
{
	struct package_marks marks;
	struct settings s;

	*out = (struct package_plan){ .request_id = r->row.id,
		.reference = r->row.reference };
	if (!r->seal)
		return err_set(e, ERR_NOT_FOUND,
			"the key to this person's data was destroyed");
	if (map_read(d->arena, d->data_map, &out->map, e) ||
		settings_load(d, &s, e) || open_findings(d, r, out, e) ||
		open_ledger(d, r, folder, out, e) ||
		plan_marks_open(d, r, &marks, e) ||
		plan_seen(d, r, &out->seen, e) ||
		package_row(d, r->row.id, &out->row, e))
		return -1;
	out->in.map = &out->map;
	out->in.marks = marks.at;
	out->in.marks_n = marks.n;
	fill_case(d, r, &s, &out->of);
	out->of.language = marks.language;
	return 0;
}
