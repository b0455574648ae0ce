/*
 * "May I store this?", for records with their identifiers, before they are
 * stored.  Nothing is kept about who was asked about.
 */
#include "law/screen.h"
#include "api/body.h"
#include "api/call.h"
#include "desk/limit.h"
#include "desk/suppress.h"

/* Which of all identifiers are a record's. */
struct record {
	size_t first;
	size_t n;
};

struct asked {
	struct suppress_query *at;
	size_t n;
	struct record *record;
	size_t records;
};

static str place(struct call *c, size_t record, size_t item, const char *member)
{
	return arena_fmt(c->q->arena, "records/%zu/identifiers/%zu%s", record,
		item, member);
}

static void read_item(struct call *c, struct asked *a, size_t record, size_t i,
	const json_t *item)
{
	static const char *const known[] = { "kind", "value" };
	struct suppress_query *q = &a->at[a->n++];
	str path = place(c, record, i, "/");

	if (!json_is_object(item)) {
		call_problem(c, place(c, record, i, ""), "type",
			"An identifier is an object with kind and value");
		return;
	}
	body_only(c, item, path, known, COUNTOF(known));
	q->value = body_text(c, item, path, "value");
	if (!ident_kind_read(body_text(c, item, path, "kind"), &q->kind))
		call_problem(c, place(c, record, i, "/kind"), "unknown",
			"This is one of the kinds of identifier, as email or "
			"phone");
}

static const json_t *identifiers_of(const json_t *record)
{
	return json_object_get(record, "identifiers");
}

static void read_record(
	struct call *c, struct asked *a, size_t i, const json_t *record)
{
	static const char *const known[] = { "identifiers" };
	const json_t *all = identifiers_of(record);
	str path = arena_fmt(c->q->arena, "records/%zu/", i);

	a->record[i] = (struct record){ a->n, json_array_size(all) };
	if (!json_array_size(all)) {
		call_problem(c, arena_fmt(c->q->arena, "records/%zu", i),
			"missing",
			"A record is an object with a list of identifiers");
		return;
	}
	body_only(c, record, path, known, COUNTOF(known));
	for (size_t k = 0; k < json_array_size(all); k++)
		read_item(c, a, i, k, json_array_get(all, k));
}

static int read_records(struct call *c, struct asked *a, struct err *e)
{
	static const char *const known[] = { "records" };
	const json_t *root, *all;
	size_t n = 0;

	if (body_read(c, &root, e))
		return -1;
	body_only(c, root, STR(""), known, COUNTOF(known));
	all = json_object_get(root, "records");
	a->records = json_array_size(all);
	if (!a->records)
		call_problem(
			c, STR("records"), "missing", "There are no records");
	for (size_t i = 0; i < a->records; i++)
		n += json_array_size(identifiers_of(json_array_get(all, i)));
	if (n > LIMIT_API_BATCH)
		return err_set(e, ERR_LIMIT, "more than %d identifiers",
			LIMIT_API_BATCH);
	a->at = arena_many(c->q->arena, struct suppress_query, n);
	a->record = arena_many(c->q->arena, struct record, a->records);
	for (size_t i = 0; i < a->records; i++)
		read_record(c, a, i, json_array_get(all, i));
	return c->problems.n ? -1 : 0;
}

/* What is known of a part of it holds for all of it; where nothing is known and
 * something can't be read, nobody knows. */
static void put_record(
	struct json *j, const struct asked *a, const struct record *r)
{
	uint32_t reasons = 0;
	int64_t unreadable = 0;

	for (size_t i = r->first; i < r->first + r->n; i++) {
		reasons |= a->at[i].reasons;
		unreadable += a->at[i].fault != IDENT_FAULT_NONE;
	}
	json_begin_object(j);
	json_put(j, "screen",
		!reasons && unreadable
			? STR("unreadable")
			: str_of(screen_code(screen_of(reasons))));
	json_key(j, "reasons");
	json_begin_array(j);
	for (size_t i = 0; i < reason_count(); i++)
		if (reasons & (uint32_t)reason_at(i)->reason)
			json_str(j, str_of(reason_at(i)->code));
	json_end(j);
	json_put_int(j, "unreadable", unreadable);
	json_end(j);
}

int screen_records(struct call *c, struct err *e)
{
	struct asked a = { 0 };
	struct json j;

	if (read_records(c, &a, e) || suppress_check(c->desk, a.at, a.n, e))
		return -1;
	j = json_to(&c->r->body);
	json_begin_object(&j);
	json_key(&j, "data");
	json_begin_array(&j);
	for (size_t i = 0; i < a.records; i++)
		put_record(&j, &a, &a.record[i]);
	json_end(&j);
	json_end(&j);
	return 0;
}
