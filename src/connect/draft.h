#ifndef CONNECT_DRAFT_H
#define CONNECT_DRAFT_H

#include "base/buf.h"
#include "connect/map.h"

/*
 * A data map that is proposed, with the reasons as comments: what a scan found,
 * or what another program's description says.  It is written as YAML that
 * map_parse() takes; what can't be part of such a map is told in a comment.
 */
struct draft_table {
	struct map_table table; /* links by index into the draft's tables */
	str *why;               /* one a column; may be empty */
	str *link_why;          /* one a link */
	str about;              /* a comment on the table */
	str left_out;           /* why it can't be part of the map; empty */
};

struct draft {
	str about; /* lines of a comment on top */
	str name;
	str title; /* empty: none */
	enum connector_kind connector;
	str database;
	struct draft_table *tables;
	size_t n;
	str *lost; /* what was not carried over, a line each */
	size_t lost_n;
};

/* Leaves out the tables that no identifier leads to, and links to them. */
void draft_reach(struct arena *a, struct draft *d);

/* Systems one after the other: the head of the map comes with the first. */
void draft_begin(struct buf *b, str about);
void draft_put(struct buf *b, const struct draft *d);

#endif
