/*
 * Asking a person: the letter, its link, reminders, and handing the task to a
 * colleague whom the data map names.
 */
#include "base/rand.h"
#include "connect/erase.h"
#include "desk/keeper_door.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/parts.h"
#include "desk/post.h"
#include "law/reference.h"

enum { LINK_BYTES = 18, REMIND_AT_ONCE = 200 };

int keeper_write(struct desk *d, const struct record *r, int64_t task_id,
	const struct keeper_letter *l, struct err *e)
{
	str token = rand_token(d->arena, LINK_BYTES);
	struct sql_keeper_link_add_in link = {
		.token_hash =
			keys_hash(d->arena, d->keys, "keeper link", token),
		.task_id = task_id,
		.created_at = desk_now(d),
	};
	struct letter_keeper_task v = {
		.place = l->system->title,
		.reference = reference_show(d->arena, r->row.reference),
		.link = post_address(d, "/t/", token),
		.due_on = date_words(d->arena, l->due_on),
		.asked_on = date_words(d->arena, l->asked_on),
		.is_deletion = l->act == KEEPER_DELETE,
		.is_correction = l->act == KEEPER_CORRECT,
		.is_reminder = l->is_reminder,
	};
	struct post_to to = { .address = { l->holder }, .task_id = task_id };
	struct letter_words words;

	if (sql_keeper_link_add(d->db, &link, e) < 0 ||
		post_sign(d, &v.sign, e))
		return -1;
	words = letters_keeper_task(d->arena, LANG_EN, &v);
	return post_put(d, r, LETTER_KEEPER_TASK, &to, &words, e);
}

/* --- who is asked --- */

static bool may_hold(const struct map_system *s, str address)
{
	if (str_eq(s->database, address))
		return true;
	for (size_t i = 0; i < s->hand_over_n; i++)
		if (str_eq(s->hand_over[i], address))
			return true;
	return false;
}

/* Who had the task last, while the map still names them. */
static int holder_of(struct desk *d, int64_t task_id,
	const struct map_system *s, str *out, struct err *e)
{
	struct sql_keeper_by_task_row row;
	int rc = sql_keeper_by_task(d->db, d->arena,
		&(struct sql_keeper_by_task_in){ task_id }, &row, e);

	if (rc < 0)
		return -1;
	*out = rc && may_hold(s, row.holder) ? row.holder : s->database;
	return 0;
}

struct asking {
	const struct work *w;
	const struct map_system *system;
};

/* Of an earlier letter about this step that did not arrive, while that day is ahead. */
static struct date due_date(struct desk *d, str earlier, int days)
{
	struct date today = desk_today(d);
	struct date due;

	if (date_parse(earlier, &due) && date_between(today, due) > 0)
		return due;
	return date_add(today, days);
}

/* Their first letter about this step. */
static int ask_first(struct desk *d, const struct record *r,
	const struct sql_task_by_id_row *task, struct keeper_letter *l,
	struct err *e)
{
	struct sql_task_ask_in asked = { .id = task->id, .at = desk_now(d) };
	struct sql_keeper_put_in put = { task->id, l->holder };

	l->asked_on = desk_today(d);
	l->due_on = due_date(d, task->due_on, l->system->days);
	asked.due_on = date_iso(d->arena, l->due_on);
	if (sql_task_ask(d->db, &asked, e) < 0 ||
		sql_keeper_put(d->db, &put, e) < 0 ||
		keeper_write(d, r, task->id, l, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_KEEPER_ASKED, r->row.reference, e,
		AD("system", l->system->title), AD("due", asked.due_on));
}

/* The date stays: being reminded gives nobody more time. */
static int ask_again(struct desk *d, const struct record *r,
	const struct sql_task_by_id_row *task, struct keeper_letter *l,
	struct err *e)
{
	l->is_reminder = true;
	l->asked_on = date_pacific(task->asked_at);
	must(date_parse(task->due_on, &l->due_on));
	if (keeper_write(d, r, task->id, l, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_KEEPER_REMINDED, r->row.reference, e,
		AD("system", l->system->title));
}

static int store_asked(struct desk *d, void *ctx, struct err *e)
{
	const struct asking *x = ctx;
	struct keeper_letter l = { .system = x->system };
	struct sql_task_by_id_row task;
	struct record r;

	if (record_need(d, x->w->reference, &r, e) || record_lock(d, &r, e) ||
		sql_task_by_id(d->db, d->arena,
			&(struct sql_task_by_id_in){ x->w->task_id }, &task,
			e) < 0)
		return -1;
	/* Asked or answered by a run that lost its lease, or nobody to ask
	 * about any more. */
	if (task.done_at || !r.seal || !str_eq(task.state, x->w->state) ||
		(task.asked_at && !x->w->is_reminder))
		return 0;
	if (holder_of(d, task.id, x->system, &l.holder, e))
		return -1;
	l.act = keeper_act_in(task.state);
	return task.asked_at ? ask_again(d, &r, &task, &l, e)
			     : ask_first(d, &r, &task, &l, e);
}

int keeper_ask(struct desk *d, const struct work *w, const struct map_system *s,
	struct err *e)
{
	struct asking x = { w, s };

