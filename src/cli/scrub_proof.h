#ifndef CLI_SCRUB_PROOF_H
#define CLI_SCRUB_PROOF_H

#include "base/json.h"
#include "cli/command.h"
#include "desk/disclosure.h"

/*
 * What `toyon scrub` leaves besides the list: a signed receipt (--receipt), and
 * the batch in the ledger (--for).  A list that goes into the ledger is written
 * under another name beside its own and gets its own only after the ledger has
 * it, so that no list lies there ready to go that the ledger doesn't know.
 */
struct scrub_proof {
	const char *receipt; /* path; NULL: none is written */
	bool has_ledger;
	const char *out;  /* the list's name */
	const char *temp; /* what it is written to before; with has_ledger */
	struct disclosure_to to;
	int64_t batch; /* after scrub_proof_end() */
};

/* The options, before anything is opened: does it need the audit key? */
int scrub_proof_options(struct cli *c, struct scrub_proof *p, struct err *e);

/* With the installation open: whom the list goes to; sets what o needs. */
int scrub_proof_start(struct cli *c, struct scrub_proof *p,
	struct scrub_opts *o, struct err *e);

/* After scrub_run() went well.  When it fails, the list is gone with it. */
int scrub_proof_end(struct cli *c, struct scrub_proof *p,
	const struct scrub_opts *o, const struct scrub_report *r,
	struct err *e);

void scrub_proof_say(struct cli *c, const struct scrub_proof *p);
void scrub_proof_json(const struct scrub_proof *p, struct json *j);

#endif
