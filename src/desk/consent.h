#ifndef DESK_CONSENT_H
#define DESK_CONSENT_H

#include "desk/suppress.h"

/*
 * A purpose that personal information was not collected for takes consent first (11
 * CCR 7002(e)).  What is asked is a text with its version; what somebody said to it is
 * an act of its own, given or withdrawn, added to a ledger that forgets nothing, under
 * a keyed identifier.  The last word holds, and only when it was about a text that
 * still counts.  Withdrawing takes no more than giving: less, since it names no version.
 *
 * A purpose without a text here is none of these: it was told at collection.
 */
enum { CONSENT_TEXT_MAX = 20000, CONSENT_PURPOSE_MAX = 80 };

/* PERM_MANAGE.  The next version of a purpose's text.  is_same: it means what the one
 * before meant, so that earlier consents hold; else everybody is to be asked anew. */
struct consent_text {
	str purpose; /* in one line, no word of the law for a use */
	str text;
	bool is_same;
	int64_t version; /* out */
};
int consent_ask(struct desk *d, struct consent_text *in, struct err *e);

struct consent_act {
	str purpose;
	bool is_given;
	int64_t version; /* of the text they saw; 0: the last, to withdraw */
	size_t added;    /* out: how many said something else before */
};
/*
 * PERM_SUPPRESS.  Values that can't be read are in q[i].fault, and nothing is written.
 * ERR_NOT_FOUND for a purpose, ERR_INVALID for a version, that nobody was asked about.
 */
int consent_put(struct desk *d, struct consent_act *act,
	struct suppress_query *q, size_t n, struct err *e);

/*
 * Behind suppress_check(): q[i].lacks_consent of who may not be served this purpose,
 * for want of a consent that held at this instant (0: by the last word in the ledger,
 * whatever the clock of the node that entered it said).  1 when the purpose is a new one,
 * 0 when it takes no consent, -1.
 */
int consent_check(struct desk *d, str purpose, int64_t at,
	struct suppress_query *q, size_t n, struct err *e);

struct consent_purpose {
	str purpose;
	int64_t version;
	int64_t since_version;
	str text;
	str sha256;
	int64_t asked_at;
	int64_t consenting; /* of the last version; 0 for the others */
	bool is_last;
};
struct consent_purposes {
	struct consent_purpose *at;
	size_t n;
};
/* Every version of every purpose: PERM_SEE_AUDIT. */
int consent_list(struct desk *d, struct consent_purposes *out, struct err *e);

struct consent_said {
	str purpose;
	int64_t version;
	bool is_given;
	str actor; /* who entered it: "api:3" */
	int64_t at;
};
struct consent_history {
	struct consent_said *at;
	size_t n;
};
/* What one person said: PERM_REVEAL.  ERR_INVALID when the value can't be read. */
int consent_history(struct desk *d, struct suppress_query *q,
	struct consent_history *out, struct err *e);

#endif
