#include "desk/agent_file.h"

#include <string.h>

#include "base/csv.h"
#include "desk/form.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/offer.h"
#include "desk/receive.h"
#include "desk/spoken.h"
#include "desk/stop.h"
#include "law/reference.h"
#include "store/sql.h"

enum { COLUMNS_MAX = 64, KEY_TEXT_MAX = 64 << 10 };

/* --- columns --- */

enum column {
#define AGENT_COLUMN(name, is_needed, what) COLUMN_##name,
#include "desk/tbl/agent_columns.h"
	COLUMNS, /* from here on: those of the forms */
};

static const struct {
	const char *name;
	bool is_needed;
} columns[] = {
#define AGENT_COLUMN(name, is_needed, what) { #name, is_needed },
#include "desk/tbl/agent_columns.h"
};

static int column_of(str name)
{
	for (int i = 0; i < COLUMNS; i++)
		if (str_eq(name, str_of(columns[i].name)))
			return i;
	for (size_t i = 0; i < asked_count(); i++)
		if (str_eq(name, str_of(asked_at(i)->name)))
			return COLUMNS + (int)i;
	return -1;
}

/* The columns in the order of the file. */
struct layout {
	int at[COLUMNS_MAX];
	size_t n;
};

static bool has_column(const struct layout *l, int column)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i] == column)
			return true;
	return false;
}

static int read_names(
	const struct csv_record *r, struct layout *l, struct err *e)
{
	for (size_t i = 0; i < r->n; i++) {
		int column = column_of(str_trim(r->field[i]));

		if (column < 0 || l->n == COLUMNS_MAX) {
			err_set(e, ERR_INVALID,
				"column %zu of the first line has no name that "
				"is known",
				i + 1);
			return err_hint(
				e, "`toyon help agent file` names them");
		}
		if (has_column(l, column))
			return err_set(e, ERR_INVALID,
				"column %zu of the first line is there twice",
				i + 1);
		l->at[l->n++] = column;
	}
	for (int i = 0; i < COLUMNS; i++)
		if (columns[i].is_needed && !has_column(l, i))
			return err_set(e, ERR_INVALID,
				"the column \"%s\" is missing",
				columns[i].name);
	return 0;
}

/* --- rows --- */

struct line {
	int64_t number;
	bool is_uneven; /* more or fewer fields than the first line */
	str kind;
	struct permission permission;
	struct person person;
	struct postal postal;
};

struct filing {
	const struct agent_file *in;
	struct layout layout;
	struct line *lines;
	size_t lines_n;
	str *keys; /* of the rows so far, in a preview */
	size_t keys_n;
};

static void read_field(struct line *l, int column, str value)
{
	switch (column) {
	case COLUMN_kind:
		l->kind = value;
		break;
	case COLUMN_signed_by:
		l->permission.signed_by.v = value;
		break;
	case COLUMN_city:
		l->postal.city.v = value;
		break;
	case COLUMN_language:
		l->person.language = value;
		break;
	case COLUMN_signed_on:
		l->permission.signed_on = value;
		break;
	default:
		*asked_value(asked_at((size_t)(column - COLUMNS)), &l->person) =
			value;
	}
}

static struct line read_line(struct arena *a, const struct layout *columns_of,
	const struct csv_record *r)
{
	struct line l = {
		.number = r->line,
		.is_uneven = r->n != columns_of->n,
		.permission = { .proof = PROOF_SIGNED },
	};

	for (size_t i = 0; i < r->n && i < columns_of->n; i++)
		read_field(&l, columns_of->at[i],
			arena_dup(a, str_trim(r->field[i])));
	return l;
}

static bool is_empty(const struct csv_record *r)
{
	return r->n == 1 && !str_trim(r->field[0]).n;
}

/* All of it, before anything is filed. */
static int read_file(struct desk *d, struct filing *f, struct err *e)
{
	struct csv *csv = csv_of(d->arena, f->in->bytes, ',', f->in->name);
	struct csv_record r;
	int rc;

	f->lines = arena_many(d->arena, struct line, LIMIT_AGENT_FILE_ROWS);
	rc = csv_next(csv, &r, e);
	if (rc < 0 || (rc && read_names(&r, &f->layout, e)))
		return -1;
	if (!rc)
		return err_set(e, ERR_INVALID, "the file is empty");
	while ((rc = csv_next(csv, &r, e)) > 0) {
		if (is_empty(&r))
			continue;
		if (f->lines_n == LIMIT_AGENT_FILE_ROWS)
			return err_set(e, ERR_LIMIT,
				"a file takes at most %d rows",
				LIMIT_AGENT_FILE_ROWS);
		f->lines[f->lines_n++] = read_line(d->arena, &f->layout, &r);
	}
	return rc;
}

/* --- one of them --- */

