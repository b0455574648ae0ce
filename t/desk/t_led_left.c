/*
 * Accounts that the data map keeps, or that can't be deleted, with orders in another system
 * that could not go when they were to: what is reported then is what became of the rows
 * (Civ. Code 1798.99.86(d)), whatever was planned.  The systems are SQLite files, the record
 * is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

#include "desk/drop_leave.h"

#define MAP(erase)                                                            \
	"version: 1\n"                                                        \
	"systems:\n"                                                          \
	"  - name: crm\n"                                                     \
	"    connector: sqlite\n"                                             \
	"    database: crm.db\n"                                              \
	"    tables:\n"                                                       \
	"      - name: account\n"                                             \
	"        key: id\n"                                                   \
	"        columns:\n"                                                  \
	"          - { name: email, identifies: email }\n"                    \
	"          - { name: number }\n" erase "  - name: warehouse\n"        \
	"    connector: sqlite\n"                                             \
	"    database: warehouse.db\n"                                        \
	"    tables:\n"                                                       \
	"      - name: orders\n"                                              \
	"        key: id\n"                                                   \
	"        links:\n"                                                    \
	"          - { column: customer, system: crm, to: account.number }\n" \
	"        erase: delete\n"

/* Orders go, with the accounts or without them. */
static const char keeps_accounts[] =
	MAP("        erase: keep\n"
	    "        exception: DX8\n"
	    "        purpose: Tax records, kept for seven years\n");
static const char deletes_accounts[] = MAP("        erase: delete\n");

static const struct row ann = { "AnnCustomer1", "ann@one.example" };

static void run_in(struct scene *s, const char *system, const char *sql)
{
	struct conn *c = open_in(s, system, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static bool holds(struct scene *s, const char *system, const char *table,
	const char *keys)
{
	str has = rows_of(s, system, table);

	if (!str_eq(has, str_of(keys)))
		printf("%s.%s has %.*s\n", system, table, STR_ARG(has));
	return str_eq(has, str_of(keys));
}

/* Ann with two orders, which the warehouse does not let go. */
static void begin(struct scene *s, const char *name, int argc, char **argv)
{
	*s = (struct scene){ 0 };
	begin_scene(s, name, argc, argv);
	make_map(s, keeps_accounts);
	make_system(s, "crm",
		"create table account (id integer primary key, email text,\n"
		"	number integer);\n"
		"insert into account values (1, 'ann@one.example', 7);\n");
	make_system(s, "warehouse",
		"create table orders (id integer primary key, customer text);\n"
		"insert into orders values (1, '7'), (2, '7');\n"
		"create trigger shut before delete on orders\n"
		"begin select raise(abort, 'shut'); end;\n");
}

static void import_and_fail(struct scene *s)
{
	struct drop_acted done;

	import(s, "20261121", &ann, 1);
	done = act(s);
	CHECK(done.left == 1 && !done.erased && !done.kept, "she is left: %d",
		(int)done.left);
	CHECK(holds(s, "warehouse", "orders", "1 2 "), "nothing went");
}

/* --- planned, and then kept --- */

/* A plan is no deletion: nothing of hers ever went. */
static void planned_then_kept(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_kept", argc, argv);
	import_and_fail(&s);
	keep_row(&s, "warehouse", "orders", "1");
	keep_row(&s, "warehouse", "orders", "2");
	done = act(&s);
	CHECK(done.kept == 1 && !done.erased && !done.left,
		"%d kept, %d deleted: %.*s", (int)done.kept, (int)done.erased,
		STR_ARG(done.problem));
	CHECK(status(&s, ann.id) == 2, "all of it is exempt, and so said: %d",
		status(&s, ann.id));
	end(&s.t);
}

/* What belongs to an account that staff keep is not asked for. */
static void planned_then_account_kept(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_account", argc, argv);
	import_and_fail(&s);
	keep_row(&s, "crm", "account", "1");
	done = act(&s);
	CHECK(done.kept == 1 && !done.erased && !done.left,
		"%d kept, %d deleted: %.*s", (int)done.kept, (int)done.erased,
		STR_ARG(done.problem));
	CHECK(status(&s, ann.id) == 2 &&
			holds(&s, "warehouse", "orders", "1 2 "),
		"all of it is exempt, and so said: %d", status(&s, ann.id));
	end(&s.t);
}

/* Killed after the order was gone, and before that was noted: one that stands does not
 * hide it. */
static void gone_unnoted(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_unnoted", argc, argv);
	import_and_fail(&s);
	run_in(&s, "warehouse",
		"drop trigger shut; delete from orders where id = 1;\n");
	keep_row(&s, "warehouse", "orders", "2");
	done = act(&s);
	CHECK(done.erased == 1 && !done.kept && !done.left,
		"%d deleted, %d kept: %.*s", (int)done.erased, (int)done.kept,
		STR_ARG(done.problem));
	CHECK(status(&s, ann.id) == 3 && holds(&s, "warehouse", "orders", "2 "),
		"something of hers was deleted: %d", status(&s, ann.id));
	end(&s.t);
}

/* Noted, but the account itself could not go; then staff keep it. */
static void gone_then_account_kept(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_noted", argc, argv);
	make_map(&s, deletes_accounts);
	run_in(&s, "warehouse", "drop trigger shut;\n");
	run_in(&s, "crm",
		"create trigger shut before delete on account\n"
		"begin select raise(abort, 'shut'); end;\n");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.left == 1 && holds(&s, "warehouse", "orders", ""),
		"her orders went: %d left", (int)done.left);
	keep_row(&s, "crm", "account", "1");
	done = act(&s);
	CHECK(done.erased == 1 && status(&s, ann.id) == 3,
		"what was deleted once is not exempt: %d", status(&s, ann.id));
	end(&s.t);
}

/* And where nothing failed. */
static void gone(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_gone", argc, argv);
	run_in(&s, "warehouse", "drop trigger shut;\n");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.erased == 1 && status(&s, ann.id) == 3 &&
			holds(&s, "warehouse", "orders", ""),
		"her orders went, and so it is said: %d", status(&s, ann.id));
	end(&s.t);
}

