/*
 * Long values of a finding, read whole for who gives them away: of the same rows, or
 * not at all.  The first argument names the engine (t/connect/run).
 */
#include "connect/find_whole.h"

#include <string.h>

#include "check.h"
#include "t/connect/fixture.h"

enum { LONG = 60000, ROWS = 3, VALUE = 2 };

static const char yaml[] = "version: 1\n"
			   "systems:\n"
			   "  - name: crm\n"
			   "    connector: ENGINE\n"
			   "    database: crm\n"
			   "    tables:\n"
			   "      - name: note\n"
			   "        key: id\n"
			   "        columns:\n"
			   "          - { name: id }\n"
			   "          - { name: email, identifies: email }\n"
			   "          - { name: select }\n"
			   "        erase: delete\n";

static const char ddl[] = "create table note (id integer primary key,\n"
			  "	email text, \"select\" text);\n";

/* Two long values, one with letters of two bytes, and a short one between. */
static str long_value(struct arena *a, const char *letter)
{
	size_t n = strlen(letter);
	char *p = arena_alloc(a, LONG);

	for (size_t i = 0; i < LONG; i++)
		p[i] = letter[i % n];
	return (str){ p, LONG };
}

static struct fixture open_house(str values[ROWS])
{
	struct fixture f = fixture_open(yaml, ddl);
	str columns[] = { STR("id"), STR("email"), STR("select") };
	const char *rows[ROWS * 3];
	static const char *const keys[] = { "1", "2", "3" };

	values[0] = long_value(f.a, "x");
	values[1] = STR("short");
	values[2] = long_value(f.a, "\xC3\xA9");
	for (size_t i = 0; i < ROWS; i++) {
		rows[i * 3] = keys[i];
		rows[i * 3 + 1] = "ann@x.example";
		rows[i * 3 + 2] = arena_cstr(f.a, values[i]);
	}
	fixture_insert(&f, "note", columns, 3, rows, ROWS);
	return f;
}

static struct finding found(struct fixture *f)
{
	struct finding out;
	struct ident ann;
	struct err e = { 0 };

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	if (find_person(f->conn, f->a, &ann, 1, NULL, &out, &e))
		fixture_die("find", e.message);
	CHECK(out.rows_n == ROWS && find_is_cut(&out),
		"%zu rows, the long ones are cut", out.rows_n);
	return out;
}

static void read_whole(void)
{
	str values[ROWS];
	struct fixture f = open_house(values);
	struct finding got = found(&f);
	struct err e = { 0 };

	CHECK(!find_whole(f.conn, f.a, &got,
		      &(struct find_room){ LONG, 2 * LONG }, &e),
		"%s", e.message);
	CHECK(!find_is_cut(&got), "nothing is cut any more");
	for (size_t i = 0; i < ROWS; i++)
		CHECK(str_eq(got.tables[0].rows[i].cells[VALUE].v.v, values[i]),
			"value %zu, %zu bytes", i,
			got.tables[0].rows[i].cells[VALUE].v.v.n);
	fixture_close(&f);
}

enum change { OTHER_VALUE, GONE_ROW, TOO_LONG };

/* What was looked at is not what would be given; each in a connection of its own,
 * which a look-up that was ended may not survive. */
static void changed_since(enum change what, enum err_code want)
{
	str values[ROWS];
	struct fixture f = open_house(values);
	struct finding got = found(&f);
	struct found_row *rows = got.tables[0].rows;
	struct find_room room = { LONG, 2 * LONG };
	struct err e = { 0 };

	if (what == OTHER_VALUE)
		rows[2].cells[VALUE].v.v = STR("begins otherwise");
	if (what == GONE_ROW)
		rows[0].key.v.v = STR("77");
	room.value_max -= what == TOO_LONG;
	CHECK(find_whole(f.conn, f.a, &got, &room, &e) == -1 &&
			e.code == want && !strstr(e.message, "begins other"),
		"change %d: %s", (int)what, e.message);
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	read_whole();
	changed_since(OTHER_VALUE, ERR_CONFLICT);
	changed_since(GONE_ROW, ERR_CONFLICT);
	changed_since(TOO_LONG, ERR_LIMIT);
	return CHECK_DONE();
}
