/*
 * Whose rows go when keys of one system lead into others: people, numbers, orders and
 * parcels at random, many numbers shared, empty or "0", some rows reached by several paths,
 * some that say themselves whose they are.  A session deletes whom the State's lists ask
 * for, and is killed all the way.
 *
 * Held against a model that shares no line with the program: whose a row is follows from
 * the rows alone.  A row that is anybody's who is not deleted must have every byte of
 * before; a row that is nobody's but one deleted person's must be gone.
 *
 *	t_led SERVER, with LED_SEED=N in the environment for another plant
 */
#include "check.h"

#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/wait.h>

#include "lists.h"

#include "desk/hold.h"

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
	"          - { name: phone, identifies: phone }\n"
	"          - { name: number }\n"
	"        erase: delete\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: contact.number }\n"
	"          - { column: seller, system: crm, to: contact.number }\n"
	"        erase: delete\n"
	"      - name: item\n"
	"        key: id\n"
	"        columns: [ { name: phone, identifies: phone } ]\n"
	"        links: [ { column: order_id, to: orders.id } ]\n"
	"        erase: delete\n"
	"  - name: club\n"
	"    connector: sqlite\n"
	"    database: club.db\n"
	"    tables:\n"
	"      - name: member\n"
	"        key: no\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"  - name: carrier\n"
	"    connector: sqlite\n"
	"    database: carrier.db\n"
	"    tables:\n"
	"      - name: parcel\n"
	"        key: id\n"
	"        columns: [ { name: phone, identifies: phone } ]\n"
	"        links:\n"
	"          - { column: order_id, system: warehouse, to: orders.id }\n"
	"          - { column: member, system: club, to: member.no }\n"
	"          - { column: number, system: crm, to: contact.number }\n"
	"        erase: delete\n"
	"  - name: archive\n"
	"    connector: sqlite\n"
	"    database: archive.db\n"
	"    tables:\n"
	"      - name: invoice\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: contact.number }\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: taxes\n";

/* --- the plant --- */

enum {
	EMAILS = 24,
	NUMBERS = 20,
	CONTACTS = 26,
	MEMBERS = 8,
	ORDERS = 60,
	ITEMS = 60,
	PARCELS = 60,
	INVOICES = 15,
	NONE = -1,
	KILLS_MOST = 200,
};

/* Values are numbers of a pool; NONE is empty, 0 of the numbers is "0". */
struct contact {
	int email, phone, number;
};
struct order {
	int customer, seller;
};
struct item {
	int order, phone;
};
struct parcel {
	int order, member, number, phone;
};

struct plant {
	uint64_t seed;
	struct contact contact[CONTACTS];
	int member[MEMBERS]; /* the email */
	struct order order[ORDERS];
	struct item item[ITEMS];
	struct parcel parcel[PARCELS];
	int invoice[INVOICES]; /* the customer */
	bool is_asked[EMAILS]; /* by the State's list */
	bool is_held[EMAILS];
};

static int below(struct plant *p, int n)
{
	p->seed ^= p->seed << 13;
	p->seed ^= p->seed >> 7;
	p->seed ^= p->seed << 17;
	return (int)((p->seed >> 11) % (uint64_t)n);
}

static int one_of(struct plant *p, int n, int empty_percent)
{
	return below(p, 100) < empty_percent ? NONE : below(p, n);
}

/* Most contacts have a number of their own; some have another's. */
static void make_people(struct plant *p)
{
	for (int i = 0; i < CONTACTS; i++) {
		struct contact *c = &p->contact[i];

		c->email = i < EMAILS ? i : below(p, EMAILS);
		c->phone = one_of(p, EMAILS, 50);
		c->number = below(p, 100) < 70 ? i % NUMBERS
					       : one_of(p, NUMBERS, 30);
	}
	for (int i = 0; i < MEMBERS; i++)
		p->member[i] = below(p, EMAILS);
	for (int i = 0; i < EMAILS; i++) {
		p->is_asked[i] = below(p, 2);
		p->is_held[i] = below(p, 8) == 0;
	}
}

