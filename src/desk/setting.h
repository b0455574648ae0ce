#ifndef DESK_SETTING_H
#define DESK_SETTING_H

#include <stdbool.h>

#include "desk/desk.h"
#include "words/lang.h"

/* One field a row of tbl/settings.h. */
struct settings {
#define SETTING(name, kind, otherwise, title, help) str name;
#include "tbl/settings.h"
};

struct setting_row {
	const char *name;
	const char *kind; /* TEXT, FLAG, HOURS, MONTHS, DAY or LANGUAGES */
	const char *otherwise;
	const char *title;
	const char *help;
};
extern const struct setting_row setting_rows[];
extern const int setting_rows_n;

int settings_load(struct desk *d, struct settings *out, struct err *e);

/* Changes one, with an audit entry.  Unknown names get a suggestion. */
int setting_put(struct desk *d, str name, str value, struct err *e);

/* The languages offered, a bit each: 1 << LANG_ES. */
unsigned settings_languages(const struct settings *s);

/* What the business says of itself in that language: the Spanish where there is one. */
str setting_said(enum lang l, str english, str spanish);
/* The settings that a consumer of that language would read in English, since the one
 * beside it is empty: "needs_sale_es, incentive_join_es"; or empty. */
str settings_untold(struct arena *a, const struct settings *s, enum lang l);

/* The hours of a setting of that kind; its default when it can't be read. */
int settings_hours(str value);

/* The months of a setting of that kind; 0 when it can't be read. */
int settings_months(str value);

/* The business's legal name, or its name. */
str settings_legal_name(const struct settings *s);

#endif
