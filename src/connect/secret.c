/* Where secrets come from: a folder of files, or the environment. */
#include "connect/secret.h"

#include <stdlib.h>

#include "base/file.h"

enum { SECRET_NAME_MAX = 60, SECRET_SIZE_MAX = 8192 };

bool secret_is_name(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool is_letter = (c >= 'a' && c <= 'z') ||
				 (c >= 'A' && c <= 'Z') ||
				 (c >= '0' && c <= '9');

		if (!is_letter && c != '_' && c != '-' && (c != '.' || i == 0))
			return false;
	}
	return name.n > 0 && name.n <= SECRET_NAME_MAX;
}

static const char *variable_of(struct arena *a, str name)
{
	char *up = arena_cstr(a, name);

	for (char *p = up; *p; p++) {
		if (*p == '-' || *p == '.')
			*p = '_';
		else if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	}
	return arena_fmt(a, "TOYON_SECRET_%s%c", up, '\0').p;
}

int secret_read(
	struct arena *a, const char *dir, str name, str *out, struct err *e)
{
	const char *path, *value;

	if (!secret_is_name(name)) {
		/* It may be the secret itself, and errors are logged. */
		err_set(e, ERR_INVALID, "that is no name of a secret");
		return err_hint(e, SECRET_NAME_HINT);
	}
	path = dir ? path_join(a, dir, arena_cstr(a, name)) : NULL;
	if (path && file_exists(path)) {
		if (file_read(a, path, SECRET_SIZE_MAX, out, e) < 0)
			return -1;
		*out = str_trim(*out);
		return 0;
	}
	value = getenv(variable_of(a, name));
	if (value) {
		*out = str_trim(arena_dup(a, str_of(value)));
		return 0;
	}
	err_set(e, ERR_INVALID, "the secret \"%.*s\" is not there",
		STR_ARG(name));
	return err_hint(e,
		"put it into a file \"%.*s\" in the credentials "
		"folder, or into the variable %s",
		STR_ARG(name), variable_of(a, name));
}
