#ifndef WEB_SECOND_H
#define WEB_SECOND_H

#include "desk/answer.h"
#include "desk/second.h"

/*
 * On the page where the second of two people decides: who decided first, and the letter
 * that their decision makes.
 */
struct second_note {
	const struct second *of;
	bool is_other;    /* what they decided is not what there is now */
	const char *same; /* what becomes of it, decided the same */
};

#endif