static void make_plant(struct plant *p)
{
	make_people(p);
	for (int i = 0; i < ORDERS; i++)
		p->order[i] = (struct order){ one_of(p, NUMBERS, 10),
			one_of(p, NUMBERS, 80) };
	for (int i = 0; i < ITEMS; i++)
		p->item[i] = (struct item){ below(p, ORDERS),
			one_of(p, EMAILS, 75) };
	for (int i = 0; i < PARCELS; i++)
		p->parcel[i] = (struct parcel){ one_of(p, ORDERS, 20),
			one_of(p, MEMBERS, 80), one_of(p, NUMBERS, 70),
			one_of(p, EMAILS, 80) };
	for (int i = 0; i < INVOICES; i++)
		p->invoice[i] = one_of(p, NUMBERS, 10);
}

/* --- as rows --- */

static void put_number(struct buf *b, int number)
{
	if (number == NONE)
		buf_puts(b, ", ''");
	else if (!number)
		buf_puts(b, ", '0'");
	else
		buf_fmt(b, ", 'C-%d'", number);
}

static void put_id(struct buf *b, int id)
{
	if (id == NONE)
		buf_puts(b, ", null");
	else
		buf_fmt(b, ", %d", id);
}

static void put_phone(struct buf *b, int phone)
{
	if (phone == NONE)
		buf_puts(b, ", null");
	else
		buf_fmt(b, ", '41555501%02d'", phone);
}

static void make_crm(struct scene *s, const struct plant *p)
{
	struct buf b = buf_in(s->t.a, 1 << 20);

	buf_puts(&b, "create table contact (id integer primary key,\n"
		     "	email text, phone text, number text, memo text);\n");
	for (int i = 0; i < CONTACTS; i++) {
		buf_fmt(&b, "insert into contact values (%d, 'p%d@x.example'",
			i, p->contact[i].email);
		put_phone(&b, p->contact[i].phone);
		put_number(&b, p->contact[i].number);
		buf_fmt(&b, ", 'contact %d');\n", i);
	}
	make_system(s, "crm", arena_cstr(s->t.a, buf_str(&b)));
	buf_clear(&b);
	buf_puts(
		&b, "create table member (no text primary key, email text);\n");
	for (int i = 0; i < MEMBERS; i++)
		buf_fmt(&b,
			"insert into member values ('M-%d', "
			"'p%d@x.example');\n",
			i, p->member[i]);
	make_system(s, "club", arena_cstr(s->t.a, buf_str(&b)));
}

static void make_warehouse(struct scene *s, const struct plant *p)
{
	struct buf b = buf_in(s->t.a, 1 << 20);

	buf_puts(&b,
		"create table orders (id integer primary key,\n"
		"	customer text, seller text, memo text);\n"
		"create table item (id integer primary key,\n"
		"	order_id integer references orders (id), phone text);\n");
	for (int i = 0; i < ORDERS; i++) {
		buf_fmt(&b, "insert into orders values (%d", i);
		put_number(&b, p->order[i].customer);
		put_number(&b, p->order[i].seller);
		buf_fmt(&b, ", 'order %d');\n", i);
	}
	for (int i = 0; i < ITEMS; i++) {
		buf_fmt(&b, "insert into item values (%d", i);
		put_id(&b, p->item[i].order);
		put_phone(&b, p->item[i].phone);
		buf_puts(&b, ");\n");
	}
	make_system(s, "warehouse", arena_cstr(s->t.a, buf_str(&b)));
}

static void put_member(struct buf *b, int member)
{
	if (member == NONE)
		buf_puts(b, ", null");
	else
		buf_fmt(b, ", 'M-%d'", member);
}

static void make_carrier(struct scene *s, const struct plant *p)
{
	struct buf b = buf_in(s->t.a, 1 << 20);

	buf_puts(&b, "create table parcel (id integer primary key, order_id\n"
		     "	integer, member text, number text, phone text);\n");
	for (int i = 0; i < PARCELS; i++) {
		buf_fmt(&b, "insert into parcel values (%d", i);
		put_id(&b, p->parcel[i].order);
		put_member(&b, p->parcel[i].member);
		put_number(&b, p->parcel[i].number);
		put_phone(&b, p->parcel[i].phone);
		buf_puts(&b, ");\n");
	}
	make_system(s, "carrier", arena_cstr(s->t.a, buf_str(&b)));
	buf_clear(&b);
	buf_puts(&b, "create table invoice (id integer primary key,\n"
		     "	customer text);\n");
	for (int i = 0; i < INVOICES; i++) {
		buf_fmt(&b, "insert into invoice values (%d", i);
		put_number(&b, p->invoice[i]);
		buf_puts(&b, ");\n");
	}
	make_system(s, "archive", arena_cstr(s->t.a, buf_str(&b)));
}

