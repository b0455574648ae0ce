/*
 * The worker leases jobs and forks a child for each.  The parent only leases,
 * extends and waits; a child opens the database for itself, runs its job, says
 * how it ended and exits.  So whatever a driver or a library does to its
 * process, the worker goes on, and nothing that a job allocated outlives it.
 *
 * What must stay true: a lease is given back by whoever holds it or by the
 * worker that takes its place, or it runs out;
 * a job is closed only by its own run, after what it reports is stored.  A
 * worker that is killed takes its children with it (PDEATHSIG), and one whose
 * lease was taken by another node ends the child, so that two runs of one job
 * don't meet.
 */
#define _GNU_SOURCE /* signalfd, prctl: Linux */
#include "job/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/limit.h"
#include "desk/suppress.h"
#include "job/job.h"
#include "store/checkpoint.h"
#include "store/sql.h"

enum { CHILDREN = 4, POLL_MS = 1000, DRAIN_MS = 20000 };
enum { LOOK_FIRST_MS = 3000 };
enum { INDEX_FIRST_MS = 60000, INDEX_LOOK_MS = 60000 };

static job_fn *const runners[JOB_KINDS] = {
	[JOB_SEARCH] = job_search,
	[JOB_FIND] = job_find,
	[JOB_PACKAGE] = job_package,
	[JOB_PORTAL] = job_portal,
	[JOB_BINDER] = job_binder,
	[JOB_ERASE] = job_erase,
	[JOB_CHANGE] = job_change,
	[JOB_ASK] = job_ask,
	[JOB_TELL] = job_tell,
	[JOB_MAIL] = job_mail,
	[JOB_SEAL] = job_seal,
	[JOB_TIDY] = job_tidy,
	[JOB_INDEX] = job_index,
	[JOB_SCREEN] = job_screen,
	[JOB_DROP] = job_drop,
	[JOB_EXPIRE] = job_expire,
	[JOB_EXPIRE_LOOK] = job_expire_look,
	[JOB_LOOK] = job_look,
	[JOB_INBOX] = job_inbox,
};

struct child {
	pid_t pid; /* 0: free */
	int64_t job_id;
	int64_t attempts;
	const char *code;
	bool is_lost;  /* another node has its job: it was told to end */
	bool is_again; /* its job was leased once more before it ended */
};

struct worker {
	const struct process *process;
	const struct log *log;
	struct install install;
	struct db *db;
	struct arena *arena; /* of one round */
	str name;            /* whose leases are ours */
	int signals;
	bool is_stopping;
	int64_t extend_at;        /* monotonic */
	int64_t index_at;         /* monotonic: looks at the index file then */
	struct pace_board *paces; /* of systems, for all children */
	struct child child[CHILDREN];
};

/* --- in the child --- */

static int open_desk(
	struct worker *w, struct desk *d, struct arena *a, struct err *e)
{
	struct db_opts opts = { 0 };

	*d = (struct desk){
		.arena = a,
		.clock = &w->install.clock,
		.keys = w->install.keys,
		.config = &w->install.config,
		.data_map =
			install_path(&w->install, w->install.config.data_map),
		.actor = { .kind = ACTOR_WORKER },
		.paces = w->paces,
		.wake_fd = -1,
	};
	if (db_open(&d->db, w->install.database, &opts, e))
		return -1;
	return suppress_open(&d->suppress,
		install_path(&w->install, STR("index.tyx")), d->keys, e);
}

static int close_job(
	struct desk *d, const struct worker *w, int64_t id, struct err *e)
{
	struct sql_job_done_in in = { id, w->name, desk_now(d) };

	return sql_job_done(d->db, &in, e) < 0 ? -1 : 0;
}

static int put_back(struct desk *d, const struct worker *w, int64_t id,
	int64_t attempts, const struct err *why, struct err *e)
{
	struct sql_job_retry_in in = {
		.id = id,
		.lease_by = w->name,
		.run_at = desk_now(d) + job_pause_ms(attempts),
		.problem = str_of(why->message),
	};

	return sql_job_retry(d->db, &in, e) < 0 ? -1 : 0;
}

static int run_job(
	struct worker *w, const struct sql_job_lease_row *row, job_fn *run)
{
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct err e = { 0 };
	struct err second = { 0 };
	struct desk d;
	struct job j = {
		.desk = &d,
		.install = &w->install,
		.log = w->log,
		.id = row->id,
		.node = w->name,
		.subject_id = row->subject_id,
		.has_crashed = str_eq(row->problem, STR(JOB_CRASHED)),
		.attempts = row->attempts,
	};
	enum job_end end;

