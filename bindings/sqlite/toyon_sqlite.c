/*
 * The suppression check inside SQLite, as a loadable extension:
 *
 *	.load ./toyon_sqlite
 *	select toyon_open('index.tyx', 'keys/index.key');
 *	delete from lead where not toyon_may_sell(email);
 *
 *	toyon_open(path [, keypath])	how many identifiers the file holds
 *	toyon_may_sell([kind,] value)	1, 0, or NULL
 *	toyon_check(kind, value)	'opt-out,deleted', '' when clear, or NULL
 *	toyon_refresh()			1 when a newer file was taken up, else 0
 *	toyon_generation()		of the file in use
 *	toyon_drop_hash(kind, part...)	what the State's deletion lists hold of a
 *					value, a blob of 32 bytes, or NULL
 *
 * NULL is "nothing is known": the value is NULL or no identifier of its kind.
 * It is neither yes nor no, so `where toyon_may_sell(email)` keeps nobody who
 * was not checked.  No index open, or no such kind, is an error.
 *
 * The index belongs to the connection.  No check is marked deterministic: an
 * answer must never be kept in an index or a generated column, since people opt
 * out later.  Nor is it innocuous: a database from elsewhere, opened with
 * trusted_schema off, must not learn who is suppressed through its triggers.
 * toyon_open() and toyon_refresh() touch files, so no schema can call them.
 * toyon_drop_hash() needs no index and is the same for ever: it may stand in an
 * index, a generated column and a view.
 */
#include <sqlite3ext.h>
#include <string.h>
#include <toyon.h>
SQLITE_EXTENSION_INIT1

/* Shared by the functions of a connection; the last one to go frees it. */
struct session {
	struct toyon *toyon; /* NULL until toyon_open() */
	int functions;
};

enum { LIST_MAX = 512 };

static struct session *session_of(sqlite3_context *c)
{
	return sqlite3_user_data(c);
}

static void session_release(void *ctx)
{
	struct session *s = ctx;

	if (--s->functions > 0)
		return;
	toyon_close(s->toyon);
	sqlite3_free(s);
}

static const char *text_of(sqlite3_value *v)
{
	return (const char *)sqlite3_value_text(v);
}

static int is_open(sqlite3_context *c)
{
	if (session_of(c)->toyon)
		return 1;
	sqlite3_result_error(
		c, "no index is open: select toyon_open(path, keypath)", -1);
	return 0;
}

static void fn_open(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct session *s = session_of(c);
	const char *path = text_of(v[0]);
	char why[TOYON_WHY_SIZE];
	struct toyon_info info;
	struct toyon *next;

	if (!path) {
		sqlite3_result_error(c, "toyon_open needs a path", -1);
		return;
	}
	if (toyon_open(&next, path, n > 1 ? text_of(v[1]) : NULL, why)) {
		sqlite3_result_error(c, why, -1);
		return;
	}
	toyon_expect_single(next); /* SQLite asks for a row at a time */
	toyon_close(s->toyon);
	s->toyon = next;
	toyon_info(next, &info);
	sqlite3_result_int64(c, (sqlite3_int64)info.keys);
}

/* What a check answers; 0 and nothing in *answer when the result is set: an
 * error, or NULL for what is not known. */
static int ask(
	sqlite3_context *c, const char *kind, sqlite3_value *v, int64_t *answer)
{
	const char *value;

	if (!is_open(c) || !kind || sqlite3_value_type(v) == SQLITE_NULL)
		return 0;
	value = text_of(v);
	if (!value) {
		sqlite3_result_error_nomem(c);
		return 0;
	}
	*answer = toyon_check(session_of(c)->toyon, kind, value,
		(size_t)sqlite3_value_bytes(v));
	if (*answer == TOYON_UNKNOWN_KIND)
		sqlite3_result_error(c, toyon_problem(*answer), -1);
	return *answer >= 0;
}

static void fn_may_sell(sqlite3_context *c, int n, sqlite3_value **v)
{
	const char *kind = n > 1 ? text_of(v[0]) : "email";
	int64_t answer;

	if (ask(c, kind, v[n - 1], &answer))
		sqlite3_result_int(c, toyon_allows_sale(answer));
}

