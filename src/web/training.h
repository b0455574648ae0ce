#ifndef WEB_TRAINING_H
#define WEB_TRAINING_H

#include "desk/training.h"
#include "web/desk_page.h"

/*
 * "/desk/training": who handles requests and when they were trained for it; owners write
 * down a training (fields email, trained_on, what).
 */
struct training_line {
	const struct training_row *of;
	str trained; /* "November 3, 2026" */
	str due;
};

struct training_view {
	struct desk_page page;
	struct {
		struct training_line *at;
		size_t n;
	} lines;
	size_t overdue;
	bool can_note;
	struct training typed;
	str today;
	int what_max;
	struct problems problems;
};

#endif