	if (open_desk(w, &d, a, &e)) {
		log_err(w->log, "a job could not start", &e);
		return 1;
	}
	end = run(&j, &e);
	if (end != JOB_DONE) {
		log_err(w->log, end == JOB_AGAIN ? "job put off" : "job failed",
			&e);
		if (!put_back(&d, w, row->id, row->attempts, &e, &second))
			return 0;
	} else if (!close_job(&d, w, row->id, &second)) {
		return 0;
	}
	log_err(w->log, "the end of a job could not be stored", &second);
	return 1;
}

/* --- in the parent --- */

static struct child *free_child(struct worker *w)
{
	for (int i = 0; i < CHILDREN; i++)
		if (!w->child[i].pid)
			return &w->child[i];
	return NULL;
}

static job_fn *runner_of(str code, const char **name)
{
	for (int k = 0; k < JOB_KINDS; k++)
		if (str_eq(code, str_of(job_code((enum job_kind)k)))) {
			*name = job_code((enum job_kind)k);
			return runners[k];
		}
	return NULL;
}

static _Noreturn void be_child(struct worker *w,
	const struct sql_job_lease_row *row, job_fn *run, pid_t parent)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (getppid() != parent) /* it died before the line above */
		_exit(1);
	/* _exit: the parent's database connection is not ours to close. */
	_exit(run_job(w, row, run));
}

/*
 * A job that is leased while a child of ours is at it: either the lease ran out
 * in a pause of the machine, and the child holds it again now, or the child
 * closed the job, which opened anew, and is about to end.  When it has ended we
 * know: bury().
 */
static bool is_at_work(struct worker *w, int64_t job_id)
{
	for (int i = 0; i < CHILDREN; i++)
		if (w->child[i].pid && w->child[i].job_id == job_id)
			return w->child[i].is_again = true;
	return false;
}

static void start_child(struct worker *w, const struct sql_job_lease_row *row)
{
	struct child *c = free_child(w);
	const char *code = "unknown";
	job_fn *run = runner_of(row->kind, &code);
	pid_t parent = getpid();

	if (is_at_work(w, row->id))
		return;
	must(c);
	if (!run) { /* of a newer program: left for it until the lease ends */
		log_event(w->log, LOG_ERROR, "unknown kind of job",
			LF("job", row->id));
		return;
	}
	*c = (struct child){
		.job_id = row->id, .attempts = row->attempts, .code = code
	};
	c->pid = fork();
	if (!c->pid)
		be_child(w, row, run, parent);
	if (c->pid < 0) {
		log_event(w->log, LOG_ERROR, "no process for a job",
			LF("errno", errno));
		c->pid = 0;
	}
}

/* Leases as many jobs as there are free children. */
static int lease_due(struct worker *w, struct sql_job_lease_row *rows, int most,
	struct err *e)
{
	int64_t now = clock_now_ms(&w->install.clock);
	struct sql_job_lease_in in = {
		.now = now,
		.lease_until = now + LIMIT_JOB_LEASE_SECONDS * 1000LL,
		.lease_by = w->name,
	};
	int n = 0;

	while (n < most) {
		int rc = sql_job_lease(w->db, w->arena, &in, &rows[n], e);

		if (rc <= 0)
			return rc < 0 ? -1 : n;
		n++;
	}
	return n;
}

static int open_database(struct worker *w, struct err *e)
{
	return w->db ? 0
		     : db_open(&w->db, w->install.database,
			       &(struct db_opts){ 0 }, e);
}

/*
 * SQLite keeps a process's locks by file, in memory that fork() copies: a child
 * would believe in locks that only its parent has.  So no SQLite connection is
 * open while children are made.  PostgreSQL's is one socket that no child uses.
 */
static void close_before_fork(struct worker *w)
{
	if (db_engine(w->db) != DB_SQLITE)
		return;
	db_close(w->db);
	w->db = NULL;
}

/* A child that ended by a signal could not put its job back: done here.  So is
 * one that was leased once more and has nobody at work on it; a job that was
 * closed since is not touched by that. */
