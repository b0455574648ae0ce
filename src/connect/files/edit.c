/*
 * Erasing: each file that holds one of the rows is written anew, once for all
 * the steps of the call, however many people they are for.  A file is first read
 * up to the first row that changes; when there is none it is left alone.
 *
 * Nobody keeps the keys of a file for us: a key that stands on two rows is an
 * error when one of them is to go, not a reason to take both.
 */
#include <unistd.h>

#include "base/base.h"
#include "connect/files/place.h"
#include "connect/files/rows.h"
#include "connect/keys.h"

/* All steps of one table, and where the pass is. */
struct edit {
	struct files_conn *conn;
	struct rewrite *rewrite;
	const struct map_table *table;
	const struct erase_step *steps; /* of the call; others too */
	size_t steps_n;
	int64_t *erased;
	struct key_set keys;           /* of rows; numbers are those of steps */
	struct key_set *targets;       /* one a step */
	struct row_key_filter *filter; /* NULL: the key is a column */
	struct file_column *columns;   /* the key, then those that change */
	size_t columns_n;
	size_t **changes; /* one list a step: which of the columns */
	bool is_counting;
	struct file_room *room;
	struct file_rows *rows;
	struct file_row row;
	struct staged *out;
	size_t kept_from; /* in the chunk: what is not written yet */
};

/* Bytes of the chunk, and what stands there instead. */
struct change {
	str span;
	str text;
};

/* What becomes of a row. */
struct fate {
	bool is_deleted;
	struct change *changes;
	size_t n;
};

static int change_cell(struct edit *d, str span, const struct cell *value,
	struct fate *f, struct err *e)
{
	struct buf b = buf_in(d->rows->row_arena, FILE_ROW_MAX);

	if (d->rows->format->cell(d->rows, &b, value, e) < 0)
		return -1;
	if (!buf_ok(&b))
		return err_set(e, ERR_LIMIT, "a value is too large");
	f->changes[f->n++] = (struct change){ span, buf_str(&b) };
	return 0;
}

static int unlink_cell(
	struct edit *d, size_t step, struct fate *f, struct err *e)
{
	static const struct cell null = { .type = CELL_NULL };
	struct file_rows *r = d->rows;
	struct cell c;
	str span;

	if (r->format->span(
		    r, &d->row, &d->columns[d->changes[step][0]], &span, e) < 0)
		return -1;
	if (!span.p)
		return 0;
	if (r->format->read(r, &d->row, span, &c, e) < 0)
		return -1;
	if (c.type == CELL_NULL || !key_set_find(&d->targets[step], c.v.v))
		return 0;
	d->erased[step] += d->is_counting;
	return change_cell(d, span, &null, f, e);
}

/* What is not there is null already, and can be nothing else. */
static int set_cell(struct edit *d, const struct file_column *column,
	const struct cell *value, struct fate *f, struct err *e)
{
	str span;

	if (d->rows->format->span(d->rows, &d->row, column, &span, e) < 0)
		return -1;
	if (span.p)
		return change_cell(d, span, value, f, e);
	if (value->type == CELL_NULL)
		return 0;
	return file_rows_wrong(d->rows, d->row.start, e, ERR_CONFLICT,
		"the row lacks what is to be set");
}

static int set_cells(struct edit *d, size_t step, struct fate *f, struct err *e)
{
	const struct erase_step *s = &d->steps[step];

	for (size_t i = 0; i < s->set_n; i++)
		if (set_cell(d, &d->columns[d->changes[step][i]],
			    &s->set[i].value, f, e) < 0)
			return -1;
	d->erased[step] += d->is_counting;
	return 0;
}

static int apply_steps(struct edit *d, const struct key_entry *k,
	struct fate *f, struct err *e)
{
	size_t n = 0;

	for (const struct key_use *u = k->uses; u; u = u->next)
		n += 1 + d->steps[u->number].set_n;
	f->changes = arena_many(d->rows->row_arena, struct change, n);
	for (const struct key_use *u = k->uses; u; u = u->next) {
		const struct erase_step *s = &d->steps[u->number];

		if (step_deletes(s)) {
			d->erased[u->number] += d->is_counting;
			f->is_deleted = true;
			return 0;
		}
		if (s->unlink ? unlink_cell(d, u->number, f, e)
			      : set_cells(d, u->number, f, e))
			return -1;
	}
	return 0;
}

/* NULL and 0 when the row is in no step. */
static int find_key(struct edit *d, struct key_entry **out, struct err *e)
{
	struct cell c = { .type = CELL_NULL };

	*out = NULL;
	if (d->filter && !row_key_may_be(d->filter, &d->row))
		return 0;
	if (file_rows_cell(d->rows, &d->row, &d->columns[0], &c, e) < 0)
		return -1;
	if (c.type != CELL_NULL)
		*out = key_set_find(&d->keys, c.v.v);
	return 0;
}

