/* Whose an address is that stood in a row: kept as a doubt, and decided by staff. */
#include "desk/doubt.h"

#include "desk/fulfil_task.h"
#include "desk/limit.h"

static bool has(str list, str address)
{
	str line;

	while (str_next(&list, '\n', &line))
		if (str_eq(line, address))
			return true;
	return false;
}

/* False: it is not in the list. */
static bool take_out(struct arena *a, str *list, str address)
{
	str rest = *list, line, out = { 0 };

	if (!has(rest, address))
		return false;
	while (str_next(&rest, '\n', &line))
		if (!str_eq(line, address))
			person_list_add(a, &out, line, PERSON_LIST_MAX);
	*list = out;
	return true;
}

/* No room, or more than a search asks for: the case says so. */
static bool is_left_out(str list, str address)
{
	size_t n = 1; /* the one that was given */
	str line;

	while (str_next(&list, '\n', &line) && ++n <= LIMIT_IDENTIFIERS)
		if (str_eq(line, address))
			return false;
	return true;
}

static bool is_given(const struct person *p, str address)
{
	return str_eq(address, p->email.v) && !person_is_by_phone(p);
}

bool doubt_learn(struct desk *d, struct person *p, str address)
{
	bool is_new;

	/* What staff said stands, whatever a row says. */
	if (is_given(p, address) || has(p->others_emails.v, address))
		return false;
	take_out(d->arena, &p->doubt_emails.v, address);
	is_new = person_list_add(
		d->arena, &p->other_emails.v, address, PERSON_LIST_MAX);
	if (is_left_out(p->other_emails.v, address))
		p->left_out = STR("yes");
	return is_new;
}

void doubt_keep(struct desk *d, struct person *p, str address)
{
	str *list = &p->doubt_emails.v;

	if (is_given(p, address) || has(p->others_emails.v, address) ||
		has(p->other_emails.v, address) || has(*list, address))
		return;
	if (!person_list_add(d->arena, list, address, PERSON_LIST_MAX))
		p->left_out = STR("yes");
}

struct deciding {
	str reference;
	str address;
	bool is_theirs;
};

static int search_by_it(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_reopen_search_in in = { r->row.id, 0 };

	if (sql_task_reopen_search(d->db, &in, e) < 0)
		return -1;
	return fulfil_start_searches(d, r->row.id, e);
}

static int decide(struct desk *d, void *ctx, struct err *e)
{
	const struct deciding *c = ctx;
	bool is_news = false;
	struct record r;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!r.seal || !fulfil_is_searched_for(&r) ||
		!take_out(d->arena, &r.person.doubt_emails.v, c->address))
		return err_set(e, ERR_CONFLICT,
			"nobody is in doubt about this address any more");
	if (c->is_theirs)
		is_news = doubt_learn(d, &r.person, c->address);
	else
		person_list_add(d->arena, &r.person.others_emails.v, c->address,
			PERSON_LIST_MAX);
	if (record_save_person(d, &r, e) || (is_news && search_by_it(d, &r, e)))
		return -1;
	return DESK_AUDIT(d, AUDIT_DOUBT_DECIDED, r.row.reference, e,
		AD("whose", c->is_theirs ? STR("the requester's")
					 : STR("somebody else's")));
}

int case_doubt(struct desk *d, str reference, str address, bool is_theirs,
	struct err *e)
{
	struct deciding c = { reference, address, is_theirs };

	if (desk_need(d, PERM_DECIDE, e) || desk_need(d, PERM_REVEAL, e))
		return -1;
	return desk_write(d, decide, &c, e);
}
