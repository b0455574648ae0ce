/*
 * JSON from outside, member by member.  An unknown member is refused: one that
 * is misspelt would else be as if it had not been sent.
 */
#include "api/body.h"

#include <string.h>

#include "desk/limit.h"
#include "http/decode.h"

enum body_form body_form(const struct call *c)
{
	str type = http_header(c->q, "Content-Type");

	if (http_type_is(type, "application/json"))
		return BODY_JSON;
	if (http_type_is(type, "application/x-ndjson"))
		return BODY_NDJSON;
	return http_type_is(type, "text/plain") ? BODY_TEXT : BODY_OTHER;
}

int body_read(struct call *c, const json_t **root, struct err *e)
{
	json_t *read;

	if (body_form(c) != BODY_JSON)
		return call_refuse(
			c, 415, "this call takes application/json", e);
	if (json_read(c->q->arena, c->q->body, LIMIT_API_BYTES, &read, e)) {
		c->r->status = 400;
		return -1;
	}
	*root = read;
	if (json_is_object(read))
		return 0;
	call_problem(c, STR(""), "type", "The body is a JSON object");
	return -1;
}

/* The member's name is not said: whatever stands there may be personal. */
void body_only(struct call *c, const json_t *object, str path,
	const char *const *known, size_t known_n)
{
	size_t there = 0;

	for (size_t i = 0; i < known_n; i++)
		there += json_object_get(object, known[i]) != NULL;
	if (there == json_object_size(object))
		return;
	if (path.n)
		path.n--; /* the slash */
	call_problem(
		c, path, "unknown", "There is a member that is not known here");
}

static str pointer(struct call *c, str path, const char *key)
{
	return arena_fmt(c->q->arena, "%.*s%s", STR_ARG(path), key);
}

str body_text(struct call *c, const json_t *object, str path, const char *key)
{
	const json_t *v = json_object_get(object, key);

	if (v && !json_is_string(v))
		call_problem(
			c, pointer(c, path, key), "type", "This is a text");
	return json_text(object, key);
}

bool body_flag(struct call *c, const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);

	if (v && !json_is_boolean(v))
		call_problem(c, pointer(c, STR(""), key), "type",
			"This is true or false");
	return json_is_true(v);
}
