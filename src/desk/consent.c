#include "desk/consent.h"

#include <sodium.h>

#include "base/enc.h"
#include "desk/suppress_list.h"
#include "law/use.h"
#include "store/sql.h"

/* --- what is asked --- */

static bool is_line(str s)
{
	return s.n && s.n <= CONSENT_PURPOSE_MAX && str_is_text(s) &&
	       !str_has(s, '\n') && !str_has(s, '\t');
}

static int check_text(const struct consent_text *in, struct err *e)
{
	if (!is_line(in->purpose))
		return err_set(e, ERR_INVALID,
			"a purpose is one line of at most %d bytes",
			CONSENT_PURPOSE_MAX);
	if (use_of(in->purpose) != USE_OTHER)
		return err_set(e, ERR_INVALID,
			"the law has rules of its own for the use \"%.*s\"",
			STR_ARG(in->purpose));
	if (!in->text.n || in->text.n > CONSENT_TEXT_MAX ||
		!str_is_text(in->text))
		return err_set(e, ERR_INVALID,
			"the text that people consent to has 1 to %d bytes",
			CONSENT_TEXT_MAX);
	return 0;
}

static str digest_of(struct arena *a, str text)
{
	uint8_t digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)text.p, text.n);
	return hex_of(a, digest, sizeof digest);
}

