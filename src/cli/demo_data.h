#ifndef CLI_DEMO_DATA_H
#define CLI_DEMO_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * The made-up people of "Lakeshore Leads": the same seed gives the same data,
 * byte by byte.  Addresses end in example.com, .net, .org or .example, numbers
 * have the exchange 555; nobody in it exists.
 */
enum {
	DEMO_LEADS = 100000,     /* rows in the table lead, and in leads.csv */
	DEMO_CRM_PEOPLE = 20000, /* rows in the table contact */
};

/* People who are in both systems with several rows in each table. */
struct demo_person {
	str first;
	str last;
	str email;       /* standardized */
	str other_email; /* a second one, in both systems */
	str phone;       /* ten digits */
	str zip;
	str street;
	str city;
};

/* Ellen Tran, Maria Gomez, Luis Medina, ...; NULL past the last. */
const struct demo_person *demo_person_at(size_t i);

struct demo_options {
	uint64_t seed; /* 0: the demo's own */
	int64_t at_ms; /* the day the youngest row was made */
	/* Leads (for every five there are two people), people of the CRM, or
	 * rows of the list: from 100 on.  The list goes with as many leads. */
	size_t n;
	str schema; /* text of examples/leads-library/leads.sqlite.sql, crm.sql */
};

/*
 * Creates the tables and fills them.  A database that has them already is left
 * as it is, with ERR_CONFLICT.
 */
int demo_data_leads(
	const char *sqlite_path, const struct demo_options *o, struct err *e);
/* where: the path of a SQLite file, or a postgres:// or postgresql:// URL. */
int demo_data_crm(
	const char *where, const struct demo_options *o, struct err *e);
/*
 * A list as partners send it: header, then o->n rows with all the dirt of real
 * ones (spellings, blanks, quotes, line ends inside quotes, empty cells).
 */
int demo_data_csv(
	const char *path, const struct demo_options *o, struct err *e);

#endif
