#ifndef DESK_DROP_EVIDENCE_PAGE_H
#define DESK_DROP_EVIDENCE_PAGE_H

#include "desk/drop_evidence_data.h"

/* The page of an evidence pack, as its template walks it. */
struct evidence_page_cell {
	str text;
	bool is_number;
};

struct evidence_page_row {
	struct evidence_page_cell at[EVIDENCE_COLUMNS_MAX];
	size_t n;
};

struct evidence_page_table {
	str title;
	str file;
	struct {
		struct evidence_page_cell at[EVIDENCE_COLUMNS_MAX];
		size_t n;
	} columns;
	struct {
		struct evidence_page_row *at;
		size_t n;
	} rows;
	size_t left_out; /* that stand in the CSV file only */
};

struct evidence_page_section {
	int number;
	const struct evidence_section *section;
	struct {
		struct evidence_page_table *at;
		size_t n;
	} tables;
};

struct evidence_page {
	const struct evidence *x;
	str made;
	str from;
	str to;
	size_t sessions;
	struct {
		struct evidence_page_section at[EVIDENCE_SECTIONS];
		size_t n;
	} sections;
};

#endif
