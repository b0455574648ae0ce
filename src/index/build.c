/*
 * An index from entries in memory: sort them by key in place, join what comes
 * twice, lay the tags, write the file.  Sorted by key is sorted by line, so
 * every section is written from front to back in one go.
 */
#include <string.h>

#include "base/base.h"
#include "index/format.h"
#include "index/write.h"

enum { FEW = 24 };

/* The first 8 bytes decide nearly always. */
static int compare(const struct index_entry *a, const struct index_entry *b)
{
	uint64_t x = index_key_hi(a->key), y = index_key_hi(b->key);

	if (x != y)
		return x < y ? -1 : 1;
	return memcmp(a->key + 8, b->key + 8, IDENT_KEY_SIZE - 8);
}

static void sort_few(struct index_entry *e, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct index_entry x = e[i];
		size_t j = i;

		for (; j > 0 && compare(&e[j - 1], &x) > 0; j--)
			e[j] = e[j - 1];
		e[j] = x;
	}
}

/*
 * By the byte at `depth`, each entry swapped to its place (an American flag
 * sort): keys are spread evenly, so three bytes part ten million of them.
 */
static void sort_entries(struct index_entry *e, size_t n, size_t depth)
{
	size_t end[256] = { 0 }, next[256], at = 0;

	if (n <= FEW || depth == IDENT_KEY_SIZE) {
		sort_few(e, depth == IDENT_KEY_SIZE ? 0 : n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		end[e[i].key[depth]]++;
	for (size_t b = 0; b < 256; b++) {
		next[b] = at;
		at += end[b];
		end[b] = at;
	}
	for (size_t b = 0; b < 256; b++)
		while (next[b] < end[b]) {
			struct index_entry x = e[next[b]];
			size_t to = x.key[depth];

			if (to == b) {
				next[b]++;
				continue;
			}
			e[next[b]] = e[next[to]];
			e[next[to]++] = x;
		}
	for (size_t b = 0; b < 256; b++) {
		size_t from = b ? end[b - 1] : 0;

		sort_entries(e + from, end[b] - from, depth + 1);
	}
}

void index_sort(struct index_entry *entry, size_t n)
{
	sort_entries(entry, n, 0);
}

static size_t join_same(struct index_entry *e, size_t n)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (m > 0 && !memcmp(e[m - 1].key, e[i].key, IDENT_KEY_SIZE))
			e[m - 1].reasons |= e[i].reasons;
		else if (m++ != i)
			e[m - 1] = e[i];
	return m;
}

struct sorted {
	const struct index_entry *entry;
	size_t n;
};

static void lay_all(void *ctx, struct arena *a, struct lines *l)
{
	const struct sorted *s = ctx;

	(void)a;
	for (size_t i = 0; i < s->n; i++) {
		const uint8_t *key = s->entry[i].key;

		lines_add(l, index_home_line(index_key_hi(key), l->home),
			(struct tag){
				index_key_tag(key), s->entry[i].reasons });
	}
}

static void put_keys(void *ctx, struct sink *sink)
{
	const struct sorted *s = ctx;

	for (size_t i = 0; i < s->n; i++)
		sink_put(sink, s->entry[i].key, IDENT_KEY_SIZE);
}

static void put_codes(void *ctx, struct sink *sink, const struct codes *c)
{
	const struct sorted *s = ctx;

	for (size_t i = 0; i < s->n && c->width; i++) {
		uint32_t code = codes_of(c, s->entry[i].reasons);

		sink_put(sink, &code, c->width);
	}
}

int index_build(const char *path, struct index_entry *entry, size_t n,
	const struct index_opts *opts, struct err *e)
{
	struct sorted s = { .entry = entry };
	struct write_plan w = { .opts = opts,
		.lay = lay_all,
		.put_keys = put_keys,
		.put_codes = put_codes,
		.ctx = &s };

	index_sort(entry, n);
	s.n = join_same(entry, n);
	w.keys = s.n;
	for (size_t i = 0; i < s.n; i++) {
		must(entry[i].reasons != 0);
		codes_add(&w.codes, entry[i].reasons);
	}
	return index_write(path, &w, e);
}
