/* The data map, and whether its systems answer. */
#include "cli/doctor.h"
#include "connect/connector.h"
#include "connect/fit.h"
#include "connect/point.h"

/* What it has is what the map says of it. */
static void check_fit(
	struct doctor *d, const struct map_system *s, struct conn *c)
{
	struct err e = { 0 };
	struct fit fit;

	if (fit_of(c, d->cli->arena, &fit, &e)) {
		doctor_say_err(d, "system", &e);
		return;
	}
	for (size_t i = 0; i < fit.mistakes_n; i++)
		doctor_say_err(d, "system", &fit.mistakes[i]);
	for (size_t i = 0; i < fit.doubts_n; i++)
		doctor_say(d, "system", NOTE, str_of(fit.doubts[i].message),
			fit.doubts[i].hint);
	if (!fit.mistakes_n)
		doctor_say(d, "system", GOOD,
			arena_fmt(d->cli->arena, "%.*s answers",
				STR_ARG(s->title)),
			"");
}

static void check_system(
	struct doctor *d, const struct map *m, const struct map_system *s)
{
	struct install *in = &d->cli->install;
	struct conn_options options = {
		.mode = CONN_READ,
		.timeout_ms = 5000,
		.credentials_dir = install_path(in, in->config.credentials),
	};
	struct err e = { 0 };
	struct conn *c;

	if (map_asks_person(s)) {
		doctor_say(d, "system", GOOD,
			arena_fmt(d->cli->arena,
				"%.*s: a person is asked by letter",
				STR_ARG(s->title)),
			"");
		return;
	}
	if (conn_open(d->cli->arena, m, s, &options, &c, &e)) {
		doctor_say_err(d, "system", &e);
		return;
	}
	check_fit(d, s, c);
	conn_close(c);
}

/* 11 CCR 7062(b) to (d): two or three matches are what the law gives as examples.  In a
 * demonstration nobody asks. */
static void check_points(struct doctor *d, const struct map *m)
{
	if (map_lacks_points(m))
		doctor_say(d, "data map",
			config_flag(d->cli->install.config.demo) ? NOTE
								 : PROBLEM,
			STR("no column is called reliable, so nothing but the "
			    "code says who is asking (11 CCR 7062)"),
			"say reliable: true in the data map where you rely on "
			"a column; see \"Who is asking\" in docs/data-map.md");
}

void doctor_map(struct doctor *d)
{
	struct install *in = &d->cli->install;
	struct err e = { 0 };
	struct map map;

	if (map_read(d->cli->arena, install_path(in, in->config.data_map), &map,
		    &e)) {
		doctor_say_err(d, "data map", &e);
		return;
	}
	d->has_map = true;
	doctor_say(d, "data map", map.systems_n ? GOOD : NOTE,
		arena_fmt(d->cli->arena, "systems: %zu, vendors: %zu",
			map.systems_n, map.vendors_n),
		map.systems_n ? ""
			      : "say in the data map where personal data "
				"is, or nothing is searched");
	check_points(d, &map);
	for (size_t i = 0; i < map.systems_n; i++)
		check_system(d, &map, &map.systems[i]);
}
