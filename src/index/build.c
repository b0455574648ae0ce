/*
 * An index from entries in memory: sort them by key in place, join what comes
 * twice, lay the tags, write the file.  Sorted by key is sorted by line, so
 * every section is written from front to back in one go.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/stage.h"
#include "index/crc32c.h"
#include "index/format.h"
#include "index/index.h"
#include "index/lines.h"

enum { LOAD_PERCENT = 75, FEW = 24 };

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

struct build {
	const struct index_opts *opts;
	const struct index_entry *entry;
	struct codes *codes;
	struct sink *sink;
	struct index_header *header;
};

static int write_lines(struct build *b, struct arena *a, struct err *e)
{
	struct index_header *h = b->header;
	struct lines *l = lines_new(a, b->sink, b->codes, h->home);

	for (size_t i = 0; i < h->keys; i++) {
		const uint8_t *key = b->entry[i].key;

		lines_add(l, index_home_line(index_key_hi(key), h->home),
			(struct tag){
				index_key_tag(key), b->entry[i].reasons });
	}
	if (lines_end(l, e))
		return -1;
	h->lines = l->line;
	h->crc[SECTION_LINES] = sink_end(b->sink);
	sink_put(b->sink, l->code,
		h->lines * INDEX_LINE_SLOTS * b->codes->width);
	h->crc[SECTION_CODES] = sink_end(b->sink);
	sink_put(b->sink, b->codes->mask, b->codes->masks * sizeof(uint32_t));
	h->crc[SECTION_MASKS] = sink_end(b->sink);
	return 0;
}

static void write_proof(struct build *b)
{
	struct index_header *h = b->header;

	for (size_t i = 0; i < h->keys; i++)
		sink_put(b->sink, b->entry[i].key, IDENT_KEY_SIZE);
	h->crc[SECTION_KEYS] = sink_end(b->sink);
	for (size_t i = 0; i < h->keys; i++) {
		uint32_t code = codes_of(b->codes, b->entry[i].reasons);

		sink_put(b->sink, &code, b->codes->width);
	}
	h->crc[SECTION_KEY_CODES] = sink_end(b->sink);
}

static void seal_header(struct index_header *h, const struct index_opts *o)
{
	memcpy(h->magic, INDEX_MAGIC, sizeof h->magic);
	h->version = INDEX_VERSION;
	h->flags = o->without_proof ? 0 : INDEX_FLAG_PROOF;
	h->seq = o->seq;
	h->generation = o->generation;
	h->built_at = o->built_at;
	memcpy(h->fingerprint, o->fingerprint, sizeof h->fingerprint);
	h->kinds = o->kinds;
	h->header_crc =
		crc32c(o->cpu, 0, h, offsetof(struct index_header, header_crc));
}

static int write_file(struct build *b, int fd, struct err *e)
{
	struct index_header *h = b->header;
	struct arena *a = arena_new(SIZE_MAX / 2);
	int rc;

	if (lseek(fd, INDEX_PAGE, SEEK_SET) != INDEX_PAGE) {
		arena_free(a);
		return err_errno(e, "write the index");
	}
	rc = write_lines(b, a, e);
	if (!rc && !b->opts->without_proof)
		write_proof(b);
	arena_free(a);
	if (rc)
		return -1;
	h->masks = b->codes->masks;
	h->code_width = b->codes->width;
	h->reasons = b->codes->all;
	seal_header(h, b->opts);
	if (!b->sink->failed && pwrite(fd, h, sizeof *h, 0) != sizeof *h)
		b->sink->failed = errno ? errno : EIO;
	errno = b->sink->failed;
	return b->sink->failed ? err_errno(e, "write the index") : 0;
}

static int build_sorted(const char *path, struct build *b, struct err *e)
{
	struct stage stage;

	if (stage_open(&stage, path, 0644, e))
		return -1;
	sink_init(b->sink, stage.fd, cpu_path_resolve(b->opts->cpu));
	if (write_file(b, stage.fd, e)) {
		stage_drop(&stage);
		return err_context(e, "\"%s\"", path);
	}
	return stage_commit(&stage, e);
}

int index_build(const char *path, struct index_entry *entry, size_t n,
	const struct index_opts *opts, struct err *e)
{
	struct arena *a = arena_new(sizeof(struct sink) + (1 << 16));
	struct build b = { .opts = opts,
		.entry = entry,
		.codes = arena_one(a, struct codes),
		.sink = arena_one(a, struct sink),
		.header = arena_one(a, struct index_header) };
	int load = opts->load_percent ? opts->load_percent : LOAD_PERCENT;
	int rc;

	must(load > 0 && load < 100);
	sort_entries(entry, n, 0);
	b.header->keys = join_same(entry, n);
	b.header->home = lines_home(b.header->keys, load);
	for (size_t i = 0; i < b.header->keys; i++) {
		must(entry[i].reasons != 0);
		codes_add(b.codes, entry[i].reasons);
	}
	codes_fix(b.codes);
	rc = build_sorted(path, &b, e);
	arena_free(a);
	return rc;
}
