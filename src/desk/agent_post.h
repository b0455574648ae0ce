#ifndef DESK_AGENT_POST_H
#define DESK_AGENT_POST_H

#include "desk/post.h"
#include "law/proof.h"

/*
 * Who hears of a request: who made it, or the authorized agent who asks for them, or
 * both (tbl/agent_letters.h); of one for a child, the parent alone (parent_post.h).
 * Inside of desk/ only.
 *
 * The letter goes to its first reader under its own kind, so that what hangs on it
 * (receipt confirmed, case closed) happens once; the agent of a consumer who hears it
 * too gets a copy.  What an agent reads says so at its top.
 */
struct post_draft {
	enum letter_kind kind;
	struct letter_words words;
};

/*
 * Writes a letter about a request in the language of record_lang(r).  What its agent
 * reads is in the agent's (11 CCR 7003(b)): where that is another one it is written a
 * second time, of the same case.
 */
struct post_writer {
	int (*write)(struct desk *d, const struct record *r, const void *ctx,
		struct post_draft *out, struct err *e);
	const void *ctx;
};
int post_requester(struct desk *d, const struct record *r,
	const struct post_writer *w, struct err *e);

/* Where letters to the consumer go; with neither an address nor is_paper nowhere. */
struct post_to post_to_consumer(const struct person *p);

/* Of letters to the agent; English when nobody said which. */
enum lang agent_lang(const struct record *r);
/* The case as letters to its agent tell of it. */
struct record agent_reads(const struct record *r);
/* The agent as a letter may name one: a stranger typed it. */
str agent_in_letter(const struct record *r);
/* What was shown: PROOF_NONE for a request that no agent made. */
enum proof agent_proof(const struct record *r);
bool agent_asks(const struct record *r);

#endif
