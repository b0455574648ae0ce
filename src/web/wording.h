#ifndef WEB_WORDING_H
#define WEB_WORDING_H

#include "web/desk_page.h"

#include "desk/wording.h"

/* "/desk/wording": the words of pages and letters, every version. */
struct wording_line {
	const struct wording *of;
	str since;
	str hash_short;
};

struct wording_page {
	struct desk_page page;
	struct {
		struct wording_line *at;
		size_t n;
	} lines;
};

#endif
