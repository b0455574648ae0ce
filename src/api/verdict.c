/*
 * What a check answers.  The memory of rendered answers is direct-mapped: two
 * that fall on one place only cost time.
 */
#include "api/verdict.h"

#include "law/reason.h"

enum { VERDICT_SIZE_MAX = 2048 };

static const struct {
	unsigned bit;
	const char *code;
} forbids[] = {
#define FORBID(BIT, code, text) { FORBIDS_##BIT, code },
#include "api/tbl/forbids.h"
};

struct verdicts *verdicts_new(struct arena *a)
{
	struct verdicts *v = arena_one(a, struct verdicts);

	v->arena = a;
	return v;
}

const char *verdict_state(const struct suppress_query *q)
{
	if (q->fault)
		return "unreadable";
	return q->reasons ? "suppressed" : "clear";
}

static void put_reasons(struct json *j, uint32_t reasons)
{
	json_key(j, "reasons");
	json_begin_array(j);
	for (size_t i = 0; i < reason_count(); i++)
		if (reasons & (uint32_t)reason_at(i)->reason)
			json_str(j, str_of(reason_at(i)->code));
	json_end(j);
}

static void put_forbids(struct json *j, unsigned forbidden)
{
	json_key(j, "forbids");
	json_begin_array(j);
	for (size_t i = 0; i < COUNTOF(forbids); i++)
		if (forbidden & forbids[i].bit)
			json_str(j, str_of(forbids[i].code));
	json_end(j);
}

static str render(struct arena *a, const struct suppress_query *q)
{
	struct buf b = buf_in(a, VERDICT_SIZE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "kind", str_of(ident_kind_name(q->kind)));
	json_put(&j, "state", str_of(verdict_state(q)));
	put_reasons(&j, q->reasons);
	put_forbids(&j, reasons_forbid(q->reasons));
	if (q->fault)
		json_put(&j, "fault", str_of(ident_fault_name(q->fault)));
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

str verdict_text(struct verdicts *v, const struct suppress_query *q)
{
	uint32_t spread = (uint32_t)q->kind * 7 + (uint32_t)q->fault * 13 +
			  q->reasons * 2654435761u;
	struct verdict_kept *k =
		&v->kept[(spread ^ spread >> 16) % VERDICTS_KEPT];

	if (k->text.p && k->kind == q->kind && k->fault == q->fault &&
		k->reasons == q->reasons)
		return k->text;
	*k = (struct verdict_kept){ q->kind, q->fault, q->reasons,
		render(v->arena, q) };
	return k->text;
}
