#ifndef WEB_DOCUMENTS_H
#define WEB_DOCUMENTS_H

#include "desk/correct_document.h"
#include "web/desk_page.h"
#include "web/page.h"

/* Where the consumer sends one; empty: none is taken. */
int documents_href(
	struct http_request *q, str reference, str *out, struct err *e);

struct document_line {
	int64_t id;
	str day; /* "November 21, 2026" */
	int64_t kib;
	str destroyed; /* the day; empty: it is there */
};
struct document_lines {
	struct document_line *at;
	size_t n;
};

/*
 * "/s/{ref}/documents": sends a document that shows what is right, by the number of the
 * request alone; it says which came, and never shows them.  Field: file.
 */
struct documents_view {
	struct page page;
	str reference;
	bool is_sent;
	bool can_send;
	struct document_lines sent;
	struct problems problems;
};

/* The same for staff, on the case and where they write what is right.  "/desk/r/{ref}/
 * documents", field id, hands one over; ".../discard" destroys one. */
struct documents_card {
	str path; /* of the case */
	str csrf;
	bool can_show;
	bool can_discard;
	struct document_lines sent;
};
/* Nothing of a request that takes none. */
int documents_card_fill(struct http_request *q, const struct desk_page *page,
	struct documents_card *out, struct err *e);

struct document_lines documents_lines(
	struct arena *a, enum lang l, const struct documents *d);

/* What a form posted as the field id; 0: none. */
int64_t documents_id(const struct http_request *q);

/* Hands the file over as "NAME.pdf", by what it is. */
void documents_download(const struct http_request *q, struct http_response *r,
	const char *name, str file);

/* The bytes of a file that was chosen; empty: none was. */
str documents_file(const struct http_request *q, str field);

#endif
