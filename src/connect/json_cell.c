/* Between the values of rows and JSON. */
#include "connect/json_cell.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/enc.h"

enum { REAL_SHORT = 15, REAL_EXACT = 17 };

static void put_bytes(struct json *j, str bytes)
{
	struct arena *a = arena_new(2 * bytes.n + 4096);

	json_begin_object(j);
	json_put(j, "base64", base64_of(a, bytes.p, bytes.n));
	json_end(j);
	arena_free(a);
}

void json_put_cell(struct json *j, const struct cell *c)
{
	int64_t number;

	if (c->type == CELL_NULL)
		json_nil(j);
	else if (c->type == CELL_INT && str_int(c->v.v, &number))
		json_int(j, number);
	else if (c->type == CELL_BLOB || !str_is_utf8(c->v.v) ||
		 str_has(c->v.v, '\0'))
		put_bytes(j, c->v.v);
	else
		json_str(j, c->v.v);
}

/* The shortest of two spellings that means the same number. */
static str real_text(struct arena *a, double v)
{
	str s = arena_fmt(a, "%.*g", (int)REAL_SHORT, v);

	if (strtod(arena_cstr(a, s), NULL) < v ||
		strtod(arena_cstr(a, s), NULL) > v)
		s = arena_fmt(a, "%.*g", (int)REAL_EXACT, v);
	return s;
}

static str compact(struct arena *a, const json_t *v)
{
	size_t flags = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY;
	size_t n = json_dumpb(v, NULL, 0, flags);
	char *p = arena_alloc(a, n);

	json_dumpb(v, p, n, flags);
	return (str){ p, n };
}

static bool is_bytes(const json_t *v)
{
	return json_is_object(v) && json_object_size(v) == 1 &&
	       json_is_string(json_object_get(v, "base64"));
}

static int bytes_cell(
	struct arena *a, const json_t *v, struct cell *out, struct err *e)
{
	str s = json_text(v, "base64");
	size_t n = s.n / 4 * 3;
	char *p = arena_alloc(a, n);

	n -= str_ends(s, STR("=")) + (size_t)str_ends(s, STR("=="));
	if (s.n % 4 || (s.n && !base64_read(s, p, n)))
		return err_set(e, ERR_CORRUPT, "a value is no Base64");
	*out = (struct cell){ .type = CELL_BLOB, .v = { { p, s.n ? n : 0 } } };
	return 0;
}

int json_cell(struct arena *a, const json_t *v, struct cell *out, struct err *e)
{
	*out = (struct cell){ .type = CELL_NULL };
	if (json_is_null(v))
		return 0;
	if (is_bytes(v))
		return bytes_cell(a, v, out, e);
	if (json_is_integer(v))
		*out = cell_int(a, json_integer_value(v));
	else if (json_is_string(v))
		*out = cell_text(
			(str){ json_string_value(v), json_string_length(v) });
	else if (json_is_real(v))
		*out = cell_text(real_text(a, json_real_value(v)));
	else
		*out = cell_text(compact(a, v));
	return 0;
}
