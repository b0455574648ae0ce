/*
 * Rows cell by cell, and a long cell piece by piece: what a driver would put into
 * a buffer of ours it cuts at its size.
 */
#include "connect/odbc/fetch.h"

#include "base/base.h"
#include "base/buf.h"
#include "connect/filled.h"
#include "connect/odbc/wide.h"

enum {
	CELL_PIECE = 4096, /* asked for at once, then ever more */
	CELL_PIECE_MAX = 1 << 20,
	CELL_SIZE_MAX = 256 << 20,
	ROW_ARENA_MAX = 1 << 30,
};

struct fetch {
	SQLHSTMT st;
	bool is_wide;
	size_t n;
	struct odbc_kind *kinds;
	struct cell *cells;
	struct arena *row;
};

static enum odbc_sort sort_of(SQLSMALLINT type)
{
	switch (type) {
	case SQL_TINYINT:
	case SQL_SMALLINT:
	case SQL_INTEGER:
	case SQL_BIGINT:
		return ODBC_INT;
	case SQL_CHAR:
	case SQL_VARCHAR:
	case SQL_LONGVARCHAR:
	case SQL_WCHAR:
	case SQL_WVARCHAR:
	case SQL_WLONGVARCHAR:
		return ODBC_TEXT;
	case SQL_BINARY:
	case SQL_VARBINARY:
	case SQL_LONGVARBINARY:
		return ODBC_BYTES;
	default:
		return ODBC_OTHER;
	}
}

static bool is_filled(const struct odbc_link *l, SQLSMALLINT type)
{
	return l->is_filling && (type == SQL_CHAR || type == SQL_WCHAR);
}

static bool is_decimal(SQLSMALLINT type)
{
	return type == SQL_DECIMAL || type == SQL_NUMERIC ||
	       type == SQL_FLOAT || type == SQL_REAL || type == SQL_DOUBLE;
}

static bool is_untyped(const struct odbc_link *l, SQLSMALLINT type)
{
	enum odbc_sort sort = sort_of(type);

	return !l->is_typed && (sort == ODBC_TEXT || sort == ODBC_BYTES);
}

/* SQLite takes anything anywhere. */
static enum cell_form form_of(const struct odbc_link *l, SQLSMALLINT type)
{
	static const enum cell_form forms[] = { [ODBC_INT] = FORM_INT,
		[ODBC_TEXT] = FORM_LOOK,
		[ODBC_BYTES] = FORM_BYTES,
		[ODBC_OTHER] = FORM_LOOK };

	if (!l->is_typed)
		return FORM_LOOK;
	switch (type) {
	case SQL_GUID:
		return FORM_UUID;
	case SQL_TYPE_DATE:
		return FORM_DAY;
	case SQL_TYPE_TIMESTAMP:
		return FORM_TIME;
	case SQL_TYPE_TIME:
		return FORM_CLOCK;
	default:
		return is_decimal(type) ? FORM_DECIMAL : forms[sort_of(type)];
	}
}

bool odbc_fetch_kinds(
	const struct odbc_link *l, SQLHSTMT st, struct odbc_kind *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		SQLWCHAR name[MAP_NAME_MAX]; /* which some drivers ask for */
		SQLSMALLINT type, length, nullable;
		SQLULEN letters;

		if (!SQL_SUCCEEDED(SQLDescribeColW(st, (SQLUSMALLINT)(i + 1),
			    name, MAP_NAME_MAX, &length, &type, &letters, NULL,
			    &nullable)))
			return false;
		out[i] = (struct odbc_kind){ sort_of(type),
			is_filled(l, type) ? letters : 0, is_decimal(type),
			is_untyped(l, type), nullable != SQL_NO_NULLS,
			form_of(l, type) };
	}
	return true;
}

/* How a cell is read: the type, and the zero that ends each piece. */
struct way {
	SQLSMALLINT type;
	size_t zero;
};

static struct way way_of(const struct fetch *f, size_t at)
{
	if (f->kinds[at].sort == ODBC_BYTES)
		return (struct way){ SQL_C_BINARY, 0 };
	if (f->kinds[at].sort == ODBC_TEXT && f->is_wide)
		return (struct way){ SQL_C_WCHAR, sizeof(SQLWCHAR) };
	return (struct way){ SQL_C_CHAR, 1 };
}

/* One piece to the end of b: SQL_SUCCESS when it was the last. */
static SQLRETURN read_piece(const struct fetch *f, size_t at, size_t size,
	struct buf *b, bool *is_null)
{
	struct way w = way_of(f, at);
	char *piece = arena_alloc(f->row, size);
	SQLLEN left = 0;
	SQLRETURN rc = SQLGetData(f->st, (SQLUSMALLINT)(at + 1), w.type, piece,
		(SQLLEN)size, &left);
	size_t room = size - w.zero;

