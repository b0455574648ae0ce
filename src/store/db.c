/*
 * What both engines have in common: the state of the transaction, the steps
 * that tests make fail, and the checks of what goes in and comes out.  Nothing
 * here knows SQL.
 */
#include "store/db.h"

#include "base/base.h"
#include "store/engine.h"

enum { WAIT_MS = 5000, STATEMENT_MS = 30000 };

static const struct engine *const engines[] = {
	&sqlite_engine,
	&postgres_engine,
};

static const struct engine *engine_of(const char *url)
{
	for (size_t i = 0; i < COUNTOF(engines); i++)
		if (str_starts(str_of(url), str_of(engines[i]->scheme)))
			return engines[i];
	/* The other spelling that libpq takes. */
	if (str_starts(str_of(url), STR("postgres://")))
		return &postgres_engine;
	return NULL;
}

int db_open(struct db **out, const char *url, const struct db_opts *opts,
	struct err *e)
{
	const struct engine *engine = engine_of(url);
	struct db_opts full = opts ? *opts : (struct db_opts){ 0 };

	*out = NULL;
	if (!engine) {
		err_set(e, ERR_INVALID,
			"the database address is of no known kind");
		return err_hint(e, "write sqlite:/path/toyon.db or "
				   "postgresql://host/name");
	}
	full.wait_ms = full.wait_ms ? full.wait_ms : WAIT_MS;
	full.statement_ms =
		full.statement_ms ? full.statement_ms : STATEMENT_MS;
	if (engine->open(out, url, &full, e))
		return -1;
	(*out)->engine = engine;
	(*out)->opts = full;
	return 0;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_rollback(db);
	db->engine->close(db);
}

enum db_engine db_engine(const struct db *db)
{
	return db->engine->which;
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

bool db_stamp(struct db *db, struct db_stamp *out)
{
	must(!db->in_transaction);
	return db->engine->stamp(db, out);
}

int db_mark(const struct db *db)
{
	must(db->in_transaction);
	return db->mark;
}

void db_set_mark(struct db *db, int mark)
{
	must(db->in_transaction);
	db->mark = mark;
}

bool db_is_lost(const struct db *db)
{
	return db->is_lost;
}

bool db_is_retryable(const struct db *db)
{
	return db->is_retryable;
}

int64_t db_steps(const struct db *db)
{
	return db->steps;
}

/* Before anything that reaches the engine. */
static int step(struct db *db, struct err *e)
{
	db->steps++;
	db->is_retryable = false;
	if (db->steps == db->opts.fault_at)
		return err_set(e, ERR_UNAVAILABLE, "step %lld was made to fail",
			(long long)db->steps);
	if (db->is_lost)
		return err_set(e, ERR_UNAVAILABLE,
			"the connection to the database is lost");
	return 0;
}

int db_begin(struct db *db, enum db_mode mode, struct err *e)
{
	must(!db->in_transaction);
	if (step(db, e) || db->engine->begin(db, mode, e))
		return -1;
	db->in_transaction = true;
	db->mark = 0;
	db->is_spoilt = false;
	db->mode = mode;
	return 0;
}

int db_commit(struct db *db, struct err *e)
{
	must(db->in_transaction);
	if (db->is_spoilt)
		err_set(e, ERR_INTERNAL,
			"a transaction in which a statement failed "
			"cannot be committed");
	if (db->is_spoilt || step(db, e)) {
		db_rollback(db);
		return -1;
	}
	db->in_transaction = false;
	return db->engine->commit(db, e);
}

void db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	db->in_transaction = false;
	db->is_spoilt = false;
	db->engine->rollback(db);
}

static int values_check(
	enum sql_id id, const struct db_value *in, struct err *e)
{
	const struct sql_stmt *s = &sql_stmts[id];

	must(s->in_n <= DB_VALUES_MAX && s->out_n <= DB_VALUES_MAX);
	for (int i = 0; i < s->in_n; i++) {
		must(in[i].type == s->in[i]);
		if (in[i].type == DB_TEXT && !str_is_text(in[i].s))
			return err_set(e, ERR_INVALID,
				"value %d for %s is not text", i + 1, s->name);
	}
	return 0;
}

static int statement_start(
	struct db *db, enum sql_id id, const struct db_value *in, struct err *e)
{
	if (db->is_spoilt)
		return err_set(e, ERR_INTERNAL,
			"%s follows a statement that failed",
			sql_stmts[id].name);
	if (!step(db, e) && !values_check(id, in, e))
		return 0;
	db->is_spoilt = db->in_transaction;
	return -1;
}

int db_many(struct db *db, struct arena *a, enum sql_id id,
	const struct db_value *in, struct db_value **rows, size_t *n,
	struct err *e)
{
	*rows = NULL;
	*n = 0;
	if (statement_start(db, id, in, e))
		return -1;
	if (!db->engine->query(db, a, id, in, rows, n, e))
		return 0;
	db->is_spoilt = db->in_transaction;
	return -1;
}

int db_one(struct db *db, struct arena *a, enum sql_id id,
	const struct db_value *in, struct db_value *out, struct err *e)
{
	struct db_value *rows;
	size_t n;

	if (db_many(db, a, id, in, &rows, &n, e))
		return -1;
	must(n <= 1);
	for (int i = 0; n && i < sql_stmts[id].out_n; i++)
		out[i] = rows[i];
	return (int)n;
}

int64_t db_exec(
	struct db *db, enum sql_id id, const struct db_value *in, struct err *e)
{
	int64_t changed;

	if (statement_start(db, id, in, e))
		return -1;
	changed = db->engine->exec(db, id, in, e);
	if (changed < 0)
		db->is_spoilt = db->in_transaction;
	return changed;
}

int db_prepare(struct db *db, enum sql_id id, struct err *e)
{
	return db->engine->prepare(db, id, e);
}

int db_define(struct db *db, const char *sql, struct err *e)
{
	must(db->in_transaction);
	return step(db, e) ? -1 : db->engine->define(db, sql, e);
}

int db_check(
	struct db *db, struct arena *a, struct db_findings *out, struct err *e)
{
	out->at = arena_many(a, struct db_finding, DB_FINDINGS_MAX);
	out->n = 0;
	return db->engine->check(db, a, out, e);
}

void db_finding_add(
	struct db_findings *f, bool is_problem, str text, const char *hint)
{
	if (f->n == DB_FINDINGS_MAX)
		return;
	f->at[f->n++] = (struct db_finding){
		.is_problem = is_problem,
		.text = text,
		.hint = str_of(hint),
	};
}

int checkpoint_run(struct db *db, enum checkpoint_mode mode,
	struct checkpoint *out, struct err *e)
{
	struct checkpoint ignored;

	must(!db->in_transaction);
	return db->engine->checkpoint(db, mode, out ? out : &ignored, e);
}
