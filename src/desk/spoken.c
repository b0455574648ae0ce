/* A case's language: named when it is made, and changed while it is open. */
#include "desk/spoken.h"

#include "desk/limit.h"
#include "desk/record.h"
#include "desk/setting.h"
#include "law/state.h"
#include "store/sql.h"

enum { HOUR_S = 3600 };

static const char unknown[] = "Choose a language that consumers are served in";

int spoken_read(struct desk *d, const char *field, str code, enum lang *out,
	struct problems *ps, struct err *e)
{
	struct settings s;
	enum lang l;

	if (!code.n)
		return 0;
	if (settings_load(d, &s, e))
		return -1;
	if (lang_read(code, &l) && (settings_languages(&s) & (1U << l)))
		*out = l;
	else
		problem_add(ps, field, "unknown", unknown);
	return 0;
}

int spoken_of(struct desk *d, str reference, enum lang *out, struct err *e)
{
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	*out = rc > 0 ? record_lang(&r) : LANG_EN;
	return rc < 0 ? -1 : 0;
}

static bool has_letters(const struct record *r)
{
	return r->seal && state_is_open(r->state);
}

int spoken_can(struct desk *d, const struct record *r, bool *out, struct err *e)
{
	struct settings s;
	unsigned others;

	if (settings_load(d, &s, e))
		return -1;
	others = settings_languages(&s) & ~(1U << record_lang(r));
	*out = has_letters(r) && others;
	return 0;
}

struct speaking {
	str reference;
	enum lang lang;
};

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct speaking *x = ctx;
	struct record r;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!has_letters(&r))
		return err_set(e, ERR_CONFLICT,
			"no letter of this request is to come any more");
	if (record_lang(&r) == x->lang)
		return 0;
	r.person.language = str_of(lang_code(x->lang));
	if (record_save_person(d, &r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_LANGUAGE_CHANGED, r.row.reference, e,
		AD("language", lang_title(x->lang)));
}

int case_speak(struct desk *d, str reference, str code, struct problems *ps,
	struct err *e)
{
	struct speaking x = { .reference = reference };

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	if (!code.n)
		problem_add(ps, "language", "missing", unknown);
	if (spoken_read(d, "language", code, &x.lang, ps, e))
		return -1;
	return ps->n ? 0 : desk_write(d, store, &x, e);
}

int spoken_choose(
	struct desk *d, str reference, enum lang l, str peer, struct err *e)
{
	struct speaking x = { reference, l };

	if (desk_limit(d, "language", peer, LIMIT_MESSAGES_PEER, HOUR_S, e))
		return -1;
	return desk_write(d, store, &x, e);
}
