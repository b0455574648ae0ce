#ifndef DESK_DELETED_KEY_H
#define DESK_DELETED_KEY_H

#include "connect/find_cross.h"
#include "desk/desk.h"
#include "ident/key.h"
#include "store/sql.h"

/*
 * By which keys of other systems a deleted person stood in a system: a customer's
 * number that the CRM told and that opened the warehouse.  When a backup of the
 * warehouse is put back, the row that told it is gone, and nothing else there says
 * whose the orders are (11 CCR 7022(d)).
 *
 * What must stay true:
 * - Neither a key nor whose it was can be read back: both are keyed values, as in the
 *   suppression list, which this belongs to (Civ. Code 1798.105(c)(2)).  It says of a
 *   key in hand whether it was a deleted person's, and no more.
 * - It is of whole deletions only, and of nobody longer than they are on the list as
 *   deleted.
 */

/* In the transaction of whatever is erased: every key that the searches of a request to
 * delete told.  Again with the same: nothing changes. */
struct record;
int deleted_key_learn(struct desk *d, const struct record *r, struct err *e);

/* Nobody is on the list as deleted by this identifier any more.  In a transaction. */
int deleted_key_forget(
	struct desk *d, const uint8_t id_key[IDENT_KEY_SIZE], struct err *e);

/* Those of one system.  Lives in the desk's arena, with 8 bytes a key besides. */
struct deleted_keys;
int deleted_keys_load(
	struct desk *d, str system, struct deleted_keys **out, struct err *e);

bool deleted_keys_any(const struct deleted_keys *k);

/* By which identifiers is whoever it was on the suppression list?  Nobody: 0 rows.
 * key: system is that of the load; path is not looked at.  In `a`. */
int deleted_keys_whose(const struct deleted_keys *k, struct arena *a,
	const struct find_key *key, struct sql_deleted_key_whose_rows *out,
	struct err *e);

#endif