static int check_once(struct edit *d, struct key_entry *k, struct err *e)
{
	if (!d->is_counting || d->filter)
		return 0;
	if (k->is_seen) {
		file_rows_wrong(d->rows, d->row.start, e, ERR_CONFLICT,
			"the key of a row that is to go stands on another row "
			"too");
		return err_hint(e, "name a key that tells all rows apart, or "
				   "leave \"key\" out");
	}
	k->is_seen = true;
	return 0;
}

static int fate_of(struct edit *d, struct fate *f, struct err *e)
{
	struct key_entry *k;

	*f = (struct fate){ 0 };
	if (find_key(d, &k, e) < 0)
		return -1;
	if (!k)
		return 0;
	if (check_once(d, k, e) < 0)
		return -1;
	return apply_steps(d, k, f, e);
}

/* Writes what was kept up to here, and goes on at `next`. */
static int keep_up_to(struct edit *d, size_t at, size_t next, struct err *e)
{
	str kept = { d->rows->chunk.p + d->kept_from, at - d->kept_from };

	d->kept_from = next;
	return packer_put(d->out->out, kept, e);
}

/* By their place; those of one cell stay in the order of the steps. */
static void sort_changes(struct fate *f)
{
	for (size_t i = 1; i < f->n; i++) {
		struct change c = f->changes[i];
		size_t at = i;

		for (; at > 0 && f->changes[at - 1].span.p > c.span.p; at--)
			f->changes[at] = f->changes[at - 1];
		f->changes[at] = c;
	}
}

static int write_fate(struct edit *d, struct fate *f, struct err *e)
{
	const char *chunk = d->rows->chunk.p;
	size_t start = d->row.start;

	if (f->is_deleted)
		return keep_up_to(d, start, start + d->row.raw.n, e);
	sort_changes(f);
	for (size_t i = 0; i < f->n; i++) {
		const struct change *c = &f->changes[i];
		size_t at = (size_t)(c->span.p - chunk);

		/* Two steps may change one cell: the later one's word holds. */
		if (i + 1 < f->n && c->span.p == c[1].span.p)
			continue;
		if (keep_up_to(d, at, at + c->span.n, e) < 0 ||
			packer_put(d->out->out, c->text, e) < 0)
			return -1;
	}
	return 0;
}

/* A line end that the file does not have is not written either. */
static int end_chunk(struct edit *d, struct err *e)
{
	size_t end = d->rows->chunk.n - d->rows->chunk.is_line_end_ours;

	return d->kept_from < end ? keep_up_to(d, end, end, e) : 0;
}

static int write_chunk(struct edit *d, struct err *e)
{
	struct fate f;
	int rc;

	d->kept_from = 0;
	while ((rc = file_rows_next(d->rows, &d->row, e)) > 0)
		if (fate_of(d, &f, e) < 0 || write_fate(d, &f, e) < 0)
			return -1;
	return rc < 0 ? rc : end_chunk(d, e);
}

static int write_rows(struct edit *d, struct err *e)
{
	int rc;

	if (packer_put(d->out->out, d->rows->header, e) < 0)
		return -1;
	while ((rc = file_rows_take(d->rows, e)) > 0)
		if (write_chunk(d, e) < 0)
			return -1;
	return rc < 0 ? rc : d->conn->place->finish(d->out, e);
}

/* 1 a row of the chunk changes, 0 none does. */
static int chunk_changes(struct edit *d, struct err *e)
{
	struct fate f;
	int rc;

	while ((rc = file_rows_next(d->rows, &d->row, e)) > 0) {
		if (fate_of(d, &f, e) < 0)
			return -1;
		if (f.is_deleted || f.n)
			return 1;
	}
	return rc;
}

static int file_changes(struct edit *d, struct err *e)
{
	int rc;

	while ((rc = file_rows_take(d->rows, e)) > 0) {
		rc = chunk_changes(d, e);
		if (rc)
			return rc;
	}
	return rc;
}

static int open_rows(struct edit *d, struct arena *a, int fd, const char *path,
	struct err *e)
{
	struct file_bytes from = { d->conn->format, fd, str_of(path) };

	if (file_rows_open(a, d->room, &from, &d->rows, e) < 0)
		return -1;
	return file_rows_bind(d->rows, d->columns, d->columns_n, e);
}

