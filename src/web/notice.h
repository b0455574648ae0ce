#ifndef WEB_NOTICE_H
#define WEB_NOTICE_H

#include "web/desk_page.h"

#include "desk/notice.h"
#include "desk/notice_text.h"

struct notice_version_line {
	const struct notice_version *of;
	str from; /* "November 21, 2026" */
	bool is_current;
	struct {
		struct notice_hash *at;
		size_t n;
	} hashes; /* for staff */
};
struct notice_version_lines {
	struct notice_version_line *at;
	size_t n;
};

/* "/notice/KIND", "?version=N": a notice in force, or an older one, for everybody. */
struct notice_page {
	struct page page;
	const char *path; /* of this notice */
	struct markup body;
	bool is_english; /* the body alone: published before it was in the page's language */
	str from;
	str until; /* of an older one: the day that it was replaced; or empty */
	struct notice_version_lines
		older; /* with this one, when there are some */
};

/* "/desk/notices": what is owed, how it stands, what contradicts what. */
struct notice_line {
	const struct notice_state *of;
	str since; /* of the version in force */
	str next;  /* the day of the one that waits; may be empty */
};

struct notices_page {
	struct desk_page page;
	struct {
		struct notice_line *at;
		size_t n;
	} lines;
	struct notice_doubts doubts;
};

/*
 * "/desk/notices/KIND": the draft, what it lacks, what would change; whoever may publish
 * names a day (field from) and sends which draft was looked at (field seen).
 */
struct notice_gap_line {
	const struct notice_gap *of;
};

/* In one language; what would change in it. */
struct notice_draft_words {
	const char *lang;  /* "es" */
	const char *title; /* "Español" */
	struct markup body;
};
struct notice_change_line {
	const char *lang;
	const char *title;
	const struct notice_change *of;
};
struct notice_hash {
	const char *title;
	str sha256;
};

struct notice_draft_page {
	struct desk_page page;
	const struct notice_row *row;
	const char *path;
	struct {
		struct notice_draft_words *at;
		size_t n;
	} words;
	str sha256;      /* of the draft */
	struct date day; /* that it is for; none: the first */
	str in_force;
	int64_t version; /* in force; 0: none */
	struct {
		struct notice_gap_line *at;
		size_t n;
	} gaps;
	struct {
		struct notice_change_line *at;
		size_t n;
	} changes; /* without what is the same */
	struct notice_version_lines versions;
	struct notice_doubts doubts;
	bool is_stopped;  /* it would contradict itself: one of the doubts */
	bool can_publish; /* may, nothing lacks, and not stopped */
	str first;        /* day for which it can be published */
	str typed;
	struct problems problems;
};

#endif
