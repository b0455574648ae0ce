#ifndef LAW_VALID_H
#define LAW_VALID_H

#include <stdbool.h>

#include "base/date.h"

/*
 * From when to when a row of law/tbl/ holds, both days included.  `until` is
 * {0} while no end is known.  Rows about the same thing follow each other
 * without a gap; the one that holds on the day of receipt applies to the whole
 * case, and its id is kept with it.
 */
struct valid {
	struct date from;
	struct date until;
};

/* How the tables write it.  SINCE_CPRA: the CPRA became operative. */
#define SINCE(y, m, d)          \
	{                       \
		{ y, m, d },    \
		{               \
			0, 0, 0 \
		}               \
	}
#define BETWEEN(y, m, d, y2, m2, d2) \
	{                            \
		{ y, m, d },         \
		{                    \
			y2, m2, d2   \
		}                    \
	}
#define SINCE_CPRA SINCE(2023, 1, 1)
#define SINCE_2026 SINCE(2026, 1, 1) /* the amended regulations */
#define SINCE_ADMT SINCE(2027, 1, 1) /* 11 CCR 7200 */

bool valid_on(struct valid v, struct date day);

#endif
