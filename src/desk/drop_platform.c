/*
 * Of which platform a record is: the State's own, or a sandbox.  Made-up consumers must not
 * be answered for to the State, nor counted in what auditors read, and the State's not to
 * whoever rehearses.
 */
#include "desk/drop_session.h"

#include "store/sql.h"

int drop_need_one_platform(struct desk *d, struct err *e)
{
	struct sql_drop_cycle_strange_in in = { drop_source(d) };
	struct sql_drop_cycle_strange_row other;

	if (sql_drop_cycle_strange(d->db, d->arena, &in, &other, e) < 0)
		return -1;
	if (!other.n)
		return 0;
	err_set(e, ERR_CONFLICT,
		drop_is_sandbox(d)
			? "this installation has sessions with the State's own "
			  "lists: nothing is rehearsed in it"
			: "this installation has sessions with a sandbox or a "
			  "simulator: the State's own lists would mix with "
			  "them");
	return err_hint(e, "an installation of its own for rehearsals: `toyon "
			   "setup --dir FOLDER`, with its own drop_url");
}
