#ifndef LAW_GRADE_H
#define LAW_GRADE_H

#include <stdbool.h>
#include <stddef.h>

#include "law/kind.h"

/*
 * How sure it is who asks, against how sure it has to be: data points that the
 * consumer gave and that match what the business holds and calls reliable, and
 * the declaration (11 CCR 7060 to 7062).  Zero is the careful value.
 */
struct grade_facts {
	enum kind kind;
	bool is_sensitive; /* sensitive information was found */
	bool is_raised; /* staff weighed that it takes more: 7060(c), 7062(d) */
	int points;     /* kinds of data points that match */
	bool is_declared; /* signed under penalty of perjury */
	bool is_account;  /* signed in to their account again: 11 CCR 7061 */
};

struct grade {
	const struct verification_row *needed;
	const char *citation;
	int points_short;
	bool lacks_declaration;
	bool is_reached;
};

/* Does it depend on what matches?  Not what nobody is asked for, nor a parent, who is
 * found to be one in other ways (law/parent.h). */
bool grade_is_for(enum kind kind);
/* Has it two grades, by what is at stake?  The others have one. */
bool grade_slides(enum kind kind);
/* Of such a kind; another one is a broken promise. */
struct grade grade_judge(const struct grade_facts *f);

/* What the kind is treated as where its own grade is not reached: specific pieces
 * as categories (11 CCR 7024(a)), anything else as itself. */
enum kind grade_lesser(enum kind kind);

/* What becomes of a request that could not be verified in time. */
enum unverified_act { UNVERIFIED_DENIED, UNVERIFIED_AS_CATEGORIES };

struct unverified_facts {
	enum kind kind;
	bool is_enough_for_less; /* the grade of grade_lesser() is reached */
	bool sells;              /* or shares */
	bool is_opted_out;
};

struct unverified {
	const char *id;
	unsigned kinds; /* KIND_BIT()s */
	enum unverified_act act;
	const char *sentence;
	const char *citation;
	struct valid valid;
};

const struct unverified *unverified_of(const struct unverified_facts *f);

#endif
