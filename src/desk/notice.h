#ifndef DESK_NOTICE_H
#define DESK_NOTICE_H

#include "desk/desk.h"
#include "law/notice.h"
#include "words/lang.h"

/*
 * The notices to consumers (11 CCR 7010 to 7016, 7072, 7081, 7220): written from what the
 * program knows (notice_facts.h, notices/NAME.txt), previewed, compared with the version
 * in force, published for a day.
 *
 * What must stay true: a notice that lacks something that law/tbl/notice_items.h asks for,
 * or would contradict itself, is not published; a published version never changes, and the
 * audit trail has its hash.
 */

/* Bits of categories, MAP_CATEGORY_BIT() of connect/map.h. */
struct notice_kinds {
	unsigned collected, sold, shared, disclosed;
};

/* A notice in one language, as it is kept (11 CCR 7003(b)(3)). */
struct notice_words {
	str text;
	str sha256; /* of the text, in hex; empty: not in that language */
};

/* Where each stands: tbl/notice_places.h. */
struct notice_place {
	const char *
		path; /* "/notice/policy"; "" for one that is not a page of ours */
	bool is_written; /* by the program, and published */
};
const struct notice_place *notice_place(enum notice n);

/* NOTICE_END when none of that code is written; ERR_NOT_FOUND with a hint. */
int notice_named(str code, enum notice *out, struct err *e);

/* --- drafts --- */

struct notice_gap {
	const struct notice_item *item;
	str lacks;
	const char *hint;
};

enum { NOTICE_GAPS_MAX = 24 };

/* From today on, the first day on which the law has it: a notice of a right that has not
 * begun would lead to pages that are not there. */
struct date notice_first_day(const struct desk *d, enum notice n);

/* As it would be published for that day, in each language that the business offers;
 * whole when it has no gaps. */
struct notice_draft {
	enum notice notice;
	struct date from;
	struct notice_words in[LANGS];
	str sha256; /* of all that it says, in each language */
	struct notice_kinds kinds;
	struct notice_gap gap[NOTICE_GAPS_MAX];
	size_t gaps;
};
int notice_draft(struct desk *d, enum notice n, struct date from,
	struct notice_draft *out, struct err *e);

/* What would be published today, but for the day: that of a version that it is compared
 * with, so that nothing differs but what the facts and the law made so since. */
int notice_draft_again(struct desk *d, enum notice n, struct date from,
	struct notice_draft *out, struct err *e);

/* --- versions --- */

struct notice_version {
	enum notice notice;
	int64_t version;
	struct date from; /* in force from that day on, until the next one */
	/* English always; texts of notice_version() only. */
	struct notice_words in[LANGS];
	struct notice_kinds kinds;
	int64_t at;
	str by;
};
struct notice_versions {
	struct notice_version *at; /* by notice, newest first */
	size_t n;
};
/* Of all notices. */
int notice_versions(struct desk *d, struct notice_versions *out, struct err *e);
/* The newest that is in force on that day; NULL: none. */
const struct notice_version *notice_in_force(
	const struct notice_versions *all, enum notice n, struct date day);

/*
 * One whole.  version 0: the one in force today; others only once they were in force,
 * for consumers.  1, 0 when there is none, -1.
 */
int notice_version(struct desk *d, enum notice n, int64_t version,
	struct notice_version *out, struct err *e);

/* In that language, or in English where it was not published in it; *is_in says which. */
str notice_text_in(const struct notice_version *v, enum lang l, bool *is_in);

/* The draft says something else than the version, in some language. */
bool notice_differs(
	const struct notice_version *v, const struct notice_draft *draft);

struct notice_publish_in {
	enum notice notice;
	struct date from; /* notice_first_day() or later */
	const str
		*seen; /* sha256 of the draft that was looked at; NULL: none */
};
/*
 * Publishes the draft for that day.  ERR_CONFLICT when it is another text than the one
 * that was looked at: the day is in it, and facts may have changed since.  ERR_INVALID when something lacks:
 * says what, and its section; or when the data map and the settings contradict each other
 * in what it says.
 */
int notice_publish(struct desk *d, const struct notice_publish_in *in,
	struct notice_version *out, struct err *e);

/* Those in force today, for links to them. */
struct notice_link {
	enum notice notice;
	str path;
	const char *title;
};
struct notice_links {
	struct notice_link *at;
	size_t n;
};
int notice_links(struct desk *d, struct notice_links *out, struct err *e);

/* Where letters lead, with the address: to the business's own policy, else to the one in
 * force here (empty: there is none); and to the very section of it that tells of the
 * rights, as an answer about automated decisions has to (11 CCR 7222), or to what comes
 * nearest. */
struct policy_links {
	str policy;
	str rights;
};
struct settings;
int policy_links(struct desk *d, const struct settings *s, enum lang l,
	struct policy_links *out, struct err *e);

/* --- what to do --- */

struct notice_state {
	const struct notice_row *row;
	bool is_needed;
	bool is_written;
	const char *path;
	size_t gaps;                           /* of a draft of today */
	struct notice_gap lacks;               /* the first of them */
	const struct notice_version *in_force; /* or NULL */
	const struct notice_version
		*next;   /* published for a later day, or NULL */
	bool is_changed; /* a draft of today says something else */
};
struct notice_states {
	struct notice_state at[NOTICE_END];
};
int notice_states(struct desk *d, struct notice_states *out, struct err *e);

/*
 * What contradicts what: data map, settings, the policy in force, the disclosure ledger
 * (tbl/notice_doubts.h).
 */
struct notice_doubt {
	bool is_problem; /* else it may be right */
	unsigned stops;  /* 1u << enum notice: what is not published with it */
	str text;
	const char *hint;
};
struct notice_doubts {
	struct notice_doubt *at;
	size_t n;
};
/* For what would be published for that day. */
int notice_doubts(struct desk *d, struct date day, struct notice_doubts *out,
	struct err *e);
/* The first that keeps a notice from being published; NULL: none. */
const struct notice_doubt *notice_stopped_by(
	const struct notice_doubts *all, enum notice n);

#endif
