/*
 * Any bytes as a line that a program answers: a row whose values are all of a
 * known type, the end, or an error without a word of it.
 */
#include <stdint.h>

#include "base/base.h"
#include "connect/json_cell.h"
#include "connect/program/task.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read is written so that it is read as the same. */
static void there_and_back(struct arena *a, const struct cell *c)
{
	struct buf b = buf_in(a, 8 << 20);
	struct json j = json_to(&b);
	struct cell again;
	struct err e = { 0 };
	json_t *tree;

	json_begin_array(&j);
	json_put_cell(&j, c);
	json_end(&j);
	must(buf_ok(&b) && !json_read(a, buf_str(&b), 8 << 20, &tree, &e) &&
		!json_cell(a, json_array_get(tree, 0), &again, &e));
	must(again.type == c->type && str_eq(again.v.v, c->v.v));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256 << 20);
	enum answer_kind kind;
	const json_t *list;
	struct column_fact fact;
	struct err e = { 0 };
	struct cell c;

	if (answer_read(
		    a, (str){ (const char *)data, size }, &kind, &list, &e)) {
		must(e.code == ERR_CORRUPT || e.code == ERR_LIMIT);
		arena_free(a);
		return 0;
	}
	if (kind == ANSWER_COLUMN)
		must(!answer_column(list, &fact) ||
			(fact.table.n && fact.column.n));
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (json_cell(a, json_array_get(list, i), &c, &e))
			must(e.code == ERR_CORRUPT);
		else
			there_and_back(a, &c);
	}
	arena_free(a);
	return 0;
}
