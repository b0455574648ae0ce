/*
 * A look-up: one pass over the files of a table for all its values.  A cell is
 * unpacked from its quotes when it is one to compare or to hand out, a digest is
 * made of rows with the right mark only, and an address in the usual spelling
 * goes the short way of ident/cell.h.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/clock.h"
#include "connect/files/place.h"
#include "connect/files/rows.h"
#include "connect/keys.h"
#include "ident/cell.h"

enum { SETTLED_S = 600 };

struct look {
	struct files_conn *c;
	const struct row_query *q;
	row_fn *fn;
	void *ctx;
	struct file_column *columns; /* those of the query, then `where` */
	struct file_column *where;
	struct key_set keys;
	struct row_key_filter *filter; /* `where` is the rows' own key */
	cell_fn *way;
	struct file_room *room;
	uint64_t rows_n;
	bool is_enough;         /* of a sample */
	bool is_ended;          /* by fn */
	struct err passed_over; /* by a sample: the first that can't be read */
};

static bool ident_matches(const struct look *l, str raw)
{
	uint8_t block[SHA256_BLOCK];
	struct ident id;

	switch (l->way(raw.p, raw.n, block)) {
	case CELL_EMPTY:
		return false;
	case CELL_READY:
		/* The block ends with the text's length in bits. */
		return key_set_find(&l->keys,
			(str){ (const char *)block,
				(size_t)(block[62] << 8 | block[63]) / 8 });
	case CELL_SLOW:
		break;
	}
	if (ident_read(&id, IDENT_TOYON_1, l->q->kind, raw))
		return false;
	return key_set_find(&l->keys, (str){ id.text, id.n });
}

static bool cell_matches(const struct look *l, const struct cell *c)
{
	if (c->type == CELL_NULL)
		return false;
	if (l->q->match == MATCH_IDENT)
		return ident_matches(l, c->v.v);
	return key_set_find(&l->keys, c->v.v);
}

/* A list may hold the person that is looked for: to pass it over would be to say
 * that they are not there. */
static bool is_nested(const struct file_rows *r, str span)
{
	return r->format->is_lines && (span.p[0] == '[' || span.p[0] == '{') &&
	       span.n > 2;
}

/* 1 the row is asked for, 0 not, -1. */
static int row_matches(struct look *l, struct file_rows *r,
	const struct file_row *row, struct err *e)
{
	struct cell c;
	str span;

	if (l->q->is_all)
		return 1;
	if (l->filter) {
		if (!row_key_may_be(l->filter, row))
			return 0;
		c = file_row_key(r, row);
		return cell_matches(l, &c);
	}
	if (r->format->span(r, row, l->where, &span, e) < 0)
		return -1;
	if (!span.p)
		return 0;
	l->where->is_there = true;
	if (is_nested(r, span))
		return file_rows_wrong(r, row->start, e, ERR_INVALID,
			"a list or an object where a value is looked for");
	if (r->format->read(r, row, span, &c, e) < 0)
		return -1;
	return cell_matches(l, &c);
}

static int hand_out(struct look *l, struct file_rows *r,
	const struct file_row *row, struct err *e)
{
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];

	must(l->q->columns_n <= COUNTOF(cells));
	for (size_t i = 0; i < l->q->columns_n; i++) {
		if (file_rows_cell(r, row, &l->columns[i], &cells[i], e) < 0)
			return -1;
		cell_cut(&cells[i], l->q->cell_max);
	}
	l->is_ended = l->fn(l->ctx, cells, l->q->columns_n, e) < 0;
	return l->is_ended ? -1 : 0;
}

/* JSON-Lines: that a member is one of the file's is seen on its rows. */
static int note_members(struct look *l, struct file_rows *r,
	const struct file_row *row, struct err *e)
{
	for (size_t i = 0; r->format->is_lines && i <= l->q->columns_n; i++) {
		struct file_column *c = &l->columns[i];
		str span = { 0 };

		if (c->is_there || c->is_optional || !c->name.n ||
			str_eq(c->name, STR(MAP_ROW_KEY)))
			continue;
		if (r->format->span(r, row, c, &span, e) < 0)
			return -1;
		c->is_there = span.p != NULL;
	}
	return 0;
}

static int look_at_row(struct look *l, struct file_rows *r,
	const struct file_row *row, struct err *e)
{
	int rc = note_members(l, r, row, e);

	l->rows_n++;
	if (rc < 0)
		return -1;
	if (l->q->is_all && l->q->rows_max && l->rows_n > l->q->rows_max) {
		l->is_enough = true;
		return 0;
	}
	rc = row_matches(l, r, row, e);
	return rc > 0 ? hand_out(l, r, row, e) : rc;
}

static int look_at_chunk(struct look *l, struct file_rows *r, struct err *e)
{
	struct file_row row;
	int rc = 0;

	while (!l->is_enough && (rc = file_rows_next(r, &row, e)) > 0)
		if (look_at_row(l, r, &row, e) < 0)
			return -1;
	return rc;
}

