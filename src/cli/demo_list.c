/*
 * leads.csv: a list as a partner sends it, with everything that real ones have:
 * addresses in capitals and with blanks, numbers in eight spellings, commas and
 * line ends inside quotes, empty cells.  More than half of its people are in the
 * lead exchange.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/base.h"
#include "base/csv.h"
#include "base/date.h"
#include "cli/demo_people.h"

enum {
	ROW_ARENA_MAX = 1 << 20,
	ROW_MAX = 4096,
	NAMED_EVERY =
		4099,     /* rows; so each named person is in it three times */
	STRANGER = 45000, /* the first number that is in no system */
	STRANGERS = 20000,
};

static const uint64_t own_seed = 20261121;
static const int64_t day_ms = 86400000;

static const char header[] =
	"email,phone,first_name,last_name,street,city,state,zip,birth_date,"
	"source,comment,created_at\n";

static const char *const comments[] = { "", "", "", "", "", "call after 6",
	"wants \"the big one\"", "owner, not tenant", "first line\nsecond line",
	"no pets; 2 cars" };

struct list {
	struct arena *a; /* of the row at hand */
	struct rng rng;
	uint64_t seed;
	int64_t at_ms;
	size_t known; /* people of the lead exchange */
};

static size_t person_of(struct list *l, size_t row)
{
	if (row % NAMED_EVERY == 17)
		return row / NAMED_EVERY % DEMO_NAMED;
	if (rng_below(&l->rng, 5) < 3)
		return DEMO_NAMED + rng_below(&l->rng, l->known - DEMO_NAMED);
	return STRANGER + rng_below(&l->rng, STRANGERS);
}

static bool one_in(struct list *l, uint64_t n)
{
	return rng_below(&l->rng, n) == 0;
}

static void put(struct buf *b, str field)
{
	csv_put(b, ',', field);
	buf_putc(b, ',');
}

static void put_row(struct list *l, size_t row, struct buf *b)
{
	struct demo_being who;
	bool has_email, has_phone;

	demo_being(l->a, l->seed, person_of(l, row), &who);
	has_email = who.is_named || !one_in(l, 20);
	has_phone = who.is_named || !one_in(l, 8);
	put(b, has_email ? demo_email_spelled(
				   l->a, who.is.email, rng_next(&l->rng))
			 : (str){ 0 });
	put(b, has_phone ? demo_phone_spelled(
				   l->a, who.is.phone, rng_next(&l->rng))
			 : (str){ 0 });
	put(b, who.is.first);
	put(b, who.is.last);
	put(b, one_in(l, 12) ? arena_fmt(l->a, "%.*s, Unit %d",
				       STR_ARG(who.is.street),
				       1 + (int)rng_below(&l->rng, 60))
			     : who.is.street);
	put(b, who.is.city);
	put(b, STR("CA"));
	put(b, one_in(l, 6) ? arena_fmt(l->a, "%.*s-%04d", STR_ARG(who.is.zip),
				      (int)rng_below(&l->rng, 10000))
			    : who.is.zip);
	put(b, date_iso(l->a, who.birth_date));
	put(b, STR("partner-7"));
	put(b, str_of(comments[rng_below(&l->rng, COUNTOF(comments))]));
	csv_put(b, ',',
		instant_rfc3339(
			l->a, l->at_ms - (int64_t)rng_below(&l->rng,
						 90 * (uint64_t)day_ms)));
	buf_putc(b, '\n');
}

static bool put_rows(struct list *l, size_t n, FILE *out)
{
	bool ok = fputs(header, out) >= 0;

	for (size_t i = 0; i < n && ok; i++) {
		struct buf b;
		str row;

		arena_clear(l->a);
		b = buf_in(l->a, ROW_MAX);
		put_row(l, i, &b);
		must(buf_ok(&b));
		row = buf_str(&b);
		ok = fwrite(row.p, 1, row.n, out) == row.n;
	}
	return ok;
}

int demo_data_csv(const char *path, const struct demo_options *o, struct err *e)
{
	struct list l = { .seed = o->seed ? o->seed : own_seed,
		.at_ms = o->at_ms,
		.known = o->n * 2 / 5 };
	FILE *out = fopen(path, "w");
	bool ok;

	must(o->n >= 100);
	if (!out)
		return err_errno(e, "write %s", path);
	l.rng.state = l.seed ^ 1;
	l.a = arena_new(ROW_ARENA_MAX);
	ok = put_rows(&l, o->n, out);
	ok = fflush(out) == 0 && ok;
	if (!ok)
		err_errno(e, "write %s", path);
	fclose(out);
	arena_free(l.a);
	if (!ok)
		unlink(path);
	return ok ? 0 : -1;
}
