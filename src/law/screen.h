#ifndef LAW_SCREEN_H
#define LAW_SCREEN_H

#include "law/reason.h"

/*
 * What may be done with a new record before it is stored: who was deleted stays
 * deleted (Civ. Code 1798.105(c)(2), 1798.99.86(d)), who opted out stays opted out
 * (Civ. Code 1798.120(d); 11 CCR 7613).
 */
enum screen {
#define SCREEN(NAME, code, forbids, sentence) SCREEN_##NAME,
#include "law/tbl/screens.h"
	SCREENS,
};
const char *screen_code(enum screen s);
const char *screen_sentence(enum screen s);

/* Of a record, with the reasons of all its identifiers together.  A bit that is no
 * reason here blocks: a newer list may know more than this program. */
enum screen screen_of(uint32_t reasons);

#endif
