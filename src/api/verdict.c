/*
 * What a check answers.  The memory of rendered answers is direct-mapped, and a
 * place is filled once, by the first that comes: two that fall on one place only
 * cost time.  Threads share it without a lock: who finds it empty fills it, and
 * nobody reads it before it is full.
 */
#include "api/verdict.h"

#include <stdatomic.h>
#include <string.h>

enum { VERDICT_SIZE_MAX = 4096, KEPT = 64, KEPT_SIZE_MAX = 800 };

enum place_state { PLACE_EMPTY, PLACE_FILLING, PLACE_FULL };

struct place {
	_Atomic int state; /* enum place_state */
	enum ident_kind kind;
	enum ident_fault fault;
	uint32_t reasons;
	size_t n;
	char text[KEPT_SIZE_MAX];
};

struct verdicts {
	struct place at[KEPT];
};

static const struct {
	unsigned bit;
	const char *code;
} forbids[] = {
#define FORBID(BIT, code, text) { FORBIDS_##BIT, code },
#include "api/tbl/forbids.h"
};

struct verdicts *verdicts_new(struct arena *a)
{
	return arena_one(a, struct verdicts);
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

static void put_use(struct json *j, const struct suppress_query *q,
	const struct verdict_use *use)
{
	uint32_t by = use_forbidden_by(q->reasons, &use->asked);
	struct use_refusals more = use_refusals(&use->asked, q->lacks_consent);

	json_put(j, "for", use->name);
	if (q->fault)
		return;
	json_put_bool(j, "may", !by && !more.n);
	json_key(j, "because");
	json_begin_array(j);
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);

		if (!(by & (uint32_t)row->reason))
			continue;
		json_begin_object(j);
		json_put(j, "reason", str_of(row->code));
		json_put(j, "citation",
			str_of(use_citation(row->reason, use->asked.use)));
		json_end(j);
	}
	for (size_t i = 0; i < more.n; i++) {
		json_begin_object(j);
		json_put(j, "reason", str_of(more.at[i]->code));
		json_put(j, "citation", str_of(more.at[i]->citation));
		json_end(j);
	}
	json_end(j);
}

/* use: NULL when no use was asked about. */
static str render(struct arena *a, const struct suppress_query *q,
	const struct verdict_use *use)
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
	if (use)
		put_use(&j, q, use);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static void fill(struct place *p, const struct suppress_query *q, str text)
{
	int empty = PLACE_EMPTY;

	if (text.n > sizeof p->text ||
		!atomic_compare_exchange_strong(
			&p->state, &empty, PLACE_FILLING))
		return;
	p->kind = q->kind;
	p->fault = q->fault;
	p->reasons = q->reasons;
	p->n = text.n;
	memcpy(p->text, text.p, text.n);
	atomic_store_explicit(&p->state, PLACE_FULL, memory_order_release);
}

str verdict_text(
	struct verdicts *v, struct arena *a, const struct suppress_query *q)
{
	uint32_t spread = (uint32_t)q->kind * 7 + (uint32_t)q->fault * 13 +
			  q->reasons * 2654435761u;
	struct place *p = &v->at[(spread ^ spread >> 16) % KEPT];
	int state = atomic_load_explicit(&p->state, memory_order_acquire);
	str text;

	if (state == PLACE_FULL && p->kind == q->kind && p->fault == q->fault &&
		p->reasons == q->reasons)
		return (str){ p->text, p->n };
	text = render(a, q, NULL);
	if (state == PLACE_EMPTY)
		fill(p, q, text);
	return text;
}

str verdict_text_for(struct arena *a, const struct suppress_query *q,
	const struct verdict_use *use)
{
	return render(a, q, use);
}
