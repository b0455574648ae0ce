#include "desk/expiry_ask.h"

#include "store/db.h"

static int ask(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	if (desk_job(d, JOB_EXPIRE_LOOK, 0, desk_now(d), e))
		return -1;
	return desk_audit(d, AUDIT_EXPIRY_ASKED, STR(""), NULL, 0, e);
}

int expiry_ask(struct desk *d, struct err *e)
{
	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, ask, NULL, e);
}

int expiry_look(struct desk *d, const struct expiry_way *w, struct err *e)
{
	struct expiries all;

	if (expiry_list(d, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		struct expiry_run out;
		struct err why = { 0 };

		if (all.at[i].cant.n || !all.at[i].timed_n ||
			!expiry_preview(d, w, all.at[i].system, &out, &why) ||
			!db_is_lost(d->db))
			continue;
		*e = why;
		return -1;
	}
	return 0;
}
