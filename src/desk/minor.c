/* What is known of minors, and what was chosen for them. */
#include "desk/minor.h"

static const char *const choices[MINOR_CHOICES] = { "", "parent", "self",
	"no" };

static enum minor_choice choice_of(str code)
{
	int c = 0;

	while (c < MINOR_CHOICES - 1 && !str_eq(code, str_of(choices[c])))
		c++;
	return (enum minor_choice)c;
}

static str key_str(const uint8_t key[IDENT_KEY_SIZE])
{
	return (str){ (const char *)key, IDENT_KEY_SIZE };
}

static struct date date_of(str iso)
{
	struct date out = { 0 };

	(void)date_parse(iso, &out);
	return out;
}

/* By the days when they are known; an age that was told does not grow by itself. */
static enum minor age_on(const struct sql_minor_of_row *row, struct date today)
{
	struct date sixteen = date_of(row->sixteen_on);

	if (date_is_none(sixteen))
		return minor_of(row->age);
	if (date_cmp(sixteen, today) <= 0)
		return MINOR_GROWN;
	return date_cmp(date_of(row->thirteen_on), today) <= 0 ? MINOR_TEEN
							       : MINOR_UNDER_13;
}

int minor_look(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	struct minor_known *out, struct err *e)
{
	struct sql_minor_of_row row;
	int rc = sql_minor_of(d->db, d->arena,
		&(struct sql_minor_of_in){ key_str(key) }, &row, e);

	if (rc <= 0)
		return rc;
	*out = (struct minor_known){
		.age = age_on(&row, desk_today(d)),
		.sixteen_on = date_of(row.sixteen_on),
		.choice = choice_of(row.choice),
		.ask_from = date_of(row.ask_from),
	};
	if (out->age == MINOR_END)
		return err_set(e, ERR_CORRUPT,
			"an age in the record is not as it was written");
	return 1;
}

int minor_is_known(struct desk *d, const struct record *r, struct err *e)
{
	struct record_keys keys = record_keys(d, r);

	for (size_t i = 0; i < keys.n; i++) {
		struct minor_known known;
		int rc = minor_look(d, keys.at[i].of, &known, e);

		if (rc < 0)
			return -1;
		if (rc && known.age != MINOR_GROWN)
			return 1;
	}
	return 0;
}

int minor_tell(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	struct date born_on, enum minor age, struct err *e)
{
	struct sql_minor_tell_in in = {
		.id_key = key_str(key),
		.age = str_of(minor_row(age)->code),
		.thirteen_on = STR(""),
		.sixteen_on = STR(""),
		.at = desk_now(d),
	};

	if (!date_is_none(born_on)) {
		const struct minor_row *child = minor_row(MINOR_UNDER_13);

		in.thirteen_on = date_iso(
			d->arena, minor_birthday(born_on, child->before_age));
		in.sixteen_on = date_iso(d->arena, minor_until(born_on));
	}
	return sql_minor_tell(d->db, &in, e) < 0 ? -1 : 0;
}

int minor_choose(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	enum minor_choice choice, struct date ask_from, struct err *e)
{
	struct sql_minor_choose_in in = {
		.choice = str_of(choices[choice]),
		.at = desk_now(d),
		.ask_from = date_is_none(ask_from)
				    ? STR("")
				    : date_iso(d->arena, ask_from),
		.id_key = key_str(key),
	};

	return sql_minor_choose(d->db, &in, e) < 0 ? -1 : 0;
}

bool minor_is_refusing(const struct minor_known *known, struct date today)
{
	return known->choice == MINOR_REFUSED &&
	       date_cmp(today, known->ask_from) < 0;
}

bool minor_allows(enum minor_choice choice, enum minor age)
{
	return choice == MINOR_PARENT_ALLOWED ||
	       (choice == MINOR_SELF_ALLOWED && age != MINOR_UNDER_13);
}
