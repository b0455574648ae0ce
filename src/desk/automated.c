#include "desk/automated.h"

#include "base/base.h"
#include "law/deny.h"

/* In the desk's arena: the names that are asked for are in it. */
static int read_map(struct desk *d, struct map *m, struct err *e)
{
	*m = (struct map){ .dir = STR("") };
	return d->data_map ? map_read(d->arena, d->data_map, m, e) : 0;
}

int automated_kept(struct desk *d, enum lang l, struct automated_kept_list *out,
	struct err *e)
{
	struct map m;

	*out = (struct automated_kept_list){ .n = 0 };
	if (read_map(d, &m, e))
		return -1;
	out->at = arena_many(d->arena, struct automated_kept, m.automated_n);
	for (size_t i = 0; i < m.automated_n; i++) {
		const struct map_automated *use = &m.automated[i];
		const struct ground *g = ground_of(use->exception);

		if (use->is_human || !g)
			continue;
		out->at[out->n++] = (struct automated_kept){
			.title = map_say(&m, l, use->title),
			.why = g->told,
			.citation = g->citation,
			.is_appeal = str_eq(use->exception, STR("ADMT_APPEAL")),
		};
	}
	return 0;
}

int automated_stops(struct desk *d, struct err *e)
{
	struct map m;

	if (read_map(d, &m, e))
		return -1;
	for (size_t i = 0; i < m.automated_n; i++)
		if (map_automated_stops(&m.automated[i]))
			return 1;
	return !m.automated_n;
}

int automated_may_appeal(struct desk *d, struct err *e)
{
	struct automated_kept_list kept;

	if (automated_kept(d, LANG_EN, &kept, e))
		return -1;
	for (size_t i = 0; i < kept.n; i++)
		if (kept.at[i].is_appeal)
			return 1;
	return 0;
}

/* Neither a yes nor a no: who opted out of automated decisions must not be decided
 * about because a file has a mistake (11 CCR 7221(n)). */
static int not_known(str name, const struct err *why, struct err *e)
{
	err_set(e, ERR_UNAVAILABLE,
		"\"%.*s\" may be an automated decision, and the data map "
		"can't be read: %s",
		STR_ARG(str_head(name, 60)), why->message);
	return err_hint(e,
		"`toyon map lint`; take it for a no until then (sale, "
		"share, sensitive, admt and keeping are answered without a map)");
}

int automated_asked(
	struct desk *d, str name, struct use_asked *out, struct err *e)
{
	const struct map_automated *use;
	struct err why = { 0 };
	struct map m;

	if (read_map(d, &m, &why))
		return not_known(name, &why, e);
	use = map_automated_named(&m, name);
	if (!use)
		return 0;
	*out = (struct use_asked){
		.use = USE_ADMT,
		.is_excepted = !map_automated_stops(use),
	};
	return 1;
}

static bool has_vendor(const struct map_automated *use, str vendor)
{
	for (size_t i = 0; i < use->vendors_n; i++)
		if (str_eq(use->vendors[i], vendor))
			return true;
	return false;
}

bool automated_is_without(const struct map *m, str vendor)
{
	for (size_t i = 0; i < m->automated_n; i++)
		if (map_automated_stops(&m->automated[i]) &&
			has_vendor(&m->automated[i], vendor))
			return false;
	return m->automated_n > 0;
}
