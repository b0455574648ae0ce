#include "desk/expiry_lease.h"

#include "base/enc.h"
#include "base/rand.h"
#include "store/sql.h"

enum { LEASE_MS = 15 * 60000, LEASE_NAME = 16 };

str expiry_lease_name(struct desk *d)
{
	uint8_t name[LEASE_NAME];

	rand_bytes(name, sizeof name);
	return hex_of(d->arena, name, sizeof name);
}

int expiry_lease_hold(struct desk *d, str system, str name, struct err *e)
{
	struct sql_expiry_lease_take_in in = { system, name, desk_now(d),
		desk_now(d) + LEASE_MS };
	int64_t n = sql_expiry_lease_take(d->db, &in, e);

	if (n)
		return n < 0 ? -1 : 0;
	err_set(e, ERR_CONFLICT, "another run erases in \"%.*s\" now",
		STR_ARG(system));
	return err_hint(e, "one that was killed lets go after 15 minutes");
}

void expiry_lease_give(struct desk *d, str system, str name)
{
	struct sql_expiry_lease_give_in in = { system, name };
	struct err ignored = { 0 };

	if (!db_is_lost(d->db))
		sql_expiry_lease_give(d->db, &in, &ignored);
}
