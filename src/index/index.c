/*
 * Opening, checking and reading an index file.  The order of the checks is that
 * of trust: size, magic, version, header checksum, then what the header says,
 * then the sections that look-ups read.  The sorted keys are four times as
 * large and seldom needed: they are checked when they are first used.
 */
#include "index/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "index/crc32c.h"
#include "index/filter.h"
#include "index/format.h"
#include "index/probe.h"

struct index {
	const uint8_t *map;
	size_t size;
	const struct index_header *header; /* in the map */
	struct index_layout layout;
	enum cpu_path cpu;
	probe_batch *probe;
	struct probe_table table;
	uint32_t *filter;   /* NULL: nobody asked for it */
	uint32_t mask[256]; /* what a code of width 1 means; 0 beyond */
	bool is_proof_checked;
	dev_t dev;
	ino_t ino;
};

int index_layout_of(const struct index_header *h, struct index_layout *out)
{
	const uint64_t max = (uint64_t)1 << 56;
	uint64_t width = h->code_width;
	bool has_proof = h->flags & INDEX_FLAG_PROOF;
	uint64_t at = INDEX_PAGE;

	if (h->keys > max || h->lines > max || h->home > max || width > 4 ||
		h->masks > INDEX_MASKS_MAX)
		return -1;
	out->size[SECTION_LINES] = h->lines * INDEX_LINE_SIZE;
	out->size[SECTION_CODES] = h->lines * INDEX_LINE_SLOTS * width;
	out->size[SECTION_MASKS] = h->masks * sizeof(uint32_t);
	out->size[SECTION_KEYS] = has_proof ? h->keys * IDENT_KEY_SIZE : 0;
	out->size[SECTION_KEY_CODES] = has_proof ? h->keys * width : 0;
	for (int i = 0; i < INDEX_SECTIONS; i++) {
		out->at[i] = at;
		at += (out->size[i] + INDEX_PAGE - 1) / INDEX_PAGE * INDEX_PAGE;
	}
	out->at[INDEX_SECTIONS] = at;
	return 0;
}

static int damaged(const char *what, struct err *e)
{
	err_set(e, ERR_CORRUPT, "the index is damaged: %s", what);
	return err_hint(e, "build it again: `toyon index build`");
}

/* What can be said before a number in the header is believed. */
static int check_start(const struct index *ix, struct err *e)
{
	const struct index_header *h = ix->header;

	if (ix->size < INDEX_PAGE || memcmp(h->magic, INDEX_MAGIC, 8))
		return err_set(e, ERR_CORRUPT, "not an index file");
	if (h->version > INDEX_VERSION) {
		err_set(e, ERR_CORRUPT,
			"the index has format %u; this program reads up to %d",
			h->version, INDEX_VERSION);
		return err_hint(e, "use the version that made it, or build it "
				   "again");
	}
	if (h->header_crc != crc32c(ix->cpu, 0, h,
				     offsetof(struct index_header, header_crc)))
		return damaged("its header", e);
	return 0;
}

static bool is_consistent(const struct index_header *h)
{
	static const uint8_t zeros[sizeof h->zeros];
	bool are_masks_right =
		(h->code_width == 0 && h->masks == (h->keys ? 1 : 0)) ||
		(h->code_width == 1 && h->masks >= 2) ||
		(h->code_width == 4 && h->masks == 0);

	return h->version == INDEX_VERSION && !(h->flags & ~1u) &&
	       h->home >= 1 && h->lines > h->home &&
	       h->lines - h->home <= h->home + 4096 &&
	       h->keys <= h->lines * INDEX_LINE_SLOTS && are_masks_right &&
	       !memcmp(h->zeros, zeros, sizeof zeros);
}

static int check_section(
	struct index *ix, int i, const char *name, struct err *e)
{
	const struct index_layout *l = &ix->layout;
	uint64_t size = l->at[i + 1] - l->at[i];
	uint32_t crc = size ? crc32c(ix->cpu, 0, ix->map + l->at[i], size) : 0;

	return crc == ix->header->crc[i] ? 0 : damaged(name, e);
}

