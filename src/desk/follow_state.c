/* The files of a copy: read with distrust, written so that a kill at any
 * instant leaves the old or the new. */
#include "desk/follow_state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "base/stage.h"
#include "desk/follow_number.h"

enum { STATE_MAX = 16384, FORM = 1 };

static const char tail_magic[8] = "TYTAIL1\n";

static int damaged(struct err *e, const char *name)
{
	err_set(e, ERR_CORRUPT, "%s of this copy is damaged", name);
	return err_hint(e, FOLLOW_ANEW_HINT);
}

static bool read_hex(const json_t *o, const char *key, void *out, size_t n)
{
	return hex_read(json_text(o, key), out, n);
}

static uint64_t read_count(const json_t *o, const char *key, bool *is_ok)
{
	int64_t v = json_number(o, key, -1);

	*is_ok = *is_ok && v >= 0;
	return (uint64_t)v;
}

static bool read_members(const json_t *o, struct follow_state *s)
{
	str url = json_text(o, "url");
	bool is_ok = json_number(o, "toyon_follow", 0) == FORM && url.n &&
		     url.n <= FOLLOW_URL_MAX;

	if (!is_ok)
		return false;
	memcpy(s->url, url.p, url.n);
	s->base_seq = read_count(o, "base_seq", &is_ok);
	s->count = read_count(o, "count", &is_ok);
	s->seq = read_count(o, "seq", &is_ok);
	s->signed_seq = read_count(o, "signed_seq", &is_ok);
	s->max_age_ms = (int64_t)read_count(o, "max_age_ms", &is_ok);
	s->sealed_at = (int64_t)read_count(o, "sealed_at", &is_ok);
	s->contact_at = (int64_t)read_count(o, "contact_at", &is_ok);
	s->is_in_doubt = json_is_true(json_object_get(o, "is_in_doubt"));
	return is_ok && read_hex(o, "public_key", s->public_key, KEY_SIZE) &&
	       read_hex(o, "fingerprint", s->fingerprint,
		       sizeof s->fingerprint) &&
	       read_hex(o, "hash", s->hash, sizeof s->hash) &&
	       read_hex(o, "signed_hash", s->signed_hash,
		       sizeof s->signed_hash) &&
	       s->base_seq <= s->signed_seq && s->signed_seq <= s->seq;
}

int follow_state_read(struct arena *a, const char *dir,
	struct follow_state *out, struct err *e)
{
	json_t *root;
	str text;

	memset(out, 0, sizeof *out);
	if (file_read(
		    a, path_join(a, dir, "follow.json"), STATE_MAX, &text, e)) {
		if (e->code == ERR_NOT_FOUND)
			err_hint(e,
				"`toyon follow URL --dir %.150s` begins "
				"a copy",
				dir);
		return -1;
	}
	if (json_read(a, text, STATE_MAX, &root, e) || !read_members(root, out))
		return damaged(e, "follow.json");
	return 0;
}

int follow_state_write(struct arena *a, const char *dir,
	const struct follow_state *s, struct err *e)
{
	struct buf b = buf_in(a, STATE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "toyon_follow", FORM);
	json_put(&j, "url", str_of(s->url));
	json_put(&j, "public_key", hex_of(a, s->public_key, KEY_SIZE));
	json_put(&j, "fingerprint",
		hex_of(a, s->fingerprint, sizeof s->fingerprint));
	json_put_int(&j, "max_age_ms", s->max_age_ms);
	json_put_int(&j, "base_seq", (int64_t)s->base_seq);
	json_put_int(&j, "count", (int64_t)s->count);
	json_put_int(&j, "seq", (int64_t)s->seq);
	json_put(&j, "hash", hex_of(a, s->hash, sizeof s->hash));
	json_put_int(&j, "signed_seq", (int64_t)s->signed_seq);
	json_put(&j, "signed_hash",
		hex_of(a, s->signed_hash, sizeof s->signed_hash));
	json_put_int(&j, "sealed_at", s->sealed_at);
	json_put_int(&j, "contact_at", s->contact_at);
	json_put_bool(&j, "is_in_doubt", s->is_in_doubt);
	json_end(&j);
	buf_putc(&b, '\n');
	must(buf_ok(&b));
	return file_replace(
		path_join(a, dir, "follow.json"), buf_str(&b), 0644, e);
}