/* A path of several kinds, as of "know", comes once. */
static bool is_first_of_path(enum kind kind)
{
	for (int k = KIND_NONE + 1; k < (int)kind; k++)
		if (!strcmp(kind_row((enum kind)k)->path, kind_row(kind)->path))
			return false;
	return true;
}

static bool is_filed(enum kind kind)
{
	return (stop_row(kind) || form_of(kind)) && is_first_of_path(kind);
}

str agent_file_kinds(struct arena *a)
{
	str out = STR("");
	size_t left = 0;

	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		left += is_filed((enum kind)k);
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		if (is_filed((enum kind)k))
			out = arena_fmt(a, "%.*s%s%s", STR_ARG(out),
				kind_row((enum kind)k)->path,
				--left > 1 ? ", "
				: left     ? " or "
					   : "");
	return out;
}

static enum kind kind_of_line(const struct line *l)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		if (stop_row((enum kind)k) &&
			str_eq(l->kind, str_of(kind_row((enum kind)k)->path)))
			return (enum kind)k;
	return form_kind(l->kind, &l->person);
}

/* A stop takes one identifier; the address when there are both. */
static struct agent_ask ask_of(const struct filing *f, const struct line *l)
{
	const struct person *p = &l->person;

	return (struct agent_ask){
		.agent_id = f->in->agent_id,
		.is_spoken = true,
		.request = { .kind = kind_of_line(l),
			.channel = CHANNEL_AGENT,
			.id = p->email.v.n ? p->email : p->phone,
			.person = *p,
			.postal = l->postal },
		.permission = l->permission,
	};
}

/* What a row says, however its addresses are typed. */
static str key_of(struct desk *d, const struct agent_ask *ask)
{
	struct buf b = buf_in(d->arena, KEY_TEXT_MAX);
	struct person p = ask->request.person;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &p, id);
	struct date day;

	for (size_t i = 0; i < n; i++)
		buf_put(&b, (str){ (const char *)id[i].key, IDENT_KEY_SIZE });
	p.email.v = p.phone.v = STR("");
	buf_fmt(&b, "%zu\n%s\n", n, kind_code(ask->request.kind));
	if (form_read_day(ask->permission.signed_on, &day))
		buf_put(&b, date_iso(d->arena, day));
	for (size_t i = 0; i < asked_count(); i++) {
		buf_putc(&b, '\n');
		buf_put(&b, *asked_value(asked_at(i), &p));
	}
	return buf_ok(&b)
		       ? keys_hash(d->arena, d->keys, "agent row", buf_str(&b))
		       : STR("");
}

/* A file has two columns for what the pages ask as one. */
static const char *asked_in(const struct line *l, const char *field)
{
	if (strcmp(field, "id"))
		return field;
	return l->person.phone.v.n && !l->person.email.v.n ? "phone" : "email";
}

/* What is said of it may stand in the memory of the row. */
static void bad(struct arena *a, struct agent_row *row, const struct line *l,
	const struct problem *p)
{
	row->state = AGENT_ROW_BAD;
	row->field = asked_in(l, p->field);
	row->reason = arena_cstr(a, str_of(p->text));
}

/* What a row may lack before anything of it is looked at. */
static int check_line(struct desk *d, const struct line *l, enum kind kind,
	struct problems *ps, struct err *e)
{
	enum lang any = d->lang;
	int is_offered = 1;

	if (l->is_uneven)
		problem_add(ps, "kind", "uneven",
			"The row has another number of fields than the first "
			"line");
	else if (kind == KIND_NONE)
		problem_add(ps, "kind", "unknown",
			arena_cstr(d->arena,
				arena_fmt(d->arena, "The kind is %.*s",
					STR_ARG(agent_file_kinds(d->arena)))));
	else if (spoken_read(d, "language", l->person.language, &any, ps, e))
		return -1;
	else
		is_offered = offer_is_taken(d, kind, e);
	if (!is_offered)
		problem_add(ps, "kind", "absent",
			"This kind of request is not offered");
	return is_offered < 0 ? -1 : 0;
}

struct one {
	const struct filing *f;
	struct agent_ask ask;
	struct agent_row *row;
	struct problems ps;
};

