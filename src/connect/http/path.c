/* Paths into JSON: reading them, following them. */
#include "connect/http/path.h"

#include <string.h>

#include "base/buf.h"

struct reader {
	struct arena *arena;
	str rest;
	struct json_path *out;
};

/* Behind the opening quote. */
static const char *read_quoted(struct reader *r, str *name)
{
	struct buf b = buf_in(r->arena, r->rest.n + 1);
	size_t i = 0;

	for (; i < r->rest.n && r->rest.p[i] != '"'; i++) {
		if (r->rest.p[i] == '\\' && i + 1 < r->rest.n)
			i++;
		buf_putc(&b, r->rest.p[i]);
	}
	if (i >= r->rest.n)
		return "has a quote that is not closed";
	r->rest = str_from(r->rest, i + 1);
	*name = buf_str(&b);
	return NULL;
}

static const char *read_name(struct reader *r, str *name)
{
	size_t n = 0;

	if (str_starts(r->rest, STR("\""))) {
		r->rest = str_from(r->rest, 1);
		return read_quoted(r, name);
	}
	while (n < r->rest.n && !strchr(".[]\"\\", r->rest.p[n]))
		n++;
	*name = str_head(r->rest, n);
	r->rest = str_from(r->rest, n);
	return n ? NULL : "has an empty name";
}

static const char *read_index(struct reader *r, size_t *index)
{
	str digits, rest;
	int64_t v;

	if (!str_cut(str_from(r->rest, 1), ']', &digits, &rest) ||
		!str_int(digits, &v) || v < 0 || v > JSON_PATH_INDEX_MAX)
		return "needs a number in its brackets";
	r->rest = rest;
	*index = (size_t)v;
	return NULL;
}

static const char *read_step(struct reader *r)
{
	struct json_step *s = &r->out->at[r->out->n];
	const char *fault;

	if (str_has(str_head(r->rest, 1), '[')) {
		s->is_index = true;
		fault = read_index(r, &s->index);
	} else {
		if (r->out->n) {
			if (r->rest.p[0] != '.')
				return "needs a point between two names";
			r->rest = str_from(r->rest, 1);
		}
		fault = read_name(r, &s->name);
		if (!fault && str_has(s->name, '\0'))
			fault = "holds a NUL byte";
		if (!fault)
			s->name.p = arena_cstr(r->arena, s->name);
	}
	r->out->n++;
	return fault;
}

const char *json_path_read(struct arena *a, str text, struct json_path *out)
{
	struct reader r = { a, text, out };
	const char *fault = NULL;

	*out = (struct json_path){ .written = text };
	if (!str_is_utf8(text))
		return "is not UTF-8";
	out->at = arena_many(a, struct json_step, JSON_PATH_STEPS_MAX);
	while (r.rest.n && !fault) {
		if (out->n == JSON_PATH_STEPS_MAX)
			return "has too many steps";
		fault = read_step(&r);
	}
	return fault;
}

struct json_path json_path_member(struct arena *a, str name)
{
	struct json_path p = { .written = name, .n = 1 };

	p.at = arena_one(a, struct json_step);
	p.at->name = (str){ arena_cstr(a, name), name.n };
	return p;
}

json_t *json_path_get(const json_t *from, const struct json_path *p)
{
	const json_t *v = from;

	for (size_t i = 0; v && i < p->n; i++)
		v = p->at[i].is_index ? json_array_get(v, p->at[i].index)
				      : json_object_get(v, p->at[i].name.p);
	/* jansson reads through const, and hands out what may be changed. */
	return (json_t *)(uintptr_t)v;
}

bool json_path_put(json_t *into, const struct json_path *p, json_t *v)
{
	for (size_t i = 0; into && i + 1 < p->n; i++) {
		json_t *next;

		if (p->at[i].is_index)
			into = NULL;
		next = json_object_get(into, p->at[i].name.p);
		if (into && !next) {
			next = json_object();
			json_object_set_new(into, p->at[i].name.p, next);
		}
		into = json_is_object(next) ? next : NULL;
	}
	if (p->n && into && !p->at[p->n - 1].is_index)
		return !json_object_set_new(into, p->at[p->n - 1].name.p, v);
	json_decref(v);
	return false;
}
