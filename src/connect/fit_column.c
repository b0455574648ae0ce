/* What a database demands of columns that are erased in rows that stay. */
#include "connect/fit_parts.h"

#include "base/base.h"

static void say_column(struct fitting *f, struct err *e,
	const struct map_table *t, const struct map_column *c, const char *why)
{
	err_set(e, ERR_CONFLICT,
		"system \"%.*s\": table \"%.*s\": \"%.*s\" is erased by %s, "
		"and %s",
		STR_ARG(f->conn->system->name), STR_ARG(t->name),
		STR_ARG(c->name), column_way_name(c->way), why);
}

static void check_rules(struct fitting *f, const struct map_table *t,
	const struct map_column *c, const struct column_fact *fact)
{
	struct err *e;

	if (c->way == WAY_EMPTY && fact->is_full) {
		e = fit_mistake(f->out);
		say_column(f, e, t, c, "may not be empty");
		err_hint(e, "take mask, hash or renew in the data map, or let "
			    "the column be empty: the deletion would be "
			    "refused");
	}
	if (c->way == WAY_MASK && fact->is_unique) {
		e = fit_mistake(f->out);
		say_column(f, e, t, c,
			"its values have to differ, which masks do not");
		err_hint(e, "take hash or renew in the data map: the second "
			    "deletion would be refused");
	}
}

/* Of a type that no value is made for, such as an enum. */
static int check_form(struct fitting *f, const struct map_table *t,
	const struct map_column *c, const struct column_fact *fact,
	struct err *e)
{
	enum cell_form form = FORM_TEXT;
	struct err *doubt;

	if (!c->way || c->way == WAY_EMPTY || !f->conn->via->form ||
		!fact->has_form)
		return 0;
	if (conn_form(f->conn, t->name, c->name, &form, e))
		return -1;
	if (form != FORM_LOOK && form != FORM_LIST)
		return 0;
	doubt = fit_doubt(f->out);
	say_column(f, doubt, t, c, "no value is made for its type");
	err_hint(doubt,
		"its type is %.*s: erase it by \"null\" in the data map where "
		"it may be empty, or see that it takes any text",
		STR_ARG(str_head(fact->type, 60)));
	return 0;
}

/* What the database tells of a column of the map. */
struct fit_told {
	const struct map_table *table;
	const struct map_column *column;
	struct column_fact fact;
	struct fit_told *next;
};

void fit_column_take(struct fitting *f, const struct map_table *t,
	const struct column_fact *fact)
{
	struct fit_told *x;

	for (size_t i = 0; i < t->columns_n; i++) {
		if (!str_eq_nocase(t->columns[i].name, fact->column))
			continue;
		x = arena_one(f->arena, struct fit_told);
		*x = (struct fit_told){ t, &t->columns[i], *fact, f->told };
		x->fact.type = arena_dup(f->arena, fact->type);
		f->told = x;
	}
}

/* After all was told: the connection is free again. */
int fit_columns(struct fitting *f, struct err *e)
{
	for (const struct fit_told *x = f->told; x; x = x->next) {
		check_rules(f, x->table, x->column, &x->fact);
		if (check_form(f, x->table, x->column, &x->fact, e))
			return -1;
	}
	return 0;
}