static int known(struct desk *d, struct one *o, struct err *e)
{
	struct sql_permission_row_in in = { o->ask.agent_id, o->ask.row_key };
	struct sql_permission_row_row row;
	int rc;

	if (!in.id_key.n) /* too long: what checks the fields says so */
		return 0;
	rc = sql_permission_row(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	o->row->state = AGENT_ROW_KNOWN;
	o->row->reference = row.reference;
	return 1;
}

static int file_one(struct desk *d, void *ctx, struct err *e)
{
	struct one *o = ctx;
	str reference = { 0 };
	int rc = known(d, o, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	o->ps.n = 0;
	if (agent_ask_entered(d, &o->ask, &reference, &o->ps, e))
		return -1;
	o->row->state = AGENT_ROW_FILED;
	o->row->reference = reference;
	return 0;
}

/* In a preview nothing is stored that a later row of the same file could be known by. */
static bool was_seen(struct filing *f, struct arena *a, str key)
{
	for (size_t i = 0; i < f->keys_n; i++)
		if (str_eq(f->keys[i], key))
			return true;
	f->keys[f->keys_n++] = arena_dup(a, key);
	return false;
}

static int preview_one(struct desk *d, struct filing *f, struct arena *a,
	struct one *o, struct err *e)
{
	int rc = known(d, o, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	if (agent_ask_check(d, &o->ask, &o->ps, e))
		return -1;
	o->row->state = AGENT_ROW_FILED;
	if (!o->ps.n && was_seen(f, a, o->ask.row_key))
		o->row->state = AGENT_ROW_KNOWN;
	return 0;
}

static int do_line(struct desk *d, struct filing *f, struct arena *a,
	const struct line *l, struct agent_row *row, struct err *e)
{
	struct one o = { .f = f, .ask = ask_of(f, l), .row = row };
	int rc;

	*row = (struct agent_row){ .line = l->number };
	if (check_line(d, l, o.ask.request.kind, &o.ps, e))
		return -1;
	if (!o.ps.n) {
		o.ask.row_key = key_of(d, &o.ask);
		rc = f->in->is_preview ? preview_one(d, f, a, &o, e)
				       : desk_write(d, file_one, &o, e);
		if (rc)
			return -1;
	}
	if (o.ps.n)
		bad(a, row, l, &o.ps.at[0]);
	else if (row->reference.n)
		row->reference = reference_show(a, row->reference);
	return 0;
}

/* Rows of the file that are filed in one transaction. */
struct group {
	struct filing *f;
	struct agent_row *out;
	size_t from;
	size_t to;
};

/* Each row in memory of its own: a thousand letters would not fit in a request's. */
static int do_group(struct desk *d, void *ctx, struct err *e)
{
	const struct group *g = ctx;
	struct arena *was = d->arena;
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	int rc = 0;

	d->arena = a;
	for (size_t i = g->from; !rc && i < g->to; i++) {
		rc = do_line(d, g->f, was, &g->f->lines[i], &g->out[i], e);
		arena_clear(a);
	}
	d->arena = was;
	arena_free(a);
	return rc;
}

/* A failure undoes the group: then its rows are filed one by one, so that those before
 * it stay. */
static int file_group(struct desk *d, const struct group *g, struct err *e)
{
	struct group all = *g;

	if (!desk_write(d, do_group, &all, e))
		return 0;
	for (size_t i = g->from; i < g->to; i++) {
		struct group one = { g->f, g->out, i, i + 1 };

		if (do_group(d, &one, e))
			return -1;
	}
	return 0;
}

/* Waiting for the disk a thousand times is what takes the time; others who write wait
 * for a group at most. */
static int do_lines(
	struct desk *d, struct filing *f, struct agent_rows *out, struct err *e)
{
	enum { TOGETHER = 50 };

	for (size_t i = 0; i < f->lines_n; i += TOGETHER) {
		struct group g = { f, out->at, i,
			f->lines_n - i < TOGETHER ? f->lines_n : i + TOGETHER };

		if (f->in->is_preview ? do_group(d, &g, e)
				      : file_group(d, &g, e))
			return -1;
	}
	out->n = f->lines_n;
	for (size_t i = 0; i < out->n; i++)
		out->bad += out->at[i].state == AGENT_ROW_BAD;
	return 0;
}

int agent_file(struct desk *d, const struct agent_file *in,
	struct agent_rows *out, struct err *e)
{
	struct filing f = { .in = in };
	enum lang was = d->lang;
	struct agent a;
	int rc;

	*out = (struct agent_rows){ .n = 0 };
	if (desk_need(d, PERM_INTAKE, e) || agent_need(d, in->agent_id, &a, e))
		return -1;
	if (a.suspended_at)
		return err_set(e, ERR_DENIED, "agent %lld is suspended",
			(long long)a.id);
	if (in->bytes.n > LIMIT_AGENT_FILE_BYTES)
		return err_set(e, ERR_LIMIT, "a file takes at most %d bytes",
			LIMIT_AGENT_FILE_BYTES);
	if (read_file(d, &f, e))
		return -1;
	out->at = arena_many(d->arena, struct agent_row, f.lines_n);
	f.keys = arena_many(d->arena, str, f.lines_n);
	if (!in->is_spoken)
		(void)lang_read(a.language, &d->lang);
	rc = do_lines(d, &f, out, e);
	d->lang = was;
	return rc;
}

const char *agent_row_word(enum agent_row_state s)
{
	static const char *const words[] = { "filed", "known", "bad" };

	must((size_t)s < COUNTOF(words));
	return words[s];
}