/* The same descriptor is read twice, so both passes see one file. */
static int edit_open_file(struct edit *d, struct arena *a, int fd,
	const char *path, const struct stat *old, struct err *e)
{
	int rc;

	d->is_counting = false;
	if (open_rows(d, a, fd, path, e) < 0)
		return -1;
	rc = file_changes(d, e);
	if (rc <= 0)
		return rc;
	arena_clear(a);
	if (lseek(fd, 0, SEEK_SET) < 0)
		return err_errno(e, "read \"%s\" again", path);
	d->is_counting = true;
	if (open_rows(d, a, fd, path, e) < 0 ||
		d->conn->place->stage(
			d->rewrite, a, path, fd, old, &d->out, e) < 0)
		return -1;
	return write_rows(d, e);
}

static int edit_file(struct edit *d, const char *path, struct err *e)
{
	struct stat old;
	struct arena *a;
	int rc, fd = d->conn->place->reopen(d->rewrite, path, &old, e);

	if (fd < 0)
		return -1;
	a = arena_new(FILES_FILE_ARENA_MAX);
	rc = edit_open_file(d, a, fd, path, &old, e);
	arena_free(a);
	close(fd);
	return rc;
}

static size_t keys_of(const struct edit *d, const struct map_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < d->steps_n; i++)
		n += d->steps[i].table == t ? d->steps[i].keys_n : 0;
	return n;
}

static size_t column_of(struct edit *d, const struct map_column *c)
{
	size_t i = 1;

	while (i < d->columns_n && !str_eq(d->columns[i].name, c->name))
		i++;
	if (i == d->columns_n)
		d->columns[d->columns_n++] =
			files_column(d->conn, d->table->name, c->name);
	return i;
}

static size_t *columns_of(
	struct edit *d, struct arena *a, const struct erase_step *s)
{
	size_t *out = arena_many(a, size_t, 1 + s->set_n);

	if (s->unlink)
		out[0] = column_of(d, s->unlink);
	for (size_t i = 0; i < s->set_n; i++)
		out[i] = column_of(d, s->set[i].column);
	return out;
}

static void prepare(struct edit *d, struct arena *a, const struct map_table *t)
{
	str key = t->columns[t->key].name;

	d->table = t;
	d->keys = key_set_in(a, keys_of(d, t));
	d->targets = arena_many(a, struct key_set, d->steps_n);
	d->changes = arena_many(a, size_t *, d->steps_n);
	d->columns = arena_many(a, struct file_column, 1 + t->columns_n);
	d->columns[0] = files_column(d->conn, t->name, key);
	d->columns_n = 1;
	for (size_t i = 0; i < d->steps_n; i++) {
		const struct erase_step *s = &d->steps[i];

		if (s->table != t)
			continue;
		key_set_add(&d->keys, s->keys, s->keys_n, i);
		d->changes[i] = columns_of(d, a, s);
		d->targets[i] = key_set_in(a, s->targets_n);
		key_set_add(&d->targets[i], s->targets, s->targets_n, 0);
	}
	d->filter = NULL;
	if (str_eq(key, STR(MAP_ROW_KEY)))
		d->filter = row_key_filter_of(a, &d->keys);
}

static int edit_table(struct edit *d, struct arena *a,
	const struct map_table *t, struct err *e)
{
	struct walk_files files;
	int rc = d->conn->place->walk(d->conn, a, t->name, &files, e);

	if (!rc)
		prepare(d, a, t);
	for (size_t i = 0; i < files.n && !rc; i++)
		rc = edit_file(d, files.at[i], e);
	return rc ? files_in_table(t->name, e) : 0;
}

static bool is_last_of_table(const struct edit *d, size_t step)
{
	for (size_t i = step + 1; i < d->steps_n; i++)
		if (d->steps[i].table == d->steps[step].table)
			return false;
	return true;
}

/* Where a table's last step stands is its place: children before parents. */
static int edit_all(struct edit *d, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < d->steps_n; i++)
		if (is_last_of_table(d, i) &&
			edit_table(d, a, d->steps[i].table, e) < 0)
			return -1;
	return d->conn->place->commit(d->rewrite, e);
}

int files_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct files_conn *c = files_own(conn);
	struct arena *a;
	struct rewrite w;
	struct edit d = { .conn = c,
		.rewrite = &w,
		.steps = steps,
		.steps_n = n,
		.erased = erased };
	int rc;

	for (size_t i = 0; i < n; i++)
		erased[i] = 0;
	if (files_may_write(c, e) < 0)
		return -1;
	a = arena_new(FILES_CALL_ARENA_MAX);
	d.room = file_room_new(a);
	rc = c->place->begin(c, a, &w, e);
	if (!rc)
		rc = edit_all(&d, a, e);
	c->place->end(&w);
	arena_free(a);
	return rc;
}