/* --- the tail --- */

/* Not into an arena's own memory: it may be larger than one is allowed to be.
 * Not mapped: the follower may cut the file. */
static int read_whole(struct arena *a, int fd, uint8_t **out, size_t *n)
{
	struct stat st;
	ssize_t got = 1;
	uint8_t *p;

	if (fstat(fd, &st))
		return -1;
	p = malloc((size_t)st.st_size + 1);
	must(p != NULL);
	arena_defer(a, free, p);
	for (*n = 0; got && *n < (size_t)st.st_size; *n += (size_t)got) {
		got = read(fd, p + *n, (size_t)st.st_size - *n);
		if (got < 0)
			return -1;
	}
	*out = p;
	return 0;
}

int follow_tail_read(struct arena *a, const char *dir, struct follow_tail *out,
	struct err *e)
{
	const char *path = path_join(a, dir, "tail.log");
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint8_t *p = NULL;
	size_t n = 0;
	int rc;

	if (fd < 0)
		return err_errno(e, "open \"%s\"", path);
	rc = read_whole(a, fd, &p, &n);
	if (rc)
		err_errno(e, "read \"%s\"", path);
	close(fd);
	if (rc)
		return -1;
	if (n < FOLLOW_TAIL_HEAD ||
		memcmp(p, tail_magic, sizeof tail_magic) != 0)
		return damaged(e, "tail.log");
	out->base_seq = number_at(p + 8, 8);
	memcpy(out->base_hash, p + 16, sizeof out->base_hash);
	memcpy(out->fingerprint, p + 48, sizeof out->fingerprint);
	out->entries = p + FOLLOW_TAIL_HEAD;
	out->n = (n - FOLLOW_TAIL_HEAD) / FOLLOW_ENTRY_SIZE;
	return 0;
}

int follow_tail_write(
	const char *dir, const struct follow_tail *t, struct err *e)
{
	uint8_t head[FOLLOW_TAIL_HEAD];
	char path[PATH_MAX];
	struct stage s;

	memcpy(head, tail_magic, sizeof tail_magic);
	number_put(head + 8, t->base_seq, 8);
	memcpy(head + 16, t->base_hash, sizeof t->base_hash);
	memcpy(head + 48, t->fingerprint, sizeof t->fingerprint);
	snprintf(path, sizeof path, "%s/tail.log", dir);
	if (stage_open(&s, path, 0644, e))
		return -1;
	if (!write_all(s.fd, head, sizeof head) &&
		!write_all(s.fd, t->entries, t->n * FOLLOW_ENTRY_SIZE))
		return stage_commit(&s, e);
	err_errno(e, "write \"%s\"", path);
	stage_drop(&s);
	return -1;
}

int follow_tail_count(const struct follow_tail *t, const struct follow_state *s,
	size_t *out, struct err *e)
{
	if (memcmp(t->fingerprint, s->fingerprint, sizeof s->fingerprint) != 0)
		return damaged(e, "tail.log");
	*out = t->n;
	if (t->base_seq > s->base_seq)
		return 0;
	*out = s->count;
	return t->base_seq < s->base_seq || t->n < s->count
		       ? damaged(e, "tail.log")
		       : 0;
}

static void close_index(void *ctx)
{
	index_close(ctx);
}

int follow_index_open(struct arena *a, const char *dir,
	const struct follow_state *s, struct index **out, struct err *e)
{
	struct index_open_opts opts = { .fingerprint = s->fingerprint,
		.cpu = CPU_BEST };

	if (!index_open(out, path_join(a, dir, "index.tyx"), &opts, e)) {
		arena_defer(a, close_index, *out);
		return 0;
	}
	*out = NULL;
	return e->code == ERR_NOT_FOUND && !s->base_seq ? 0 : -1;
}
