/* The record of what data was estimated to be worth. */
#include "desk/valuation.h"

#include "base/base.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "store/sql.h"

int valuation_list(struct desk *d, struct valuations *out, struct err *e)
{
	struct sql_valuation_list_rows rows;

	if (desk_need(d, PERM_SEE_MAP, e) ||
		sql_valuation_list(d->db, d->arena, &rows, e))
		return -1;
	out->n = 0;
	out->at = arena_many(d->arena, struct valuation, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_valuation_list_row *r = &rows.at[i];
		const struct value_method *m = value_method_of(r->method);

		if (!m)
			return err_set(e, ERR_CORRUPT,
				"valuation %lld has a method that is none",
				(long long)r->id);
		out->at[out->n++] = (struct valuation){
			.in = { m, r->counts, r->taken_off, r->among },
			.is_country = r->country,
			.value = r->value,
			.how = r->how,
			.how_es = r->how_es,
			.at = r->at,
			.by = r->noted_by,
		};
	}
	return 0;
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct valuation *v = ctx;
	struct sql_valuation_add_in in = {
		.method = str_of(v->in.method->code),
		.counts = v->in.counts,
		.taken_off = v->in.taken_off,
		.among = v->in.among,
		.country = v->is_country,
		.value = v->value,
		.how = v->how,
		.how_es = v->how_es,
		.at = v->at,
		.noted_by = v->by,
	};

	if (sql_valuation_add(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_VALUED, STR(""), e,
		AD("method", v->in.method->code),
		AD("value", valuation_words(d->arena, v->value)));
}

static bool is_line(str text)
{
	return text.n <= LIMIT_NOTE_BYTES && str_is_text(text);
}

int valuation_note(struct desk *d, struct valuation *v, struct err *e)
{
	if (desk_need(d, PERM_PUBLISH, e) ||
		value_of_data(&v->in, &v->value, e))
		return -1;
	v->how = note_line(d->arena, str_trim(v->how));
	v->how_es = note_line(d->arena, str_trim(v->how_es));
	if (!v->how.n || !is_line(v->how) || !is_line(v->how_es))
		return err_set(e, ERR_INVALID,
			"it takes a text of at most %d bytes that says where "
			"the figures are from and why this method (11 CCR "
			"7081)",
			LIMIT_NOTE_BYTES);
	v->at = desk_now(d);
	v->by = desk_actor(d);
	return desk_write(d, store, v, e);
}

str valuation_words(struct arena *a, int64_t value)
{
	long long whole = value / VALUE_UNIT;
	int part = (int)(value % VALUE_UNIT);

	if (part % 100)
		return arena_fmt(a, "$%lld.%04d", whole, part);
	return arena_fmt(a, "$%lld.%02d", whole, part / 100);
}
