#ifndef LAW_STANDING_H
#define LAW_STANDING_H

#include <stdbool.h>

#include "law/valid.h"

/*
 * Is a company that gets personal information a service provider or contractor, or
 * does it only say so?  Without the contract it is none (11 CCR 7051(c)), and with
 * advertising across businesses it can't be one (7050(b)): then what it gets may be
 * sold to it or shared with it, and who opted out is not among it.
 */
enum law_standing {
#define STANDING(NAME, ...) STANDING_##NAME,
#include "law/tbl/standings.h"
};

struct standing_row {
	const char *code; /* "no-contract" */
	const char *told; /* after its name: "has no contract with ..." */
	const char *citation;
	struct valid valid;
};

/* Zero is the careful value: without a contract. */
struct standing_facts {
	bool is_third_party; /* by what the business calls it */
	bool advertises;     /* across businesses, for any that gives it data */
	bool has_contract;   /* with every clause that the law wants */
};

enum law_standing standing_of(const struct standing_facts *f);
const struct standing_row *standing_row(enum law_standing s);

/* What it gets is, or may be, sold or shared. */
bool standing_may_be_sale(enum law_standing s);
/* And nobody said so: the business calls it a service provider or contractor. */
bool standing_is_in_doubt(enum law_standing s);

#endif
