#ifndef DESK_ENTER_H
#define DESK_ENTER_H

#include "desk/intake.h"
#include "desk/postal.h"

/*
 * A request that staff enter for somebody who called, wrote, or came by another way than
 * the pages (11 CCR 7020(e)): taken as properly made, whatever is still missing, and its
 * clock runs from the day on which it reached the business.
 */
struct enter_in {
	enum kind kind;
	enum channel channel;
	str received_on; /* "2026-11-21"; empty: today */
	personal id;     /* of what is stopped at once: email or phone, or: */
	struct person person; /* first, last, street, zip; all of it of what is
			       * answered by letter */
	struct postal postal;
	const struct by_agent *by;      /* NULL: they ask for themselves */
	const struct by_parent *parent; /* NULL: not for a child */
	str peer;                       /* for the limit; empty: the desk */
};

/* The answers alone, whoever asks: 0, with what is wrong in ps.  Inside of desk/ only,
 * as the next. */
int enter_check(struct desk *d, const struct enter_in *in, struct problems *ps);
int enter_store(struct desk *d, const struct enter_in *in, str *reference,
	struct problems *ps, struct err *e);

/* Field channel: what staff may enter came by phone, mail or email. */
void enter_check_channel(enum channel c, struct problems *ps);

/*
 * Needs PERM_INTAKE.  Problems name the fields of the form, received_on, channel, id.
 * What is answered by letter needs an email address: the code and the answer go there.
 */
int enter_request(struct desk *d, const struct enter_in *in, str *reference,
	struct problems *ps, struct err *e);

#endif