/* --- whose a row is --- */

/* Bits of people, who are their email addresses.  STRANGER is anybody else; with MAYBE a row
 * may go with the others whose it is. */
typedef uint64_t people;
#define STRANGER ((people)1 << 63)
#define MAYBE    ((people)1 << 62)

static people person(int email)
{
	return (people)1 << email;
}

/* Empty is no number; and "0" may be anybody's as long as somebody has it, who may go. */
static people with_number(const struct plant *p, int number)
{
	people out = 0;

	for (int i = 0; i < CONTACTS && number != NONE; i++)
		if (p->contact[i].number == number)
			out |= person(p->contact[i].email) |
			       (number ? 0 : MAYBE);
	return out;
}

static bool has_phone(const struct plant *p, int email, int phone)
{
	for (int i = 0; i < CONTACTS; i++)
		if (p->contact[i].email == email &&
			p->contact[i].phone == phone)
			return true;
	return false;
}

/* A phone number that not all of them have says that the row is also somebody else's. */
static people with_phone(const struct plant *p, people owners, int phone)
{
	if (phone == NONE || !owners)
		return owners;
	for (int e = 0; e < EMAILS; e++)
		if (owners & person(e) && !has_phone(p, e, phone))
			return owners | STRANGER;
	return owners;
}

static people of_order(const struct plant *p, int i)
{
	people out = with_number(p, p->order[i].customer) |
		     with_number(p, p->order[i].seller);

	return out ? out : STRANGER;
}

static people of_item(const struct plant *p, int i)
{
	return with_phone(p, of_order(p, p->item[i].order), p->item[i].phone);
}

static people of_parcel(const struct plant *p, int i)
{
	const struct parcel *x = &p->parcel[i];
	people out = with_number(p, x->number);

	if (x->order != NONE)
		out |= of_order(p, x->order) | (x->order ? 0 : MAYBE);
	if (x->member != NONE)
		out |= person(p->member[x->member]);
	return with_phone(p, out, x->phone);
}

/* Asked for, not held, and the only one in each system who has the address. */
static people deleted(const struct plant *p)
{
	people out = 0;

	for (int e = 0; e < EMAILS; e++) {
		int contacts = 0, members = 0;

		for (int i = 0; i < CONTACTS; i++)
			contacts += p->contact[i].email == e;
		for (int i = 0; i < MEMBERS; i++)
			members += p->member[i] == e;
		if (p->is_asked[e] && !p->is_held[e] && contacts < 2 &&
			members < 2)
			out |= person(e);
	}
	return out;
}

/* --- what stands --- */

static const struct table {
	const char *system;
	const char *name;
	const char *columns[5];
	size_t columns_n;
	int n;
} tables[] = {
	{ "crm", "contact", { "id", "email", "phone", "number", "memo" }, 5,
		CONTACTS },
	{ "club", "member", { "no", "email" }, 2, MEMBERS },
	{ "warehouse", "orders", { "id", "customer", "seller", "memo" }, 4,
		ORDERS },
	{ "warehouse", "item", { "id", "order_id", "phone" }, 3, ITEMS },
	{ "carrier", "parcel",
		{ "id", "order_id", "member", "number", "phone" }, 5, PARCELS },
	{ "archive", "invoice", { "id", "customer" }, 2, INVOICES },
};
enum { CONTACT, MEMBER, ORDER, ITEM, PARCEL, INVOICE, TABLES };
enum { ROWS_MOST = 64 };

/* Each row's bytes, by its number; empty: it is not there. */
struct standing {
	str row[TABLES][ROWS_MOST];
};

struct reading {
	struct scene *scene;
	str *row;
	size_t columns_n;
};

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	struct buf b = buf_in(r->scene->t.a, 1000);
	str key = cells[0].v.v;
	int64_t at;

	(void)e;
	if (str_starts(key, STR("M-")))
		key = str_from(key, 2);
	must(str_int(key, &at) && at >= 0 && at < ROWS_MOST);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%d:%.*s|", (int)cells[i].type,
			STR_ARG(cells[i].v.v));
	r->row[at] = buf_str(&b);
	return 0;
}

