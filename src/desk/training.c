/* Who handles requests, and when they were trained for it. */
#include "desk/training.h"

#include "desk/note.h"
#include "desk/setting.h"
#include "desk/staff.h"
#include "store/sql.h"

/* 11 CCR 7100(a) is about who handles what consumers ask, not about who only reads. */
static bool handles_requests(const struct desk *d, str role)
{
	struct desk as = *d;

	as.actor = (struct actor){ .kind = ACTOR_STAFF, .role = role };
	return desk_may(&as, PERM_INTAKE);
}

static void fill_row(struct desk *d, const struct sql_training_list_row *from,
	int months, struct training_row *out)
{
	*out = (struct training_row){
		.staff_id = from->staff_id,
		.email = from->email,
		.name = from->name,
		.role = role_title(from->role),
		.what = from->what,
	};
	out->is_trained = date_parse(from->trained_on, &out->trained_on);
	out->has_due = out->is_trained && months > 0;
	if (out->has_due)
		out->due = date_add_months(out->trained_on, months);
	out->is_overdue =
		!out->is_trained ||
		(out->has_due && date_cmp(out->due, desk_today(d)) < 0);
}

int trainings_load(struct desk *d, struct trainings *out, struct err *e)
{
	struct sql_training_list_rows rows;
	struct settings s;

	*out = (struct trainings){ 0 };
	if (desk_need(d, PERM_SEE_QUEUE, e) || settings_load(d, &s, e) ||
		sql_training_list(d->db, d->arena, &rows, e))
		return -1;
	out->at = arena_many(d->arena, struct training_row, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		if (!handles_requests(d, rows.at[i].role))
			continue;
		fill_row(d, &rows.at[i], settings_months(s.training_months),
			&out->at[out->n]);
		out->overdue += out->at[out->n++].is_overdue;
	}
	return 0;
}

/* --- noted --- */

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_training_add_in *in = ctx;

	if (sql_training_add(d->db, in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_TRAINED, STR(""), e,
		AD("staff", in->staff_id), AD("day", in->trained_on));
}

static void read_day(struct desk *d, str typed, str *out, struct problems *ps)
{
	struct date day = desk_today(d);

	if (typed.n && !date_parse(typed, &day))
		problem_add(ps, "trained_on", "unreadable",
			"Enter the day of the training, as 2026-11-21");
	else if (date_cmp(day, desk_today(d)) > 0)
		problem_add(ps, "trained_on", "late",
			"Enter a day that is not in the future");
	*out = date_iso(d->arena, day);
}

/* 0: nobody of the register. */
static int64_t staff_of(const struct trainings *all, str email)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq_nocase(all->at[i].email, email))
			return all->at[i].staff_id;
	return 0;
}

int training_note(struct desk *d, const struct training *in,
	struct problems *ps, struct err *e)
{
	struct sql_training_add_in row = {
		.what = note_line(d->arena, str_trim(in->what)),
		.noted_at = desk_now(d),
		.noted_by = desk_actor(d),
	};
	struct trainings all;

	if (desk_need(d, PERM_MANAGE, e) || trainings_load(d, &all, e))
		return -1;
	row.staff_id = staff_of(&all, str_trim(in->email));
	if (!row.staff_id)
		problem_add(ps, "email", "unknown",
			"Nobody who handles requests has this address");
	read_day(d, str_trim(in->trained_on), &row.trained_on, ps);
	note_check(row.what, "what", "Write what they were trained on", ps);
	return ps->n ? 0 : desk_write(d, store, &row, e);
}
