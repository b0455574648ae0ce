/*
 * Any bytes as a recipe: read, or refused with problems in order.  Whatever is
 * taken stays on its own host, with any value in any request.
 */
#include <curl/curl.h>
#include <stdint.h>

#include "base/base.h"
#include "connect/http/fill.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_problems(const struct map_problems *ps)
{
	must(ps->n > 0 && ps->n <= MAP_PROBLEMS_MAX);
	for (size_t i = 0; i < ps->n; i++) {
		must(ps->at[i].text.n > 0 && ps->at[i].line >= 1);
		must(i == 0 || ps->at[i - 1].line <= ps->at[i].line);
	}
}

/* What libcurl makes of an address: its host; to be freed by curl_free(). */
static char *host_of(struct arena *a, str url)
{
	CURLU *u = curl_url();
	char *host = NULL;

	if (!curl_url_set(u, CURLUPART_URL, arena_cstr(a, url), 0))
		curl_url_get(u, CURLUPART_HOST, &host, 0);
	curl_url_cleanup(u);
	return host;
}

static void check_call(
	struct arena *a, const struct recipe *r, const struct http_call *c)
{
	struct cell nasty[] = { cell_text(STR("@evil.example/#?&\\../")),
		cell_text(STR("\"},{\"a\":1,\"")) };
	struct http_fill f = { .values = nasty,
		.values_n = 2,
		.key = &nasty[0],
		.page = &nasty[1] };
	str target = http_fill_target(a, c->target, &f);
	str url = arena_fmt(a, "%.*s%.*s", STR_ARG(r->url), STR_ARG(target));
	char *base = host_of(a, r->url), *host = host_of(a, url);
	str body = http_fill_body(a, c, &f);
	json_error_t why;
	json_t *tree;

	must(str_starts(c->target, STR("/")));
	if (base && host)
		must(str_eq(str_of(base), str_of(host)));
	curl_free(base);
	curl_free(host);
	if (!body.p)
		return;
	tree = json_loadb(body.p, body.n, JSON_DECODE_ANY, &why);
	must(tree);
	json_decref(tree);
}

static void check_table(
	struct arena *a, const struct recipe *r, const struct http_table *t)
{
	must(recipe_table(r, t->name) == t);
	for (size_t i = 0; i < t->looks_n; i++)
		check_call(a, r, &t->looks[i].call);
	for (size_t i = 0; i < t->erase_n; i++)
		check_call(a, r, &t->erase[i]);
	if (t->set)
		check_call(a, r, t->set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(512 << 20);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct recipe r;

	if (recipe_parse(a, (str){ (const char *)data, size }, &r, ps) < 0)
		check_problems(ps);
	else
		for (size_t i = 0; i < r.tables_n; i++)
			check_table(a, &r, &r.tables[i]);
	arena_free(a);
	return 0;
}
