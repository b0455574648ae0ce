#ifndef DESK_NOTICE_FACTS_H
#define DESK_NOTICE_FACTS_H

#include "connect/map.h"
#include "desk/notice.h"
#include "desk/setting.h"
#include "desk/valuation.h"

/*
 * What the program knows of the business that a notice to consumers has to say: from the
 * data map, the settings, the kinds of request that are offered, the versions that were
 * published, the value of data.  Inside of this folder only.
 */

/* A category of Civ. Code 1798.140(v)(1) that is collected, or was within 12 months. */
struct notice_category {
	char letter;
	str title; /* "Identifiers" */
	str holds; /* what is held of it: "Contacts; Social Security number" */
	bool is_held; /* the data map has it */
	str sources;  /* each with "; " between */
	str purposes;
	str retention;
	str sold_to; /* "Advertising networks: to show offers" */
	str shared_with;
	str disclosed_to;
	/* By the disclosure ledger, and not so any more: as sold_to. */
	str was_sold_to, was_shared_with;
	/* The last version that said so, where it is not so any more; or 0. */
	int64_t was_collected, was_sold, was_shared, was_disclosed;
};

struct notice_point {
	str text;
	str link; /* may be empty */
};
struct notice_points {
	struct notice_point *at;
	size_t n;
};

/* A use of automated decisionmaking technology. */
struct notice_use {
	const struct map_automated *of;
	str decision;         /* "Finance and lending" */
	str kept;             /* why an opt-out does not stop it; or empty */
	const char *citation; /* of that */
};

struct notice_facts {
	enum lang
		lang; /* in which the business's words are, where it has them so */
	struct settings s;
	struct notice_kinds kinds; /* by the data map, today */
	struct {
		struct notice_category *at;
		size_t n;
	} categories;
	bool has_sold; /* or shared, within 12 months */
	struct notice_points sources;
	struct notice_points purposes;
	struct notice_points requests; /* offered that day, with their pages */
	bool takes_email;              /* requests by email are read */
	struct notice_points costs;    /* categories of the incentive */
	struct {
		struct notice_use *at;
		size_t n;
	} uses;
	const struct valuation *value; /* the last one; NULL: none */
	/* Where the data map does not say something: "crm.note.body"; empty: it says
	 * all. */
	str no_category, no_source, no_purpose, no_retention, no_reason,
		no_working;
	/* Companies that use sensitive information beyond 11 CCR 7027(m). */
	str sensitive;
	/* Of the last 12 months: third parties that got lists, or get them by the data
	 * map, where the setting sells says no; and whom the ledger has, and the data map
	 * no more: third parties, and others. */
	str lists_third, unmapped_third, unmapped;
	/* There is a policy to lead to that day, here or on the business's site. */
	bool has_policy;
};

/* For a notice of that day, in that language.  What lacks is said to staff, in English. */
int notice_facts_load(struct desk *d, struct date day, enum lang l,
	struct notice_facts *out, struct err *e);

/* What the business does, as far as the law asks for it to say which notices it owes. */
void notice_business(const struct desk *d, const struct settings *s,
	struct business_facts *out);

#endif
