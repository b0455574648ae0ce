#ifndef LAW_NOTICE_H
#define LAW_NOTICE_H

#include <stddef.h>

#include "base/str.h"
#include "law/valid.h"

/*
 * Which notices and links a business owes, from what it does, and what each has
 * to say.
 */
enum notice {
#define NOTICE(name, ...) NOTICE_##name,
#include "law/tbl/notices.h"
	NOTICE_END,
};

#define NOTICE_BIT(name) (1u << NOTICE_##name)

struct business_facts {
	bool is_seller;        /* sells or shares */
	bool uses_sensitive;   /* beyond what 11 CCR 7027(m) permits */
	bool has_choices_link; /* one link instead of the two, 7015 */
	bool has_incentive;    /* a loyalty programme or the like */
	bool sells_minors;     /* of consumers known to be under 16 */
	bool uses_admt;        /* for significant decisions */
	bool is_large;         /* as many consumers as 7102(a) says */
	bool is_broker;        /* a data broker */
};

struct notice_row {
	enum notice notice;
	const char *code;
	const char *title;
	bool (*is_needed)(const struct business_facts *f);
	const char *citation;
	struct valid valid;
};

const struct notice_row *notice_row(enum notice n);
enum notice notice_of(str code); /* NOTICE_END: unknown */

/* NOTICE_BIT()s of what the business owes on that day. */
unsigned notices_needed(const struct business_facts *f, struct date day);

/* What a notice has to say. */
struct notice_item {
	const char *id;
	enum notice notice;
	const char *text;
	const char *citation;
	struct valid valid;
};

size_t notice_item_count(void);
const struct notice_item *notice_item_at(size_t i);

#endif