static void bury(struct worker *w, struct child *c, int status)
{
	bool is_good = WIFEXITED(status) && !WEXITSTATUS(status);
	struct sql_job_retry_in in = {
		.id = c->job_id,
		.lease_by = w->name,
		.run_at = clock_now_ms(&w->install.clock),
	};
	struct sql_job_retry_along_in along = {
		.with_id = c->job_id,
		.lease_by = w->name,
	};
	struct err e = { 0 };

	c->pid = 0;
	if (c->is_lost || (is_good && !c->is_again))
		return;
	if (!is_good) {
		in.run_at += job_pause_ms(c->attempts);
		in.problem = STR(JOB_CRASHED);
		log_event(w->log, LOG_ERROR, "a job's process ended by itself",
			LF("kind", c->code), LF("status", status));
	}
	along.run_at = in.run_at;
	along.problem = in.problem;
	/* Else its lease runs out. */
	if (open_database(w, &e) || sql_job_retry(w->db, &in, &e) < 0 ||
		(!is_good && sql_job_retry_along(w->db, &along, &e) < 0))
		log_err(w->log, "a job could not be put back", &e);
}

static void reap(struct worker *w)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < CHILDREN; i++)
			if (w->child[i].pid == pid)
				bury(w, &w->child[i], status);
}

/* Not one that closed its job and has ended, and is only not reaped yet. */
static bool is_running(const struct child *c)
{
	siginfo_t info = { 0 };

	return !waitid(P_PID, (id_t)c->pid, &info,
		       WEXITED | WNOHANG | WNOWAIT) &&
	       !info.si_pid;
}

/* Another node took the job, and does what is left of it: a child that went on
 * would do it a second time. */
static void end_child(struct worker *w, struct child *c)
{
	c->is_lost = true;
	kill(c->pid, SIGKILL);
	log_event(w->log, LOG_WARN, "a lease was lost: the job was ended here",
		LF("kind", c->code), LF("job", c->job_id));
}

static void extend_lease(struct worker *w, struct child *c, int64_t until)
{
	struct sql_job_extend_in in = { c->job_id, w->name, until };
	struct sql_job_extend_along_in along = { c->job_id, w->name, until };
	struct err e = { 0 };
	int64_t n = open_database(w, &e) ? -1 : sql_job_extend(w->db, &in, &e);

	if (n > 0 && sql_job_extend_along(w->db, &along, &e) < 0)
		n = -1;
	if (n < 0)
		log_err(w->log, "a lease could not be extended", &e);
	else if (!n && !c->is_lost && is_running(c))
		end_child(w, c);
}

static void extend_leases(struct worker *w)
{
	int64_t until = clock_now_ms(&w->install.clock) +
			LIMIT_JOB_LEASE_SECONDS * 1000LL;

	if (clock_mono_ms() < w->extend_at)
		return;
	w->extend_at = clock_mono_ms() + LIMIT_JOB_LEASE_SECONDS * 1000LL / 3;
	for (int i = 0; i < CHILDREN; i++)
		if (w->child[i].pid && w->child[i].job_id)
			extend_lease(w, &w->child[i], until);
}

static void take_signals(struct worker *w)
{
	struct signalfd_siginfo info;

	while (read(w->signals, &info, sizeof info) == (ssize_t)sizeof info)
		w->is_stopping |= info.ssi_signo != SIGCHLD;
	reap(w);
}

static void wait_for_work(struct worker *w, int timeout_ms)
{
	struct pollfd fds[] = {
		{ .fd = w->signals, .events = POLLIN },
		{ .fd = w->process->wake_fd, .events = POLLIN },
	};
	char bytes[256];

	if (poll(fds, 2, timeout_ms) <= 0)
		return;
	if (fds[0].revents)
		take_signals(w);
	if (fds[1].revents & POLLIN)
		while (read(w->process->wake_fd, bytes, sizeof bytes) > 0)
			;
}

static int free_children(const struct worker *w)
{
	int n = 0;

	for (int i = 0; i < CHILDREN; i++)
		n += !w->child[i].pid;
	return n;
}

static int start_due(struct worker *w, struct err *e)
{
	struct sql_job_lease_row rows[CHILDREN];
	int n = lease_due(w, rows, free_children(w), e);

	if (n < 0)
		return -1;
	if (checkpoint_run(w->db, CHECKPOINT_DUE, NULL, e))
		log_err(w->log, "checkpoint put off", e);
	if (n)
		close_before_fork(w);
	for (int i = 0; i < n; i++)
		start_child(w, &rows[i]);
	return 0;
}

/*
 * Each node has an index file of its own, so a lease, which one node gets, is not
 * for it: job 0 is nobody's.  Whether the file is due is the child's to see.
 */
