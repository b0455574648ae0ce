#include "desk/door.h"

#include "desk/code.h"
#include "desk/limit.h"

enum { HOUR_S = 3600 };

bool door_has_address(const struct record *r)
{
	return r->seal && (r->person.email.v.n || r->person.phone.v.n);
}

static int open_case(struct desk *d, const struct door *door, str reference,
	struct record *r, struct err *e)
{
	int rc;

	if (record_need(d, reference, r, e) || record_lock(d, r, e))
		return -1;
	rc = door_has_address(r) ? door->is_there(d, r, e) : 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	return err_set(e, ERR_NOT_FOUND, "there is nothing to open");
}

struct sending {
	const struct door *door;
	str reference;
	bool is_too_soon;
};

static int send(struct desk *d, void *ctx, struct err *e)
{
	struct sending *s = ctx;
	struct record r;

	if (open_case(d, s->door, s->reference, &r, e))
		return -1;
	return code_send_again(d, &r, s->door->use, &s->is_too_soon, e);
}

int door_send_code(struct desk *d, const struct door *door, str reference,
	struct problems *ps, struct err *e)
{
	struct sending s = { door, reference, false };

	if (desk_limit_request(
		    d, "code", reference, LIMIT_CODES_PER_HOUR, HOUR_S, e) ||
		desk_write(d, send, &s, e))
		return -1;
	if (s.is_too_soon)
		problem_add(ps, "code", "soon",
			"We sent a code less than 30 seconds ago. Please wait "
			"a moment");
	return 0;
}

int door_enter(struct desk *d, const struct door *door, struct door_try *t,
	struct record *r, struct err *e)
{
	if (open_case(d, door, t->reference, r, e))
		return -1;
	return code_try(d, r, door->use, t->code, &t->why_not, e);
}
