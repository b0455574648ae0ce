/*
 * What every use case stands on: who acts, what time it is, one transaction,
 * one permission check, one audit entry.
 */
#include "desk/desk.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/enc.h"
#include "desk/keys.h"
#include "law/reference.h"
#include "store/sql.h"

enum { TRANSACTION_TRIES = 4, API_KEY_LETTER = 'k' };

static const struct {
	char letter;
	const char *code;
} roles[] = {
#define ROLE(letter, code, title) { letter, code },
#include "tbl/roles.h"
};

static const char *const permissions[] = {
#define PERM(name, roles, what) [PERM_##name] = roles,
#include "tbl/permissions.h"
};

static const char *const permission_what[] = {
#define PERM(name, roles, what) [PERM_##name] = what,
#include "tbl/permissions.h"
};

int64_t desk_now(const struct desk *d)
{
	return clock_now_ms(d->clock);
}

struct date desk_today(const struct desk *d)
{
	return date_pacific(desk_now(d));
}

bool desk_may(const struct desk *d, enum perm p)
{
	must((size_t)p < COUNTOF(permissions));
	if (d->actor.kind == ACTOR_WORKER || d->actor.kind == ACTOR_COMMAND)
		return true;
	if (d->actor.kind == ACTOR_API)
		return strchr(permissions[p], API_KEY_LETTER) != NULL;
	if (d->actor.kind != ACTOR_STAFF)
		return false;
	for (size_t i = 0; i < COUNTOF(roles); i++)
		if (str_eq(d->actor.role, str_of(roles[i].code)))
			return strchr(permissions[p], roles[i].letter) != NULL;
	return false;
}

int desk_need(const struct desk *d, enum perm p, struct err *e)
{
	if (desk_may(d, p))
		return 0;
	err_set(e, ERR_DENIED, "your role may not do this: %s",
		permission_what[p]);
	return err_hint(e, "ask an owner or a privacy officer");
}

static void wake_worker(struct desk *d)
{
	if (!d->has_jobs || d->wake_fd < 0)
		return;
	/* A full pipe means that it is being woken already. */
	while (write(d->wake_fd, "j", 1) < 0 && errno == EINTR)
		;
}

static int write_once(struct desk *d,
	int (*fn)(struct desk *, void *, struct err *), void *ctx,
	struct err *e)
{
	d->has_jobs = false;
	if (db_begin(d->db, DB_WRITE, e))
		return -1;
	if (fn(d, ctx, e)) {
		db_rollback(d->db);
		return -1;
	}
	return db_commit(d->db, e);
}

int desk_write(struct desk *d, int (*fn)(struct desk *, void *, struct err *),
	void *ctx, struct err *e)
{
	int rc = -1;

	if (db_in_transaction(d->db))
		return fn(d, ctx, e);
	for (int i = 0; i < TRANSACTION_TRIES; i++) {
		rc = write_once(d, fn, ctx, e);
		if (!rc || !db_is_retryable(d->db))
			break;
	}
	if (!rc)
		wake_worker(d);
	return rc;
}

str desk_actor(const struct desk *d)
{
	switch (d->actor.kind) {
	case ACTOR_STAFF:
		return arena_fmt(
			d->arena, "staff:%lld", (long long)d->actor.id);
	case ACTOR_API:
		return arena_fmt(d->arena, "api:%lld", (long long)d->actor.id);
	case ACTOR_VENDOR:
		return arena_fmt(
			d->arena, "vendor:%.*s", STR_ARG(d->actor.name));
	case ACTOR_KEEPER:
		return arena_fmt(
			d->arena, "keeper:%.*s", STR_ARG(d->actor.name));
	case ACTOR_WORKER:
		return STR("system");
	case ACTOR_COMMAND:
		return STR("cli");
	case ACTOR_CONSUMER:
		break;
	}
	return STR("consumer");
}

int desk_audit(struct desk *d, enum audit_event event, str reference,
	const struct log_field *detail, size_t n, struct err *e)
{
	struct audit_entry entry = {
		.at = desk_now(d),
		.actor = desk_actor(d),
		.event = event,
		.reference = reference,
		.detail = detail,
		.detail_n = n,
	};

	return audit_add(d->db, d->arena, &entry, e);
}

/* The bucket's name carries a keyed hash: an address in it would be a record of
 * who came by. */
static str bucket_name(struct desk *d, const char *what, str who)
{
	str hash = keys_hash(d->arena, d->keys, "attempt", who);

	return arena_fmt(d->arena, "%s:%.*s", what,
		STR_ARG(hex_of(d->arena, hash.p, 8)));
}

static int64_t window_of(const struct desk *d, int window_s)
{
	int64_t window = (int64_t)window_s * 1000;

	return desk_now(d) / window * window;
}

static int too_many(int window_s, struct err *e)
{
	err_set(e, ERR_TOO_MANY, "too many tries in a short time");
	return err_hint(e, "please wait %d minutes and try again",
		(window_s + 59) / 60);
}

int desk_limit(struct desk *d, const char *what, str who, int most,
	int window_s, struct err *e)
{
	struct sql_attempt_add_in in = {
		.bucket = bucket_name(d, what, who),
		.window_at = window_of(d, window_s),
	};
	struct sql_attempt_add_row row;

	if (sql_attempt_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n <= most ? 0 : too_many(window_s, e);
}

int desk_limit_request(struct desk *d, const char *what, str reference,
	int most, int window_s, struct err *e)
{
	struct reference ref;

	if (reference_parse(reference, &ref))
		reference = reference_str(&ref);
	return desk_limit(d, what, reference, most, window_s, e);
}

int desk_limit_forget(
	struct desk *d, const char *what, str who, int window_s, struct err *e)
{
	struct sql_attempt_forget_in in = {
		.bucket = bucket_name(d, what, who),
		.window_at = window_of(d, window_s),
	};

	return sql_attempt_forget(d->db, &in, e) < 0 ? -1 : 0;
}

int desk_limit_look(struct desk *d, const char *what, str who, int most,
	int window_s, struct err *e)
{
	struct sql_attempt_count_in in = {
		.bucket = bucket_name(d, what, who),
		.window_at = window_of(d, window_s),
	};
	struct sql_attempt_count_row row;

	if (sql_attempt_count(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n < most ? 0 : too_many(window_s, e);
}

const char *job_code(enum job_kind k)
{
	static const char *const codes[] = {
#define JOB(name, code, what) code,
#include "tbl/jobs.h"
	};

	must((size_t)k < COUNTOF(codes));
	return codes[k];
}

int desk_job(struct desk *d, enum job_kind k, int64_t subject_id,
	int64_t run_at, struct err *e)
{
	struct sql_job_add_in in = {
		.kind = str_of(job_code(k)),
		.subject_id = subject_id,
		.run_at = run_at,
	};

	d->has_jobs = true;
	return sql_job_add(d->db, &in, e) < 0 ? -1 : 0;
}
