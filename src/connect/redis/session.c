/* From tables and columns of the map to keys and fields. */
#include "connect/redis/session.h"

#include "base/base.h"
#include "connect/statement.h"

int redis_table_named(const struct redis_conn *c, struct arena *a, str name,
	struct redis_table *out, struct err *e)
{
	const struct map_table *t = map_table_named(c->head.system, name);

	out->what = table_in_words(a, name);
	if (!t)
		return err_set(e, ERR_INVALID,
			"%s: the data map has no such table", out->what);
	out->head = &c->head;
	out->map = t;
	out->pattern = redis_pattern_of(a, t->words[TABLE_PATTERN]);
	return 0;
}

int redis_column_named(const struct redis_table *t, str name,
	struct redis_column *out, struct err *e)
{
	size_t i = map_column_index(t->map, name);
	size_t part = redis_pattern_part(&t->pattern, name);

	*out = (struct redis_column){ name, REDIS_FROM_FIELD, part, false,
		false };
	if (part < t->pattern.n)
		out->from = REDIS_FROM_PART;
	else if (str_eq(name, map_own_key(CONNECTOR_REDIS)))
		out->from = REDIS_FROM_KEY;
	else if (i < t->map->columns_n)
		out->is_optional = conn_is_optional(t->head, t->map, i);
	else
		return err_set(e, ERR_INVALID,
			"%s: the data map has no column \"%.*s\"", t->what,
			STR_ARG(name));
	return 0;
}

bool redis_column_tells_key(
	const struct redis_table *t, const struct redis_column *c)
{
	return c->from == REDIS_FROM_KEY ||
	       (c->from == REDIS_FROM_PART && t->pattern.n == 1);
}

bool redis_key_of(struct arena *a, const struct redis_table *t,
	const struct redis_column *c, str value, str *out)
{
	str values[REDIS_PARTS_MAX] = { value };

	*out = value;
	if (c->from == REDIS_FROM_KEY)
		return redis_pattern_match(&t->pattern, value, values);
	return redis_pattern_key(a, &t->pattern, values, out);
}

int redis_may_write(const struct redis_conn *c, struct err *e)
{
	if (c->mode == CONN_WRITE)
		return 0;
	return err_set(e, ERR_DENIED, "the server was opened to be read only");
}
