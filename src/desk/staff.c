/*
 * Staff, their sessions, and API keys.  Secrets are kept as keyed hashes, a
 * passphrase as Argon2id; a sign-in tells nobody whether it was the address or
 * the passphrase that was wrong, not by its time either.
 */
#include "desk/staff.h"

#include <sodium.h>

#include "base/enc.h"
#include "base/rand.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/passphrase.h"
#include "desk/recall.h"
#include "ident/ident.h"
#include "store/sql.h"

enum { SESSION_TOKEN_BYTES = 24, CSRF_BYTES = 18, API_KEY_BYTES = 24 };
enum { QUARTER_HOUR_S = 900, HOUR_MS = 3600000 };

static const struct {
	const char *code;
	const char *title;
} roles[] = {
#define ROLE(letter, code, title) { code, title },
#include "tbl/roles.h"
};

const char *role_title(str role)
{
	for (size_t i = 0; i < COUNTOF(roles); i++)
		if (str_eq(role, str_of(roles[i].code)))
			return roles[i].title;
	return NULL;
}

bool role_is_known(str role)
{
	return role_title(role) != NULL;
}

/* Addresses are compared as people mean them, not as they type them. */
static bool read_email(struct arena *a, str typed, str *out)
{
	struct ident id;

	if (ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, typed) !=
		IDENT_FAULT_NONE)
		return false;
	*out = arena_dup(a, (str){ id.text, id.n });
	return true;
}

static void check_new(struct desk *d, const struct staff_new *in,
	struct sql_staff_add_in *row, struct problems *ps)
{
	if (!read_email(d->arena, in->email, &row->email))
		problem_add(ps, "email", "invalid",
			"Enter an email address, like name@example.com");
	if (!row->name.n || row->name.n > LIMIT_NAME_CHARS ||
		!str_is_text(row->name))
		problem_add(ps, "name", "missing", "Enter a name");
	if (!role_is_known(in->role))
		problem_add(ps, "role", "unknown",
			"The role is owner, officer, agent or auditor");
	passphrase_check(in->passphrase, (personal){ in->email },
		(personal){ in->name }, ps);
}

struct adding {
	struct sql_staff_add_in in;
	struct sql_staff_add_row row;
};

static int add_row(struct desk *d, void *ctx, struct err *e)
{
	struct adding *a = ctx;

	if (sql_staff_add(d->db, d->arena, &a->in, &a->row, e) < 0) {
		if (e->code == ERR_CONFLICT)
			err_set(e, ERR_CONFLICT,
				"there is a member of staff with this email "
				"address already");
		return -1;
	}
	return DESK_AUDIT(d, AUDIT_STAFF_ADDED, STR(""), e, AD("id", a->row.id),
		AD("role", a->in.role));
}

int staff_add(struct desk *d, const struct staff_new *in, int64_t *id,
	struct problems *ps, struct err *e)
{
	struct adding a = { .in = { .name = str_trim(in->name),
				    .role = in->role,
				    .created_at = desk_now(d) } };

	if (desk_need(d, PERM_MANAGE, e))
		return -1;
	check_new(d, in, &a.in, ps);
	if (ps->n)
		return err_set(e, ERR_INVALID, "%s", ps->at[0].text);
	a.in.passphrase = passphrase_hash(d->arena, in->passphrase);
	if (desk_write(d, add_row, &a, e))
		return -1;
	*id = a.row.id;
	return 0;
}

/* 1 found, 0 not, -1 failed. */
static int by_email(struct desk *d, str typed,
	struct sql_staff_by_email_row *row, struct err *e)
{
	struct sql_staff_by_email_in in;

	if (!read_email(d->arena, typed, &in.email))
		return 0;
	return sql_staff_by_email(d->db, d->arena, &in, row, e);
}

static int must_exist(struct desk *d, str email,
	struct sql_staff_by_email_row *row, struct err *e)
{
	int rc = by_email(d, email, row, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "no member of staff has this email address");
	return err_hint(e, "`toyon user list` shows who there is");
}