	return desk_write(d, store_asked, &x, e);
}

/* --- what an approval asks of them --- */

int keeper_plan(struct desk *d, const struct work *w,
	const struct map_system *s, struct erased *out, struct err *e)
{
	struct erase_plan plan;
	struct finding f;

	*out = (struct erased){ .rows = 0 };
	s = parts_system(d->arena, s, w->parts);
	if (find_from_json(d->arena, s, w->finding, &f, e))
		return -1;
	erase_plan_of(d->arena, &f, false, &plan);
	fulfil_kept(d->arena, &plan, out);
	for (size_t i = 0; i < plan.n; i++)
		if (step_deletes(&plan.steps[i]))
			out->rows += (int64_t)plan.steps[i].keys_n;
	return 0;
}

/* --- before the day --- */

static int remind(struct desk *d, void *ctx, struct err *e)
{
	struct sql_keeper_due_in in = {
		.until = date_iso(d->arena,
			date_add(desk_today(d), LIMIT_KEEPER_REMIND_DAYS)),
		.first = REMIND_AT_ONCE,
	};
	struct sql_keeper_due_rows rows;
	int64_t *n = ctx;

	*n = 0;
	if (sql_keeper_due(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct sql_keeper_reminded_in noted = { rows.at[i].task_id,
			desk_now(d) };
		int64_t is_ours = sql_keeper_reminded(d->db, &noted, e);

		if (is_ours < 0 ||
			(is_ours && desk_job(d, JOB_ASK, noted.task_id,
					    noted.at, e)))
			return -1;
		*n += is_ours;
	}
	return 0;
}

int keeper_remind(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, remind, n, e);
}

/* --- to a colleague --- */

struct handing {
	str token;
	str address;
};

/* The links of who had it open nothing any more. */
static int hand_over(struct desk *d, void *ctx, struct err *e)
{
	const struct handing *h = ctx;
	struct sql_keeper_put_in put = { .holder = h->address };
	struct keeper_letter l = { .holder = h->address };
	struct keeper_door k;

	if (keeper_enter_waiting(d, h->token, &k, e))
		return -1;
	put.task_id = k.task.id;
	l.system = k.system;
	l.act = keeper_act_in(k.task.state);
	l.asked_on = date_pacific(k.task.asked_at);
	must(date_parse(k.task.due_on, &l.due_on));
	if (sql_keeper_link_forget(d->db,
		    &(struct sql_keeper_link_forget_in){ k.task.id }, e) < 0 ||
		sql_keeper_put(d->db, &put, e) < 0 ||
		keeper_write(d, &k.r, k.task.id, &l, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_KEEPER_HANDED, k.r.row.reference, e,
		AD("system", k.system->title));
}

int keeper_hand_over(struct desk *d, str token, str address,
	struct problems *ps, struct err *e)
{
	struct handing h = { token, address };
	struct keeper_page p;
	int rc = keeper_open(d, token, &p, e);

	if (rc < 0)
		return -1;
	for (size_t i = 0; i < p.colleagues.n; i++)
		if (str_eq(p.colleagues.at[i], address))
			return desk_write(d, hand_over, &h, e);
	problem_add(ps, "colleague", "missing", "Choose a colleague");
	return 0;
}
