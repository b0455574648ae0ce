#ifndef WEB_RECEIPT_H
#define WEB_RECEIPT_H

#include "web/desk_page.h"

/*
 * "/desk/r/{ref}/receipt": what is kept of a closed case, the fields of 11 CCR
 * 7101(b) and the evidence of each system and company; as a page to print, and
 * byte for byte as it was signed.
 */
struct receipt_fact {
	const char *title;
	str value;
};

struct receipt_task {
	str name;
	bool is_system;
	str state; /* in words */
	str done;  /* "November 21, 2026, 1:04 p.m.", Pacific */
	str rows;  /* "3 found, 3 deleted" */
};

struct receipt_page {
	struct desk_page page;
	str path;
	str reference;
	struct {
		struct receipt_fact *at;
		size_t n;
	} facts;
	struct {
		struct receipt_task *at;
		size_t n;
	} tasks;
	str audit_seq;
	str audit_hash;
	str signature; /* empty: it lies under the trail's signature only */
};

#endif