static void look_at_index(struct worker *w)
{
	struct sql_job_lease_row row = {
		.kind = str_of(job_code(JOB_INDEX)),
	};

	if (clock_mono_ms() < w->index_at || !free_child(w))
		return;
	w->index_at = clock_mono_ms() + INDEX_LOOK_MS;
	if (w->db)
		close_before_fork(w);
	start_child(w, &row);
}

/* A database that is away for a while is waited for; one that is gone for good
 * ends the process, and the supervisor starts it anew. */
static int one_round(struct worker *w)
{
	struct err e = { 0 };

	extend_leases(w); /* first: what is ours is not leased anew */
	if (open_database(w, &e) || start_due(w, &e)) {
		log_err(w->log, "no jobs could be leased", &e);
		if (w->db && db_is_lost(w->db))
			return -1;
	}
	look_at_index(w);
	return 0;
}

static int work(struct worker *w)
{
	int64_t deadline;

	while (!w->is_stopping) {
		if (one_round(w))
			return -1;
		arena_clear(w->arena);
		wait_for_work(w, POLL_MS);
	}
	deadline = clock_mono_ms() + DRAIN_MS;
	while (free_children(w) < CHILDREN && clock_mono_ms() < deadline) {
		extend_leases(w);
		wait_for_work(w, POLL_MS);
	}
	return 0;
}

static int open_signals(struct worker *w, struct err *e)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	w->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return w->signals < 0 ? err_errno(e, "watch for signals") : 0;
}

/* From outside, at pages that start when the worker does: a look that was due for long
 * would find nobody there yet. */
static int ask_to_look(struct desk *d, struct err *e)
{
	struct sql_job_not_before_in in = {
		.kind = str_of(job_code(JOB_LOOK)),
		.run_at = desk_now(d) + LOOK_FIRST_MS,
	};

	if (desk_job(d, JOB_LOOK, 0, in.run_at, e))
		return -1;
	return sql_job_not_before(d->db, &in, e) < 0 ? -1 : 0;
}

/* What comes again by itself is asked for once; asking twice is asking once. */
static int ask_for_upkeep(struct worker *w, struct err *e)
{
	struct desk d = {
		.db = w->db,
		.arena = w->arena,
		.clock = &w->install.clock,
		.wake_fd = -1,
	};

	if (desk_job(&d, JOB_SEAL, 0, desk_now(&d), e))
		return -1;
	if (desk_job(&d, JOB_TIDY, 0, desk_now(&d) + 60000, e) ||
		desk_job(&d, JOB_SCREEN, 0, desk_now(&d) + 60000, e) ||
		desk_job(&d, JOB_EXPIRE, 0, desk_now(&d) + 60000, e) ||
		ask_to_look(&d, e))
		return -1;
	if (w->install.config.inbox.n &&
		desk_job(&d, JOB_INBOX, 0, desk_now(&d), e))
		return -1;
	/* The State's lists are a data broker's only. */
	return w->install.config.drop_broker.n
		       ? desk_job(&d, JOB_DROP, 0, desk_now(&d), e)
		       : 0;
}

/* The worker before this one died (its children with it), or this is the first:
 * nobody works under this name. */
static int take_back(struct worker *w, struct err *e)
{
	struct sql_job_release_in in = { w->name,
		clock_now_ms(&w->install.clock) };

	return sql_job_release(w->db, &in, e) < 0 ? -1 : 0;
}

static int start(struct worker *w, struct arena *a, struct err *e)
{
	if (open_signals(w, e) ||
		install_open(&w->install, a, w->process->dir, KEYS_ALL, e) ||
		install_database(&w->install, &w->db, e))
		return -1;
	w->index_at = clock_mono_ms() + INDEX_FIRST_MS;
	w->name = str_of(w->process->node);
	must(w->name.n);
	if (take_back(w, e))
		return -1;
	return ask_for_upkeep(w, e);
}

int worker_main(const struct process *p)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct worker w = {
		.process = p,
		.log = &p->log,
		.arena = arena_new(LIMIT_REQUEST_ARENA),
		.paces = pace_board_new(),
	};
	struct err e = { 0 };
	int status;

	if (start(&w, a, &e)) {
		log_err(w.log, "the worker could not start", &e);
		return err_exit_status(e.code);
	}
	log_event(w.log, LOG_INFO, "worker started", LF("pid", getpid()));
	status = work(&w) ? err_exit_status(ERR_UNAVAILABLE) : 0;
	db_close(w.db); /* NULL is fine */
	arena_free(w.arena);
	arena_free(a);
	return status;
}
