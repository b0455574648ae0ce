#ifndef INDEX_LINES_H
#define INDEX_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "index/sink.h"

/*
 * Lays tags into lines as format.h draws them.  Tags come by ascending home
 * line; within a line in any order, and what comes twice is kept once, with the
 * reasons of both.
 */
struct tag {
	uint64_t tag;
	uint32_t reasons;
};

/*
 * Keys are spread by a cipher: a line has 6 on average, and 40 once in a
 * million million.  So these limits are reached by keys that are no keys.
 */
enum { LINES_OWN_MAX = 256, LINES_CARRY_MAX = 4096 };

/* How a mask becomes a code; shared by the lines and the sorted keys. */
struct codes {
	uint32_t mask[256];
	uint32_t masks;
	uint32_t width; /* 0, 1 or 4 */
	uint32_t all;   /* every bit that occurs */
};

/* Another mask that occurs; before any code is asked for. */
void codes_add(struct codes *c, uint32_t mask);
/* After all were added: decides the width. */
void codes_fix(struct codes *c);
uint32_t codes_of(const struct codes *c, uint32_t mask);

struct lines {
	struct sink *sink;
	const struct codes *codes;
	uint8_t *code; /* of every slot; NULL when the width is 0 */
	uint64_t home;
	uint64_t line;     /* the next to be written */
	uint64_t line_max; /* room in code */
	uint64_t tags;
	size_t own;
	size_t carry;
	bool is_bad;
	struct tag own_tag[LINES_OWN_MAX];
	struct tag carry_tag[LINES_CARRY_MAX];
};

uint64_t lines_home(uint64_t keys, int load_percent);
struct lines *lines_new(struct arena *a, struct sink *sink,
	const struct codes *codes, uint64_t home);
/* line: the home line, not less than the one before. */
void lines_add(struct lines *l, uint64_t line, struct tag tag);
/* n tags of one line, all for the same reasons. */
void lines_add_many(struct lines *l, uint64_t line, const uint64_t *tag,
	size_t n, uint32_t reasons);
/*
 * The same, but these are all that the line gets, ascending, each once; so it
 * can be written at once.  INDEX_LINE_SLOTS tags can be read.
 */
void lines_put(struct lines *l, uint64_t line, const uint64_t *tag, size_t n,
	uint32_t reasons);
/* The rest; l->line is then the number of lines.  -1: keys that are not spread
 * as keys are. */
int lines_end(struct lines *l, struct err *e);

#endif
