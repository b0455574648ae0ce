/* What the business says about itself: rows of tbl/settings.h, values in the
 * database, each change in the audit trail. */
#include "desk/setting.h"

#include <string.h>

#include "desk/limit.h"
#include "store/sql.h"

const struct setting_row setting_rows[] = {
#define SETTING(name, kind, otherwise, title, help) \
	{ #name, #kind, otherwise, title, help },
#include "tbl/settings.h"
};
const int setting_rows_n = (int)COUNTOF(setting_rows);

/* struct settings is nothing but its fields, in the order of the rows. */
static str *field_at(struct settings *s, int i)
{
	return (str *)(void *)s + i;
}

static int row_of(str name)
{
	for (int i = 0; i < setting_rows_n; i++)
		if (str_eq(str_of(setting_rows[i].name), name))
			return i;
	return -1;
}

int settings_load(struct desk *d, struct settings *out, struct err *e)
{
	struct sql_setting_all_rows rows;

	for (int i = 0; i < setting_rows_n; i++)
		*field_at(out, i) = str_of(setting_rows[i].otherwise);
	if (sql_setting_all(d->db, d->arena, &rows, e))
		return -1;
	for (size_t k = 0; k < rows.n; k++) {
		int i = row_of(rows.at[k].name);

		if (i >= 0) /* a newer program's setting is left alone */
			*field_at(out, i) = rows.at[k].value;
	}
	return 0;
}

static int unknown_setting(str name, struct err *e)
{
	int best = 4;
	const char *near = NULL;

	for (int i = 0; i < setting_rows_n; i++) {
		int edits = str_edits(name, str_of(setting_rows[i].name));

		if (edits < best) {
			best = edits;
			near = setting_rows[i].name;
		}
	}
	err_set(e, ERR_NOT_FOUND, "unrecognized setting \"%.*s\"",
		STR_ARG(str_head(name, 60)));
	if (near)
		err_hint(e, "did you mean \"%s\"?", near);
	return -1;
}

static bool read_hours(str value, int64_t *out)
{
	return str_int(value, out) && *out >= 1 && *out <= LIMIT_SCREEN_HOURS;
}

static bool read_months(str value, int64_t *out)
{
	return str_int(value, out) && *out >= 0 &&
	       *out <= LIMIT_TRAINING_MONTHS;
}

/* Codes that there are words for, English among them. */
static bool read_languages(str value, unsigned *out)
{
	str rest = value, code;
	enum lang l;

	*out = 0;
	while (str_next(&rest, ' ', &code)) {
		if (!code.n)
			continue;
		if (!lang_read(code, &l))
			return false;
		*out |= 1U << l;
	}
	return *out & (1U << LANG_EN);
}

unsigned settings_languages(const struct settings *s)
{
	unsigned offered;

	return read_languages(s->languages, &offered) ? offered : 1U << LANG_EN;
}

str setting_said(enum lang l, str english, str spanish)
{
	return l == LANG_ES && spanish.n ? spanish : english;
}

str settings_untold(struct arena *a, const struct settings *s, enum lang l)
{
	struct settings all = *s;
	str out = STR("");

	for (int i = 0; l != LANG_EN && i < setting_rows_n; i++) {
		int own = row_of(arena_fmt(
			a, "%s_%s", setting_rows[i].name, lang_code(l)));

		if (own >= 0 && field_at(&all, i)->n && !field_at(&all, own)->n)
			out = arena_fmt(a, "%.*s%s%s", STR_ARG(out),
				out.n ? ", " : "", setting_rows[own].name);
	}
	return out;
}

/* A day that is to come says nothing of what was done. */
static bool is_past(str value, struct date today)
{
	struct date day;

	return date_parse(value, &day) && date_cmp(day, today) <= 0;
}

static int check_value(int row, str value, struct date today, struct err *e)
{
	unsigned offered;
	int64_t n;

	if (value.n > LIMIT_NOTE_BYTES || !str_is_text(value))
		return err_set(e, ERR_INVALID,
			"the value of \"%s\" is too long or no text",
			setting_rows[row].name);
	if (!strcmp(setting_rows[row].kind, "FLAG") &&
		!str_eq(value, STR("yes")) && !str_eq(value, STR("no")))
		return err_set(e, ERR_INVALID, "\"%s\" is yes or no",
			setting_rows[row].name);
	if (!strcmp(setting_rows[row].kind, "HOURS") && !read_hours(value, &n))
		return err_set(e, ERR_INVALID, "\"%s\" is 1 to %d hours",
			setting_rows[row].name, LIMIT_SCREEN_HOURS);
	if (!strcmp(setting_rows[row].kind, "MONTHS") &&
		!read_months(value, &n))
		return err_set(e, ERR_INVALID, "\"%s\" is 0 to %d months",
			setting_rows[row].name, LIMIT_TRAINING_MONTHS);
	if (!strcmp(setting_rows[row].kind, "LANGUAGES") &&
		!read_languages(value, &offered))
		return err_set(e, ERR_INVALID,
			"\"%s\" is codes of languages with blanks between "
			"them, en among them, as: en es",
			setting_rows[row].name);
	if (!strcmp(setting_rows[row].kind, "DAY") && value.n &&
		!is_past(value, today))
		return err_set(e, ERR_INVALID,
			"\"%s\" is a day that is not in the future, as "
			"2026-11-21",
			setting_rows[row].name);
	return 0;
}

static int put_setting(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_setting_set_in *in = ctx;

	if (sql_setting_set(d->db, in, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_SETTING_CHANGED, STR(""), e, AD("name", in->name));
}

int setting_put(struct desk *d, str name, str value, struct err *e)
{
	struct sql_setting_set_in in = {
		.name = name,
		.value = str_trim(value),
		.changed_at = desk_now(d),
		.changed_by = desk_actor(d),
	};
	int row = row_of(name);

	if (desk_need(d, PERM_MANAGE, e))
		return -1;
	if (row < 0)
		return unknown_setting(name, e);
	if (check_value(row, in.value, desk_today(d), e))
		return -1;
	return desk_write(d, put_setting, &in, e);
}

int settings_hours(str value)
{
	int64_t hours;

	return read_hours(value, &hours) ? (int)hours : LIMIT_SCREEN_HOURS;
}

str settings_legal_name(const struct settings *s)
{
	return s->legal_name.n ? s->legal_name : s->business_name;
}

int settings_months(str value)
{
	int64_t months;

	return read_months(value, &months) ? (int)months : 0;
}