	*is_null = SQL_SUCCEEDED(rc) && left == SQL_NULL_DATA;
	if (!SQL_SUCCEEDED(rc) || *is_null)
		return rc;
	if (left == SQL_NO_TOTAL || (size_t)left > room)
		buf_put(b, (str){ piece, room });
	else
		buf_put(b, (str){ piece, (size_t)left });
	/* Some drivers warn of other things; what matters is whether all came. */
	return left == SQL_NO_TOTAL || (size_t)left > room ? rc : SQL_SUCCESS;
}

/* As much as is wanted, in bytes of the way; *is_whole: there is no more. */
static bool read_bytes(const struct fetch *f, size_t at, size_t want,
	struct buf *b, bool *is_null)
{
	size_t size = CELL_PIECE;
	SQLRETURN rc;

	do {
		rc = read_piece(f, at, size, b, is_null);
		if (rc == SQL_NO_DATA)
			return true;
		if (size < CELL_PIECE_MAX)
			size *= 2;
	} while (rc == SQL_SUCCESS_WITH_INFO && b->n < want && buf_ok(b));
	return SQL_SUCCEEDED(rc);
}

/* A few bytes more than the limit show where the last whole letter ends. */
static bool read_cell(struct fetch *f, size_t at, size_t cell_max)
{
	struct buf b = buf_in(f->row, CELL_SIZE_MAX);
	struct cell *c = &f->cells[at];
	bool is_wide = way_of(f, at).type == SQL_C_WCHAR, is_null = false;
	size_t fill = f->kinds[at].fill;
	size_t want = cell_max && !fill ? cell_max + 1 : SIZE_MAX;

	if (!read_bytes(f, at, is_wide && want < SIZE_MAX ? 2 * want : want, &b,
		    &is_null))
		return false;
	*c = cell_text(buf_str(&b));
	if (is_null)
		*c = (struct cell){ .type = CELL_NULL };
	else if (f->kinds[at].sort == ODBC_BYTES)
		c->type = CELL_BLOB;
	else if (f->kinds[at].sort == ODBC_INT)
		*c = cell_by_look(buf_str(&b));
	else if (is_wide)
		c->v.v = wide_text(f->row, (const uint16_t *)(void *)b.p,
			b.n / sizeof(uint16_t));
	if (fill)
		c->v.v = filled_value(c->v.v);
	c->is_decimal = f->kinds[at].is_decimal && c->type == CELL_TEXT;
	c->is_cut = !buf_ok(&b);
	cell_cut(c, cell_max);
	return true;
}

/* 0, -1 at the statement, -2 with *e set. */
static int read_cells(struct fetch *f, const struct odbc_reader *rd,
	const char *what, struct err *e)
{
	if (arena_used(f->row))
		arena_clear(f->row);
	for (size_t i = 0; i < f->n; i++) {
		size_t cell_max = i == rd->whole ? 0 : rd->cell_max;

		if (!read_cell(f, i, cell_max))
			return -1;
		if (f->cells[i].is_cut && !cell_max) {
			err_set(e, ERR_LIMIT, "%s: a value is too large", what);
			return -2;
		}
	}
	return 0;
}

/* 1 a row, 0 no other, -1 at the statement, -2 with *e set. */
static int next_row(struct fetch *f, const struct odbc_reader *rd,
	const char *what, struct err *e)
{
	SQLRETURN fetched = SQLFetch(f->st);
	int rc;

	if (fetched == SQL_NO_DATA)
		return 0;
	if (!SQL_SUCCEEDED(fetched))
		return -1;
	rc = read_cells(f, rd, what, e);
	if (rc)
		return rc;
	rc = rd->fn(rd->ctx, f->cells, f->n, e);
	return rc < 0 ? -2 : !rc;
}

int odbc_fetch_rows(const struct odbc_link *l, SQLHSTMT st,
	const struct odbc_ask *q, const struct odbc_reader *rd, struct err *e)
{
	struct fetch f = { .st = st, .is_wide = l->is_wide };
	struct arena *a;
	SQLSMALLINT columns;
	int rc = -1;

	if (!SQL_SUCCEEDED(SQLNumResultCols(st, &columns)) || columns < 0)
		return -1;
	a = arena_new(1 << 20);
	f.n = (size_t)columns;
	f.kinds = arena_many(a, struct odbc_kind, f.n);
	f.cells = arena_many(a, struct cell, f.n);
	f.row = arena_new(ROW_ARENA_MAX);
	if (odbc_fetch_kinds(l, st, f.kinds, f.n))
		while ((rc = next_row(&f, rd, q->what, e)) == 1)
			;
	arena_free(f.row);
	arena_free(a);
	return rc;
}
