/*
 * Sections 1 to 4 of an evidence pack: lists, rules, looks, acts.
 */
#include "desk/drop_evidence_data.h"

#include "base/json.h"
#include "drop/check.h"

enum { REPORT_MAX = 1 << 20, TEXT_MAX = 600 };

/* --- 1: selection --- */

static int load_lists(struct desk *d, struct evidence *x, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_LISTS;
	struct drop_selection all[DROP_LISTS];
	int64_t decided = 0;

	if (drop_selections(d, all, e))
		return -1;
	for (int l = 0; l < DROP_LISTS; l++) {
		const struct drop_selection *s = &all[l];
		bool is_said = s->is_decided;

		decided += is_said;
		evidence_text(x, t, str_of(drop_list_name(s->list)));
		evidence_text(x, t, str_of(drop_list_what(s->list)));
		evidence_text(x, t,
			!is_said         ? STR("not said")
			: s->is_selected ? STR("yes")
					 : STR("no"));
		evidence_text(x, t,
			!is_said     ? STR("not said")
			: s->is_held ? STR("yes")
				     : STR("no"));
		evidence_text(x, t, s->reason);
		evidence_at(x, t, s->decided_at);
		evidence_text(x, t, s->decided_by);
		evidence_int(x, t, s->systems);
		evidence_int(x, t, s->items);
		evidence_text(
			x, t, s->conflict ? str_of(s->conflict) : STR(""));
	}
	evidence_fact_int(x, EVIDENCE_SECTION_SELECTION, "lists_with_a_reason",
		"Lists with a reason, of six", decided);
	return 0;
}

/* --- 2: rules --- */

static void put_vectors(struct evidence *x)
{
	static const struct drop_vector vectors[] = {
#define DROP_VECTOR(field, input, text, hash) \
	{ field, field, input, text, hash },
#include "drop/tbl/vectors.h"
	};
	enum evidence_table_id t = EVIDENCE_TABLE_VECTORS;

	for (size_t i = 0; i < COUNTOF(vectors); i++) {
		const struct drop_vector *v = &vectors[i];

		evidence_text(x, t, str_of(v->field));
		evidence_text(x, t, str_of(v->input));
		evidence_text(x, t, v->text ? str_of(v->text) : STR(""));
		evidence_text(x, t, str_of(v->hash));
	}
}

static void put_check(struct evidence *x, const struct drop_cycle *c,
	const struct drop_pass *p)
{
	enum evidence_table_id t = EVIDENCE_TABLE_CHECKS;

	evidence_int(x, t, c->id);
	evidence_int(x, t, p->id);
	evidence_text(x, t, p->is_screen ? STR("screening") : STR("session"));
	evidence_text(x, t, p->profile);
	evidence_at(x, t, p->started_at);
	evidence_int(x, t, p->check_vectors);
	evidence_int(x, t, p->check_failed);
}

/* A check that fails is a finding, not an error of this. */
static void load_rules(struct evidence *x)
{
	enum evidence_section_id s = EVIDENCE_SECTION_HASHING;
	struct drop_check now;
	struct err ignored = { .code = ERR_NONE };

	(void)drop_check(&now, &ignored);
	x->profile = str_of(now.profile);
	evidence_fact_text(x, s, "profile", "Profile", x->profile);
	evidence_fact_text(x, s, "program", "Program", x->program);
	evidence_fact_int(x, s, "examples_now",
		"Examples run again when this was made", (int64_t)now.vectors);
	evidence_fact_int(x, s, "examples_now_wrong", "Of these came out wrong",
		(int64_t)now.failed);
	put_vectors(x);
}

/* --- 3: looks --- */

static str lists_of(struct arena *a, unsigned lists)
{
	struct buf b = buf_in(a, TEXT_MAX);

	for (int l = 0; l < DROP_LISTS; l++)
		if (lists >> l & 1)
			buf_fmt(&b, "%s%s", b.n ? " " : "",
				drop_list_name((enum drop_list)l));
	return buf_str(&b);
}

static void put_look(struct evidence *x, const struct drop_pass *p,
	const struct drop_look *l)
{
	enum evidence_table_id t = EVIDENCE_TABLE_LOOKS;

	evidence_int(x, t, p->cycle_id);
	evidence_int(x, t, p->id);
	evidence_text(x, t, l->system);
	evidence_text(x, t, l->title);
	evidence_text(x, t, lists_of(x->arena, l->lists));
	evidence_bool(x, t, l->is_done);
	evidence_at(x, t, l->started_at);
	evidence_at(x, t, l->done_at);
	evidence_int(x, t, l->tries);
	evidence_int(x, t, l->records);
	evidence_int(x, t, l->keys);
	evidence_int(x, t, l->no_key);
	evidence_int(x, t, l->matches);
	evidence_text(x, t, l->problem);
}

static str faults_of(struct arena *a, json_t *faults)
{
	struct buf b = buf_in(a, TEXT_MAX);
	const char *key;
	json_t *n;

	json_object_foreach(faults, key, n)
	{
		buf_fmt(&b, "%s%s %lld", b.n ? ", " : "", key,
			(long long)json_integer_value(n));
	}
	return buf_str(&b);
}

