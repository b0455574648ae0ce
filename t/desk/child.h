/* Somebody under 16, for tests of desk. */
#ifndef T_DESK_CHILD_H
#define T_DESK_CHILD_H

#include "act.h"
#include "desk/child.h"
#include "desk/receive.h"
#include "desk/suppress.h"

static inline int know_child(struct desk *d, void *ctx, struct err *e)
{
	const struct identifier *id = ctx;

	return child_known(
		d, id, 1, date_add_months(desk_today(d), -9 * 12), e);
}

/* The business knows that somebody is nine years old. */
static inline void tell_child(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct identifier id = { .kind = IDENT_EMAIL };
	struct err e = { 0 };

	must(!ident_key_of(suppress_keyring(d.suppress), IDENT_EMAIL,
		str_of(email), id.key));
	if (desk_write(&d, know_child, &id, &e))
		fail("child", &e);
}

#endif
