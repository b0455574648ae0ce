#include "desk/purpose.h"

#include "connect/map.h"
#include "desk/automated.h"
#include "desk/contracts.h"
#include "desk/notice_use.h"
#include "store/sql.h"

#define OTHERS "other purposes"

static uint32_t lock_at(size_t i)
{
	return (uint32_t)1 << (REASON_LOCK_FIRST + i);
}

int purposes_load(struct desk *d, struct purposes *out, struct err *e)
{
	struct sql_purpose_lock_list_rows rows;

	*out = (struct purposes){ 0 };
	if (sql_purpose_lock_list(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.at[i].lock < 1 || rows.at[i].lock > REASON_LOCKS_MAX)
			return err_set(e, ERR_CORRUPT,
				"the record has a purpose lock %lld",
				(long long)rows.at[i].lock);
		out->of[rows.at[i].lock - 1] = rows.at[i].purpose;
	}
	return 0;
}

str purpose_of(const struct purposes *p, uint32_t reason)
{
	for (size_t i = 0; i < REASON_LOCKS_MAX; i++)
		if (reason == lock_at(i))
			return p->of[i];
	return (str){ 0 };
}

int purpose_lock(struct desk *d, str purpose, uint32_t *reason, struct err *e)
{
	struct sql_purpose_lock_add_in in = { .since_at = desk_now(d) };
	struct purposes p;
	size_t i = 0;

	must(purpose.n);
	if (purposes_load(d, &p, e))
		return -1;
	while (i < REASON_LOCKS_MAX - 1 && p.of[i].n &&
		!str_eq(p.of[i], purpose))
		i++;
	*reason = lock_at(i);
	if (p.of[i].n)
		return 0;
	in.lock = (int64_t)i + 1;
	in.purpose = i == REASON_LOCKS_MAX - 1 ? STR(OTHERS) : purpose;
	return sql_purpose_lock_add(d->db, &in, e) < 0 ? -1 : 0;
}

static int put_lock(
	struct desk *d, str name, struct use_asked *out, struct err *e)
{
	struct purposes p;

	if (purposes_load(d, &p, e))
		return -1;
	for (size_t i = 0; i < REASON_LOCKS_MAX; i++)
		if (p.of[i].n && str_eq(p.of[i], name))
			out->lock = lock_at(i);
	return 0;
}

/* What it is: *u is what the notices are to say of it. */
static int name_use(struct desk *d, str name, struct use_asked *out,
	struct notice_use *u, struct err *e)
{
	int rc;

	*out = (struct use_asked){ .use = use_of(name) };
	*u = (struct notice_use){ .use = out->use };
	if (out->use != USE_OTHER)
		return 0;
	rc = contract_asked(d, name, u, e);
	if (rc < 0)
		return -1;
	if (!rc)
		rc = automated_asked(d, name, out, e);
	else
		out->use = u->use;
	if (rc < 0 || out->use != USE_OTHER)
		return rc < 0 ? -1 : 0;
	if (!rc)
		u->purpose = name;
	return put_lock(d, u->purpose, out, e);
}

/* 1, 0 or -1. */
static int is_known(struct desk *d, const struct notice_use *u,
	const struct use_asked *asked, struct err *e)
{
	struct sql_consent_text_last_in in = { u->purpose };
	struct sql_consent_text_last_row row;
	struct map m;

	if (!u->purpose.n || asked->lock || !d->data_map)
		return 1;
	if (map_read(d->arena, d->data_map, &m, e))
		return -1;
	if (map_has_purpose(&m, u->purpose))
		return 1;
	return sql_consent_text_last(d->db, d->arena, &in, &row, e);
}

static int refuse_unknown(str name, struct err *e)
{
	err_set(e, ERR_NOT_FOUND, "nothing here has the purpose \"%.*s\"",
		STR_ARG(str_head(name, 60)));
	return err_hint(e,
		"the law's uses are sale, share, sensitive, admt and keeping; a "
		"company is vendor:NAME; a purpose of yours is written as the "
		"data map has it (`purpose:`)");
}

int purpose_asked(struct desk *d, str name, int64_t at, struct use_asked *out,
	struct err *e)
{
	struct date day = date_pacific(at ? at : desk_now(d));
	enum notice_silence silence;
	struct notice_use u;
	int rc;

	if (name_use(d, name, out, &u, e) ||
		notice_silence(d, &u, day, &silence, e))
		return -1;
	out->is_undisclosed = notice_is_against(silence);
	if (silence != NOTICE_UNPUBLISHED)
		return 0;
	rc = is_known(d, &u, out, e);
	return rc ? (rc < 0 ? -1 : 0) : refuse_unknown(name, e);
}
