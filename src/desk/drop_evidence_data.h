#ifndef DESK_DROP_EVIDENCE_DATA_H
#define DESK_DROP_EVIDENCE_DATA_H

#include "desk/drop_evidence.h"

/*
 * An evidence pack before it is written: sections with facts and tables, the
 * same for page, JSON and CSV, so that they can't disagree.  Inside
 * desk/drop_evidence*.c only.
 */
enum evidence_section_id {
#define EVIDENCE_SECTION(NAME, code, title, about) EVIDENCE_SECTION_##NAME,
#include "desk/tbl/evidence_sections.h"
	EVIDENCE_SECTIONS,
};

enum evidence_table_id {
#define EVIDENCE_TABLE(NAME, SECTION, file, title, columns) \
	EVIDENCE_TABLE_##NAME,
#include "desk/tbl/evidence_tables.h"
	EVIDENCE_TABLES,
};

enum { EVIDENCE_COLUMNS_MAX = 18, EVIDENCE_FACTS_MAX = 10 };

struct evidence_column {
	str name;
	bool is_number;
	bool is_hidden; /* on the page */
};

/* A fact or a cell: number or text, as its column says. */
struct evidence_table {
	enum evidence_section_id section;
	str file; /* "systems" */
	str title;
	struct {
		struct evidence_column at[EVIDENCE_COLUMNS_MAX];
		size_t n;
	} columns;
	str *cells; /* rows * columns.n */
	size_t rows;
	size_t rows_max;
	size_t at; /* of the row that is being put */
};

struct evidence_fact {
	const char *code; /* "longest_gap_days" */
	const char *title;
	str value;
	bool is_number;
};

struct evidence_section {
	const char *code;
	const char *title;
	const char *about;
	struct {
		struct evidence_fact at[EVIDENCE_FACTS_MAX];
		size_t n;
	} facts;
};

struct evidence {
	struct arena *arena;
	str business;
	str broker;
	str program;
	str profile;
	int64_t at;
	struct date from;
	struct date to;
	str public_key;
	struct {
		struct drop_cycle_view *at; /* oldest first */
		size_t n;
	} sessions;
	struct evidence_section section[EVIDENCE_SECTIONS];
	struct evidence_table table[EVIDENCE_TABLES];
};

/* --- drop_evidence_table.c --- */

void evidence_begin(struct evidence *x);
/* Cells of the next row, from left to right; the last one ends it. */
void evidence_text(struct evidence *x, enum evidence_table_id t, str s);
void evidence_int(struct evidence *x, enum evidence_table_id t, int64_t n);
void evidence_at(struct evidence *x, enum evidence_table_id t, int64_t at_ms);
void evidence_day(struct evidence *x, enum evidence_table_id t, struct date d);
void evidence_bool(struct evidence *x, enum evidence_table_id t, bool b);
void evidence_fact_text(struct evidence *x, enum evidence_section_id s,
	const char *code, const char *title, str value);
void evidence_fact_int(struct evidence *x, enum evidence_section_id s,
	const char *code, const char *title, int64_t value);

/* --- drop_evidence_load.c, drop_evidence_proof.c --- */

/* Sections 1 to 4; in a transaction. */
int evidence_load_work(struct desk *d, struct evidence *x, struct err *e);
/* Sections 5 to 9 but for the kept files. */
int evidence_load_proof(struct desk *d, struct evidence *x, struct err *e);
/* Opens every kept file; outside of the transaction. */
void evidence_load_archive(struct desk *d, const struct drop_place *p,
	struct evidence *x, struct drop_evidence_made *out);

/* --- drop_evidence_text.c --- */

int evidence_put_json(const struct evidence *x, str *out, struct err *e);
int evidence_put_csv(const struct evidence *x, enum evidence_table_id t,
	str *out, struct err *e);
int evidence_put_page(const struct evidence *x, str *out, struct err *e);

#endif
