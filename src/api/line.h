#ifndef API_LINE_H
#define API_LINE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * One line of an NDJSON list: {"kind": "email", "value": "..."} and nothing
 * else.  Read in place, without a tree: a list has ten thousand of them.  What is
 * taken here is what jansson takes, no more and no less (t/fuzz/f_api_ndjson.c).
 */
enum line_fault {
#define LINE_FAULT(NAME, code, text) LINE_##NAME,
#include "api/tbl/line_faults.h"
};

struct line {
	str kind;
	str value;
	bool has_kind;
	bool has_value;
};

/* The views go into the line, or into the arena where something was escaped. */
enum line_fault line_read(struct arena *a, str text, struct line *out);

const char *line_fault_code(enum line_fault f);
const char *line_fault_text(enum line_fault f);

#endif
