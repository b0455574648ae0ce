#ifndef T_VIEW_H
#define T_VIEW_H

#include "base/html.h"

/* What the templates of this folder show. */
struct item {
	str name;
	const char *url;
	size_t n;
};

struct items {
	const struct item *at;
	size_t n;
};

struct head {
	const char *title;
};

struct page {
	struct head head;
	str name;
	personal who;
	const char *cstr;
	char chars[8];
	int64_t n;
	unsigned char u;
	struct markup markup;
	struct items items;
	bool is_on;
};

#endif
