/*
 * What a folder holds, for a data map that is not written yet, and what a
 * look-up would read.  Names come from headers and members; no value leaves.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "connect/files/files.h"
#include "connect/files/walk.h"
#include "scrub/json_line.h"

enum {
	SURVEY_DEPTH_MAX = 12,
	SURVEY_HEADERS_MAX = 64, /* files of one table that are opened */
	SURVEY_ROWS_MAX = 500,   /* lines whose members are noted */
	SURVEY_ARENA_MAX = 256 << 20,
	SURVEY_PATTERN_MAX = 2 * WALK_PATH_MAX,
};

struct survey_file {
	const char *path;
	str pattern; /* every run of digits stands for any */
};

struct survey {
	struct files_conn *conn;
	struct arena *arena;
	struct survey_file *at;
	size_t n;
	size_t cap;
	struct err *e;
};

static bool is_pattern_sign(char c)
{
	return c == '*' || c == '?' || c == '[' || c == '\\';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The path as a table's name, for it alone or for all that differ in digits. */
static str name_of(struct arena *a, str path, bool is_any_digits)
{
	struct buf b = buf_in(a, SURVEY_PATTERN_MAX);

	for (size_t i = 0; i < path.n; i++) {
		if (is_any_digits && is_digit(path.p[i])) {
			buf_puts(&b, "[0-9]*");
			while (i + 1 < path.n && is_digit(path.p[i + 1]))
				i++;
			continue;
		}
		if (is_pattern_sign(path.p[i]))
			buf_putc(&b, '\\');
		buf_putc(&b, path.p[i]);
	}
	return buf_str(&b);
}

static bool is_format(const struct files_conn *c, str name)
{
	static const char *const csv[] = { ".csv", ".tsv" };
	static const char *const lines[] = { ".jsonl", ".ndjson" };
	const char *const *ends = c->format->is_lines ? lines : csv;

	if (str_ends(name, STR(".gz")))
		name.n -= 3;
	else if (str_ends(name, STR(".zst")))
		name.n -= 4;
	return str_ends(name, str_of(ends[0])) ||
	       str_ends(name, str_of(ends[1]));
}

static int take_file(struct survey *s, str path)
{
	struct survey_file f;

	if (!is_format(s->conn, path) || path.n > WALK_PATH_MAX ||
		(s->conn->only.n && !str_eq(path, s->conn->only)))
		return 0;
	if (s->n == WALK_FILES_MAX)
		return err_set(s->e, ERR_LIMIT, "more than %d files",
			(int)WALK_FILES_MAX);
	f.path = arena_cstr(s->arena, path);
	f.pattern = name_of(s->arena, path, true);
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 64;
		struct survey_file *at =
			arena_many(s->arena, struct survey_file, cap);

		if (s->n)
			memcpy(at, s->at, s->n * sizeof *at);
		s->at = at;
		s->cap = cap;
	}
	s->at[s->n++] = f;
	return 0;
}

static int list_folder(struct survey *s, int parent, str below, int depth);

/* Links are passed over here, and refused when a map names one (walk.h). */
static int list_entry(
	struct survey *s, int folder, const char *name, str below, int depth)
{
	str path = arena_fmt(
		s->arena, "%.*s%s%s", STR_ARG(below), below.n ? "/" : "", name);
	struct stat st;
	int fd, rc;