static void read_table(struct scene *s, const struct table *t, str *row)
{
	struct reading r = { s, row, t->columns_n };
	str columns[COUNTOF(t->columns)];
	struct row_query q = {
		.table = str_of(t->name),
		.columns = columns,
		.columns_n = t->columns_n,
		.is_all = true,
	};
	struct conn *c = open_in(s, t->system, CONN_READ);
	struct err e = { 0 };

	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = str_of(t->columns[i]);
	if (conn_rows(c, &q, take_row, &r, &e))
		fail(t->name, &e);
	conn_close(c);
}

static struct standing *read_all(struct scene *s)
{
	struct standing *out = arena_one(s->t.a, struct standing);

	for (int t = 0; t < TABLES; t++)
		read_table(s, &tables[t], out->row[t]);
	return out;
}

/* --- the session --- */

static void ask_for(struct scene *s, const struct plant *p)
{
	struct row *rows = arena_many(s->t.a, struct row, EMAILS);
	size_t n = 0;

	for (int i = 0; i < EMAILS; i++)
		if (p->is_asked[i])
			rows[n++] = (struct row){
				arena_cstr(s->t.a,
					arena_fmt(s->t.a, "Item%08d", i)),
				arena_cstr(s->t.a,
					arena_fmt(s->t.a, "p%d@x.example", i)),
			};
	import(s, "20261121", rows, n);
}

static void hold_all(struct scene *s, const struct plant *p)
{
	struct desk d = desk(s, ACTOR_STAFF);

	for (int i = 0; i < EMAILS; i++) {
		struct hold_identifier at = { IDENT_EMAIL,
			{ arena_fmt(s->t.a, "p%d@x.example", i) } };
		struct hold_wish w = { &at, 1, STR("Oakland PD, 26-1177") };
		struct problems ps = { 0 };
		struct err e = { 0 };
		int64_t id;

		if (p->is_held[i] && (hold_place(&d, &w, &id, &ps, &e) || ps.n))
			fail("hold", &e);
	}
}

/* In a process of its own, which opens the record anew. */
static void act_as_child(struct scene *s)
{
	struct err e = { 0 };
	struct drop_cycle_view v;
	struct drop_acted done;
	struct desk d;

	if (db_open(&s->t.db, s->t.fresh.url, &(struct db_opts){ 0 }, &e) ||
		suppress_open(&s->t.suppress, path(&s->t, "index.tyx"),
			s->t.keys, &e))
		fail("child", &e);
	s->t.recall = recall_new(s->t.a);
	d = desk(s, ACTOR_STAFF);
	if (drop_cycle_view(&d, 0, &v, &e) != 1)
		fail("session", &e);
	if (v.cycle.state == DROP_STATE_ACTED) /* killed after its end */
		_exit(0);
	if (drop_act(&d, &s->place, &done, &e))
		fail("act", &e);
	_exit(done.left ? 2 : 0);
}

/* How it ended: 0 when it did by itself. */
static int act_for(struct scene *s, useconds_t us)
{
	pid_t child = fork();
	int status;

	must(child >= 0);
	if (!child)
		act_as_child(s);
	usleep(us);
	(void)kill(child, SIGKILL);
	must(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) || !WEXITSTATUS(status),
		"it says of nobody that they are left: %d",
		WEXITSTATUS(status));
	return status;
}

/* Each try has a little longer, until one ends by itself. */
static int act_killed(struct scene *s, struct plant *p)
{
	int kills = 0;

	while (kills < KILLS_MOST &&
		act_for(s, (useconds_t)(2000 * (kills + 1) + below(p, 3000))))
		kills++;
	if (kills == KILLS_MOST)
		CHECK(!act(s).left, "a machine that is too slow for it");
	return kills;
}

/* --- against the model --- */

struct checking {
	struct scene *scene;
	const struct plant *plant;
	const struct standing *before;
	const struct standing *after;
	people gone; /* whom the lists delete */
	int lost;
	int left;
};

static bool is_there(const struct checking *k, int table, int i)
{
	return k->after->row[table][i].n;
}

