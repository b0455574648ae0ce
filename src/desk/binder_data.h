#ifndef DESK_BINDER_DATA_H
#define DESK_BINDER_DATA_H

#include "desk/binder.h"
#include "desk/record.h"
#include "store/sql.h"

/*
 * The evidence file of a case before it is written: the same for page and JSON, so that
 * they can't disagree.  Inside desk/binder*.c only, but for
 * binder_of().
 */
enum {
	BINDER_FACTS_MAX = 40,
	/* What is kept is at most PERSON_kept_max bytes, in lines of seven at least. */
	BINDER_DECISIONS_MAX = PERSON_kept_max / 7 + 100,
};

struct binder_fact {
	const char *code; /* "due_on" */
	const char *title;
	str value;
};

struct binder_facts {
	struct binder_fact at[BINDER_FACTS_MAX];
	size_t n;
};

/* A period of time that the law sets for this case. */
struct binder_clock {
	const char *title;
	const char *row; /* of law/tbl/clocks.h: "respond-45d" */
	const char *citation;
	str period;         /* "45 calendar days" */
	str from;           /* ISO dates */
	str last_on;        /* the last day in time, by the careful reading */
	str outer_on;       /* by the wider one, where that is another day */
	str done_on;        /* empty: not, or not yet */
	const char *stands; /* "in time", "late", "open", "": no duty */
};

struct binder_decision {
	const char *code;
	str title;
	const char *citation;
	str text;
};

struct binder_entry {
	int64_t seq;
	str at; /* words, Pacific */
	str at_utc;
	str who;
	str actor; /* as the trail has it: "staff:2" */
	str event; /* "request.approved" */
	str what;
};

struct binder_letter {
	int64_t id;
	str title;
	str way; /* "email", "sms", "paper" */
	str to;
	str lang; /* "en" */
	str state;
	str written; /* words, Pacific */
	str sent;    /* empty: not, or not yet */
	str subject;
	str left_out; /* why its words are not here; empty: they are */
	struct {
		str *at;
		size_t n;
	} text; /* paragraphs */
};

struct binder_task {
	bool is_system;
	str name;
	str title;
	str state; /* "done" */
	str words; /* "Deleted" */
	str asked; /* words; a company: told, a person: asked */
	str due_on;
	str done;
	int64_t rows_found;
	int64_t rows_gone;
	str evidence; /* JSON, nothing personal */
	str problem;
	str said;
};

struct binder_message {
	bool is_answer;
	str at;
	str text;
};

struct binder_left_out {
	const char *what;
	const char *why;
};

/* Of the trail's entries about this case. */
struct binder_trail {
	str file; /* trail.jsonl */
	int64_t entries;
	int64_t seals;
	int64_t last; /* number of the last one, of silent ones too */
	int64_t from,
		to; /* the entries and their seals stand in this part of it */
	bool is_broken; /* the chain, somewhere between an entry and its seal */
	str exported;   /* all of that part; empty: not asked for */
};

struct binder {
	struct arena *arena;
	str business;
	str program;
	str public_key;
	str made; /* words, Pacific */
	str made_utc;
	str reference; /* "K7QF-2M9X" */
	const char *kind;
	const char *kind_code;
	const char *citation;
	bool is_silent; /* denied on a ground that the law may forbid to tell */
	bool is_closed;
	bool has_export;
	struct binder_facts stand; /* received, due, state, outcome */
	struct binder_facts who;
	struct binder_facts asked;
	struct binder_facts done; /* of systems: totals; the package */
	struct {
		struct binder_clock at[16];
		size_t n;
	} clocks;
	struct {
		struct binder_decision at[BINDER_DECISIONS_MAX];
		size_t n;
	} decisions;
	struct {
		struct binder_entry *at;
		size_t n;
	} entries;
	struct {
		struct binder_letter *at;
		size_t n;
	} letters;
	struct {
		struct binder_task *at;
		size_t n;
	} systems;
	struct {
		struct binder_task *at;
		size_t n;
	} companies;
	struct {
		struct binder_message *at;
		size_t n;
	} messages;
	struct {
		const struct binder_left_out *at;
		size_t n;
	} left_out;
	str receipt; /* empty: not closed, or left out */
	str receipt_signature;
	struct binder_trail trail;
};

/* Facts and decisions without a value are passed over. */
void binder_fact(
	struct binder_facts *f, const char *code, const char *title, str value);
void binder_decide(struct binder *x, const struct binder_decision *made);
/* "November 21, 2026, 1:04 p.m.", or "" for 0. */
str binder_moment(struct arena *a, int64_t at);

/* binder_look() of a record that is open already. */
int binder_of(struct desk *d, const struct record *r, struct binder_row *out,
	struct err *e);

/* --- in a transaction that reads, with the key to sign --- */

/* binder_load.c; r has its seal. */
int binder_load(struct desk *d, const struct record *r, struct binder *x,
	struct err *e);
/* binder_decided.c */
int binder_load_decided(struct desk *d, const struct record *r,
	struct binder *x, struct err *e);
/* binder_told.c: letters, systems, companies, messages. */
int binder_load_told(struct desk *d, const struct record *r, struct binder *x,
	struct err *e);
/* A letter's words without what they must not carry to others: the ends of links that
 * open something (site: our own address), a code on its line. */
str binder_without_secrets(struct arena *a, str site, str text);
/* binder_trail.c: history and trail.jsonl. */
int binder_load_trail(struct desk *d, const struct record *r, struct binder *x,
	struct err *e);
/* The number of the case's last entry that a file would show: another one makes an older
 * file old. */
int binder_last_entry(
	struct desk *d, const struct record *r, int64_t *out, struct err *e);
/* Is the case denied on a ground that the law may forbid to tell? */
bool binder_is_silent(const struct record *r);

/* --- binder_text.c --- */

int binder_put_json(const struct binder *x, str *out, struct err *e);
int binder_put_page(const struct binder *x, str *out, struct err *e);

/* --- binder_trail_check.c --- */

void binder_trail_check(
	struct arena *a, str trail, str exported, struct binder_report *r);

#endif
