#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include <sys/types.h>

#include "cli/command.h"
#include "cli/demo_people.h"
#include "connect/map.h"
#include "law/kind.h"

/*
 * "Lakeshore Leads", made up and made whole: the installation, two systems with
 * people in them, and a history that went through the same use cases as a real
 * one, with the clock moved.
 */
enum { DEMO_SEED = 20261121, DEMO_MAKERS = 2 };

#define DEMO_EMAIL      "jo@lakeshore.example"
#define DEMO_PASSPHRASE "herons by the water"

enum demo_people { NAMED, LEADS, STRANGERS, OPTS_OUT, SIGNALS };
enum demo_search { NO_SEARCH, FOUND, NOTHING, REAL, STUCK };
enum demo_decision { NO_DECISION, APPROVE, DENY };
enum demo_reply { NO_REPLY, DELETED, KEPT, WORKING_ON_IT };

/* A row of tbl/demo_stories.h. */
struct demo_story {
	int count;
	enum kind kind;
	enum demo_people people;
	int youngest;
	int oldest;
	int confirm_min;
	enum demo_search search;
	enum demo_decision decision;
	int decide_days;
	enum demo_reply reply;
	int reply_days;
	int answer_days;
};

struct demo_case {
	const struct demo_story *story;
	struct demo_being who;
	int number; /* among all */
	str reference;
	char code[7];
	str link; /* the secret of the vendor's */
};

struct demo {
	struct cli *cli;
	const char *dir; /* where it is made */
	int64_t now;     /* everything happened before */
	struct clock clock;
	struct desk *desk; /* its arena is of the step at hand */
	struct map map;
	struct demo_case *cases;
	size_t cases_n;
	int64_t staff[3]; /* Jo, Mara, Dev */
	/* Processes that fill the systems meanwhile; 0: done. */
	pid_t maker[DEMO_MAKERS];
	str api_key;
	str link; /* of a vendor that has not answered yet */
};

struct demo_opts {
	const char *dir;
	const char *listen;
	const char *postgres; /* where the CRM is, NULL: a SQLite file */
	const char *clock;
};

/* Makes it in opts->dir, which must be an empty folder or none. */
int demo_make(struct cli *c, const struct demo_opts *opts, struct err *e);

/* The processes that fill the systems; waits for them. */
int demo_fill(struct demo *m, const struct demo_opts *opts, struct err *e);
int demo_fill_wait(struct demo *m, struct err *e);

/* In one transaction: everything that has happened until now. */
int demo_history(struct demo *m, struct err *e);

/* Does the jobs that the last step left, as the worker would have then. */
int demo_work(struct demo *m, struct err *e);
struct demo_case *demo_case_of(struct demo *m, str reference);

/* Removes a folder with all that is in it. */
void demo_remove(const char *dir);

#endif
