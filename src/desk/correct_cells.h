#ifndef DESK_CORRECT_CELLS_H
#define DESK_CORRECT_CELLS_H

#include "connect/find.h"
#include "store/sql.h"

/*
 * Which rows of a finding stand on the page as fields, and which of their cells:
 * the page and the decision walk over them in the same order and must agree.
 * Internal to desk/correct*.c.
 */
bool correct_may(
	const struct map_table *t, size_t column, const struct found_row *r);

/* Does nobody see what stands in it?  11 CCR 7024(d) */
bool correct_is_hidden(const struct map_table *t, size_t column);

/* What is left of a form's bytes (LIMIT_FORM_BYTES), table after table. */
size_t correct_room(void);
size_t correct_rows_shown(const struct found_table *f, size_t *room);

/* Is it decided on now?  What was approved in a system and waits to be written there
 * stands; the tables of the view are those of the others. */
bool correct_is_open(const struct sql_task_list_row *t);

#endif
