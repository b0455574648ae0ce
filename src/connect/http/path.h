#ifndef CONNECT_HTTP_PATH_H
#define CONNECT_HTTP_PATH_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * Where something stands in an answer: members with points between them and the
 * place in a list in brackets, "emails[0].address".  A name with a point, a
 * bracket, a quote or a backslash stands in quotes, with a backslash before a
 * quote or a backslash: `properties."e.mail"`.
 */
struct json_step {
	str name; /* a C string too */
	bool is_index;
	size_t index;
};

struct json_path {
	str written;
	struct json_step *at;
	size_t n; /* 0: the answer itself */
};

enum { JSON_PATH_STEPS_MAX = 16, JSON_PATH_INDEX_MAX = 9999 };

/* What is wrong with it; NULL when nothing is.  Empty is a path too. */
const char *json_path_read(struct arena *a, str text, struct json_path *out);
/* One member of this name, whatever is in it. */
struct json_path json_path_member(struct arena *a, str name);
/* NULL when there is nothing; null is something. */
json_t *json_path_get(const json_t *from, const struct json_path *p);
/* Puts a value there, making the objects on the way; v is taken over.  False
 * when the path is empty or goes through a list. */
bool json_path_put(json_t *into, const struct json_path *p, json_t *v);

#endif
