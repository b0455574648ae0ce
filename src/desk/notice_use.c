/*
 * A purpose is looked for where a notice says purposes, whole and in its own words: the
 * draft has them from the data map, so what differs was not told.
 */
#include "desk/notice_use.h"

#include "base/base.h"
#include "desk/note.h"
#include "desk/notice.h"
#include "desk/notice_text.h"
#include "store/sql.h"

/* --- in the text --- */

/* The sections in which the templates of desk/notices/ write purposes. */
static const char *const sections[] = { "policy-purposes", "policy-sold",
	"policy-disclosed", "collection-purposes" };

static bool has_purposes(str id)
{
	for (size_t i = 0; i < COUNTOF(sections); i++)
		if (str_eq(id, str_of(sections[i])))
			return true;
	return false;
}

/* "Advertisers: To make you offers; ...": it begins a point or stands behind ": " or
 * "; ", and ends a point or stands before ";" or ".". */
static bool is_whole(str text, size_t at, size_t n)
{
	str before = str_head(text, at);
	str after = str_from(text, at + n);

	return (!before.n || str_ends(before, STR(": ")) ||
		       str_ends(before, STR("; "))) &&
	       (!after.n || after.p[0] == ';' || after.p[0] == '.');
}

static bool point_says(str text, str purpose)
{
	for (size_t at = 0; at + purpose.n <= text.n; at++)
		if (str_eq_nocase(
			    str_head(str_from(text, at), purpose.n), purpose) &&
			is_whole(text, at, purpose.n))
			return true;
	return false;
}

static bool text_says(struct arena *a, str text, str purpose)
{
	struct notice_blocks blocks;
	bool is_looked_at = false;

	notice_blocks_of(a, text, &blocks);
	for (size_t i = 0; i < blocks.n; i++) {
		const struct notice_block *b = &blocks.at[i];

		if (b->kind == NOTICE_HEADING)
			is_looked_at = has_purposes(b->id);
		else if (is_looked_at && b->kind == NOTICE_POINT &&
			 point_says(b->text, purpose))
			return true;
	}
	return false;
}

/* --- what was told --- */

/* 1 when the version says the purpose; 0, also for NULL; -1. */
static int version_says(struct desk *d, const struct notice_version *v,
	str purpose, struct err *e)
{
	struct sql_notice_text_in in;
	struct sql_notice_text_row row;
	int rc;

	if (!v)
		return 0;
	in = (struct sql_notice_text_in){ str_of(notice_row(v->notice)->code),
		v->version };
	rc = sql_notice_text(d->db, d->arena, &in, &row, e);
	return rc <= 0 ? rc : text_says(d->arena, row.text, purpose);
}

static int consent_says(struct desk *d, str purpose, struct err *e)
{
	struct sql_consent_text_last_in in = { purpose };
	struct sql_consent_text_last_row row;

	return sql_consent_text_last(d->db, d->arena, &in, &row, e);
}

static int purpose_is_said(struct desk *d, const struct notice_versions *all,
	str purpose, struct date day, struct err *e)
{
	str line = note_line(d->arena, purpose);
	int rc = version_says(
		d, notice_in_force(all, NOTICE_POLICY, day), line, e);

	if (!rc)
		rc = version_says(d,
			notice_in_force(all, NOTICE_COLLECTION, day), line, e);
	return rc ? rc : consent_says(d, purpose, e);
}

static bool sale_is_said(
	const struct notice_kinds *told, const struct notice_use *u)
{
	unsigned said = u->is_disclosed      ? told->disclosed
			: u->use == USE_SALE ? told->sold
					     : told->shared;

	return said && !(u->categories & ~said);
}

int notice_silence(struct desk *d, const struct notice_use *u, struct date day,
	enum notice_silence *out, struct err *e)
{
	const struct notice_version *policy;
	struct notice_versions all;
	int rc;

	if (notice_versions(d, &all, e))
		return -1;
	policy = notice_in_force(&all, NOTICE_POLICY, day);
	*out = policy ? NOTICE_SAYS : NOTICE_UNPUBLISHED;
	if (!policy)
		return 0;
	if ((u->use == USE_SALE || u->use == USE_SHARE) &&
		!sale_is_said(&policy->kinds, u)) {
		*out = NOTICE_SAYS_NO_SALE;
		return 0;
	}
	if (!u->purpose.n)
		return 0;
	rc = purpose_is_said(d, &all, u->purpose, day, e);
	if (!rc)
		*out = NOTICE_SAYS_NO_PURPOSE;
	return rc < 0 ? -1 : 0;
}

struct notice_use notice_use_of(const struct map_vendor *v)
{
	struct notice_use u = { .use = USE_OTHER,
		.categories = v->categories,
		.purpose = v->purpose };

	if (standing_may_be_sale(map_vendor_standing(v)))
		u.use = v->disclosed_as == DISCLOSED_SHARED ? USE_SHARE
							    : USE_SALE;
	/* Said of a third party, for else it would be sold; of a service provider it
	 * is said of itself, and without the contract that is not so (7051(c)). */
	u.is_disclosed = v->role == ROLE_THIRD_PARTY &&
			 v->disclosed_as == DISCLOSED_BUSINESS_PURPOSE;
	return u;
}