/* Who writes a file anew in its place makes it empty first: for a while nobody seems to be
 * in it.  A sample may be of that. */
static int doubt_empty(const struct look *l, const struct file_rows *r, int fd,
	const char *path, struct err *e)
{
	bool is_sample = l->q->is_all && l->q->rows_max;
	struct stat st;

	if (!r->is_empty || is_sample || l->c->place != &file_place_folder ||
		fstat(fd, &st))
		return 0;
	if (clock_now_ms(NULL) / 1000 - st.st_mtime >= SETTLED_S)
		return 0;
	err_set(e, ERR_UNAVAILABLE, "\"%s\": the file is empty", path);
	return err_hint(e,
		"one that is written just now is; after %d minutes it counts "
		"as a table without rows",
		SETTLED_S / 60);
}

static int look_at_open(struct look *l, struct arena *a, int fd,
	const char *path, struct err *e)
{
	struct file_bytes from = { l->c->format, fd, str_of(path) };
	struct file_rows *r;
	int rc = 0;

	if (file_rows_open(a, l->room, &from, &r, e) < 0 ||
		doubt_empty(l, r, fd, path, e) ||
		file_rows_bind(
			r, l->columns, l->q->columns_n + !l->q->is_all, e) < 0)
		return -1;
	while (!l->is_enough && (rc = file_rows_take(r, e)) > 0)
		if (look_at_chunk(l, r, e) < 0)
			return -1;
	return rc < 0 ? -1 : 0;
}

/* A sample goes on behind what can't be read.  For a search that would be to say
 * that nobody is in it. */
static int pass_over(struct look *l, struct err *e)
{
	if (!files_is_unreadable(e))
		return -1;
	if (!l->passed_over.code)
		l->passed_over = *e;
	*e = (struct err){ 0 };
	return 0;
}

static int look_at_file(struct look *l, const char *path, struct err *e)
{
	struct file_part part = { .enough = FILES_SAMPLE };
	bool is_sample = l->q->is_all && l->q->rows_max;
	struct arena *a;
	int rc, fd = l->c->place->open(l->c, path, is_sample ? &part : NULL, e);

	if (fd < 0)
		return -1;
	a = arena_new(FILES_FILE_ARENA_MAX);
	rc = look_at_open(l, a, fd, path, e);
	if (rc < 0 && part.is_cut && e->code == ERR_CORRUPT && l->rows_n)
		rc = files_end_of_part(e);
	arena_free(a);
	close(fd);
	if (rc < 0 && is_sample && !l->is_ended)
		rc = pass_over(l, e);
	return rc < 0 ? files_what_to_do(e) : 0;
}

static int check_members(const struct look *l, struct err *e)
{
	for (size_t i = 0; l->rows_n && i <= l->q->columns_n; i++) {
		const struct file_column *c = &l->columns[i];

		if (c->is_there || c->is_optional || !c->name.n ||
			str_eq(c->name, STR(MAP_ROW_KEY)))
			continue;
		err_set(e, ERR_INVALID, "no row has a member \"%.*s\"",
			STR_ARG(c->name));
		return err_hint(e, "compare the data map with the files; what "
				   "few rows have is marked as optional");
	}
	return 0;
}

static void prepare(struct look *l, struct arena *a)
{
	const struct row_query *q = l->q;

	l->columns = arena_many(a, struct file_column, q->columns_n + 1);
	for (size_t i = 0; i < q->columns_n; i++)
		l->columns[i] = files_column(l->c, q->table, q->columns[i]);
	/* A sample is of files that no map describes yet. */
	for (size_t i = 0; i < q->columns_n && q->rows_max && !q->is_mapped;
		i++)
		l->columns[i].is_optional = true;
	l->where = &l->columns[q->columns_n];
	if (q->is_all)
		return;
	*l->where = files_column(l->c, q->table, q->where);
	l->keys = key_set_in(a, q->values_n);
	key_set_add(&l->keys, q->values, q->values_n, 0);
	if (str_eq(q->where, STR(MAP_ROW_KEY)))
		l->filter = row_key_filter_of(a, &l->keys);
	l->way = cell_way(cpu_path_resolve(CPU_BEST),
		q->match == MATCH_IDENT ? q->kind : IDENT_EMAIL);
}

int files_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct arena *a = arena_new(FILES_CALL_ARENA_MAX);
	struct look l = { .c = files_own(conn), .q = q, .fn = fn, .ctx = ctx };
	struct walk_files files;
	int rc = l.c->place->walk(l.c, a, q->table, &files, e);

	if (!rc) {
		prepare(&l, a);
		l.room = file_room_new(a);
		for (size_t i = 0; i < files.n && !rc && !l.is_enough; i++)
			rc = look_at_file(&l, files.at[i], e);
		if (!rc && l.passed_over.code) {
			*e = l.passed_over;
			rc = files_what_to_do(e);
		} else if (!rc && !l.is_enough) {
			rc = check_members(&l, e);
		}
		if (rc)
			files_in_table(q->table, e);
	}
	arena_free(a);
	return rc;
}
