/*
 * What a folder or a bucket holds, for a data map that is not written yet, and
 * what a look-up would read.  Names come from headers and members; no value
 * leaves.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "connect/detect.h"
#include "connect/files/place.h"
#include "scrub/json_line.h"

enum {
	SURVEY_HEADERS_MAX = 64, /* files of one table that are opened */
	SURVEY_UNREAD_MAX = 20,  /* of those that can't be read: named */
	SURVEY_ROWS_MAX = 500,   /* lines whose members are noted */
	SURVEY_ARENA_MAX = 512 << 20,
	SURVEY_PATTERN_MAX = 6 * WALK_PATH_MAX + 1, /* a digit for "[0-9]*" */
	CODE_MIN = 8, /* letters and digits of a code that programs make up */
};

struct survey_file {
	const char *path;
	str pattern; /* every run of digits, and every code, stands for any */
};

struct survey {
	struct files_conn *conn;
	struct arena *arena;
	struct survey_file *at;
	size_t n;
	size_t cap;
	struct file_room *room;
	size_t odd_n;    /* names that no table can have */
	size_t unread_n; /* can't be read, or hold nothing */
	bool is_enough;  /* there are more */
	column_fn *fn;
	void *ctx;
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

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alnum(char c)
{
	return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Hexadecimal digits that stand there by themselves; 0 where others do. */
static size_t hex_at(str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && is_hex(s.p[at + n]))
		n++;
	return at + n < s.n && is_alnum(s.p[at + n]) ? 0 : n;
}

static size_t uuid_at(str s, size_t at)
{
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(groups); i++) {
		if (i && (at + n >= s.n || s.p[at + n++] != '-'))
			return 0;
		if (hex_at(s, at + n) != groups[i])
			return 0;
		n += groups[i];
	}
	return n;
}

/* Bytes of a code that a program made up for the file: a UUID, or so many
 * hexadecimal digits of both sorts that it is neither a word nor a day. */
static size_t code_at(str path, size_t at)
{
	size_t n, digits = 0;

	if (at && is_alnum(path.p[at - 1]))
		return 0;
	n = uuid_at(path, at);
	if (n)
		return n;
	n = hex_at(path, at);
	for (size_t i = 0; i < n; i++)
		digits += is_digit(path.p[at + i]);
	return n >= CODE_MIN && digits && digits < n ? n : 0;
}

