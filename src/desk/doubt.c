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

size_t doubt_count(const struct person *p)
{
	str line, rest = p->doubt_emails.v;
	size_t n = 0;

	while (str_next(&rest, '\n', &line))
		n++;
	return n;
}

int doubt_refuse(const struct person *p, struct err *e)
{
	size_t n = doubt_count(p);

	if (!n)
		return 0;
	err_set(e, ERR_CONFLICT,
		"of %zu %s that were found it is not known whose", n,
		n == 1 ? "address" : "addresses");
	return err_hint(e, "show who it is, and say whether it is theirs");
}

struct deciding {
	str reference;
	const struct doubt_said *said;
	size_t n;
};

static int search_again(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_reopen_search_in in = { r->row.id, 0 };

	if (sql_task_reopen_search(d->db, &in, e) < 0)
		return -1;
	return fulfil_start_searches(d, r->row.id, e);
}

/* *is_news: the systems were not asked about it yet. */
static int take(struct desk *d, struct record *r, const struct doubt_said *said,
	bool *is_news, struct err *e)
{
	struct person *p = &r->person;

	if (!take_out(d->arena, &p->doubt_emails.v, said->address))
		return err_set(e, ERR_CONFLICT,
			"nobody is in doubt about this address any more");
	if (said->is_theirs)
		*is_news |= doubt_learn(d, p, said->address);
	else
		person_list_add(d->arena, &p->others_emails.v, said->address,
			PERSON_LIST_MAX);
	return DESK_AUDIT(d, AUDIT_DOUBT_DECIDED, r->row.reference, e,
		AD("whose", said->is_theirs ? STR("the requester's")
					    : STR("somebody else's")));
}

static int decide(struct desk *d, void *ctx, struct err *e)
{
	const struct deciding *c = ctx;
	bool is_news = false;
	struct record r;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!r.seal || !fulfil_is_searched_for(&r) || !c->n)
		return err_set(e, ERR_CONFLICT,
			"there is no address to decide about now");
	for (size_t i = 0; i < c->n; i++)
		if (take(d, &r, &c->said[i], &is_news, e))
			return -1;
	if (record_save_person(d, &r, e))
		return -1;
	return is_news ? search_again(d, &r, e) : 0;
}

int case_doubts(struct desk *d, str reference, const struct doubt_said *said,
	size_t n, struct err *e)
{
	struct deciding c = { reference, said, n };

	if (desk_need(d, PERM_DECIDE, e) || desk_need(d, PERM_REVEAL, e))
		return -1;
	return desk_write(d, decide, &c, e);
}
