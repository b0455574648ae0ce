#include "desk/code.h"

#include <sodium.h>
#include <string.h>

#include "base/rand.h"
#include "desk/agent_post.h"
#include "desk/form.h"
#include "desk/heed.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/package.h"
#include "desk/parent_post.h"
#include "desk/post.h"
#include "ident/ident.h"
#include "law/reference.h"
#include "words/words.h"

enum { CODE_DIGITS = 6, TYPED_MAX = 64, HOUR_S = 3600 };

static str code_hash(
	struct desk *d, const struct record *r, const char *use, str code)
{
	return keys_hash(d->arena, d->keys, use,
		arena_fmt(d->arena, "%lld:%.*s", (long long)r->row.id,
			STR_ARG(code)));
}

bool code_is_by_sms(const struct record *r)
{
	return !is_for_child(r) && person_is_by_phone(&r->person) &&
	       str_eq(r->person.code_by, STR("sms"));
}

bool code_can_go(const struct record *r)
{
	return r->person.email.v.n || code_is_by_sms(r);
}

str code_link(struct desk *d, const struct record *r)
{
	str page =
		arena_fmt(d->arena, "%s/code?ref=%.*s", kind_row(r->kind)->path,
			STR_ARG(reference_show(d->arena, r->row.reference)));

	return post_link(d, record_lang(r), "/r/", page);
}

/* The code that opens an answer is in its language; any other in that of the pages on
 * which they asked. */
static int code_lang(struct desk *d, const struct record *r, const char *use,
	enum lang *out, struct err *e)
{
	enum know_language language;

	*out = record_lang(r);
	if (r->is_for_agent || strcmp(use, CODE_PACKAGE) != 0)
		return 0;
	if (package_language(d, r, &language, e))
		return -1;
	*out = (enum lang)language;
	return 0;
}

struct coding {
	const char *use;
	str code;
};

static int write_code(struct desk *d, const struct record *r, const void *ctx,
	struct post_draft *out, struct err *e)
{
	const struct coding *x = ctx;
	struct letter_code v = {
		.reference = reference_show(d->arena, r->row.reference),
		.code = x->code,
		.minutes = LIMIT_CODE_MINUTES,
	};
	enum lang l;

	if (post_sign(d, &v.sign, e) || code_lang(d, r, x->use, &l, e))
		return -1;
	out->kind = LETTER_CODE;
	out->words = letters_code(d->arena, l, &v);
	return 0;
}

