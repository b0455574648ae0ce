/*
 * Which keys lead from a person's rows into other systems, one filter at a time: never up
 * to an owner, not by a number that was never given to anybody, not around a circle, and
 * with an identifier that is made of several columns as with any other.  What is followed
 * wrongly deletes somebody else's rows; what is not followed has to stand.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: contact\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: first, verifies: first_name }\n"
	"          - { name: last, verifies: last_name }\n"
	"          - { name: born, verifies: birth_date }\n"
	"          - { name: zip, verifies: zip }\n"
	"          - { name: number }\n"
	"        links: [ { column: came_by, system: shop, to: orders.id } ]\n"
	"        erase: delete\n"
	"  - name: shop\n"
	"    connector: sqlite\n"
	"    database: shop.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: phone, identifies: phone }\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: contact.number }\n"
	"        erase: delete\n";

static const char crm[] =
	"create table contact (id integer primary key, email text,\n"
	"	first text, last text, born text, zip text, number text,\n"
	"	came_by integer);\n"
	"insert into contact (id, email, number, came_by) values\n"
	"	(1, 'owner@x.example', 'C-1', null),\n"
	"	(2, 'zero@x.example', '0', null),\n"
	"	(3, 'zeros@x.example', '000', null),\n"
	"	(4, 'dash@x.example', '-', null),\n"
	"	(5, 'dashes@x.example', '00-00', null),\n"
	"	(6, 'letter@x.example', 'a-0', null),\n"
	"	(7, 'accent@x.example', 'é', null),\n"
	"	(8, 'ten@x.example', '10', null),\n"
	"	(9, 'circle@x.example', 'C-9', null),\n"
	"	(19, null, 'C-19', 9);\n"
	"insert into contact values (10, null, 'Danielle', 'Johnson',\n"
	"	'1985-07-04', '91790', 'C-10', null);\n";

/* Order 1 is somebody's who bought for the owner of contact 1.  19 is what makes the
 * circle: a contact came by order 9, and has an order. */
static const char shop[] =
	"create table orders (id integer primary key, email text, phone text,\n"
	"	customer text);\n"
	"insert into orders values (1, 'buyer@x.example', null, 'C-1'),\n"
	"	(2, null, null, '0'), (3, null, null, '000'),\n"
	"	(4, null, null, '-'), (5, null, null, '00-00'),\n"
	"	(6, null, null, 'a-0'), (7, null, null, 'é'),\n"
	"	(8, null, null, '10'), (9, null, null, 'C-9'),\n"
	"	(19, null, null, 'C-19'), (10, null, null, 'C-10'),\n"
	"	(11, null, '4155550111', 'C-10');\n";

/* --- the lists --- */

static str item_of(struct scene *s, const char *id, enum ident_kind kind,
	const char *value)
{
	uint8_t digest[SHA256_SIZE];
	struct ident x;

	must(ident_read(&x, DROP_PROFILE, kind, str_of(value)) ==
		IDENT_FAULT_NONE);
	ident_digest(&x, digest);
	return arena_fmt(s->t.a, "ID,Hash\n%s,%.*s\n", id,
		STR_ARG(base64_of(s->t.a, digest, sizeof digest)));
}

/* One item of one list a session. */
static void ask_for(struct scene *s, const char *id, enum ident_kind kind,
	const char *value)
{
	struct desk d = desk(s, ACTOR_STAFF);
	str day = date_iso(s->t.a, desk_today(&d));
	const char *list = kind == IDENT_NDZ ? "NDZ" : "Email";
	str digits =
		arena_fmt(s->t.a, "%.4s%.2s%.2s", day.p, day.p + 5, day.p + 8);
	const char *zip = path(&s->t,
		arena_cstr(s->t.a, arena_fmt(s->t.a, "%.*s_4821_DROP.zip",
					   STR_ARG(digits))));
	struct drop_pack pack = {
		.name = arena_fmt(
			s->t.a, "%.*s_4821_%s.csv", STR_ARG(digits), list),
		.path = path(&s->t, list),
	};
	struct drop_pulled pulled;
	struct drop_matched matched;
	struct err e = { 0 };

	if (file_replace(pack.path, item_of(s, id, kind, value), 0600, &e) ||
		drop_pack_write(s->t.a, zip, &pack, 1, &e) ||
		drop_import(&d, &s->place, zip, &pulled, &e) ||
		drop_match_all(&d, &s->place, &matched, &e))
		fail(id, &e);
}