static void fn_check(sqlite3_context *c, int n, sqlite3_value **v)
{
	char list[LIST_MAX];
	int64_t answer;

	(void)n;
	if (!ask(c, text_of(v[0]), v[1], &answer))
		return;
	toyon_reasons(answer, list, sizeof list);
	sqlite3_result_text(c, list, -1, SQLITE_TRANSIENT);
}

static void fn_refresh(sqlite3_context *c, int n, sqlite3_value **v)
{
	char why[TOYON_WHY_SIZE];
	int rc;

	(void)n, (void)v;
	if (!is_open(c))
		return;
	rc = toyon_refresh(session_of(c)->toyon, why);
	if (rc < 0)
		sqlite3_result_error(c, why, -1);
	else
		sqlite3_result_int(c, rc);
}

static void fn_generation(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n, (void)v;
	if (is_open(c))
		sqlite3_result_int64(c,
			(sqlite3_int64)toyon_generation(session_of(c)->toyon));
}

/* Parts of all kinds; the kind itself stands before them. */
enum { PARTS_MAX = 4 };

/* 0 when a part is NULL, or when memory ran out, which is the result then. */
static int read_parts(sqlite3_context *c, int n, sqlite3_value **v,
	const char **part, size_t *size)
{
	for (int i = 0; i < n; i++)
		if (sqlite3_value_type(v[i]) == SQLITE_NULL)
			return 0;
	for (int i = 0; i < n; i++) {
		part[i] = text_of(v[i]);
		size[i] = (size_t)sqlite3_value_bytes(v[i]);
		if (!part[i] && sqlite3_value_type(v[i]) == SQLITE_BLOB)
			part[i] = ""; /* x'' is no NULL */
		if (part[i])
			continue;
		sqlite3_result_error_nomem(c);
		return 0;
	}
	return 1;
}

static void fn_drop_hash(sqlite3_context *c, int n, sqlite3_value **v)
{
	const char *part[1 + PARTS_MAX];
	size_t size[1 + PARTS_MAX];
	unsigned char digest[TOYON_DIGEST_SIZE];
	int rc;

	if (!read_parts(c, n, v, part, size))
		return;
	rc = toyon_drop_hash(
		part[0], part + 1, size + 1, (size_t)n - 1, digest);
	if (!rc)
		sqlite3_result_blob(c, digest, sizeof digest, SQLITE_TRANSIENT);
	else if (rc != TOYON_UNREADABLE)
		sqlite3_result_error(c, toyon_problem(rc), -1);
}

enum { PURE = SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };

static const struct {
	const char *name;
	void (*run)(sqlite3_context *, int, sqlite3_value **);
	int arguments;
	int flags;
} functions[] = {
	{ "toyon_open", fn_open, 1, SQLITE_DIRECTONLY },
	{ "toyon_open", fn_open, 2, SQLITE_DIRECTONLY },
	{ "toyon_refresh", fn_refresh, 0, SQLITE_DIRECTONLY },
	{ "toyon_may_sell", fn_may_sell, 1, 0 },
	{ "toyon_may_sell", fn_may_sell, 2, 0 },
	{ "toyon_check", fn_check, 2, 0 },
	{ "toyon_generation", fn_generation, 0, 0 },
	{ "toyon_drop_hash", fn_drop_hash, 2, PURE },
	{ "toyon_drop_hash", fn_drop_hash, 4, PURE },
	{ "toyon_drop_hash", fn_drop_hash, 5, PURE },
};

/* The entry point that SQLite derives from the file's name. */
__attribute__((visibility("default"))) int sqlite3_toyonsqlite_init(
	sqlite3 *db, char **error, const sqlite3_api_routines *api);

int sqlite3_toyonsqlite_init(
	sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
	const size_t count = sizeof functions / sizeof *functions;
	struct session *s;
	int rc = SQLITE_OK;

	SQLITE_EXTENSION_INIT2(api);
	(void)error;
	s = sqlite3_malloc(sizeof *s);
	if (!s)
		return SQLITE_NOMEM;
	*s = (struct session){ .functions = 1 }; /* our own, until the end */
	for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
		s->functions++;
		/* On failure too, SQLite calls session_release(). */
		rc = sqlite3_create_function_v2(db, functions[i].name,
			functions[i].arguments,
			SQLITE_UTF8 | functions[i].flags, s, functions[i].run,
			NULL, NULL, session_release);
	}
	session_release(s);
	return rc;
}
