#ifndef DESK_DESK_H
#define DESK_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"
#include "desk/audit.h"
#include "words/lang.h"

/*
 * The desk is where a record and a law meet: one function a use case, in one
 * transaction, with one permission check and an audit entry.  Edges (pages, API,
 * jobs, commands) make a struct desk for each call they handle, and translate.
 *
 * Everything a use case returns lives in d->arena.
 */
struct db;
struct keys;
struct config;
struct recall;
struct signals_group;
struct suppress;

enum actor_kind {
	ACTOR_CONSUMER,
	ACTOR_STAFF,
	ACTOR_VENDOR,
	ACTOR_KEEPER, /* a person who looks where no program can */
	ACTOR_API,
	ACTOR_WORKER,
	ACTOR_COMMAND,
};

struct actor {
	enum actor_kind kind;
	int64_t id;      /* of staff or API key */
	unsigned scopes; /* of an API key: desk/scope.h, as bits */
	str name;        /* staff: to greet; vendor, keeper: its short name */
	str role;        /* staff: owner, officer, agent, auditor */
	str csrf;        /* staff: of the session */
	str email;       /* staff */
	str token_hash;  /* staff: of the session */
};

struct desk {
	struct db *db;
	struct arena *arena;
	const struct clock *clock;
	const struct keys *keys;
	const struct config *config;
	const char *data_map;          /* path of the data map */
	struct suppress *suppress;     /* NULL where nothing is looked up */
	struct recall *recall;         /* of db; NULL: nothing is remembered */
	struct signals_group *signals; /* NULL: each call writes its own */
	struct actor actor;
	enum lang lang;           /* in which a consumer is spoken to */
	bool has_signal;          /* Sec-GPC: 1 came with it: desk/heed.h */
	struct pace_board *paces; /* of all jobs of this worker; NULL: none */
	int wake_fd; /* a byte written here wakes the worker; -1: none */

	/* Of the transaction under way. */
	bool has_jobs;
};

enum perm {
#define PERM(name, roles, what) PERM_##name,
#include "tbl/permissions.h"
};

int64_t desk_now(const struct desk *d);
struct date desk_today(const struct desk *d); /* Pacific */

/* Staff and API keys are asked; the worker and commands may everything. */
bool desk_may(const struct desk *d, enum perm p);
int desk_need(const struct desk *d, enum perm p, struct err *e);

/*
 * Runs fn in one write transaction: committed when it returns 0, undone
 * otherwise.  Two nodes that meet (a deadlock, a busy database) are sent back
 * and fn runs again, at most four times, so fn must not keep state outside
 * ctx that a second run would find changed.  After the commit the worker is
 * woken when fn added jobs.  Inside a transaction it just runs fn.
 */
int desk_write(struct desk *d, int (*fn)(struct desk *, void *, struct err *),
	void *ctx, struct err *e);

/* "staff:3", "vendor:mailharbor", "consumer": what the audit trail says. */
str desk_actor(const struct desk *d);

/*
 * An audit entry by this actor, now: DESK_AUDIT(d, AUDIT_ERASED, reference, e,
 * AD("system", name), AD("rows", n)).  Nothing personal.
 */
int desk_audit(struct desk *d, enum audit_event event, str reference,
	const struct log_field *detail, size_t n, struct err *e);
#define DESK_AUDIT(d, event, reference, e, ...)                     \
	desk_audit((d), (event), (reference),                       \
		(const struct log_field[]){ __VA_ARGS__ },          \
		sizeof((const struct log_field[]){ __VA_ARGS__ }) / \
			sizeof(struct log_field),                   \
		(e))

/*
 * Takes one try out of a bucket ("sign-in:" and a keyed hash, never a name):
 * ERR_TOO_MANY when more than `most` were made within this window.
 */
int desk_limit(struct desk *d, const char *what, str who, int most,
	int window_s, struct err *e);

/* The same of a request: one, however its reference is typed. */
int desk_limit_request(struct desk *d, const char *what, str reference,
	int most, int window_s, struct err *e);

/* Who was right after all begins anew: the bucket of this window is empty again. */
int desk_limit_forget(
	struct desk *d, const char *what, str who, int window_s, struct err *e);

/* ERR_TOO_MANY when `most` were made already; takes none. */
int desk_limit_look(struct desk *d, const char *what, str who, int most,
	int window_s, struct err *e);

/* Asks for a job at run_at; asked twice it runs once (tbl/jobs.h). */
enum job_kind {
#define JOB(name, code, what) JOB_##name,
#include "tbl/jobs.h"
	JOB_KINDS,
};
const char *job_code(enum job_kind k);
int desk_job(struct desk *d, enum job_kind k, int64_t subject_id,
	int64_t run_at, struct err *e);

#endif