/* The path as a table's name, for it alone or for all that differ in digits. */
static str name_of(struct arena *a, str path, bool is_any_digits)
{
	struct buf b = buf_in(a, SURVEY_PATTERN_MAX);

	for (size_t i = 0; i < path.n; i++) {
		size_t code = is_any_digits ? code_at(path, i) : 0;

		if (code) {
			buf_putc(&b, '*');
			i += code - 1;
			continue;
		}
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

static int take_file(void *ctx, str path, struct err *e)
{
	struct survey *s = ctx;
	struct survey_file f;

	(void)e;
	if (!is_format(s->conn, path) ||
		(s->conn->only.n && !str_eq(path, s->conn->only)))
		return 0;
	if (walk_fault(path)) {
		s->odd_n++;
		return 0;
	}
	if (s->n == WALK_FILES_MAX) {
		s->is_enough = true;
		return 1;
	}
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

static int note_open(struct columns *c, const struct survey *s, int fd,
	const char *path, struct err *e)
{
	struct arena *a = arena_new(FILES_FILE_ARENA_MAX);
	struct file_bytes from = { s->conn->format, fd, str_of(path) };
	struct file_rows *r;
	int rc = file_rows_open(a, s->room, &from, &r, e);

	if (!rc && from.format->is_lines)
		rc = note_rows(c, r, e);
	for (size_t i = 0; !rc && i < r->names_n; i++) {
		struct seen *seen = note(c, r->names[i]);

		if (seen)
			seen->files++;
	}
	c->files += !rc && !r->is_empty;
	arena_free(a);
	return rc;
}

static int note_file(struct columns *c, const struct survey *s,
	const char *path, struct err *e)
{
	struct file_part part = { .enough = FILES_SAMPLE };
	size_t before = c->rows;
	int rc, fd = s->conn->place->open(s->conn, path, &part, e);

	if (fd < 0)
		return -1;
	rc = note_open(c, s, fd, path, e);
	if (rc < 0 && part.is_cut && e->code == ERR_CORRUPT && c->rows > before)
		rc = files_end_of_part(e);
	close(fd);
	return rc;
}

static bool is_rare(const struct files_conn *conn, const struct columns *c,
	const struct seen *s)
{
	return conn->format->is_lines ? s->rows < c->rows : s->files < c->files;
}

static int tell_left(struct survey *s, str what)
{
	struct column_fact f = { .left = what };

	return s->fn(s->ctx, &f, s->e);
}

/* The others of the folder are looked at all the same. */
static int tell_unread(struct survey *s, str path, str why)
{
	if (s->unread_n++ >= SURVEY_UNREAD_MAX)
		return 0;
	if (detect_is_personal(path))
		return tell_left(
			s, STR("a file that can't be read, whose name is "
			       "somebody's own"));
	return tell_left(s, why);
}

static int note_or_tell(struct survey *s, struct columns *c, const char *path)
{
	struct err e = { 0 };

	if (!note_file(c, s, path, &e))
		return 0;
	if (!files_is_unreadable(&e)) {
		*s->e = e;
		return -1;
	}
	(void)files_what_to_do(&e);
	return tell_unread(s, str_of(path),
		arena_fmt(s->arena, "%s%s%s", e.message, e.hint[0] ? "; " : "",
			e.hint));
}

/* One table: the files from `first` on that share a pattern. */
static int tell_table(struct survey *s, size_t first, size_t n)
{
	struct columns *c = arena_one(s->arena, struct columns);
	size_t unread = s->unread_n;
	str path = str_of(s->at[first].path);
	str table =
		n > 1 ? s->at[first].pattern : name_of(s->arena, path, false);

	c->arena = s->arena;
	for (size_t i = 0; i < n && i < SURVEY_HEADERS_MAX; i++)
		if (note_or_tell(s, c, s->at[first + i].path) < 0)
			return files_in_table(table, s->e);
	if (!c->n && s->unread_n == unread)
		return tell_unread(s, path,
			arena_fmt(s->arena, "\"%.*s\": it holds nothing",
				STR_ARG(path)));
	for (size_t i = 0; i < c->n; i++) {
		struct column_fact f = { .table = table,
			.column = c->at[i].name,
			.is_optional = is_rare(s->conn, c, &c->at[i]) };

		if (s->fn(s->ctx, &f, s->e) < 0)
			return -1;
	}
	return 0;
}

static int tell_count(struct survey *s, size_t n, const char *what)
{
	return n ? tell_left(s, arena_fmt(s->arena, "%zu %s", n, what)) : 0;
}

/* What was not looked at. */
static int tell_rest(struct survey *s, size_t tables_n)
{
	size_t tables =
		tables_n > MAP_TABLES_MAX ? tables_n - MAP_TABLES_MAX : 0;
	size_t unread = s->unread_n > SURVEY_UNREAD_MAX
				? s->unread_n - SURVEY_UNREAD_MAX
				: 0;

	if (tables &&
		tell_left(
			s, arena_fmt(s->arena,
				   "%zu more tables, beyond the %d of a system",
				   tables, (int)MAP_TABLES_MAX)) < 0)
		return -1;
	if (tell_count(s, unread, "more files that can't be read") < 0 ||
		tell_count(s, s->odd_n, "files whose names no table can have") <
			0)
		return -1;
	if (!s->is_enough)
		return 0;
	return tell_left(s, arena_fmt(s->arena, "files beyond the first %d",
				    (int)WALK_FILES_MAX));
}

static int tell_all(struct survey *s)
{
	size_t n, tables = 0;

	if (s->n)
		qsort(s->at, s->n, sizeof *s->at, by_pattern);
	for (size_t i = 0; i < s->n; i += n) {
		for (n = 1; i + n < s->n &&
			    str_eq(s->at[i + n].pattern, s->at[i].pattern);)
			n++;
		if (tables++ < MAP_TABLES_MAX && tell_table(s, i, n) < 0)
			return -1;
	}
	return tell_rest(s, tables);
}

int files_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct survey s = {
		.conn = files_own(conn), .fn = fn, .ctx = ctx, .e = e
	};
	int rc;

	s.arena = arena_new(SURVEY_ARENA_MAX);
	s.room = file_room_new(s.arena);
	rc = s.conn->place->list(s.conn, take_file, &s, e);
	if (!rc)
		rc = tell_all(&s);
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
