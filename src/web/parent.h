#ifndef WEB_PARENT_H
#define WEB_PARENT_H

#include "web/desk_page.h"
#include "web/documents.h"

#include "desk/case.h"
#include "desk/parent_form.h"

/*
 * "/desk/r/{ref}/parent": how it was found out that who asks for a child is its parent or
 * guardian.  Fields: check, saw.  "/desk/parents" lists whose parent nobody has checked.
 */
struct parent_view {
	struct desk_page page;
	str path; /* of the case */
	str reference;
	struct parent parent;
	str checked;                           /* "November 21, 2026" */
	const struct parent_check_row *wanted; /* NULL: not said */
	const struct parent_check_row *check;  /* NULL: not checked */
	struct document_lines forms;           /* that they signed */
	bool can_reveal;
	bool can_discard;
	bool can_check;
	struct {
		struct parent_method {
			const struct parent_check_row *row;
			bool is_first;
			bool is_chosen;
		} * at;
		size_t n;
	} methods;
	struct problems problems;
	str typed_check;
	str saw; /* as typed */
	int saw_max;
};

struct parents_view {
	struct desk_page page;
	struct {
		struct parents_line {
			str href;
			str reference;
			const char *kind;
			str received;
			const char *wanted;
		} * at;
		size_t n;
	} lines;
};

#endif
