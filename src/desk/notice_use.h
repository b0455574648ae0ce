#ifndef DESK_NOTICE_USE_H
#define DESK_NOTICE_USE_H

#include "connect/map.h"
#include "desk/desk.h"
#include "law/use.h"

/*
 * What the notices in force do not say is not to be done: a sale or sharing of
 * categories that the privacy policy does not name as sold or shared, and a purpose that
 * neither it nor the notice at collection has (11 CCR 7002).  A third party that the data
 * map says gets it for a business purpose is looked up among what is disclosed.
 *
 * Held against what was published here: while no policy is in force nothing is known of
 * what people were told, and nothing is refused.  A purpose that people are asked to
 * consent to was told by that text (desk/consent.h).
 */
struct notice_use {
	enum use use; /* USE_SALE and USE_SHARE are looked up by category */
	unsigned categories; /* MAP_CATEGORY_BIT()s of what goes; 0: any */
	str purpose;         /* in the business's words; empty: none is asked */
	/* By disclosed_as: the policy says it as disclosed, and not as a sale. */
	bool is_disclosed;
};

enum notice_silence {
	NOTICE_SAYS,
	NOTICE_UNPUBLISHED, /* no policy is in force: nothing is held against it */
	NOTICE_SAYS_NO_SALE, /* or sharing; or disclosure, where it is one */
	NOTICE_SAYS_NO_PURPOSE,
};
static inline bool notice_is_against(enum notice_silence s)
{
	return s > NOTICE_UNPUBLISHED;
}

/* As of that day. */
int notice_silence(struct desk *d, const struct notice_use *u, struct date day,
	enum notice_silence *out, struct err *e);

/* What the company gets and what for, as the data map has it. */
struct notice_use notice_use_of(const struct map_vendor *v);

#endif
