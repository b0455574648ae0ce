/*
 * Copies that a keeper uploads for an answer to a request to know: sealed with
 * the request, bounded, handed to staff and to the package, gone when the case
 * closes.
 */
#include "connect/person/item.h"
#include "desk/keeper.h"
#include "desk/keeper_door.h"
#include "desk/limit.h"

enum { MIB = 1 << 20 };

static const str name_label = STR_INIT("keeper file name");
static const str file_label = STR_INIT("keeper file");

/* --- in --- */

static size_t place_of(const struct map_system *s, str name)
{
	const struct map_table *t = map_table_named(s, name);

	return t ? (size_t)(t - s->tables) : 0;
}

int keeper_files(struct desk *d, const struct keeper_door *k,
	struct keeper_files *out, struct err *e)
{
	struct sql_keeper_file_list_in in = { k->task.id };
	struct sql_keeper_file_list_rows rows;

	*out = (struct keeper_files){ .bytes = 0 };
	if (sql_keeper_file_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct keeper_file, rows.n);
	out->is_text = arena_many(d->arena, bool, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct keeper_file *f = &out->at[i];

		f->id = rows.at[i].id;
		f->bytes = rows.at[i].bytes;
		f->place = place_of(k->system, rows.at[i].place);
		out->is_text[i] = rows.at[i].is_text > 0;
		out->bytes += f->bytes;
		if (seal_get(d->arena, k->r.seal, name_label,
			    rows.at[i].sealed_name, &f->name.v, e))
			return -1;
	}
	return 0;
}

/* Without folders, as some browsers send it. */
static str base_name(str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
			return str_from(name, i);
	return name;
}

struct adding {
	str token;
	size_t place;
	str name;
	str bytes;
	struct problems *ps;
};

/* of_all: what everybody who was asked has sent for the request. */
static void check_room(
	const struct adding *x, const struct keeper_files *have, int64_t of_all)
{
	if (have->n >= LIMIT_KEEPER_FILES)
		problem_add(x->ps, "file", "many",
			"There are 20 files already. Put some together");
	else if (have->bytes + (int64_t)x->bytes.n > LIMIT_KEEPER_FILES_BYTES)
		problem_add(x->ps, "file", "large",
			"All files together may have 8 MB");
	else if (of_all + (int64_t)x->bytes.n > LIMIT_KEEPER_REQUEST_BYTES)
		problem_add(x->ps, "file", "large",
			"Others sent files for this person too, and all of "
			"them may have 10 MB. Choose a smaller file");
}

static int add(struct desk *d, void *ctx, struct err *e)
{
	const struct adding *x = ctx;
	struct sql_keeper_file_add_in in = {
		.bytes = (int64_t)x->bytes.n,
		.is_text = str_is_text(x->bytes),
		.added_at = desk_now(d),
	};
	struct sql_keeper_file_bytes_in of_request;
	struct sql_keeper_file_bytes_row all;
	struct keeper_files have;
	struct keeper_door k;

	x->ps->n = 0;
	if (keeper_enter_waiting(d, x->token, &k, e) ||
		keeper_files(d, &k, &have, e))
		return -1;
	of_request.request_id = k.r.row.id;
	if (sql_keeper_file_bytes(d->db, d->arena, &of_request, &all, e) != 1)
		return -1;
	if (!keeper_takes_files(&k) || x->place >= k.system->tables_n)
		return err_set(e, ERR_CONFLICT, "no file is taken here");
	check_room(x, &have, all.bytes);
	if (x->ps->n)
		return 0;
	in.request_id = k.r.row.id;
	in.task_id = k.task.id;
	in.place = k.system->tables[x->place].name;
	in.sealed_name = seal_put(d->arena, k.r.seal, name_label, x->name);
	in.sealed = seal_put(d->arena, k.r.seal, file_label, x->bytes);
	if (sql_keeper_file_add(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_KEEPER_FILE_ADDED, k.r.row.reference, e,
		AD("system", k.task.title), AD("bytes", in.bytes));
}

int keeper_file_add(struct desk *d, str token, size_t place, str name,
	str bytes, struct problems *ps, struct err *e)
{
	struct adding x = { token, place, base_name(str_trim(name)), bytes,
		ps };

	if (!bytes.n)
		problem_add(ps, "file", "missing", "Choose a file");
	else if (bytes.n > LIMIT_KEEPER_FILE_BYTES)
		problem_add(ps, "file", "large", "A file may have 4 MB");
	else if (!x.name.n || x.name.n > LIMIT_NAME_CHARS ||
		 !str_is_text(x.name))
		problem_add(ps, "file", "name",
			"Give the file a shorter, plain name");
	return ps->n ? 0 : desk_write(d, add, &x, e);
}

struct dropping {
	str token;
	int64_t id;
};

static int drop(struct desk *d, void *ctx, struct err *e)
{
	const struct dropping *x = ctx;
	struct sql_keeper_file_drop_in in = { .id = x->id };
	struct keeper_door k;

	if (keeper_enter_waiting(d, x->token, &k, e))
		return -1;
	in.task_id = k.task.id;
	return sql_keeper_file_drop(d->db, &in, e) < 0 ? -1 : 0;
}

int keeper_file_drop(struct desk *d, str token, int64_t id, struct err *e)
{
	struct dropping x = { token, id };

	return desk_write(d, drop, &x, e);
}

/* --- out --- */

static int get(struct desk *d, const struct record *r, int64_t id,
	struct sql_keeper_file_get_row *row, struct keeper_copy *out,
	struct err *e)
{
	struct sql_keeper_file_get_in in = { id, r->row.id };
	int rc = sql_keeper_file_get(d->db, d->arena, &in, row, e);

	if (rc < 0)
		return -1;
	if (!rc || !r->seal)
		return err_set(e, ERR_NOT_FOUND, "this copy is gone");
	if (seal_get(d->arena, r->seal, name_label, row->sealed_name,
		    &out->name.v, e))
		return -1;
	out->name.v = item_file_name(d->arena, id, out->name.v);
	return seal_get(
		d->arena, r->seal, file_label, row->sealed, &out->bytes, e);
}

struct copying {
	str reference;
	int64_t id;
	struct keeper_copy *out;
};

static int copy(struct desk *d, void *ctx, struct err *e)
{
	const struct copying *x = ctx;
	struct sql_keeper_file_get_row row;
	struct sql_task_by_id_row task;
	struct record r;

	if (record_need(d, x->reference, &r, e) ||
		get(d, &r, x->id, &row, x->out, e) ||
		sql_task_by_id(d->db, d->arena,
			&(struct sql_task_by_id_in){ row.task_id }, &task,
			e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_KEEPER_FILE_SEEN, r.row.reference, e,
		AD("system", task.title));
}

int keeper_copy(struct desk *d, str reference, int64_t id,
	struct keeper_copy *out, struct err *e)
{
	struct copying x = { reference, id, out };

	if (desk_need(d, PERM_REVEAL, e))
		return -1;
	return desk_write(d, copy, &x, e);
}

int keeper_fill(struct desk *d, const struct record *r, struct finding *f,
	struct err *e)
{
	struct sql_keeper_file_get_row row;
	struct keeper_copy c;

	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++) {
			struct found_row *at = &f->tables[t].rows[i];
			int64_t id = item_file_of(at);

			if (!id)
				continue;
			if (get(d, r, id, &row, &c, e))
				return -1;
			item_fill(at, c.bytes);
		}
	return 0;
}
