/* Who asks for a child under 13, and how it was found out that they may. */
#include "desk/parent.h"

#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/optin_minor.h"
#include "desk/record.h"
#include "desk/same.h"
#include "desk/setting.h"
#include "law/reference.h"

/* Apart from the request: another label is another key (desk/seal.h). */
static const str label = STR_INIT("parent");

static bool is_listed(str list, const char *code)
{
	str word;

	while (str_next(&list, ' ', &word))
		if (str_eq(word, str_of(code)))
			return true;
	return false;
}

int parent_checks_offered(
	struct desk *d, struct parent_checks *out, struct err *e)
{
	struct settings s;

	out->n = 0;
	if (settings_load(d, &s, e))
		return -1;
	for (int c = 0; c < PARENT_CHECK_END; c++) {
		enum parent_check check = (enum parent_check)c;
		bool is_left_out = check == PARENT_CHECK_CALL && !s.phone.n;

		if (!is_left_out && is_listed(s.parent_checks,
					    parent_check_row(check)->code))
			out->at[out->n++] = check;
	}
	return 0;
}

/* 1, or 0 when nobody asks for a child here. */
static int load(struct desk *d, int64_t request_id,
	struct sql_parent_of_row *row, struct err *e)
{
	return sql_parent_of(d->db, d->arena,
		&(struct sql_parent_of_in){ request_id }, row, e);
}

int parent_add(struct desk *d, const struct record *r, enum parent_check wanted,
	struct err *e)
{
	struct sql_parent_add_in in = {
		.request_id = r->row.id,
		.wanted = str_of(parent_check_row(wanted)->code),
		.sealed = STR(""),
	};

	return sql_parent_add(d->db, &in, e) < 0 ? -1 : 0;
}

int parent_asks(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_parent_of_row row;

	return load(d, request_id, &row, e);
}

int parent_narrow(struct desk *d, int64_t request_id, struct state_facts *facts,
	struct err *e)
{
	struct sql_parent_of_row row;
	int rc = load(d, request_id, &row, e);

	if (rc < 0)
		return -1;
	facts->is_parent = rc && row.checked_at > 0;
	if (rc && !facts->is_parent)
		facts->is_identified = facts->is_decided = false;
	return 0;
}

int parent_of(struct desk *d, const struct record *r, struct parent *out,
	struct err *e)
{
	struct sql_parent_of_row row;
	int rc = load(d, r->row.id, &row, e);

	*out = (struct parent){ .wanted = PARENT_CHECK_END };
	if (rc <= 0)
		return rc;
	out->asks = true;
	out->wanted = parent_check_of(row.wanted);
	out->is_checked = row.checked_at > 0;
	out->check = parent_check_of(row.method);
	if (out->is_checked)
		out->checked_on = date_pacific(row.checked_at);
	if (row.sealed.n && r->seal && desk_may(d, PERM_REVEAL) &&
		seal_get(d->arena, r->seal, label, row.sealed, &out->saw.v, e))
		return -1;
	return 1;
}

int parent_look(
	struct desk *d, str reference, struct parent *out, struct err *e)
{
	struct record r;

	if (desk_need(d, PERM_SEE_QUEUE, e) || record_need(d, reference, &r, e))
		return -1;
	return parent_of(d, &r, out, e);
}

/* --- the check --- */

struct checking {
	str reference;
	enum parent_check check;
	str saw;
};

/* The request goes on as after a code. */
static int start_search(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_parent = true };
	bool is_over;

	r->person.parent_checked = STR("yes");
	if (record_move(d, r, ON_PARENT_CHECKED, &facts, e) ||
		record_save_person(d, r, e) || identity_store(d, r, e) ||
		same_refuse_know(d, r, &is_over, e))
		return -1;
	return is_over ? 0 : desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
}

static int open_second_act(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_parent = true };

	return record_move(d, r, ON_PARENT_CHECKED, &facts, e) ||
			       optin_minor_letter(d, r, e)
		       ? -1
		       : 0;
}

