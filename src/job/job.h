#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/err.h"
#include "desk/desk.h"
#include "desk/fulfil.h"
#include "desk/install.h"

/*
 * What runs later: one file a kind.  A job runs in a process of its own, with a
 * database connection of its own, so that a library that crashes on strange
 * data takes one job with it and nothing else.
 *
 * Returns JOB_DONE, JOB_AGAIN (not now: e says why; it is tried again, with
 * growing pauses), or JOB_FAILED (e says why; the same, and it is logged as an
 * error).  A job may be killed at any instruction and run again: what it tells
 * the desk says what is, not what changed.
 */
enum job_end { JOB_DONE, JOB_AGAIN, JOB_FAILED };

struct job {
	struct desk *desk;
	const struct install *install;
	const struct log *log;
	int64_t id;
	str node; /* whose lease it is */
	int64_t subject_id;
	bool has_crashed; /* the last run of it: this one takes nobody along */
	int64_t attempts; /* with this one */
};

/* What a job's row says whose process ended by itself. */
#define JOB_CRASHED "the process of the job ended by itself"

typedef enum job_end job_fn(struct job *j, struct err *e);

job_fn job_search, job_package, job_find, job_erase, job_change, job_ask,
	job_tell, job_mail, job_seal, job_tidy, job_index, job_screen, job_drop,
	job_expire, job_look, job_inbox, job_expire_look, job_portal,
	job_binder;

/* The data map and one of its systems, for the jobs that need them. */
struct map;
struct map_system;
int job_map(struct job *j, struct map *out, struct err *e);
int job_system(struct job *j, const struct map *m, const struct work *w,
	const struct map_system **out, struct err *e);

struct find_start;
struct ident;

/* A task that could not be done now: said on the case, tried again. */
enum job_end job_not_now(struct job *j, const struct work *w, struct err *e);

/*
 * Searches, or erasures, of the same system that are due as well, leased for this run: at most
 * LIMIT_ERASE_TOGETHER.  The worker extends them with it, and puts back what a run
 * that is killed leaves; each is ended here.  Those of a run that crashed run alone
 * the next time: the one that crashes would take the others with it without end.
 */
struct companion {
	int64_t job_id;
	int64_t task_id;
	int64_t attempts;
};
struct companions {
	struct companion *at;
	size_t n;
};
enum companion_kind { COMPANION_FIND, COMPANION_ERASE };
int job_companions(struct job *j, enum companion_kind kind, str system,
	struct companions *out, struct err *e);
/* JOB_DONE closes it, else it is tried again, with its pause.  why NULL: nobody worked
 * on it, and it is as it was before. */
int job_companion_end(struct job *j, const struct companion *c,
	enum job_end end, const struct err *why, struct err *e);

/* Milliseconds to wait before try number n + 1: doubling, with a bound. */
int64_t job_pause_ms(int64_t attempts);

/* What a task starts from: the person's addresses, and keys that other systems
 * told of. */
struct job_ways {
	struct ident *ids;
	size_t ids_n;
	struct find_start *starts;
	size_t starts_n;
};
void job_ways(struct arena *a, const struct work *w, const struct map_system *s,
	struct job_ways *out);

#endif