static int put_no_key(struct evidence *x, const struct drop_pass *p,
	const struct drop_look *l, struct err *e)
{
	enum evidence_table_id t = EVIDENCE_TABLE_NO_KEY;
	json_t *report, *lists;

	if (!l->report.n)
		return 0;
	if (json_read(x->arena, l->report, REPORT_MAX, &report, e))
		return -1;
	lists = json_object_get(report, "lists");
	for (size_t i = 0; i < json_array_size(lists); i++) {
		const json_t *j = json_array_get(lists, i);
		enum drop_list list;

		if (!drop_list_read(json_text(j, "list"), &list) ||
			!(l->lists >> list & 1))
			continue;
		evidence_int(x, t, p->cycle_id);
		evidence_int(x, t, p->id);
		evidence_text(x, t, l->system);
		evidence_text(x, t, str_of(drop_list_name(list)));
		evidence_int(x, t, json_number(j, "keys", 0));
		evidence_int(x, t, json_number(j, "no_key", 0));
		evidence_int(x, t, json_number(j, "empty", 0));
		evidence_int(x, t, json_number(j, "over", 0));
		evidence_text(x, t,
			faults_of(x->arena, json_object_get(j, "faults")));
	}
	return 0;
}

static int load_looks(
	struct evidence *x, const struct drop_pass *p, struct err *e)
{
	for (size_t i = 0; i < p->looks.n; i++) {
		put_look(x, p, &p->looks.at[i]);
		if (put_no_key(x, p, &p->looks.at[i], e))
			return -1;
	}
	return 0;
}

/* --- 4: acts --- */

struct done {
	int64_t people_erased;
	int64_t people_opted_out;
	int64_t rows_gone;
	int64_t not_proven;
	int64_t open;
};

static void put_found(
	struct evidence *x, const struct drop_pass *p, struct done *sum)
{
	enum evidence_table_id t = EVIDENCE_TABLE_FOUND;

	for (size_t i = 0; i < p->found.n; i++) {
		const struct drop_found *f = &p->found.at[i];

		evidence_int(x, t, p->cycle_id);
		evidence_int(x, t, p->id);
		evidence_text(x, t, f->system);
		evidence_text(x, t, f->table);
		evidence_int(x, t, f->people);
		evidence_int(x, t, f->alone);
		evidence_int(x, t, f->several);
		evidence_int(x, t, f->erased);
		evidence_int(x, t, f->kept);
		evidence_int(x, t, f->opted_out);
		evidence_int(x, t, f->open);
		sum->people_erased += f->erased;
		sum->people_opted_out += f->opted_out;
		sum->open += f->open;
	}
}

static void put_act(struct evidence *x, const struct drop_pass *p,
	const struct drop_act_row *r, struct done *sum)
{
	enum evidence_table_id t = EVIDENCE_TABLE_ACTS;

	evidence_int(x, t, p->cycle_id);
	evidence_int(x, t, p->id);
	evidence_int(x, t, r->id);
	evidence_text(x, t, r->system);
	evidence_text(x, t, r->act);
	evidence_at(x, t, r->at);
	evidence_int(x, t, r->people);
	evidence_int(x, t, r->rows_planned);
	evidence_int(x, t, r->rows_gone);
	evidence_int(x, t, r->rows_kept);
	evidence_int(x, t, r->identifiers);
	evidence_bool(x, t, r->is_proven);
	evidence_text(x, t, r->evidence);
	sum->rows_gone += r->rows_gone;
	sum->not_proven += !r->is_proven;
}

static int load_acts(struct desk *d, struct evidence *x,
	const struct drop_pass *p, struct done *sum, struct err *e)
{
	struct drop_acts page;
	int64_t after = 0;

	put_found(x, p, sum);
	do {
		if (drop_acts(d, p->id, after, &page, e))
			return -1;
		for (size_t i = 0; i < page.n; i++)
			put_act(x, p, &page.at[i], sum);
		if (page.n)
			after = page.at[page.n - 1].id;
	} while (page.n);
	return 0;
}

static void sum_up(struct evidence *x, const struct done *sum)
{
	enum evidence_section_id s = EVIDENCE_SECTION_ACTING;

	evidence_fact_int(x, s, "people_deleted",
		"People deleted, counted in each table", sum->people_erased);
	evidence_fact_int(x, s, "people_opted_out",
		"People opted out, counted in each table",
		sum->people_opted_out);
	evidence_fact_int(x, s, "rows_deleted", "Rows deleted", sum->rows_gone);
	evidence_fact_int(x, s, "not_read_again",
		"Acts without a second reading that found nothing",
		sum->not_proven);
	evidence_fact_int(
		x, s, "open", "People nothing was done for yet", sum->open);
}

static int load_passes(struct desk *d, struct evidence *x,
	const struct drop_cycle_view *v, struct done *sum, struct err *e)
{
	for (size_t i = 0; i < v->passes.n; i++) {
		const struct drop_pass *p = &v->passes.at[i];

		put_check(x, &v->cycle, p);
		if (load_looks(x, p, e) || load_acts(d, x, p, sum, e))
			return -1;
	}
	return 0;
}

int evidence_load_work(struct desk *d, struct evidence *x, struct err *e)
{
	struct done sum = { 0 };

	load_rules(x);
	if (load_lists(d, x, e))
		return -1;
	for (size_t i = 0; i < x->sessions.n; i++)
		if (load_passes(d, x, &x->sessions.at[i], &sum, e))
			return -1;
	sum_up(x, &sum);
	return 0;
}
