#ifndef DESK_IDENTITY_H
#define DESK_IDENTITY_H

#include "connect/point.h"
#include "desk/record.h"
#include "law/grade.h"

/*
 * How sure it is who asks: the code, the data points that the search compared, the
 * declaration, and what the law wants for the kind and for what was found.  Only
 * which kinds of points matched where is kept with the case, never a value, and
 * nothing a consumer reads says which did not (11 CCR 7060).
 *
 * Where the data map calls no column reliable there is nothing to match with, and
 * the confirmed address is all there is: then it is enough, as staff are told, unless
 * something that they typed is not what is held, which nobody goes past without a written
 * reason; but specific pieces and access to ADMT take the points and the declaration all
 * the same.
 */
struct identity {
	bool is_marked;    /* the data map says what may be relied on */
	bool is_confirmed; /* the code was typed back */
	bool is_account;   /* they signed in to their account again */
	bool is_doubted;   /* and that may be in the wrong hands */
	bool is_vouched;   /* staff wrote down how they know who asks */
	bool has_missed;   /* something they typed is in none of the rows */
	bool is_raised;    /* staff weighed that it takes more (stakes.h) */
	unsigned points;   /* bits of enum point */
	int points_n;
	struct grade grade; /* of the whole of what was asked for */
	/* The request may be carried out, for specific pieces as one for the
	 * categories. */
	bool is_reached;
	bool is_whole; /* as it was asked */
};

void identity_of(const struct record *r, struct identity *out);

/* It is not reached, and would be with a declaration and nothing else. */
bool identity_lacks_declaration(const struct record *r);

/* What a search learnt replaces what it had learnt in the same system. */
struct points_seen;
void identity_learn(struct desk *d, struct person *p, str system,
	const struct points_seen *seen, bool is_sensitive);

/* What was typed is in a row that was compared. */
bool identity_has_matched(const struct person *p, enum point x);

/* Something that was typed is in none of the rows that were compared. */
bool identity_has_missed(const struct person *p);

/* What a search began with, where nothing else was given: bits of connect/find_point.h. */
void identity_note_search(
	struct desk *d, struct person *p, str system, unsigned by);

/* What was typed, to be compared. */
void identity_typed(const struct person *p, struct points_typed *out);

/* A number that was only typed, or written down, leads to nobody: it was confirmed, or
 * who typed it may ask all the same: a child's parent, and who holds a power of attorney. */
bool identity_phone_leads(const struct record *r);

/*
 * Neither an email address nor a phone number leads to their rows:
 * name, address and date of birth together may, where the data map relies on them
 * (connect/find_point.h).
 */
bool identity_is_by_points(const struct record *r);
/* Is there any way to them: an address, or enough of what was given?  A map that can't
 * be read has none. */
bool identity_has_way(struct desk *d, const struct person *p);
/* For staff: "CRM was searched by name and ZIP code."; empty for who has an address. */
str identity_searched(struct arena *a, const struct record *r);
/* The points that any system was searched by, as bits of connect/point.h. */
unsigned identity_searched_points(const struct person *p);

/*
 * Within the transaction in which one of the facts changed: whether the queue has
 * to say that nobody knows who asks, and whether a declaration that was asked for is
 * still what is waited for.
 */
int identity_store(struct desk *d, const struct record *r, struct err *e);

/* What becomes of the request if it stays so.  NULL: it is verified, or of a kind
 * that is not. */
const struct unverified *identity_foretold(
	const struct record *r, bool sells, bool is_opted_out);

#endif
