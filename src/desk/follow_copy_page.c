/*
 * A page for a copy.  It is looked at whole before anything of it is kept; then
 * the tail is flushed, and only then does follow.json say so.
 *
 * A seal that does not fit means that what is held unsigned, or the page, is not
 * what was signed.  Nobody can tell which, so everything stays, and the next
 * page is asked for from the signed entry on: when that one fits, it replaces
 * what was held unsigned.
 */
#include "desk/follow_copying.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/enc.h"
#include "base/file.h"

/* What will be when the page is taken. */
struct step {
	const struct follow_page *p;
	size_t keep; /* entries of the tail that stay */
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint64_t seq;
	bool is_signed; /* the seal fits the chain at its entry */
};

/* The file has the key of another installation: first seen with an answer. */
int follow_check_ours(
	struct follow_copy *c, const uint8_t *fingerprint, struct err *e)
{
	const char *path = path_join(c->page, c->dir, "index.key");
	uint8_t secret[IDENT_SECRET_SIZE];
	str text;
	int rc = 0;

	if (follow_is_known(&c->state))
		return memcmp(fingerprint, c->state.fingerprint,
			       IDENT_FINGERPRINT_SIZE)
			       ? follow_refuse(e,
					 "the answer comes from another "
					 "installation")
			       : 0;
	if (!file_exists(path))
		return 0;
	if (file_read(c->page, path, 200, &text, e))
		return -1;
	if (hex_read(str_trim(text), secret, sizeof secret))
		rc = follow_check_secret(secret, fingerprint, e);
	sodium_memzero(secret, sizeof secret);
	return rc;
}

static int check_signature(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	if (!p->has_seal ||
		keys_audit_verify(c->state.public_key,
			follow_seal_text(c->page, &p->seal, p->fingerprint),
			p->seal.signature))
		return 0;
	return follow_refuse(
		e, "the signature does not belong to the public key");
}

static void walk_one(struct step *s, const uint8_t *entry)
{
	const struct follow_page *p = s->p;

	follow_chain(s->hash, entry);
	s->seq = follow_entry_at(entry, 0).seq;
	if (p->has_seal && s->seq == p->seal.seq)
		s->is_signed = !memcmp(s->hash, p->seal.hash, sizeof s->hash);
}

/*
 * Follows the chain from the last entry held, or from the signed one when the
 * seal covers what is held, over the page.
 */
static void walk(const struct follow_copy *c, struct step *s)
{
	const struct follow_state *now = &c->state;
	const struct follow_page *p = s->p;
	bool is_back =
		c->state.is_in_doubt || (p->has_seal && p->seal.seq < now->seq);

	memcpy(s->hash, is_back ? now->signed_hash : now->hash, sizeof s->hash);
	s->seq = is_back ? now->signed_seq : now->seq;
	s->is_signed = p->has_seal && s->seq == p->seal.seq &&
		       !memcmp(s->hash, p->seal.hash, sizeof s->hash);
	for (size_t i = c->signed_n; is_back && i < s->keep; i++)
		walk_one(s, c->entries + i * FOLLOW_ENTRY_SIZE);
	for (size_t i = 0; i < p->n; i++)
		walk_one(s, p->entries + i * FOLLOW_ENTRY_SIZE);
}

static int check_page(struct follow_copy *c, struct step *s, struct err *e)
{
	const struct follow_page *p = s->p;

	if (p->after != follow_copy_next(c))
		return follow_refuse(e, "the answer is to another question");
	if (p->top < c->state.seq && !c->state.is_in_doubt) {
		follow_refuse(e, "the log is shorter than this copy of it");
		return err_hint(e, "was an old backup restored there? "
				   "Then " FOLLOW_ANEW_HINT);
	}
	if (follow_check_ours(c, p->fingerprint, e) || check_signature(c, p, e))
		return -1;
	if (!p->n && p->after < p->top)
		return follow_refuse(e, "the answer leaves out what is there");
	s->keep = c->state.is_in_doubt ? c->signed_n : c->state.count;
	walk(c, s);
	if (!p->has_seal || p->seal.seq < c->state.signed_seq || s->is_signed)
		return 0;
	c->state.is_in_doubt = true;
	if (follow_state_write(c->page, c->dir, &c->state, e))
		return -1;
	return follow_refuse(e, "the answer is not what was signed");
}

/* What was held unsigned goes: first follow.json, then the file. */
static int drop_unsigned(struct follow_copy *c, struct err *e)
{
	struct follow_state *s = &c->state;

	s->count = c->signed_n;
	s->seq = s->signed_seq;
	memcpy(s->hash, s->signed_hash, sizeof s->hash);
	return follow_state_write(c->page, c->dir, s, e) ||
			       follow_tail_cut(c, e)
		       ? -1
		       : 0;
}

static int begin_tail(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	struct follow_tail t = { 0 };

	/* Of a snapshot that was taken, when the one who took it was killed. */
	unlink(path_join(c->page, c->dir, "index.tyx"));
	c->has_index = false;
	c->index_seq = 0;
	memcpy(c->state.fingerprint, p->fingerprint, sizeof p->fingerprint);
	memcpy(t.fingerprint, p->fingerprint, sizeof p->fingerprint);
	return follow_tail_write(c->dir, &t, e) || follow_tail_open(c, e) ? -1
									  : 0;
}

static int append(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	size_t size = p->n * FOLLOW_ENTRY_SIZE;
	off_t at =
		(off_t)(FOLLOW_TAIL_HEAD + c->state.count * FOLLOW_ENTRY_SIZE);

	if (!size)
		return 0;
	if (lseek(c->tail_fd, at, SEEK_SET) < 0 ||
		write_all(c->tail_fd, p->entries, size) ||
		fdatasync(c->tail_fd))
		return err_errno(e, "write the tail in \"%s\"", c->dir);
	follow_tail_grow(c, c->state.count + p->n);
	memcpy(c->entries + c->state.count * FOLLOW_ENTRY_SIZE, p->entries,
		size);
	c->state.count += p->n;
	return 0;
}

static void count_signed(struct follow_copy *c)
{
	while (c->signed_n < c->state.count &&
		follow_entry_at(c->entries, c->signed_n).seq <=
			c->state.signed_seq)
		c->signed_n++;
}

static int keep(struct follow_copy *c, const struct step *step, int64_t now,
	struct err *e)
{
	const struct follow_page *p = step->p;
	struct follow_state *s = &c->state;

	if (c->tail_fd < 0 && begin_tail(c, p, e))
		return -1;
	if (step->keep < s->count && drop_unsigned(c, e))
		return -1;
	if (append(c, p, e))
		return -1;
	c->state.is_in_doubt = false;
	s->seq = step->seq;
	memcpy(s->hash, step->hash, sizeof s->hash);
	if (step->is_signed) {
		s->signed_seq = p->seal.seq;
		memcpy(s->signed_hash, p->seal.hash, sizeof s->signed_hash);
		if (p->seal.at > s->sealed_at)
			s->sealed_at = p->seal.at;
		count_signed(c);
	}
	if (s->seq == p->top)
		s->contact_at = now;
	return follow_state_write(c->page, c->dir, s, e);
}

int follow_copy_take(
	struct follow_copy *c, str bytes, int64_t now, struct err *e)
{
	struct follow_page p;
	struct step s = { .p = &p };

	arena_clear(c->page);
	if (follow_page_read(bytes, &p, e) || check_page(c, &s, e) ||
		keep(c, &s, now, e))
		return -1;
	c->top = p.top;
	return c->state.seq < p.top;
}