static int check_hot(struct index *ix, struct err *e)
{
	const struct index_header *h = ix->header;
	const uint64_t *line;

	if (!is_consistent(h) || index_layout_of(h, &ix->layout))
		return damaged("its header contradicts itself", e);
	if (ix->size != ix->layout.at[INDEX_SECTIONS])
		return damaged(ix->size < ix->layout.at[INDEX_SECTIONS]
				       ? "it is cut short"
				       : "it is longer than it says",
			e);
	if (check_section(ix, SECTION_LINES, "its lines", e) ||
		check_section(ix, SECTION_CODES, "its codes", e) ||
		check_section(ix, SECTION_MASKS, "its masks", e))
		return -1;
	line = (const uint64_t *)(const void *)(ix->map +
						ix->layout.at[SECTION_LINES]);
	if (line[h->lines * INDEX_LINE_SLOTS - 1] != 0)
		return damaged("its last line is full", e);
	return 0;
}

static int check_owner(
	const struct index *ix, const uint8_t *fingerprint, struct err *e)
{
	if (!fingerprint || !memcmp(fingerprint, ix->header->fingerprint,
				    IDENT_FINGERPRINT_SIZE))
		return 0;
	err_set(e, ERR_CORRUPT, "the index belongs to another installation");
	return err_hint(e, "it was built with another index key");
}

static void prepare(struct index *ix)
{
	static probe_batch *const probes[] = {
#if defined(__x86_64__)
		[CPU_AVX512] = probe_batch_avx512,
		[CPU_SHANI] = probe_batch_avx2,
		[CPU_AVX2] = probe_batch_avx2,
#endif
		[CPU_PORTABLE] = probe_batch_portable,
	};
	const uint8_t *lines = ix->map + ix->layout.at[SECTION_LINES];

	ix->probe = probes[ix->cpu];
	ix->table.line = (const uint64_t *)(const void *)lines;
	ix->table.home = ix->header->home;
	memcpy(ix->mask, ix->map + ix->layout.at[SECTION_MASKS],
		ix->layout.size[SECTION_MASKS]);
}

