/*
 * The suppression check inside PostgreSQL: toyon--0.1.sql says what the functions
 * answer.  A backend maps the file that the setting toyon.index names when it is
 * first asked; at the first check of each statement it looks whether a newer one
 * was published.  So a statement started after a publish sees it, and within
 * one statement the file may not change: the checks are stable.
 *
 * Both settings are the superuser's: they name files that the server reads.
 */
#include "postgres.h"

#include <toyon.h>

#include "access/htup_details.h"
#include "access/xact.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

PG_MODULE_MAGIC;

void _PG_init(void);
PG_FUNCTION_INFO_V1(toyon_sql_check);
PG_FUNCTION_INFO_V1(toyon_sql_may_sell_email);
PG_FUNCTION_INFO_V1(toyon_sql_may_sell);
PG_FUNCTION_INFO_V1(toyon_sql_index);
PG_FUNCTION_INFO_V1(toyon_sql_drop_hash);

enum { KIND_MAX = 64, LIST_MAX = 512, PARTS_MAX = 4 };

/* Settings are at file scope by PostgreSQL's contract; the rest is the state of
 * a backend, which is one process with one thread. */
static char *index_path;
static char *key_path;
static struct toyon *in_use;
static TimestampTz looked_at; /* the statement that last looked for a newer */

static void forget(const char *newval, void *extra)
{
	toyon_close(in_use);
	in_use = NULL;
}

void _PG_init(void)
{
	DefineCustomStringVariable("toyon.index",
		"The suppression index file to check against.", NULL,
		&index_path, "/var/lib/toyon/index.tyx", PGC_SUSET, 0, NULL,
		forget, NULL);
	DefineCustomStringVariable("toyon.key_file",
		"The index's key file; empty for the one beside the index.",
		NULL, &key_path, "", PGC_SUSET, GUC_SUPERUSER_ONLY, NULL,
		forget, NULL);
	MarkGUCPrefixReserved("toyon");
}

static void open_first(void)
{
	char why[TOYON_WHY_SIZE];

	if (toyon_open(&in_use, index_path, *key_path ? key_path : NULL, why))
		ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("no suppression index: %s", why),
				errhint("The settings are toyon.index and "
					"toyon.key_file.")));
}

static struct toyon *toyon_now(void)
{
	TimestampTz statement = GetCurrentStatementStartTimestamp();
	char why[TOYON_WHY_SIZE];

	if (!in_use)
		open_first();
	else if (statement != looked_at && toyon_refresh(in_use, why) < 0)
		ereport(WARNING,
			(errmsg("the newer suppression index is not used: %s",
				why)));
	looked_at = statement;
	return in_use;
}

static void refuse(int64_t answer)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			       errmsg("%s", toyon_problem(answer))));
}

/* A value in UTF-8, whatever the database's encoding; the text itself where that
 * is the same, else to be freed. */
static char *utf8_of(text *value, size_t *size)
{
	char *raw = VARDATA_ANY(value);
	int n = (int)VARSIZE_ANY_EXHDR(value);
	char *utf8 = pg_server_to_any(raw, n, PG_UTF8);

	*size = utf8 == raw ? (size_t)n : strlen(utf8);
	return utf8;
}

static void utf8_free(text *value, char *utf8)
{
	if (utf8 != VARDATA_ANY(value))
		pfree(utf8);
}

static int64_t ask(const char *kind, text *value)
{
	struct toyon *t = toyon_now();
	size_t n;
	char *utf8 = utf8_of(value, &n);
	int64_t answer = toyon_check(t, kind, utf8, n);

	utf8_free(value, utf8);
	if (answer == TOYON_UNKNOWN_KIND)
		refuse(answer);
	return answer;
}

/* A kind's name in a buffer: it comes once a row, and is not worth a palloc. */
static void kind_of(text *t, char out[KIND_MAX])
{
	size_t n = VARSIZE_ANY_EXHDR(t);

	if (n >= KIND_MAX)
		n = 0; /* there is no such kind */
	memcpy(out, VARDATA_ANY(t), n);
	out[n] = '\0';
}

Datum toyon_sql_check(PG_FUNCTION_ARGS)
{
	char kind[KIND_MAX];
	char list[LIST_MAX];
	int64_t answer;

	kind_of(PG_GETARG_TEXT_PP(0), kind);
	answer = ask(kind, PG_GETARG_TEXT_PP(1));
	if (answer < 0)
		PG_RETURN_NULL();
	toyon_reasons(answer, list, sizeof list);
	PG_RETURN_TEXT_P(cstring_to_text(list));
}

static Datum may_sell(FunctionCallInfo fcinfo, const char *kind, text *value)
{
	int64_t answer = ask(kind, value);

	if (answer < 0)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(toyon_allows_sale(answer));
}

Datum toyon_sql_may_sell_email(PG_FUNCTION_ARGS)
{
	return may_sell(fcinfo, "email", PG_GETARG_TEXT_PP(0));
}

Datum toyon_sql_may_sell(PG_FUNCTION_ARGS)
{
	char kind[KIND_MAX];

	kind_of(PG_GETARG_TEXT_PP(0), kind);
	return may_sell(fcinfo, kind, PG_GETARG_TEXT_PP(1));
}

/* PostgreSQL counts microseconds from 2000-01-01. */
static TimestampTz timestamp_of(int64_t ms)
{
	const int64_t days = POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE;

	return (ms - days * SECS_PER_DAY * 1000) * 1000;
}

Datum toyon_sql_index(PG_FUNCTION_ARGS)
{
	TupleDesc row;
	Datum values[4];
	bool nulls[4] = { false };
	struct toyon_info info;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "a row is expected");
	toyon_info(toyon_now(), &info);
	values[0] = Int64GetDatum((int64)info.generation);
	values[1] = Int64GetDatum((int64)info.seq);
	values[2] = TimestampTzGetDatum(timestamp_of(info.built_at));
	values[3] = Int64GetDatum((int64)info.keys);
	PG_RETURN_DATUM(HeapTupleGetDatum(
		heap_form_tuple(BlessTupleDesc(row), values, nulls)));
}

/* Its parts are the arguments after the kind, as many as the SQL function has. */
Datum toyon_sql_drop_hash(PG_FUNCTION_ARGS)
{
	int n = PG_NARGS() - 1;
	char kind[KIND_MAX];
	text *value[PARTS_MAX];
	char *part[PARTS_MAX];
	size_t size[PARTS_MAX];
	bytea *out = palloc(VARHDRSZ + TOYON_DIGEST_SIZE);
	int rc;

	if (n > PARTS_MAX)
		elog(ERROR, "toyon_drop_hash was declared with %d parts", n);
	kind_of(PG_GETARG_TEXT_PP(0), kind);
	for (int i = 0; i < n; i++) {
		value[i] = PG_GETARG_TEXT_PP(1 + i);
		part[i] = utf8_of(value[i], &size[i]);
	}
	rc = toyon_drop_hash(kind, (const char *const *)part, size, (size_t)n,
		(unsigned char *)VARDATA(out));
	for (int i = 0; i < n; i++)
		utf8_free(value[i], part[i]);
	if (rc == TOYON_UNREADABLE)
		PG_RETURN_NULL();
	if (rc < 0)
		refuse(rc);
	SET_VARSIZE(out, VARHDRSZ + TOYON_DIGEST_SIZE);
	PG_RETURN_BYTEA_P(out);
}
