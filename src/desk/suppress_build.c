/*
 * The index file, made from the log and nothing else: what is wrong in an older
 * file does not live on.
 */
#include <stdlib.h>
#include <string.h>

#include "desk/limit.h"
#include "desk/suppress_list.h"
#include "store/sql.h"

enum { BUILD_PAGE = 20000 };

/* The log can be larger than an arena may be. */
struct entries {
	struct index_entry *at; /* until sorted, reasons is where in says */
	uint32_t *says;
	size_t n;
	size_t cap;
	uint32_t kinds;
};

static void make_room(struct entries *s, size_t n)
{
	if (s->n + n <= s->cap)
		return;
	s->cap = 2 * (s->n + n);
	s->at = realloc(s->at, s->cap * sizeof *s->at);
	s->says = realloc(s->says, s->cap * sizeof *s->says);
	must(s->at && s->says && s->n + n < UINT32_MAX);
}

static void put_pack(struct entries *s, const struct pack *p)
{
	enum ident_kind kind;

	make_room(s, p->n);
	for (size_t i = 0; i < p->n; i++, s->n++) {
		memcpy(s->at[s->n].key, p->key + i * IDENT_KEY_SIZE,
			IDENT_KEY_SIZE);
		s->at[s->n].reasons = (uint32_t)s->n;
		s->says[s->n] = p->reasons;
	}
	if (ident_kind_read(p->kind, &kind))
		s->kinds |= 1u << kind;
}

/* To the end as it is now, or a little further; *seq is where. */
static int read_log(
	struct desk *d, struct entries *s, uint64_t *seq, struct err *e)
{
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	struct sql_suppression_max_seq_row top;
	struct packs packs;
	int rc = sql_suppression_max_seq(d->db, d->arena, &top, e) < 0 ? -1 : 0;

	*seq = 0;
	while (!rc && *seq < (uint64_t)top.seq) {
		arena_clear(page);
		rc = suppress_log_read(
			d->db, page, *seq, BUILD_PAGE, &packs, e);
		if (!rc && !packs.n)
			rc = err_set(e, ERR_CORRUPT,
				"the suppression log ends too early");
		for (size_t i = 0; !rc && i < packs.n; i++) {
			put_pack(s, &packs.at[i]);
			*seq = packs.at[i].first + packs.at[i].n - 1;
		}
	}
	arena_free(page);
	return rc;
}

/* Of each key the last entry, if it is no release. */
static void keep_last(struct entries *s)
{
	size_t kept = 0;

	index_sort(s->at, s->n);
	for (size_t i = 0, end; i < s->n; i = end) {
		struct index_entry last = s->at[i];

		for (end = i + 1;
			end < s->n &&
			!memcmp(s->at[end].key, last.key, IDENT_KEY_SIZE);
			end++)
			if (s->at[end].reasons > last.reasons)
				last.reasons = s->at[end].reasons;
		last.reasons = s->says[last.reasons];
		if (last.reasons)
			s->at[kept++] = last;
	}
	s->n = kept;
}

static int audit_build(struct desk *d, void *ctx, struct err *e)
{
	const struct index_info *info = ctx;

	return DESK_AUDIT(d, AUDIT_INDEX_BUILT, STR(""), e,
		AD("entries", info->keys), AD("seq", info->seq));
}

int suppress_build(
	struct desk *d, const char *index_path, int64_t *entries, struct err *e)
{
	struct entries s = { 0 };
	struct index_opts opts = { .built_at = desk_now(d), .cpu = CPU_BEST };
	struct index_info info = { 0 };
	int rc = -1;

	if (read_log(d, &s, &opts.seq, e))
		goto out;
	keep_last(&s);
	opts.generation = opts.seq;
	opts.kinds = s.kinds;
	memcpy(opts.fingerprint, suppress_keyring(d->suppress)->fingerprint,
		sizeof opts.fingerprint);
	if (suppress_origin_at(d->db, d->arena, opts.seq, opts.origin, e) < 0)
		goto out;
	if (index_build(index_path, s.at, s.n, &opts, e))
		goto out;
	info.keys = s.n;
	info.seq = opts.seq;
	*entries = (int64_t)s.n;
	rc = desk_write(d, audit_build, &info, e);
out:
	free(s.at);
	free(s.says);
	return rc;
}

int suppress_refresh(struct desk *d, const char *index_path, int64_t most,
	int64_t *entries, struct err *e)
{
	struct suppress_set set = suppress_now(d->suppress);
	struct sql_suppression_max_seq_row top;
	int64_t behind;
	int is_ours = suppress_is_of_log(set.base, d->db, d->arena, e);

	if (is_ours < 0 ||
		sql_suppression_max_seq(d->db, d->arena, &top, e) < 0)
		return -1;
	behind = top.seq - (int64_t)suppress_set_seq(&set);
	if (is_ours && behind >= 0 && behind <= most)
		return 0;
	return suppress_build(d, index_path, entries, e) ? -1 : 1;
}
