#include "desk/document.h"

#include "desk/limit.h"
#include "desk/record.h"

static const struct {
	str code;
	enum audit_event seen;
	enum audit_event destroyed;
	const char *citation;
} uses[] = {
#define DOCUMENT(use, code, seen, destroyed, citation) \
	{ STR_INIT(code), AUDIT_##seen, AUDIT_##destroyed, citation },
#include "desk/tbl/documents.h"
};

/* --- which files --- */

static const struct {
	str begins;
	const char *type;
	str ending;
} types[] = {
	{ STR_INIT("%PDF-"), "application/pdf", STR_INIT("pdf") },
	{ STR_INIT("\x89PNG\r\n\x1a\n"), "image/png", STR_INIT("png") },
	{ STR_INIT("\xff\xd8\xff"), "image/jpeg", STR_INIT("jpg") },
};

const char *document_type(str file)
{
	for (size_t i = 0; i < COUNTOF(types); i++)
		if (str_starts(file, types[i].begins))
			return types[i].type;
	return NULL;
}

str document_ending(const char *type)
{
	size_t i = 0;

	while (i < COUNTOF(types) && types[i].type != type)
		i++;
	must(i < COUNTOF(types));
	return types[i].ending;
}

void document_check(str file, const char *field, struct problems *ps)
{
	if (file.n > LIMIT_DOCUMENT_BYTES)
		problem_add(ps, field, "long",
			"Choose a file of at most 2 megabytes");
	else if (!document_type(file))
		problem_add(ps, field, "unreadable",
			"Choose a PDF, PNG or JPEG file");
}

/* --- kept, shown, destroyed --- */

int document_keep(struct desk *d, const struct record *r,
	const struct document_new *in, struct err *e)
{
	struct sql_document_add_in row = {
		.request_id = r->row.id,
		.use_code = uses[in->use].code,
		.bytes = in->bytes,
		.given_at = desk_now(d),
		.sealed = STR(""),
	};

	if (state_is_open(r->state))
		row.sealed = seal_put(
			d->arena, r->seal, uses[in->use].code, in->content);
	return sql_document_add(d->db, &row, e) < 0 ? -1 : 0;
}

int documents_of(struct desk *d, int64_t request_id, enum document_use use,
	struct documents *out, struct err *e)
{
	struct sql_document_list_in in = { request_id, uses[use].code };
	struct sql_document_list_rows rows;

	if (sql_document_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct document, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct document){ rows.at[i].id, rows.at[i].bytes,
			rows.at[i].given_at, rows.at[i].destroyed_at };
	return 0;
}

size_t documents_here(const struct documents *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += !all->at[i].destroyed_at;
	return n;
}

int document_open(struct desk *d, const struct record *r, enum document_use use,
	int64_t id, str *content, struct err *e)
{
	struct sql_document_sealed_in in = { r->row.id, uses[use].code, id };
	struct sql_document_sealed_row row;
	int rc = sql_document_sealed(d->db, d->arena, &in, &row, e);

	if (rc < 0)
		return -1;
	if (!rc || !row.sealed.n || !r->seal)
		return err_set(
			e, ERR_NOT_FOUND, "there is no document any more");
	if (seal_get(d->arena, r->seal, uses[use].code, row.sealed, content, e))
		return -1;
	return DESK_AUDIT(
		d, uses[use].seen, r->row.reference, e, AD("bytes", row.bytes));
}

static int destroy(struct desk *d, const struct record *r,
	enum document_use use, struct err *e)
{
	struct sql_document_destroy_in in = { r->row.id, uses[use].code,
		desk_now(d), STR("") };
	int64_t n = sql_document_destroy(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(d, uses[use].destroyed, r->row.reference, e,
		AD("law", uses[use].citation), AD("count", n));
}

int documents_destroy(struct desk *d, const struct record *r, struct err *e)
{
	for (enum document_use use = 0; use < DOCUMENT_END; use++)
		if (destroy(d, r, use, e))
			return -1;
	return 0;
}

struct discarding {
	enum document_use use;
	str reference;
	int64_t id;
};

static int discard(struct desk *d, void *ctx, struct err *e)
{
	const struct discarding *x = ctx;
	struct sql_document_discard_in in = { .use_code = uses[x->use].code,
		.id = x->id,
		.at = desk_now(d),
		.nothing = STR("") };
	struct sql_document_discard_row row;
	struct record r;
	int rc;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	in.request_id = r.row.id;
	rc = state_is_open(r.state)
		     ? sql_document_discard(d->db, d->arena, &in, &row, e)
		     : 0;
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(
			e, ERR_NOT_FOUND, "there is no document any more");
	return DESK_AUDIT(d, AUDIT_DOCUMENT_DISCARDED, r.row.reference, e,
		AD("use", in.use_code), AD("bytes", row.bytes));
}

int document_discard(struct desk *d, enum document_use use, str reference,
	int64_t id, struct err *e)
{
	struct discarding x = { use, reference, id };

	/* What an agent showed is decided about, not thrown away. */
	must(use != DOCUMENT_PERMISSION);
	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, discard, &x, e);
}