/* --- looks that became too old --- */

static void match_again(struct scene *s)
{
	struct drop_matched m;
	struct err e = { 0 };
	struct desk d;

	s->t.clock.fixed_ms += 3 * 86400000;
	d = desk(s, ACTOR_STAFF);
	if (drop_match_all(&d, &s->place, &m, &e))
		fail("match", &e);
}

/* Killed after her orders were gone; the account is kept, and matched again. */
static void gone_and_stale(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_stale", argc, argv);
	import_and_fail(&s);
	run_in(&s, "warehouse", "drop trigger shut; delete from orders;\n");
	match_again(&s);
	done = act(&s);
	CHECK(done.erased == 1 && !done.kept && !done.left,
		"%d deleted, %d kept: %.*s", (int)done.erased, (int)done.kept,
		STR_ARG(done.problem));
	CHECK(status(&s, ann.id) == 3,
		"the look is forgotten, and not what it deleted: %d",
		status(&s, ann.id));
	end(&s.t);
}

/* Nothing went of what was planned, and then staff keep it. */
static void stale_then_kept(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_stale_kept", argc, argv);
	import_and_fail(&s);
	match_again(&s);
	keep_row(&s, "warehouse", "orders", "1");
	keep_row(&s, "warehouse", "orders", "2");
	done = act(&s);
	CHECK(done.kept == 1 && status(&s, ann.id) == 2,
		"all of it is exempt: %d kept, %d", (int)done.kept,
		status(&s, ann.id));
	end(&s.t);
}

/* Her orders were deleted; her account could not be, and went by another hand since. */
static void gone_and_found_nowhere(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "left_nowhere", argc, argv);
	make_map(&s, deletes_accounts);
	run_in(&s, "warehouse", "drop trigger shut;\n");
	run_in(&s, "crm",
		"create trigger shut before delete on account\n"
		"begin select raise(abort, 'shut'); end;\n");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.left == 1 && holds(&s, "warehouse", "orders", ""),
		"her orders went: %d left", (int)done.left);
	run_in(&s, "crm", "drop trigger shut; delete from account;\n");
	match_again(&s);
	CHECK(status(&s, ann.id) == 3,
		"deleted, which is not \"not found\": %d", status(&s, ann.id));
	end(&s.t);
}

/* --- left by staff --- */

static const struct row bob = { "BobCustomer1", "bob@one.example" };

/* Ann can't be deleted, and Bob was: nobody of the list is answered for. */
static void begin_blocked(struct scene *s, const char *name, char **argv)
{
	const struct row both[] = { ann, bob };
	struct drop_reported out;
	struct drop_acted done;
	struct err e = { 0 };
	struct desk d;

	begin(s, name, 2, argv);
	make_map(s, deletes_accounts);
	run_in(s, "crm",
		"insert into account values (2, 'bob@one.example', 8);\n");
	import(s, "20261121", both, COUNTOF(both));
	done = act(s);
	CHECK(done.erased == 1 && done.left == 1, "%d deleted, %d left",
		(int)done.erased, (int)done.left);
	d = desk(s, ACTOR_STAFF);
	CHECK(drop_export(&d, &s->place, path(&s->t, "early"), &out, &e),
		"no answer goes while somebody is left");
}

static struct drop_open only_open(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_opens o;
	struct err e = { 0 };

	if (drop_opens(&d, 0, &o, &e))
		fail("opens", &e);
	CHECK(o.n == 1 && str_eq(o.at[0].item_id, str_of(ann.id)) &&
			str_eq(o.at[0].system, STR("crm")) &&
			str_eq(o.at[0].table, STR("account")),
		"she is the one who is left of %zu", o.n);
	return o.n ? o.at[0] : (struct drop_open){ 0 };
}

/* 0, or -1; problems count in *wrong. */
static int leave(struct scene *s, struct drop_leaving w, int64_t match,
	size_t *wrong, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct drop_opens o;
	int rc;

	w.matches.at = &match;
	w.matches.n = 1;
	*e = (struct err){ 0 };
	rc = drop_leave(&d, &w, &o, &ps, e);
	*wrong = ps.n;
	return rc;
}

