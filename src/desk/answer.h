#ifndef DESK_ANSWER_H
#define DESK_ANSWER_H

#include "desk/post.h"
#include "desk/record.h"

/*
 * The answer letter of a case, written from its facts: what was deleted where,
 * who was told and has confirmed, what is kept.  Staff read the same text that
 * goes out.
 */
struct answer {
	enum letter_kind kind;
	struct letter_words words;
};

/* By the outcome the case has come to; a case that is still being carried out
 * is answered as it stands. */
int answer_write(struct desk *d, const struct record *r, const struct tally *t,
	struct answer *out, struct err *e);

/* A letter that does not go out yet, for who decides it. */
struct letter_ahead {
	str *at; /* paragraphs, their lines still wrapped */
	size_t n;
	enum lang lang;
};
struct letter_ahead letter_ahead_of(
	struct arena *a, const struct letter_words *words);

/* The paragraphs of a letter's text, their lines still wrapped. */
struct paragraphs {
	str *at;
	size_t n;
};
struct paragraphs answer_paragraphs(struct arena *a, personal text);

#endif
