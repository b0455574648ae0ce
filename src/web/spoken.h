#ifndef WEB_SPOKEN_H
#define WEB_SPOKEN_H

#include "desk/spoken.h"
#include "http/request.h"

/*
 * In which language somebody is written to, to choose from: the languages that the
 * business offers.  The field is "language"; with one of them there is no field.
 */
struct spoken_choice {
	const char *code;  /* "es" */
	const char *title; /* "Español" */
	bool is_chosen;
};

struct spoken_choices {
	struct spoken_choice *at;
	size_t n;
};

/* Beside what staff write that goes to the consumer as it is: in which language.  Draws
 * nothing for English. */
struct write_in {
	enum lang lang;
};

int spoken_choices(struct http_request *q, enum lang chosen,
	struct spoken_choices *out, struct err *e);

/* What was chosen; *out stays as it is without the field.  A problem: desk/spoken.h. */
int spoken_typed(struct http_request *q, enum lang *out, struct problems *ps,
	struct err *e);

#endif