static const struct drop_leaving tax = {
	.ground = STR_INIT("DX8"),
	.purpose = STR_INIT("Tax records"),
	.until = STR_INIT("2099-12-31"),
};

static void way_out(int argc, char **argv)
{
	struct drop_leaving look = tax;
	struct scene s;
	struct drop_acted done;
	struct drop_open open;
	struct err e;
	size_t wrong;

	must(argc == 2);
	begin_blocked(&s, "left_way_out", argv);
	open = only_open(&s);
	look.is_preview = true;
	CHECK(!leave(&s, look, open.match_id, &wrong, &e) && !wrong,
		"it may be kept: %s", e.message);
	done = act(&s);
	CHECK(done.left == 1, "and a preview keeps nothing: %d",
		(int)done.left);
	CHECK(!leave(&s, tax, open.match_id, &wrong, &e) && !wrong,
		"it is kept: %s", e.message);
	done = act(&s);
	CHECK(done.kept == 1 && !done.left && done.state == DROP_STATE_ACTED,
		"%d kept, %d left: %.*s", (int)done.kept, (int)done.left,
		STR_ARG(done.problem));
	CHECK(status(&s, ann.id) == 2 && status(&s, bob.id) == 3,
		"she is exempt and he is deleted: %d, %d", status(&s, ann.id),
		status(&s, bob.id));
	CHECK(holds(&s, "crm", "account", "1 ") &&
			holds(&s, "warehouse", "orders", "1 2 "),
		"what is kept stands, with what it leads to");
	report(&s, "out");
	CHECK(leave(&s, tax, open.match_id, &wrong, &e) &&
			e.code == ERR_CONFLICT,
		"and nothing waits any more");
	end(&s.t);
}

/* Nothing is kept on what is no exception, without a purpose, for ever or of nobody. */
static void refused_to_leave(int argc, char **argv)
{
	struct drop_leaving w = tax;
	struct scene s;
	struct drop_open open;
	struct err e;
	size_t wrong;

	must(argc == 2);
	begin_blocked(&s, "left_refused", argv);
	open = only_open(&s);
	w.ground = STR("DX99");
	CHECK(!leave(&s, w, open.match_id, &wrong, &e) && wrong == 1,
		"the law has no DX99");
	w = tax;
	w.purpose = STR("");
	CHECK(!leave(&s, w, open.match_id, &wrong, &e) && wrong == 1,
		"kept for nothing");
	w = tax;
	w.until = STR("2001-01-01");
	CHECK(!leave(&s, w, open.match_id, &wrong, &e) && wrong == 1,
		"a day that is over");
	CHECK(leave(&s, tax, open.match_id + 1000, &wrong, &e) &&
			e.code == ERR_NOT_FOUND,
		"a match that there is not");
	CHECK(act(&s).left == 1, "nothing was kept");
	s.t.clock.fixed_ms += 2 * 86400000;
	CHECK(leave(&s, tax, open.match_id, &wrong, &e) &&
			e.code == ERR_CONFLICT,
		"the row of an old look may be another person's");
	end(&s.t);
}

/* The day is over, and so is what could not be deleted: she is still asked for. */
static void left_for_a_time(int argc, char **argv)
{
	struct drop_leaving w = tax;
	struct scene s;
	struct drop_matched m;
	struct drop_acted done;
	struct desk d;
	struct err e;
	size_t wrong;

	must(argc == 2);
	begin_blocked(&s, "left_for_a_time", argv);
	d = desk(&s, ACTOR_STAFF);
	w.until = date_iso(s.t.a, desk_today(&d));
	if (leave(&s, w, only_open(&s).match_id, &wrong, &e) || wrong)
		fail("leave", &e);
	done = act(&s);
	CHECK(done.kept == 1 && !done.left, "%d kept", (int)done.kept);
	run_in(&s, "warehouse", "drop trigger shut;\n");
	s.t.clock.fixed_ms += 2 * 86400000;
	d = desk(&s, ACTOR_STAFF);
	if (drop_screen(&d, &s.place, &m, &e))
		fail("screen", &e);
	done = act(&s);
	CHECK(done.erased == 1 && status(&s, ann.id) == 3 &&
			holds(&s, "crm", "account", "") &&
			holds(&s, "warehouse", "orders", ""),
		"after it she is deleted: %d, %.*s", (int)done.erased,
		STR_ARG(done.problem));
	end(&s.t);
}

int main(int argc, char **argv)
{
	must(argc == 2 && sodium_init() >= 0);
	planned_then_kept(argc, argv);
	planned_then_account_kept(argc, argv);
	gone_unnoted(argc, argv);
	gone_then_account_kept(argc, argv);
	gone(argc, argv);
	gone_and_stale(argc, argv);
	stale_then_kept(argc, argv);
	gone_and_found_nowhere(argc, argv);
	way_out(argc, argv);
	refused_to_leave(argc, argv);
	left_for_a_time(argc, argv);
	return CHECK_DONE();
}
