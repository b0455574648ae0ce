#ifndef API_FILING_H
#define API_FILING_H

#include "api/body.h"
#include "desk/enter.h"

/*
 * What an authorized agent and a parent file for somebody else: a JSON object with a
 * kind, the answers of tbl/answers.h about the person, and what its caller adds.
 */

/* -1: it is no JSON object, or no kind could be looked up; what else is wrong with it
 * is in c->problems. */
struct filing_members {
	const char *const *at; /* beside those of tbl/answers.h */
	size_t n;
};
int filing_read(struct call *c, const struct filing_members *more,
	const json_t **root, struct enter_in *in, struct err *e);

/* The member "document": a file in Base64, or empty. */
str filing_document(struct call *c, const json_t *root);

/* What the desk found wrong, each by its member: -1. */
int filing_refuse(struct call *c, const struct problems *ps, struct err *e);

#endif
