/*
 * The order in which a file is made: lines first, because only then is known how
 * many there are; the header last, so that a file cut short has none.
 */
#include "index/write.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/stage.h"
#include "index/crc32c.h"
#include "index/format.h"

enum { LOAD_PERCENT = 75 };

static void seal_header(struct index_header *h, const struct write_plan *w)
{
	const struct index_opts *o = w->opts;

	memcpy(h->magic, INDEX_MAGIC, sizeof h->magic);
	h->version = INDEX_VERSION;
	h->flags = o->without_proof ? 0 : INDEX_FLAG_PROOF;
	h->seq = o->seq;
	h->generation = o->generation;
	h->built_at = o->built_at;
	memcpy(h->fingerprint, o->fingerprint, sizeof h->fingerprint);
	memcpy(h->origin, o->origin, sizeof h->origin);
	h->kinds = o->kinds;
	h->masks = w->codes.masks;
	h->code_width = w->codes.width;
	h->reasons = w->codes.all;
	h->header_crc =
		crc32c(o->cpu, 0, h, offsetof(struct index_header, header_crc));
}

static int write_lines(struct write_plan *w, struct index_header *h,
	struct sink *s, struct arena *a, struct err *e)
{
	struct lines *l = lines_new(a, s, &w->codes, h->home);

	w->lay(w->ctx, a, l);
	if (lines_end(l, e))
		return -1;
	h->lines = l->line;
	if (w->opts->without_proof)
		w->keys = l->tags;
	h->crc[SECTION_LINES] = sink_end(s);
	sink_put(s, l->code, h->lines * INDEX_LINE_SLOTS * w->codes.width);
	h->crc[SECTION_CODES] = sink_end(s);
	sink_put(s, w->codes.mask, w->codes.masks * sizeof(uint32_t));
	h->crc[SECTION_MASKS] = sink_end(s);
	return 0;
}

static int write_all_sections(struct write_plan *w, struct index_header *h,
	struct sink *s, struct err *e)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	int rc = write_lines(w, h, s, a, e);

	arena_free(a);
	if (rc)
		return -1;
	h->keys = w->keys;
	if (w->opts->without_proof)
		return 0;
	w->put_keys(w->ctx, s);
	h->crc[SECTION_KEYS] = sink_end(s);
	w->put_codes(w->ctx, s, &w->codes);
	h->crc[SECTION_KEY_CODES] = sink_end(s);
	return 0;
}

static int write_file(struct write_plan *w, int fd, struct err *e)
{
	struct arena *a = arena_new(sizeof(struct sink) + (1 << 16));
	struct index_header *h = arena_one(a, struct index_header);
	struct sink *s = arena_one(a, struct sink);
	int load = w->opts->load_percent ? w->opts->load_percent : LOAD_PERCENT;
	int rc;

	must(load > 0 && load < 100);
	h->home = lines_home(w->keys, load);
	sink_init(s, fd, cpu_path_resolve(w->opts->cpu));
	/* Of /dev/null the place is always 0. */
	if (lseek(fd, INDEX_PAGE, SEEK_SET) < 0)
		s->failed = errno;
	rc = write_all_sections(w, h, s, e);
	seal_header(h, w);
	if (!rc && !s->failed && pwrite(fd, h, sizeof *h, 0) != sizeof *h)
		s->failed = errno ? errno : EIO;
	if (!rc && s->failed) {
		errno = s->failed;
		rc = err_errno(e, "write the index");
	}
	arena_free(a);
	return rc;
}

int index_write(const char *path, struct write_plan *w, struct err *e)
{
	struct stage stage;

	codes_fix(&w->codes);
	if (stage_open(&stage, path, 0600, e))
		return -1;
	if (write_file(w, stage.fd, e)) {
		stage_drop(&stage);
		return err_context(e, "\"%s\"", path);
	}
	return stage_commit(&stage, e);
}