static int store_text(struct desk *d, void *ctx, struct err *e)
{
	struct consent_text *in = ctx;
	struct sql_consent_text_last_row last = { 0 };
	struct sql_consent_text_add_in add = { .purpose = in->purpose,
		.text = in->text,
		.sha256 = digest_of(d->arena, in->text),
		.at = desk_now(d) };
	int rc = sql_consent_text_last(d->db, d->arena,
		&(struct sql_consent_text_last_in){ in->purpose }, &last, e);

	if (rc < 0)
		return -1;
	in->version = last.version + 1;
	add.version = in->version;
	add.since_version =
		rc && in->is_same ? last.since_version : in->version;
	if (sql_consent_text_add(d->db, &add, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_CONSENT_ASKED, STR(""), e,
		AD("purpose", in->purpose), AD("version", in->version),
		AD("sha256", add.sha256));
}

int consent_ask(struct desk *d, struct consent_text *in, struct err *e)
{
	if (desk_need(d, PERM_MANAGE, e) || check_text(in, e))
		return -1;
	return desk_write(d, store_text, in, e);
}

/* --- what is said --- */

struct putting {
	struct consent_act *act;
	const uint8_t *key;
	size_t n;
};

static int need_version(const struct consent_act *act,
	const struct sql_consent_text_last_row *last, struct err *e)
{
	if (act->is_given ? act->version > 0 && act->version <= last->version
			  : act->version >= 0 && act->version <= last->version)
		return 0;
	err_set(e, ERR_INVALID, "there is no version %lld of that text",
		(long long)act->version);
	return err_hint(e, "who consents saw a version: `toyon consent list`");
}

/* The ledger holds what was said, not how often it was handed in. */
static int add_one(struct desk *d, struct consent_act *act, const uint8_t *key,
	struct err *e)
{
	str id_key = { (const char *)key, IDENT_KEY_SIZE };
	struct sql_consent_last_in asked = { id_key, act->purpose };
	struct sql_consent_last_row was = { 0 };
	struct sql_consent_add_in in = { .id_key = id_key,
		.purpose = act->purpose,
		.version = act->version,
		.given = act->is_given,
		.actor = desk_actor(d),
		.at = desk_now(d) };
	int rc = sql_consent_last(d->db, d->arena, &asked, &was, e);

	if (rc < 0)
		return -1;
	if (rc && was.given == in.given && was.version == in.version)
		return 0;
	act->added++;
	return sql_consent_add(d->db, &in, e) < 0 ? -1 : 0;
}

/* One after the other: what somebody else says meanwhile is read by the next. */
static int wait_for_turn(struct desk *d, struct err *e)
{
	struct sql_audit_head_row head;

	return sql_audit_head(d->db, d->arena, &head, e) < 0 ? -1 : 0;
}

static int store_acts(struct desk *d, void *ctx, struct err *e)
{
	const struct putting *p = ctx;
	struct sql_consent_text_last_in in = { p->act->purpose };
	struct sql_consent_text_last_row last;
	int rc;

	p->act->added = 0;
	if (wait_for_turn(d, e))
		return -1;
	rc = sql_consent_text_last(d->db, d->arena, &in, &last, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND,
			"nobody is asked to consent to that purpose");
	if (need_version(p->act, &last, e))
		return -1;
	if (!p->act->version)
		p->act->version = last.version;
	for (size_t i = 0; i < p->n; i++)
		if (add_one(d, p->act, p->key + i * IDENT_KEY_SIZE, e))
			return -1;
	if (!p->act->added)
		return 0;
	return DESK_AUDIT(d,
		p->act->is_given ? AUDIT_CONSENT_GIVEN
				 : AUDIT_CONSENT_WITHDRAWN,
		STR(""), e, AD("purpose", p->act->purpose),
		AD("version", p->act->version), AD("count", p->act->added));
}

static uint8_t *keys_of(struct desk *d, struct suppress_query *q, size_t n)
{
	uint8_t *key = arena_alloc(d->arena, n * IDENT_KEY_SIZE);

	suppress_keys(suppress_keyring(d->suppress), q, n, key);
	return key;
}

int consent_put(struct desk *d, struct consent_act *act,
	struct suppress_query *q, size_t n, struct err *e)
{
	struct putting p = { .act = act, .n = n };

	if (desk_need(d, PERM_SUPPRESS, e))
		return -1;
	p.key = keys_of(d, q, n);
	for (size_t i = 0; i < n; i++)
		if (q[i].fault)
			return err_set(e, ERR_INVALID,
				"not all of the values can be read: nothing "
				"was written");
	return desk_write(d, store_acts, &p, e);
}

/* --- what holds --- */

struct asking {
	str purpose;
	int64_t at; /* 0: now */
};

/* 1 and the last word; 0: none; -1. */
static int last_of(struct desk *d, const struct asking *x, const uint8_t *key,
	struct sql_consent_last_row *out, struct err *e)
{
	str id_key = { (const char *)key, IDENT_KEY_SIZE };
	struct sql_consent_last_at_row row = { 0 };
	int rc;

	if (!x->at)
		return sql_consent_last(d->db, d->arena,
			&(struct sql_consent_last_in){ id_key, x->purpose },
			out, e);
	rc = sql_consent_last_at(d->db, d->arena,
		&(struct sql_consent_last_at_in){ id_key, x->purpose, x->at },
		&row, e);
	*out = (struct sql_consent_last_row){ row.version, row.given };
	return rc;
}

int consent_check(struct desk *d, str purpose, int64_t at,
	struct suppress_query *q, size_t n, struct err *e)
{
	struct asking x = { purpose, at };
	struct sql_consent_text_last_row last;
	int rc = sql_consent_text_last(d->db, d->arena,
		&(struct sql_consent_text_last_in){ purpose }, &last, e);
	uint8_t *key;

	if (rc <= 0)
		return rc;
	key = keys_of(d, q, n);
	for (size_t i = 0; i < n; i++) {
		struct sql_consent_last_row said = { 0 };

		if (q[i].fault)
			continue;
		rc = last_of(d, &x, key + i * IDENT_KEY_SIZE, &said, e);
		if (rc < 0)
			return -1;
		q[i].lacks_consent =
			!rc || !said.given || said.version < last.since_version;
	}
	return 1;
}

/* --- to read --- */

static int count(struct desk *d, struct consent_purpose *p, struct err *e)
{
	struct sql_consent_count_in in = { p->purpose, p->since_version };
	struct sql_consent_count_row row;

	if (sql_consent_count(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	p->consenting = row.n;
	return 0;
}

int consent_list(struct desk *d, struct consent_purposes *out, struct err *e)
{
	struct sql_consent_text_list_rows rows;

	if (desk_need(d, PERM_SEE_AUDIT, e) ||
		sql_consent_text_list(d->db, d->arena, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct consent_purpose, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_consent_text_list_row *r = &rows.at[i];
		struct consent_purpose *p = &out->at[i];

		*p = (struct consent_purpose){ r->purpose, r->version,
			r->since_version, r->text, r->sha256, r->at, 0,
			i + 1 == rows.n ||
				!str_eq(rows.at[i + 1].purpose, r->purpose) };
		if (p->is_last && count(d, p, e))
			return -1;
	}
	return 0;
}

int consent_history(struct desk *d, struct suppress_query *q,
	struct consent_history *out, struct err *e)
{
	struct sql_consent_history_rows rows;
	struct sql_consent_history_in in;

	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	in.id_key = (str){ (const char *)keys_of(d, q, 1), IDENT_KEY_SIZE };
	if (q->fault)
		return err_set(e, ERR_INVALID, "the value can't be read");
	if (sql_consent_history(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct consent_said, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct consent_said){ rows.at[i].purpose,
			rows.at[i].version, rows.at[i].given > 0,
			rows.at[i].actor, rows.at[i].at };
	return 0;
}
