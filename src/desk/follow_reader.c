/*
 * Questions to a copy.  follow.json is read first, then the tail, then the
 * index: each may be newer than the one before, and then it contains more, never
 * less (what is in the index already changes nothing in the delta).
 */
#include <sodium.h>
#include <string.h>

#include "base/enc.h"
#include "base/file.h"
#include "desk/follow_copy.h"
#include "desk/follow_state.h"

/* The worker signs each ten minutes; a pause at its machine is no alarm. */
enum { SEAL_GRACE_MS = 30 * 60000, KEY_FILE_MAX = 200 };

static int read_keyring(struct arena *a, const char *dir,
	struct follow_reader *r, struct err *e)
{
	const char *path = path_join(a, dir, "index.key");
	uint8_t secret[IDENT_SECRET_SIZE];
	bool is_ok;
	str text;

	if (file_read(a, path, KEY_FILE_MAX, &text, e)) {
		if (e->code == ERR_NOT_FOUND)
			err_hint(e, "the identifiers' key was not given to "
				    "this copy: toyon follow --key-file");
		return -1;
	}
	is_ok = hex_read(str_trim(text), secret, sizeof secret);
	if (is_ok)
		ident_keyring_init(&r->keyring, secret, CPU_BEST);
	sodium_memzero(secret, sizeof secret);
	if (is_ok && !memcmp(r->keyring.fingerprint, r->state.fingerprint,
			     sizeof r->state.fingerprint))
		return 0;
	return err_set(e, ERR_CORRUPT,
		"index.key of this copy is not the one its list was made with");
}

static void free_delta(void *ctx)
{
	index_delta_free(ctx);
}

static int64_t age_s(int64_t at, int64_t now)
{
	return !at ? -1 : now < at ? 0 : (now - at) / 1000;
}

static int read_list(struct arena *a, const char *dir, struct follow_reader *r,
	struct err *e)
{
	struct index_delta *delta = index_delta_new(CPU_BEST);
	struct index *base;
	struct index_info info = { 0 };
	struct follow_tail t;
	size_t n;

	arena_defer(a, free_delta, delta);
	if (follow_tail_read(a, dir, &t, e) ||
		follow_tail_count(&t, &r->state, &n, e) ||
		follow_index_open(a, dir, &r->state, &base, e))
		return -1;
	if (base)
		index_info(base, &info);
	if (info.seq < t.base_seq)
		return err_set(e, ERR_CORRUPT,
			"index.tyx of this copy is older than its tail");
	r->age.seq = info.seq;
	for (size_t i = 0; i < n; i++) {
		struct follow_entry entry = follow_entry_at(t.entries, i);

		r->age.unsigned_n += entry.seq > r->state.signed_seq;
		if (entry.seq <= info.seq)
			continue;
		index_delta_put(delta, entry.seq, entry.key, entry.reasons);
		r->age.seq = entry.seq;
	}
	r->set = (struct suppress_set){ .base = base, .delta = delta };
	return 0;
}

/* A proxy that repeats an old "nothing new" can't renew the signature. */
static int check_age(const struct follow_reader *r, int64_t now, struct err *e)
{
	const struct follow_state *s = &r->state;
	bool is_late = now - s->contact_at > s->max_age_ms;
	bool is_old = now - s->sealed_at > s->max_age_ms + SEAL_GRACE_MS;

	if (!s->contact_at) {
		err_set(e, ERR_UNAVAILABLE,
			"this copy was never read to its end");
		return err_hint(e, "let `toyon follow` finish first");
	}
	if (!s->max_age_ms || (!is_late && !is_old))
		return 0;
	err_set(e, ERR_UNAVAILABLE,
		"this copy is %lld seconds old, and may be %lld",
		(long long)age_s(is_late ? s->contact_at : s->sealed_at, now),
		(long long)(s->max_age_ms / 1000));
	return err_hint(e, is_late ? "is `toyon follow` running, and does the "
				     "installation answer it?"
				   : "nothing was signed there since: does the "
				     "installation's worker run?");
}

int follow_reader_open(struct arena *a, const char *dir, int64_t now,
	struct follow_reader *out, struct err *e)
{
	memset(out, 0, sizeof *out);
	if (follow_state_read(a, dir, &out->state, e) ||
		check_age(out, now, e) || read_keyring(a, dir, out, e) ||
		read_list(a, dir, out, e))
		return -1;
	out->age.contact_s = age_s(out->state.contact_at, now);
	out->age.sealed_s = age_s(out->state.sealed_at, now);
	return 0;
}
