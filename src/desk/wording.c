#include "desk/wording.h"

#include <sodium.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/version.h"
#include "desk/wordings.h"
#include "store/sql.h"

enum { LINES_MAX = 64 << 10 };

static str digest_of(struct arena *a, str text)
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)text.p, text.n);
	return hex_of(a, digest, sizeof digest);
}

/* Both are sorted by name.  NULL: the record has none of that name. */
static const struct sql_wording_last_row *last_of(
	const struct sql_wording_last_rows *rows, str name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->at[i].name, name))
			return &rows->at[i];
	return NULL;
}

static int add(struct desk *d, const struct asset *text, str sha256,
	const struct sql_wording_last_row *last, struct err *e)
{
	struct sql_wording_add_in in = { .name = text->path,
		.version = last ? last->version + 1 : 1,
		.sha256 = sha256,
		.program = STR(TOYON_VERSION),
		.text = text->bytes,
		.at = desk_now(d) };

	return sql_wording_add(d->db, &in, e) < 0 ? -1 : 0;
}

/* "NAME SHA256" a line, of all that the program has. */
static int note(struct desk *d, void *ctx, struct err *e)
{
	struct buf lines = buf_in(d->arena, LINES_MAX);
	struct sql_wording_last_rows rows;
	size_t changed = 0;

	(void)ctx;
	if (sql_wording_last(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < wordings_n; i++) {
		const struct sql_wording_last_row *last =
			last_of(&rows, wordings[i].path);
		str sha256 = digest_of(d->arena, wordings[i].bytes);

		buf_fmt(&lines, "%.*s %.*s\n", STR_ARG(wordings[i].path),
			STR_ARG(sha256));
		if (last && str_eq(last->sha256, sha256))
			continue;
		changed++;
		if (add(d, &wordings[i], sha256, last, e))
			return -1;
	}
	must(buf_ok(&lines));
	if (!changed)
		return 0;
	return DESK_AUDIT(d, AUDIT_WORDING_CHANGED, STR(""), e,
		AD("count", changed), AD("program", STR(TOYON_VERSION)),
		AD("sha256", digest_of(d->arena, buf_str(&lines))));
}

int wording_note(struct desk *d, struct err *e)
{
	return desk_write(d, note, NULL, e);
}

int wording_list(struct desk *d, struct wordings *out, struct err *e)
{
	struct sql_wording_list_rows rows;

	if (desk_need(d, PERM_SEE_AUDIT, e) ||
		sql_wording_list(d->db, d->arena, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct wording, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct wording){
			.name = rows.at[i].name,
			.version = rows.at[i].version,
			.sha256 = rows.at[i].sha256,
			.program = rows.at[i].program,
			.at = rows.at[i].at,
		};
	return 0;
}

int wording_text(struct desk *d, str name, int64_t version, struct wording *out,
	struct err *e)
{
	struct sql_wording_text_in in = { name, version };
	struct sql_wording_text_row row;
	int rc;

	if (desk_need(d, PERM_SEE_AUDIT, e))
		return -1;
	rc = sql_wording_text(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	*out = (struct wording){ name, row.version, row.sha256, row.program,
		row.at, row.text };
	return 1;
}