/* 11 CCR 7063(a): the consumer confirms the permission to us directly. */
static int write_to_permitter(struct desk *d, const struct record *r,
	const void *ctx, struct post_draft *out, struct err *e)
{
	const struct coding *x = ctx;
	enum lang l = record_lang(r);
	struct letter_agent_code v = {
		.agent = agent_in_letter(r),
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.code = x->code,
		.link = code_link(d, r),
		.minutes = LIMIT_CODE_MINUTES,
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	out->kind = LETTER_AGENT_CODE;
	out->words = letters_agent_code(d->arena, l, &v);
	return 0;
}

/* However it is typed, it is one phone. */
static int limit_sms(struct desk *d, const struct record *r, struct err *e)
{
	str to = r->person.phone.v;
	struct ident id;

	if (!ident_read(&id, IDENT_TOYON_1, IDENT_PHONE, to))
		to = (str){ id.text, id.n };
	return desk_limit(d, "sms-to", to, LIMIT_SMS_PER_HOUR, HOUR_S, e);
}

static int write_sms(struct desk *d, const struct record *r, const char *use,
	str code, struct err *e)
{
	struct letter_code_sms v = { .minutes = LIMIT_CODE_MINUTES,
		.code = code };
	struct post_to to = { .phone = r->person.phone };
	struct letter_words words;
	struct letter_sign sign;
	enum lang l;

	v.reference = reference_show(d->arena, r->row.reference);
	if (limit_sms(d, r, e) || post_sign(d, &sign, e) ||
		code_lang(d, r, use, &l, e))
		return -1;
	v.business = sign.business;
	words = letters_code_sms(d->arena, l, &v);
	return post_put(d, r, LETTER_CODE_SMS, &to, &words, e);
}

/* By whom the code is read, and how. */
static int write(struct desk *d, const struct record *r, const char *use,
	str code, struct err *e)
{
	struct coding x = { use, code };
	bool is_permission = agent_asks(r) && !strcmp(use, CODE_CONFIRM);
	struct post_writer w = {
		is_permission ? write_to_permitter : write_code, &x
	};

	return !is_permission && code_is_by_sms(r)
		       ? write_sms(d, r, use, code, e)
		       : post_requester(d, r, &w, e);
}

int code_send(
	struct desk *d, const struct record *r, const char *use, struct err *e)
{
	struct sql_code_put_in in = {
		.request_id = r->row.id,
		.made_at = desk_now(d),
	};
	str code = arena_fmt(d->arena, "%06u", (unsigned)rand_below(1000000));

	in.code_hash = code_hash(d, r, use, code);
	if (sql_code_put(d->db, &in, e) < 0 || write(d, r, use, code, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_CODE_SENT, r->row.reference, e,
		AD("minutes", LIMIT_CODE_MINUTES));
}

int code_send_again(struct desk *d, const struct record *r, const char *use,
	bool *is_too_soon, struct err *e)
{
	struct sql_code_made_at_row row;
	int rc = sql_code_made_at(d->db, d->arena,
		&(struct sql_code_made_at_in){ r->row.id }, &row, e);

	if (rc < 0)
		return -1;
	*is_too_soon = rc && desk_now(d) - row.made_at <
				     LIMIT_CODE_AGAIN_SECONDS * 1000LL;
	return *is_too_soon ? 0 : code_send(d, r, use, e);
}

/* The try is counted before the code is looked at, so that tries made at the
 * same time are all counted. */
static const char *judge(
	struct desk *d, const struct sql_code_try_row *row, str hash)
{
	if (row->tries > LIMIT_CODE_TRIES)
		return "This code was tried too often. Send a new one";
	if (desk_now(d) - row->made_at > LIMIT_CODE_MINUTES * 60000LL)
		return "This code is more than 30 minutes old. Send a new one";
	if (row->code_hash.n != hash.n ||
		sodium_memcmp(row->code_hash.p, hash.p, hash.n))
		return "That is not the code we sent. Check the six digits";
	return NULL;
}

int code_try(struct desk *d, const struct record *r, const char *use, str code,
	const char **why_not, struct err *e)
{
	struct sql_code_try_row row = { 0 };
	int rc = sql_code_try(d->db, d->arena,
		&(struct sql_code_try_in){ r->row.id }, &row, e);

	if (rc < 0)
		return -1;
	*why_not = rc ? judge(d, &row, code_hash(d, r, use, code))
		      : "This code is no longer needed";
	if (*why_not)
		return DESK_AUDIT(d, AUDIT_CODE_REFUSED, r->row.reference, e,
			AD("tries", row.tries));
	if (sql_code_drop(d->db, &(struct sql_code_drop_in){ r->row.id }, e) <
		0)
		return -1;
	return heed_signal(d, r, e);
}

/* Spaces and dashes that a mail program or a person put in are left out. */
bool code_read(struct arena *a, str typed, str *code, struct problems *ps)
{
	char *out = arena_alloc(a, CODE_DIGITS + 2);
	size_t n = 0;

	typed = str_head(typed, TYPED_MAX);
	for (size_t i = 0; i < typed.n && n <= CODE_DIGITS; i++)
		if (typed.p[i] >= '0' && typed.p[i] <= '9')
			out[n++] = typed.p[i];
	*code = (str){ out, n };
	if (n == CODE_DIGITS)
		return true;
	problem_add(ps, "code", "unreadable",
		"Enter the six digits that we sent you");
	return false;
}
