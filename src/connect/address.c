#include "connect/address.h"

#include <stdlib.h>

#include "base/file.h"
#include "connect/http/recipe.h"
#include "connect/secret.h"

/* The same file by another name is the same; what is not there is found out by whoever
 * opens it. */
static str whole_path(struct arena *a, const char *path)
{
	char *whole = realpath(path, NULL);
	str out = arena_dup(a, str_of(whole ? whole : path));

	free(whole);
	return out;
}

static int add_recipe(struct arena *a, const struct recipe_of *of,
	const char *path, const char *credentials_dir, str *out, struct err *e)
{
	struct recipe r;
	str text, secret = { 0 };

	if (recipe_read(a, path, of, &r, e) ||
		file_read(a, path, RECIPE_SIZE_MAX, &text, e) ||
		(r.secret.n &&
			secret_read(a, credentials_dir, r.secret, &secret, e)))
		return -1;
	*out = arena_fmt(a, "%.*s\n%zu:%.*s\n%.*s", STR_ARG(*out), text.n,
		STR_ARG(text), STR_ARG(secret));
	return 0;
}

int conn_address(struct arena *a, const struct map *m,
	const struct map_system *s, const char *credentials_dir, str *out,
	struct err *e)
{
	struct recipe_of of = { m, s };
	const char *path;

	if (connector_kind_has_secret(s->connector))
		return secret_read(a, credentials_dir, s->database, out, e);
	path = path_join(a, arena_cstr(a, m->dir), arena_cstr(a, s->database));
	*out = whole_path(a, path);
	return s->connector == CONNECTOR_HTTP
		       ? add_recipe(a, &of, path, credentials_dir, out, e)
		       : 0;
}