static void end_session(struct scene *s, const char *id)
{
	report(s, id);
	s->t.clock.fixed_ms += 40LL * 86400000;
}

static void delete_one(struct scene *s, const char *id, enum ident_kind kind,
	const char *value)
{
	struct drop_acted done;

	ask_for(s, id, kind, value);
	done = act(s);
	CHECK(done.erased == 1 && !done.left && status(s, id) == 3,
		"%s is deleted: %lld, %lld left, status %d: %.*s", id,
		(long long)done.erased, (long long)done.left, status(s, id),
		STR_ARG(done.problem));
	end_session(s, id);
}

/* --- what leads where --- */

static bool has(
	struct scene *s, const char *system, const char *table, const char *key)
{
	str all =
		arena_fmt(s->t.a, " %.*s", STR_ARG(rows_of(s, system, table)));

	return str_find(all, arena_fmt(s->t.a, " %s ", key)) >= 0;
}

static void never_up(struct scene *s)
{
	delete_one(s, "BuyerForOne1", IDENT_EMAIL, "buyer@x.example");
	CHECK(!has(s, "shop", "orders", "1"), "the buyer's order is gone");
	CHECK(has(s, "crm", "contact", "1"),
		"whom it was bought for has another address, and stands");
}

static const struct {
	const char *id;
	const char *email;
	const char *order;
	bool is_followed;
	const char *why;
} numbers[] = {
	{ "ZeroNumber01", "zero@x.example", "2", false,
		"what many systems have for no number" },
	{ "ZerosNumber1", "zeros@x.example", "3", false,
		"the same, filled up" },
	{ "DashNumber01", "dash@x.example", "4", false, "no letter or digit" },
	{ "DashesNumber", "dashes@x.example", "5", false, "nor here" },
	{ "LetterNumber", "letter@x.example", "6", true, "a letter tells it" },
	{ "AccentNumber", "accent@x.example", "7", true,
		"a letter that is not ASCII does" },
	{ "TenNumber001", "ten@x.example", "8", true, "and so does a digit" },
};

static void never_given(struct scene *s)
{
	for (size_t i = 0; i < COUNTOF(numbers); i++) {
		delete_one(s, numbers[i].id, IDENT_EMAIL, numbers[i].email);
		CHECK(has(s, "shop", "orders", numbers[i].order) ==
				!numbers[i].is_followed,
			"%s: %s", numbers[i].email, numbers[i].why);
	}
}

/* Known by name, birth date and ZIP code: no column of hers identifies by itself. */
static void known_by_several(struct scene *s)
{
	delete_one(s, "DanielleNDZ1", IDENT_NDZ,
		"Danielle|Johnson|1985-07-04|91790");
	CHECK(!has(s, "crm", "contact", "10") &&
			!has(s, "shop", "orders", "10"),
		"her order goes with her");
	CHECK(has(s, "shop", "orders", "11"),
		"one with a phone number that nobody knows as hers stands");
}

/* Whichever system is erased first, the way to the other is gone: nothing is. */
static void around(struct scene *s)
{
	struct drop_acted done;

	ask_for(s, "CircleCust01", IDENT_EMAIL, "circle@x.example");
	done = act(s);
	CHECK(!done.erased && done.left == 1 && status(s, "CircleCust01") == 0,
		"%lld erased, %lld left", (long long)done.erased,
		(long long)done.left);
	CHECK(str_find(done.problem, STR("lead to each other")) >= 0,
		"it is said why: %.*s", STR_ARG(done.problem));
	CHECK(has(s, "crm", "contact", "9") && has(s, "crm", "contact", "19") &&
			has(s, "shop", "orders", "9") &&
			has(s, "shop", "orders", "19"),
		"and all of it stands");
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	begin_scene(&s, "led_filters", argc, argv);
	make_map(&s, yaml);
	make_system(&s, "crm", crm);
	make_system(&s, "shop", shop);
	never_up(&s);
	never_given(&s);
	known_by_several(&s);
	around(&s);
	end(&s.t);
	return CHECK_DONE();
}