	if (name[0] == '.' || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	if (S_ISREG(st.st_mode))
		return take_file(s, path);
	if (!S_ISDIR(st.st_mode) || depth == SURVEY_DEPTH_MAX)
		return 0;
	fd = openat(
		folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_errno(s->e, "read a folder below it");
	rc = list_folder(s, fd, path, depth + 1);
	close(fd);
	return rc;
}

static int list_folder(struct survey *s, int parent, str below, int depth)
{
	int copy = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;
	int rc = 0;

	if (!d)
		return err_errno(s->e, "read the folder");
	while (!rc && (errno = 0, entry = readdir(d)))
		rc = list_entry(s, dirfd(d), entry->d_name, below, depth);
	if (!rc && errno)
		rc = err_errno(s->e, "read the folder");
	closedir(d);
	return rc;
}

static int by_pattern(const void *x, const void *y)
{
	const struct survey_file *a = x, *b = y;
	int order = str_cmp(a->pattern, b->pattern);

	return order ? order : strcmp(a->path, b->path);
}

/* The columns of one table, in the order they are met. */
struct seen {
	str name;
	size_t files;
	size_t rows;
	size_t last_row; /* that had it, so that it counts once a row */
};

struct columns {
	struct arena *arena;
	struct seen at[FILE_CELLS_MAX];
	size_t n;
	size_t files;
	size_t rows;
};

static struct seen *note(struct columns *c, str name)
{
	size_t i = 0;

	while (i < c->n && !str_eq(c->at[i].name, name))
		i++;
	if (i == FILE_CELLS_MAX)
		return NULL;
	if (i == c->n)
		c->at[c->n++] =
			(struct seen){ .name = arena_dup(c->arena, name) };
	return &c->at[i];
}

static void note_member(void *ctx, str path, str name, str value)
{
	struct columns *c = ctx;
	struct seen *s = note(c, path);

	(void)name;
	(void)value;
	if (!s || s->last_row == c->rows)
		return;
	s->last_row = c->rows;
	s->rows++;
}

static int note_rows(struct columns *c, struct file_rows *r, struct err *e)
{
	struct file_row row;
	int rc;

	while ((rc = file_rows_take(r, e)) > 0)
		while ((rc = file_rows_next(r, &row, e)) > 0) {
			if (c->rows == SURVEY_ROWS_MAX)
				return 0;
			c->rows++;
			(void)json_line_read(row.text, note_member, c);
		}
	return rc;
}

static int note_open(struct columns *c, const struct files_conn *conn, int fd,
	const char *path, struct err *e)
{
	struct arena *a = arena_new(FILES_FILE_ARENA_MAX);
	struct file_rows *r;
	int rc = file_rows_open(a, conn->format, fd, str_of(path), &r, e);

	if (!rc && conn->format->is_lines)
		rc = note_rows(c, r, e);
	for (size_t i = 0; !rc && i < r->names_n; i++) {
		struct seen *s = note(c, r->names[i]);

		if (s)
			s->files++;
	}
	c->files++;
	arena_free(a);
	return rc;
}

static int note_file(struct columns *c, const struct files_conn *conn,
	const char *path, struct err *e)
{
	int rc, fd = walk_open(conn->folder, path, O_RDONLY, 0);

	if (fd < 0)
		return err_errno(e, "open \"%s\"", path);
	rc = note_open(c, conn, fd, path, e);
	close(fd);
	return rc;
}

static bool is_rare(const struct files_conn *conn, const struct columns *c,
	const struct seen *s)
{
	return conn->format->is_lines ? s->rows < c->rows : s->files < c->files;
}

/* One table: the files from `first` on that share a pattern. */
static int tell_table(
	struct survey *s, size_t first, size_t n, column_fn *fn, void *ctx)
{
	struct columns *c = arena_one(s->arena, struct columns);
	str table = n > 1 ? s->at[first].pattern
			  : name_of(s->arena, str_of(s->at[first].path), false);

	c->arena = s->arena;
	for (size_t i = 0; i < n && i < SURVEY_HEADERS_MAX; i++)
		if (note_file(c, s->conn, s->at[first + i].path, s->e) < 0)
			return files_in_table(table, s->e);
	for (size_t i = 0; i < c->n; i++) {
		struct column_fact f = { .table = table,
			.column = c->at[i].name,
			.is_optional = is_rare(s->conn, c, &c->at[i]) };

		if (fn(ctx, &f, s->e) < 0)
			return -1;
	}
	return 0;
}

static int tell_all(struct survey *s, column_fn *fn, void *ctx)
{
	size_t n;

	if (s->n)
		qsort(s->at, s->n, sizeof *s->at, by_pattern);
	for (size_t i = 0; i < s->n; i += n) {
		for (n = 1; i + n < s->n &&
			    str_eq(s->at[i + n].pattern, s->at[i].pattern);)
			n++;
		if (tell_table(s, i, n, fn, ctx) < 0)
			return -1;
	}
	return 0;
}

int files_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct survey s = { .conn = files_own(conn), .e = e };
	int rc;

	s.arena = arena_new(SURVEY_ARENA_MAX);
	rc = list_folder(&s, s.conn->folder, (str){ 0 }, 0);
	if (!rc)
		rc = tell_all(&s, fn, ctx);
	arena_free(s.arena);
	return rc;
}

static int64_t size_of(int folder, const struct walk_files *files)
{
	int64_t size = 0;

	for (size_t i = 0; i < files->n; i++) {
		struct stat st;

		if (!fstatat(folder, files->at[i], &st, AT_SYMLINK_NOFOLLOW))
			size += st.st_size;
	}
	return size;
}

int files_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	struct files_conn *c = files_own(conn);
	struct walk_files files;

	if (walk(a, c->folder, q->table, c->only, &files, e) < 0)
		return -1;
	*out = arena_fmt(a,
		"one pass over %zu file%s of %" PRId64
		" bytes, where \"%.*s\" is one of the values%s",
		files.n, files.n == 1 ? "" : "s", size_of(c->folder, &files),
		STR_ARG(q->where),
		q->match == MATCH_IDENT ? ", in any spelling" : "");
	return 0;
}