/* An item whose order is gone points nowhere. */
static bool is_same(const struct checking *k, int table, int i)
{
	str was = k->before->row[table][i], is = k->after->row[table][i];
	struct buf b = buf_in(k->scene->t.a, 1000);
	const struct item *x = &k->plant->item[i];

	if (table != ITEM || is_there(k, ORDER, x->order))
		return str_eq(was, is);
	buf_fmt(&b, "%d:%d|%d:|", (int)CELL_INT, i, (int)CELL_NULL);
	return str_starts(is, buf_str(&b)) &&
	       str_ends(was, str_from(is, (ptrdiff_t)b.n));
}

static void check_row(struct checking *k, int table, int i, people whose)
{
	bool is_others = !whose || (whose & ~k->gone);
	bool is_ones = !is_others && !(whose & (whose - 1));

	k->lost += is_others && !is_same(k, table, i);
	if (is_others && !is_same(k, table, i))
		printf("%s %d was touched: %.*s, now %.*s\n",
			tables[table].name, i,
			STR_ARG(k->before->row[table][i]),
			STR_ARG(k->after->row[table][i]));
	if (!is_ones || !is_there(k, table, i))
		return;
	printf("%s %d stands: %.*s\n", tables[table].name, i,
		STR_ARG(k->after->row[table][i]));
	k->left++;
}

/* A row with a phone number goes when the system that leads to it knows the number; the
 * model does not say which does. */
static people unless_phone(const struct checking *k, people whose, int phone)
{
	return phone == NONE || whose & ~k->gone ? whose : k->gone;
}

static void check_all(struct checking *k)
{
	const struct plant *p = k->plant;

	for (int i = 0; i < CONTACTS; i++)
		check_row(k, CONTACT, i, person(p->contact[i].email));
	for (int i = 0; i < MEMBERS; i++)
		check_row(k, MEMBER, i, person(p->member[i]));
	for (int i = 0; i < ORDERS; i++)
		check_row(k, ORDER, i, of_order(p, i));
	for (int i = 0; i < ITEMS; i++)
		check_row(k, ITEM, i,
			unless_phone(k, of_item(p, i), p->item[i].phone));
	for (int i = 0; i < PARCELS; i++)
		check_row(k, PARCEL, i,
			unless_phone(k, of_parcel(p, i), p->parcel[i].phone));
	for (int i = 0; i < INVOICES; i++)
		check_row(k, INVOICE, i, 0);
}

static int count(people p)
{
	return p ? 1 + count(p & (p - 1)) : 0;
}

static void run(struct scene *s, uint64_t seed, bool is_killed)
{
	struct plant *p = arena_one(s->t.a, struct plant);
	struct checking k = { .scene = s, .plant = p };
	int kills = 0;

	p->seed = seed * 0x9e3779b97f4a7c15u | 1;
	make_plant(p);
	make_crm(s, p);
	make_warehouse(s, p);
	make_carrier(s, p);
	k.before = read_all(s);
	k.gone = deleted(p) | MAYBE;
	hold_all(s, p);
	ask_for(s, p);
	if (is_killed)
		kills = act_killed(s, p);
	else
		CHECK(!act(s).left, "nobody is left");
	k.after = read_all(s);
	check_all(&k);
	CHECK(!k.lost, "seed %d, %d kills: %d rows of others were touched",
		(int)seed, kills, k.lost);
	CHECK(!k.left, "seed %d, %d kills: %d rows of one who is deleted stand",
		(int)seed, kills, k.left);
	for (int e = 0; e < EMAILS; e++)
		if (p->is_asked[e] && (k.gone & person(e)))
			CHECK(status(s, arena_cstr(s->t.a,
						arena_fmt(s->t.a, "Item%08d",
							e))) == 3,
				"who is deleted is reported so (drop.md)");
	CHECK(count(k.gone) > 3, "seed %d deletes somebody", (int)seed);
}

int main(int argc, char **argv)
{
	const char *given = getenv("LED_SEED");
	uint64_t seed = given ? strtoull(given, NULL, 10) : 1;

	must(argc == 2 && sodium_init() >= 0);
	for (uint64_t i = 0; i < 6; i++) {
		struct scene s = { 0 };

		begin_scene(&s, "led", argc, argv);
		make_map(&s, yaml);
		run(&s, seed + i, i >= 3);
		end(&s.t);
	}
	return CHECK_DONE();
}
