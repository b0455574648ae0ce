#include "connect/stored_cell.h"

#include "base/base.h"
#include "base/enc.h"

void stored_cell_put(struct json *j, struct arena *a, const struct cell *c)
{
	str v = c->v.v;
	bool is_text = c->type == CELL_TEXT && str_is_text(v);
	int64_t number;

	if (c->type == CELL_NULL) {
		json_nil(j);
		return;
	}
	if (c->type == CELL_INT && str_int(v, &number)) {
		json_int(j, number);
		return;
	}
	if (is_text && !c->is_cut) {
		json_str(j, v);
		return;
	}
	json_begin_object(j);
	if (is_text || c->type == CELL_INT)
		json_put(j, "text", v);
	else
		json_put(j, c->type == CELL_BLOB ? "blob64" : "text64",
			base64_of(a, v.p, v.n));
	if (c->is_cut)
		json_put_bool(j, "cut", true);
	json_end(j);
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_CORRUPT, "a stored value can't be read");
}

/* The reverse of base64_of, into the arena. */
static bool read_base64(struct arena *a, str s, str *out)
{
	size_t n = s.n / 4 * 3;
	char *p;

	if (s.n % 4)
		return false;
	if (str_ends(s, STR("==")))
		n -= 2;
	else if (str_ends(s, STR("=")))
		n -= 1;
	p = arena_alloc(a, n);
	*out = (str){ p, n };
	return base64_read(s, p, n);
}

static int read_boxed(
	struct arena *a, const json_t *v, struct cell *out, struct err *e)
{
	str text64 = json_text(v, "text64"), blob64 = json_text(v, "blob64");
	bool is_blob = json_object_get(v, "blob64") != NULL;

	if (!json_is_object(v))
		return damaged(e);
	out->is_cut = json_is_true(json_object_get(v, "cut"));
	out->type = is_blob ? CELL_BLOB : CELL_TEXT;
	if (json_object_get(v, "text")) {
		out->v.v = arena_dup(a, json_text(v, "text"));
		return 0;
	}
	if (!read_base64(a, is_blob ? blob64 : text64, &out->v.v))
		return damaged(e);
	return 0;
}

int stored_cell_read(
	struct arena *a, const json_t *v, struct cell *out, struct err *e)
{
	*out = (struct cell){ .type = CELL_NULL };
	if (json_is_null(v))
		return 0;
	if (json_is_integer(v)) {
		*out = cell_int(a, json_integer_value(v));
		return 0;
	}
	if (json_is_string(v)) {
		*out = cell_text(arena_dup(a,
			(str){ json_string_value(v), json_string_length(v) }));
		return 0;
	}
	return read_boxed(a, v, out, e);
}
