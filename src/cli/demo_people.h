#ifndef CLI_DEMO_PEOPLE_H
#define CLI_DEMO_PEOPLE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/rand.h"
#include "base/str.h"
#include "cli/demo_data.h"

/*
 * Everyone of the demo by number: the same number is the same person in every
 * system and list.  The first ones are those with names in tbl/demo_people.h.
 */
enum { DEMO_NAMED = 8, DEMO_PEOPLE_MAX = 110000 };

struct demo_being {
	struct demo_person is;
	struct date birth_date;
	bool has_other_email;
	bool is_named;
};

void demo_being(
	struct arena *a, uint64_t seed, size_t number, struct demo_being *out);

/* As people and programs write them down; `how` chooses. */
str demo_email_spelled(struct arena *a, str email, uint64_t how);
str demo_phone_spelled(struct arena *a, str phone, uint64_t how);

#endif
