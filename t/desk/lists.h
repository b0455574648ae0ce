#ifndef T_DESK_LISTS_H
#define T_DESK_LISTS_H

#include "start.h"

#include "base/enc.h"
#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/drop.h"
#include "desk/row_name.h"
#include "drop/pack.h"
#include "store/sql.h"

/* Sessions of the State's lists over systems that are SQLite files beside the record. */
struct scene {
	struct test t;
	struct drop_place place;
};

static inline struct desk desk(struct scene *s, enum actor_kind kind)
{
	struct desk d = desk_as(&s->t, kind);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

/* --- the systems --- */

static inline const char *file_of(struct scene *s, const char *system)
{
	return path(
		&s->t, arena_cstr(s->t.a, arena_fmt(s->t.a, "%s.db", system)));
}

static inline struct conn *open_in(
	struct scene *s, const char *system, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct map *m = arena_one(s->t.a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(s->t.a, path(&s->t, "datamap.yaml"), m, &e) ||
		conn_open(s->t.a, m, map_system_named(m, str_of(system)), &o,
			&c, &e))
		fail(system, &e);
	return c;
}

static inline int put_key(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s ", STR_ARG(cells[0].v.v));
	return 0;
}

static inline str rows_of(
	struct scene *s, const char *system, const char *table)
{
	struct conn *c = open_in(s, system, CONN_READ);
	struct buf b = buf_in(s->t.a, 1000);
	str key = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_key, &b, &e))
		fail(table, &e);
	conn_close(c);
	return buf_str(&b);
}

/* The file of a system that has what the statements say. */
static inline void make_system(
	struct scene *s, const char *system, const char *sql)
{
	struct conn *c;
	struct err e = { 0 };

	if (file_replace(file_of(s, system), STR(""), 0600, &e))
		fail("file", &e);
	c = open_in(s, system, CONN_WRITE);
	if (conn_script(c, str_of(sql), &e))
		fail(system, &e);
	conn_close(c);
}

static inline void make_map(struct scene *s, const char *yaml)
{
	struct err e = { 0 };

	if (file_replace(path(&s->t, "datamap.yaml"), str_of(yaml), 0600, &e))
		fail("map", &e);
}

/* --- the lists --- */

struct row {
	const char *id;
	const char *email;
};

static inline void put_item(struct scene *s, struct buf *b, const struct row *r)
{
	uint8_t digest[SHA256_SIZE];
	struct ident id;

	must(ident_read(&id, DROP_PROFILE, IDENT_EMAIL, str_of(r->email)) ==
		IDENT_FAULT_NONE);
	ident_digest(&id, digest);
	buf_fmt(b, "%s,%.*s\n", r->id,
		STR_ARG(base64_of(s->t.a, digest, sizeof digest)));
}

/* The ZIP of a day, with these items. */
static inline const char *pack_lists(
	struct scene *s, const char *day, const struct row *rows, size_t n)
{
	struct buf b = buf_in(s->t.a, 1 << 16);
	const char *zip = path(&s->t,
		arena_cstr(s->t.a, arena_fmt(s->t.a, "%s_4821_DROP.zip", day)));
	struct drop_pack pack = {
		.name = arena_fmt(s->t.a, "%s_4821_Email.csv", day),
		.path = path(&s->t, "Email"),
	};
	struct err e = { 0 };

	buf_puts(&b, "ID,Hash\n");
	for (size_t i = 0; i < n; i++)
		put_item(s, &b, &rows[i]);
	if (file_replace(pack.path, buf_str(&b), 0600, &e) ||
		drop_pack_write(s->t.a, zip, &pack, 1, &e))
		fail(day, &e);
	return zip;
}

static inline void import(
	struct scene *s, const char *day, const struct row *rows, size_t n)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_pulled pulled;
	struct drop_matched matched;
	struct err e = { 0 };

	if (drop_import(
		    &d, &s->place, pack_lists(s, day, rows, n), &pulled, &e) ||
		drop_match_all(&d, &s->place, &matched, &e))
		fail(day, &e);
}

static inline struct drop_acted act(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_acted out;
	struct err e = { 0 };

	if (drop_act(&d, &s->place, &out, &e))
		fail("act", &e);
	return out;
}

static inline void report(struct scene *s, const char *folder)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_reported out;
	struct err e = { 0 };

	if (drop_export(&d, &s->place, path(&s->t, folder), &out, &e) ||
		drop_outcome(&d, STR(""), DROP_WORD_ACCEPTED, STR(""), &e) ||
		drop_outcome(&d, STR(""), DROP_WORD_PROCESSED, STR(""), &e))
		fail(folder, &e);
}

static inline int status(struct scene *s, const char *id)
{
	struct sql_drop_item_by_id_in in = { str_of(id) };
	struct sql_drop_item_by_id_row row = { 0 };
	struct err e = { 0 };

	if (sql_drop_item_by_id(s->t.db, s->t.a, &in, &row, &e) < 0)
		fail(id, &e);
	return (int)row.status;
}

/* As staff keep a row of somebody whose request to delete was approved. */
static inline void keep_row(
	struct scene *s, const char *system, const char *table, const char *key)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct sql_keep_add_in keep = {
		.request_id = 1,
		.system = str_of(system),
		.held_in = str_of(table),
		.title = STR("Accounts"),
		.ground = STR("DX1"),
		.purpose = STR("an open order"),
		.kept_by = STR("Jo Lindqvist"),
		.row_count = 1,
	};
	struct row_name who = { str_of(system), str_of(table),
		{ str_of(key) } };
	struct sql_keep_row_add_in row = { 0 };
	struct sql_keep_add_row added;
	struct row_names names;
	struct err e = { 0 };

	row_names_init(&names, &d);
	row.row_key = row_name_key(s->t.a, &names, &who);
	row.sealed = row_name_seal(s->t.a, &names, &who);
	if (sql_keep_add(s->t.db, s->t.a, &keep, &added, &e) < 0)
		fail("keep", &e);
	row.keep_id = added.id;
	if (sql_keep_row_add(s->t.db, &row, &e) < 0)
		fail("keep", &e);
}

static inline void begin_scene(
	struct scene *s, const char *name, int argc, char **argv)
{
	start(&s->t, name, fresh_server(argc, argv));
	s->t.config.drop_url = STR("https://api.drop.privacy.ca.gov");
	s->t.config.drop_broker = STR("4821");
	s->place.dir = path(&s->t, "drop");
	s->place.credentials = s->t.dir;
}

#endif