static int map_file(struct index *ix, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;

	if (fd < 0)
		return err_errno(e, "open the index");
	if (!fstat(fd, &st) && !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(e, ERR_CORRUPT, "not an index file");
	}
	if (st.st_size < INDEX_PAGE) {
		close(fd);
		return err_set(e, ERR_CORRUPT, "not an index file");
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return err_errno(e, "map the index");
	ix->map = p;
	ix->size = (size_t)st.st_size;
	ix->header = p;
	ix->dev = st.st_dev;
	ix->ino = st.st_ino;
	return 0;
}

int index_open(struct index **out, const char *path,
	const struct index_open_opts *opts, struct err *e)
{
	struct index *ix = calloc(1, sizeof *ix);

	must(ix != NULL);
	*out = NULL;
	ix->cpu = cpu_path_resolve(opts->cpu);
	if (map_file(ix, path, e) || check_start(ix, e) ||
		check_owner(ix, opts->fingerprint, e) || check_hot(ix, e)) {
		index_close(ix);
		return err_context(e, "\"%s\"", path);
	}
	prepare(ix);
	*out = ix;
	return 0;
}

void index_close(struct index *ix)
{
	if (!ix)
		return;
	if (ix->map)
		munmap((void *)(uintptr_t)ix->map, ix->size);
	free(ix->filter);
	free(ix);
}

void index_info(const struct index *ix, struct index_info *out)
{
	const struct index_header *h = ix->header;

	*out = (struct index_info){
		.seq = h->seq,
		.generation = h->generation,
		.built_at = h->built_at,
		.keys = h->keys,
		.lines = h->lines,
		.size = ix->size,
		.hot_size = ix->layout.at[SECTION_KEYS],
		.kinds = h->kinds,
		.reasons = h->reasons,
		.has_proof = h->flags & INDEX_FLAG_PROOF,
	};
	memcpy(out->fingerprint, h->fingerprint, sizeof out->fingerprint);
	memcpy(out->origin, h->origin, sizeof out->origin);
}

bool index_is_stale(const struct index *ix, const char *path)
{
	struct stat st;

	return !stat(path, &st) &&
	       (st.st_dev != ix->dev || st.st_ino != ix->ino);
}

static uint32_t mask_of(const struct index *ix, int section, uint64_t i)
{
	const uint8_t *code = ix->map + ix->layout.at[section];
	uint32_t mask;

	switch (ix->header->code_width) {
	case 0:
		return ix->mask[0];
	case 1:
		return ix->mask[code[i]];
	default:
		memcpy(&mask, code + 4 * i, sizeof mask);
		return mask;
	}
}

void index_find_batch(
	const struct index *ix, const uint8_t *key, size_t n, uint32_t *reasons)
{
	uint64_t slot[PROBE_MANY];

	for (size_t done = 0; done < n;) {
		size_t k = n - done < PROBE_MANY ? n - done : PROBE_MANY;

		ix->probe(&ix->table, key + done * IDENT_KEY_SIZE, k, slot);
		for (size_t i = 0; i < k; i++)
			reasons[done + i] =
				slot[i] == PROBE_NONE
					? 0
					: mask_of(ix, SECTION_CODES, slot[i]);
		done += k;
	}
}

void index_expect_single(struct index *ix)
{
	if (!ix->filter && ix->table.home <= FILTER_LINES_MAX)
		ix->filter = filter_new(ix->table.line, ix->table.home);
}

uint32_t index_find(const struct index *ix, const uint8_t key[IDENT_KEY_SIZE])
{
	uint32_t reasons;

	if (ix->filter && !filter_may_have(ix->filter, ix->table.home, key))
		return 0;
	index_find_batch(ix, key, 1, &reasons);
	return reasons;
}

static const uint8_t *key_at(const struct index *ix, uint64_t i)
{
	return ix->map + ix->layout.at[SECTION_KEYS] + i * IDENT_KEY_SIZE;
}

static int check_proof(struct index *ix, struct err *e)
{
	if (!(ix->header->flags & INDEX_FLAG_PROOF))
		return err_set(e, ERR_NOT_FOUND,
			"the index was built without its full keys");
	if (ix->is_proof_checked)
		return 0;
	if (check_section(ix, SECTION_KEYS, "its keys", e) ||
		check_section(
			ix, SECTION_KEY_CODES, "the codes of its keys", e))
		return -1;
	for (uint64_t i = 1; i < ix->header->keys; i++)
		if (memcmp(key_at(ix, i - 1), key_at(ix, i), IDENT_KEY_SIZE) >=
			0)
			return damaged("its keys are out of order", e);
	ix->is_proof_checked = true;
	return 0;
}

int index_prove(struct index *ix, const uint8_t key[IDENT_KEY_SIZE],
	uint32_t *reasons, struct err *e)
{
	uint64_t low = 0, high = ix->header->keys;

	*reasons = 0;
	if (check_proof(ix, e))
		return -1;
	while (low < high) {
		uint64_t mid = low + (high - low) / 2;
		int c = memcmp(key_at(ix, mid), key, IDENT_KEY_SIZE);

		if (c == 0) {
			*reasons = mask_of(ix, SECTION_KEY_CODES, mid);
			return 1;
		}
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

int index_each(struct index *ix,
	int (*fn)(void *ctx, const struct index_entry *entry), void *ctx,
	struct err *e)
{
	if (check_proof(ix, e))
		return -1;
	for (uint64_t i = 0; i < ix->header->keys; i++) {
		struct index_entry entry;
		int rc;

		memcpy(entry.key, key_at(ix, i), IDENT_KEY_SIZE);
		entry.reasons = mask_of(ix, SECTION_KEY_CODES, i);
		if ((rc = fn(ctx, &entry)))
			return rc;
	}
	return 0;
}

static uint64_t count_tags(const struct index *ix)
{
	uint64_t n = 0;

	for (uint64_t i = 0; i < ix->header->lines * INDEX_LINE_SLOTS; i++)
		n += ix->table.line[i] > INDEX_TAG_FULL;
	return n;
}

int index_verify(struct index *ix, struct err *e)
{
	uint64_t tags = count_tags(ix);

	if (check_start(ix, e) || check_hot(ix, e))
		return -1;
	if (tags > ix->header->keys)
		return damaged("more tags than keys", e);
	if (!(ix->header->flags & INDEX_FLAG_PROOF))
		return tags == ix->header->keys
			       ? 0
			       : damaged("fewer tags than keys", e);
	if (check_proof(ix, e))
		return -1;
	for (uint64_t i = 0; i < ix->header->keys; i++) {
		uint32_t mask = mask_of(ix, SECTION_KEY_CODES, i);

		if (!mask || (index_find(ix, key_at(ix, i)) & mask) != mask)
			return damaged("a key is not found", e);
	}
	return 0;
}
