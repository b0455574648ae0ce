/* The platform's words and file names, from their tables. */
#include "drop/drop.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/base.h"

static const struct list_row {
	const char *name;
	enum ident_kind kind;
	const char *title;
	const char *what;
} lists[] = {
#define DROP_LIST(NAME, name, kind, title, what) \
	[DROP_##NAME] = { name, kind, title, what },
#include "drop/tbl/lists.h"
};

static const struct status_row {
	enum drop_status status;
	const char *name;
	const char *sentence;
} statuses[] = {
#define DROP_STATUS(NAME, code, name, sentence) \
	{ DROP_STATUS_##NAME, name, sentence },
#include "drop/tbl/statuses.h"
};

static const struct list_row *row(enum drop_list l)
{
	must((size_t)l < COUNTOF(lists));
	return &lists[l];
}

const char *drop_list_name(enum drop_list l)
{
	return row(l)->name;
}

const char *drop_list_title(enum drop_list l)
{
	return row(l)->title;
}

const char *drop_list_what(enum drop_list l)
{
	return row(l)->what;
}

enum ident_kind drop_list_kind(enum drop_list l)
{
	return row(l)->kind;
}

bool drop_list_read(str name, enum drop_list *out)
{
	for (size_t i = 0; i < COUNTOF(lists); i++) {
		if (!str_eq(name, str_of(lists[i].name)))
			continue;
		*out = (enum drop_list)i;
		return true;
	}
	return false;
}

static const struct status_row *status_row(enum drop_status s)
{
	for (size_t i = 0; i < COUNTOF(statuses); i++) {
		if (statuses[i].status == s)
			return &statuses[i];
	}
	return NULL;
}

const char *drop_status_name(enum drop_status s)
{
	const struct status_row *r = status_row(s);

	return r ? r->name : "none";
}

const char *drop_status_sentence(enum drop_status s)
{
	const struct status_row *r = status_row(s);

	return r ? r->sentence : "not decided yet";
}

bool drop_status_is(int code)
{
	return status_row((enum drop_status)code) != NULL;
}

static bool is_alnum(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!isalnum((unsigned char)s.p[i]))
			return false;
	}
	return true;
}

bool drop_id_read(str s, char id[DROP_ID_SIZE])
{
	if (s.n != DROP_ID_SIZE || !is_alnum(s))
		return false;
	memcpy(id, s.p, DROP_ID_SIZE);
	return true;
}

static int base62_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : c - 'a' + 36;
}

bool drop_id_is_simulated(str id)
{
	enum { NUMBERED = 5, MADE_MAX = 1 << 24 };
	int64_t number = 0;
	char same[DROP_ID_SIZE];

	if (!drop_id_read(id, same))
		return false;
	for (size_t i = DROP_ID_SIZE - NUMBERED; i < DROP_ID_SIZE; i++)
		number = number * 62 + base62_digit(same[i]);
	return number < MADE_MAX;
}

/* --- names of files --- */

/* The digits at the front of *s, exactly n of them. */
static bool take_digits(str *s, size_t n, int *out)
{
	*out = 0;
	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*out = *out * 10 + (s->p[i] - '0');
	}
	*s = str_from(*s, n);
	return true;
}

static bool take(str *s, const char *what)
{
	if (!str_starts(*s, str_of(what)))
		return false;
	*s = str_from(*s, strlen(what));
	return true;
}

/* "20260312_4821_" */
static bool take_head(str *s, struct date *date, int *broker)
{
	int y, m, d;

	if (!take_digits(s, 4, &y) || !take_digits(s, 2, &m) ||
		!take_digits(s, 2, &d) || !take(s, "_") ||
		!take_digits(s, 4, broker) || !take(s, "_"))
		return false;
	*date = (struct date){ y, m, d };
	return date_is_valid(*date);
}

static bool read_suffix(str *type, str *suffix)
{
	str t;

	*suffix = (str){ 0 };
	if (!str_cut(*type, '_', &t, suffix))
		return true;
	*type = t;
	return suffix->n > 0 && suffix->n <= DROP_SUFFIX_MAX &&
	       is_alnum(*suffix);
}

bool drop_file_name_read(str name, struct drop_file_name *out)
{
	str s = name;

	*out = (struct drop_file_name){ 0 };
	if (!take_head(&s, &out->date, &out->broker) ||
		!str_ends(s, STR(".csv")))
		return false;
	s.n -= STR(".csv").n;
	if (!read_suffix(&s, &out->suffix))
		return false;
	out->is_removed = str_eq(s, STR("Removed"));
	return out->is_removed || drop_list_read(s, &out->list);
}

str drop_file_name_of(struct arena *a, const struct drop_file_name *n)
{
	must(!n->is_removed && n->suffix.n <= DROP_SUFFIX_MAX);
	return arena_fmt(a, "%04d%02d%02d_%04d_%s%s%.*s.csv", n->date.year,
		n->date.month, n->date.day, n->broker, drop_list_name(n->list),
		n->suffix.n ? "_" : "", STR_ARG(n->suffix));
}

bool drop_zip_name_read(str name, struct date *date, int *broker)
{
	return take_head(&name, date, broker) && str_eq(name, STR("DROP.zip"));
}