static int store_check(struct desk *d, void *ctx, struct err *e)
{
	struct checking *c = ctx;
	const char *method = parent_check_row(c->check)->code;
	struct sql_parent_checked_in in = { .method = str_of(method),
		.at = desk_now(d),
		.staff_id = d->actor.id,
		.sealed = STR("") };
	struct record r;
	int64_t n;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!r.seal || !state_is_open(r.state))
		return err_set(e, ERR_CONFLICT, "the case is closed");
	in.request_id = r.row.id;
	if (c->saw.n)
		in.sealed = seal_put(d->arena, r.seal, label, c->saw);
	n = sql_parent_checked(d->db, &in, e);
	if (n < 0)
		return -1;
	if (!n)
		return err_set(e, ERR_CONFLICT,
			"nobody asks for a child here, or the check was "
			"written down before");
	if (DESK_AUDIT(d, AUDIT_PARENT_CHECKED, r.row.reference, e,
		    AD("method", method)))
		return -1;
	return r.kind == KIND_OPT_IN_MINOR ? open_second_act(d, &r, e)
					   : start_search(d, &r, e);
}

static int check_input(struct desk *d, const struct checking *c,
	struct problems *ps, struct err *e)
{
	struct parent_checks offered;
	size_t i = 0;

	if (parent_checks_offered(d, &offered, e))
		return -1;
	while (i < offered.n && offered.at[i] != c->check)
		i++;
	if (i == offered.n) {
		problem_add(ps, "check", "missing",
			"Choose the method by which you found out");
		return 0;
	}
	if (parent_check_row(c->check)->may_be_kept)
		note_check(c->saw, "saw",
			"Write what was shown or said, and by whom", ps);
	else if (c->saw.n)
		problem_add(ps, "saw", "kept",
			"Leave this empty: nothing of an identity document may "
			"be kept");
	return 0;
}

int parent_check(struct desk *d, str reference, str check, str saw,
	struct problems *ps, struct err *e)
{
	struct checking c = { .reference = reference,
		.check = parent_check_of(check),
		.saw = str_trim(saw) };

	if (desk_need(d, PERM_PARENT_CHECK, e) || check_input(d, &c, ps, e))
		return -1;
	return ps->n ? 0 : desk_write(d, store_check, &c, e);
}

int parent_carry(struct desk *d, const struct record *from, struct record *to,
	struct err *e)
{
	struct sql_parent_of_row was;
	struct sql_parent_checked_in in = { .request_id = to->row.id,
		.sealed = STR("") };
	int rc = load(d, from->row.id, &was, e);

	if (rc <= 0)
		return rc;
	if (parent_add(d, to, parent_check_of(was.wanted), e))
		return -1;
	if (!was.checked_at)
		return 0;
	in.method = was.method;
	in.at = was.checked_at;
	in.staff_id = was.staff_id;
	if (sql_parent_checked(d->db, &in, e) < 0 ||
		DESK_AUDIT(d, AUDIT_PARENT_CARRIED, to->row.reference, e,
			AD("method", was.method),
			AD("of",
				reference_show(d->arena, from->row.reference))))
		return -1;
	return start_search(d, to, e) ? -1 : 1;
}

int parent_wipe(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_parent_wipe_in in = { r->row.id, STR("") };
	int64_t n = sql_parent_wipe(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(
		d, AUDIT_PARENT_WIPED, r->row.reference, e, AD("count", n));
}

/* --- the list --- */

int parents_waiting(struct desk *d, struct parents *out, struct err *e)
{
	struct sql_parent_waiting_rows rows;

	*out = (struct parents){ 0 };
	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_parent_waiting(d->db, d->arena,
			&(struct sql_parent_waiting_in){ LIMIT_PARENTS_SHOWN },
			&rows, e))
		return -1;
	out->at = arena_many(d->arena, struct parent_row, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct parent_row *row = &out->at[out->n++];

		row->reference = reference_show(d->arena, rows.at[i].reference);
		row->kind = kind_of(rows.at[i].kind);
		row->wanted = parent_check_of(rows.at[i].wanted);
		(void)date_parse(rows.at[i].received_on, &row->received_on);
	}
	return 0;
}

int parents_count(struct desk *d, int64_t *n, struct err *e)
{
	struct sql_parent_waiting_count_row row;

	if (sql_parent_waiting_count(d->db, d->arena, &row, e) < 0)
		return -1;
	*n = row.n;
	return 0;
}
