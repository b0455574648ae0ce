#ifndef TOOLS_LAYERS_H
#define TOOLS_LAYERS_H

#include "source.h"

/*
 * A C file as the checks see it: tokens with their line, comments gone.  Not a
 * C compiler: it knows strings, names and brackets, nothing of types.
 */
enum token_kind {
	TOKEN_END,
	TOKEN_NAME,
	TOKEN_STRING,  /* without its quotes, escapes as they stand */
	TOKEN_INCLUDE, /* the header's name, of #include "x" or <x> */
	TOKEN_OTHER,   /* one byte */
};

struct token {
	enum token_kind kind;
	str text;
	int line;
	bool in_directive;
	bool is_system; /* TOKEN_INCLUDE in < > */
};

struct lexer {
	str rest;
	int line;
	bool in_directive;
	bool at_line_start;
};

struct lexer lexer_of(str text);
struct token lexer_next(struct lexer *l);

#endif