static int store_passphrase(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_staff_set_passphrase_in *in = ctx;

	if (sql_staff_set_passphrase(d->db, in, e) < 0)
		return -1;
	if (sql_session_drop_staff(d->db,
		    &(struct sql_session_drop_staff_in){ in->id }, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_PASSPHRASE_CHANGED, STR(""), e, AD("id", in->id));
}

int staff_set_passphrase(struct desk *d, str email, personal passphrase,
	struct problems *ps, struct err *e)
{
	struct sql_staff_by_email_row row;
	struct sql_staff_set_passphrase_in in;

	if (desk_need(d, PERM_MANAGE, e) || must_exist(d, email, &row, e))
		return -1;
	passphrase_check(passphrase, (personal){ row.email },
		(personal){ row.name }, ps);
	if (ps->n)
		return err_set(e, ERR_INVALID, "%s", ps->at[0].text);
	in.id = row.id;
	in.passphrase = passphrase_hash(d->arena, passphrase);
	return desk_write(d, store_passphrase, &in, e);
}

static int disable_row(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_staff_disable_in *in = ctx;

	if (sql_staff_disable(d->db, in, e) < 0)
		return -1;
	if (sql_session_drop_staff(d->db,
		    &(struct sql_session_drop_staff_in){ in->id }, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_STAFF_DISABLED, STR(""), e, AD("id", in->id));
}

int staff_disable(struct desk *d, str email, struct err *e)
{
	struct sql_staff_by_email_row row;
	struct sql_staff_disable_in in = { .at = desk_now(d) };

	if (desk_need(d, PERM_MANAGE, e) || must_exist(d, email, &row, e))
		return -1;
	in.id = row.id;
	return desk_write(d, disable_row, &in, e);
}

static int open_session(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_session_add_in *in = ctx;

	if (sql_session_add(d->db, in, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_SIGNED_IN, STR(""), e, AD("id", in->staff_id));
}

static int audit_refusal(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	return DESK_AUDIT(d, AUDIT_SIGN_IN_REFUSED, STR(""), e,
		AD("reason", "wrong email or passphrase"));
}

static int refuse(struct desk *d, struct err *e)
{
	if (desk_write(d, audit_refusal, NULL, e))
		return -1;
	err_set(e, ERR_DENIED, "the email address or the passphrase is wrong");
	return err_hint(e, "an owner can set a new passphrase with "
			   "`toyon user passphrase`");
}

/* Whose tries are counted. */
struct trying {
	str peer;
	str account;
	str both;
};

static struct trying trying_of(struct desk *d, str email, str peer)
{
	struct trying t = { peer, str_head(str_trim(email), 254), STR("") };

	(void)read_email(d->arena, t.account, &t.account); /* however typed */
	t.both = arena_fmt(
		d->arena, "%.*s %.*s", STR_ARG(peer), STR_ARG(t.account));
	return t;
}

/* Each of the three is counted, whether there is such an account or not. */
static int limit_sign_in(struct desk *d, const struct trying *t, struct err *e)
{
	if (desk_limit(d, "sign-in-peer", t->peer, LIMIT_SIGN_IN_TRIES_PEER,
		    QUARTER_HOUR_S, e) ||
		desk_limit(d, "sign-in", t->both, LIMIT_SIGN_IN_TRIES,
			QUARTER_HOUR_S, e))
		return -1;
	return desk_limit(d, "sign-in-account", t->account,
		LIMIT_SIGN_IN_TRIES_ACCOUNT, QUARTER_HOUR_S, e);
}

int staff_sign_in(struct desk *d, str email, personal passphrase, str peer,
	str *token, struct err *e)
{
	struct sql_staff_by_email_row row = { 0 };
	struct sql_session_add_in in = { .created_at = desk_now(d) };
	struct trying t = trying_of(d, email, peer);
	bool is_right;
	int rc;

	if (limit_sign_in(d, &t, e))
		return -1;
	rc = by_email(d, email, &row, e);
	if (rc < 0)
		return -1;
	if (!rc || row.disabled_at)
		row.passphrase = STR("");
	is_right = passphrase_verify(row.passphrase, passphrase);
	d->actor = (struct actor){ .kind = ACTOR_STAFF, .id = row.id };
	if (!is_right)
		return refuse(d, e);
	if (desk_limit_forget(d, "sign-in", t.both, QUARTER_HOUR_S, e))
		return -1;
	*token = rand_token(d->arena, SESSION_TOKEN_BYTES);
	in.token_hash = keys_hash(d->arena, d->keys, "session", *token);
	in.staff_id = row.id;
	in.csrf = rand_token(d->arena, CSRF_BYTES);
	return desk_write(d, open_session, &in, e);
}

static int close_session(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	if (sql_session_drop(d->db,
		    &(struct sql_session_drop_in){ d->actor.token_hash },
		    e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_SIGNED_OUT, STR(""), e, AD("id", d->actor.id));
}

int staff_sign_out(struct desk *d, struct err *e)
{
	must(d->actor.kind == ACTOR_STAFF);
	return desk_write(d, close_session, NULL, e);
}

static bool session_is_over(
	const struct desk *d, const struct sql_session_by_hash_row *s)
{
	int64_t now = desk_now(d);

	return now - s->seen_at > LIMIT_SESSION_IDLE_MINUTES * 60000LL ||
	       now - s->created_at > LIMIT_SESSION_HOURS * 3600000LL;
}

/* Written once a minute at most: every click would be a write otherwise. */
static int note_seen(struct desk *d, const struct sql_session_by_hash_row *s,
	str hash, struct err *e)
{
	struct sql_session_seen_in in = { .token_hash = hash,
		.at = desk_now(d) };

	if (in.at - s->seen_at < 60000)
		return 0;
	return sql_session_seen(d->db, &in, e) < 0 ? -1 : 0;
}

int staff_of_session(struct desk *d, str token, struct err *e)
{
	struct sql_session_by_hash_row s;
	str hash;
	int rc;

	if (!token.n || token.n > 64)
		return 0;
	hash = keys_hash(d->arena, d->keys, "session", token);
	rc = sql_session_by_hash(d->db, d->arena,
		&(struct sql_session_by_hash_in){ hash }, &s, e);
	if (rc <= 0 || session_is_over(d, &s))
		return rc < 0 ? -1 : 0;
	if (note_seen(d, &s, hash, e))
		return -1;
	d->actor = (struct actor){
		.kind = ACTOR_STAFF,
		.id = s.staff_id,
		.name = s.name,
		.role = s.role,
		.email = s.email,
		.csrf = s.csrf,
		.token_hash = hash,
	};
	return 1;
}

bool staff_csrf_is_right(const struct desk *d, str token)
{
	str mine = d->actor.csrf;

	return mine.n && token.n == mine.n &&
	       !sodium_memcmp(token.p, mine.p, mine.n);
}

static int store_api_key(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_api_key_add_in *in = ctx;

	if (sql_api_key_add(d->db, in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_API_KEY_ADDED, STR(""), e,
		AD("shown", in->shown),
		AD("may", in->scopes.n ? in->scopes : STR("everything")));
}

int api_key_add(
	struct desk *d, str name, unsigned scopes, str *key, struct err *e)
{
	struct sql_api_key_add_in in = { .created_at = desk_now(d) };

	if (desk_need(d, PERM_MANAGE, e))
		return -1;
	in.name = str_trim(name);
	if (!in.name.n || in.name.n > LIMIT_NAME_CHARS)
		return err_set(e, ERR_INVALID, "the key needs a short name");
	must(scopes && !(scopes & ~(unsigned)SCOPES_ALL));
	in.scopes = scopes_text(d->arena, scopes);
	*key = arena_fmt(d->arena, "ty_live_%.*s",
		STR_ARG(rand_token(d->arena, API_KEY_BYTES)));
	in.key_hash = keys_hash(d->arena, d->keys, "api-key", *key);
	in.shown = arena_fmt(d->arena, "%.*s...", STR_ARG(str_head(*key, 12)));
	return desk_write(d, store_api_key, &in, e);
}

/* Written once an hour at most: checks are reads, and stay it. */
static bool is_to_be_noted(const struct desk *d, int64_t used_at)
{
	return desk_now(d) - used_at >= HOUR_MS;
}

static int note_used(struct desk *d, const struct sql_api_key_by_hash_row *row,
	struct err *e)
{
	struct sql_api_key_used_in in = { .id = row->id, .at = desk_now(d) };

	if (!is_to_be_noted(d, row->used_at))
		return 0;
	return sql_api_key_used(d->db, &in, e) < 0 ? -1 : 0;
}

static bool is_recalled(struct desk *d, str key)
{
	struct recall_key known;

	if (!recall_find_key(d->recall, key, &known) ||
		is_to_be_noted(d, known.used_at))
		return false;
	d->actor = (struct actor){ .kind = ACTOR_API,
		.id = known.id,
		.name = arena_dup(d->arena, known.name),
		.scopes = known.scopes };
	return true;
}

static int read_api_key(struct desk *d, str key,
	struct sql_api_key_by_hash_row *row, struct err *e)
{
	struct sql_api_key_by_hash_in in = { keys_hash(
		d->arena, d->keys, "api-key", key) };
	int rc = sql_api_key_by_hash(d->db, d->arena, &in, row, e);

	if (rc <= 0 || row->revoked_at)
		return rc < 0 ? -1 : 0;
	return 1;
}

int api_key_of(struct desk *d, str key, struct err *e)
{
	struct sql_api_key_by_hash_row row;
	unsigned scopes;
	str unknown; /* to this version: nothing is allowed by it */
	bool holds;
	int rc;

	if (!str_starts(key, STR("ty_")) || key.n > 128)
		return 0;
	holds = recall_holds(d->recall, d->db);
	if (holds && is_recalled(d, key))
		return 1;
	rc = read_api_key(d, key, &row, e);
	if (rc <= 0)
		return rc;
	scopes = scopes_read(row.scopes, &unknown);
	if (holds)
		recall_keep_key(d->recall, key,
			&(struct recall_key){
				row.id, row.used_at, scopes, row.name });
	if (note_used(d, &row, e))
		return -1;
	d->actor = (struct actor){ .kind = ACTOR_API,
		.id = row.id,
		.name = row.name,
		.scopes = scopes };
	return 1;
}
