/* Secrets of index files: read, or made once and kept. */
#include "index/key_file.h"

#include <string.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/rand.h"

enum { KEY_FILE_MAX = 256, KEY_ARENA = 1 << 16 };

int key_file_read(
	const char *path, uint8_t secret[IDENT_SECRET_SIZE], struct err *e)
{
	struct arena *a = arena_new(KEY_ARENA);
	str s = { 0 };
	int rc = file_read(a, path, KEY_FILE_MAX, &s, e);

	if (!rc && s.n == IDENT_SECRET_SIZE)
		memcpy(secret, s.p, IDENT_SECRET_SIZE);
	else if (!rc && !hex_read(str_trim(s), secret, IDENT_SECRET_SIZE))
		rc = err_set(e, ERR_CORRUPT,
			"\"%s\" is no index key: 32 bytes or 64 hex digits",
			path);
	arena_free(a);
	return rc;
}

const char *key_file_beside(struct arena *a, const char *index_path)
{
	return arena_cstr(a, arena_fmt(a, "%s.key", index_path));
}

static int make(
	const char *path, uint8_t secret[IDENT_SECRET_SIZE], struct err *e)
{
	struct arena *a = arena_new(KEY_ARENA);
	int rc;

	rand_bytes(secret, IDENT_SECRET_SIZE);
	rc = file_replace(path,
		arena_fmt(a, "%.*s\n",
			STR_ARG(hex_of(a, secret, IDENT_SECRET_SIZE))),
		0600, e);
	arena_free(a);
	return rc;
}

int key_file_need(
	const char *path, uint8_t secret[IDENT_SECRET_SIZE], struct err *e)
{
	if (!key_file_read(path, secret, e))
		return 0;
	return e->code == ERR_NOT_FOUND ? make(path, secret, e) : -1;
}
