#ifndef T_DESK_CORRECTING_H
#define T_DESK_CORRECTING_H

#include "act.h"

#include <sodium.h>
#include <sqlite3.h>

#include "connect/find.h"
#include "desk/correct.h"
#include "desk/record.h"
#include "desk/vendors.h"
#include "job/job.h"

/* A real system with a wrong ZIP code in it, and requests to correct it that come as
 * far as staff and the worker take them. */
static const char map_text[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        holds: Contacts\n"
	"        key: id\n"
	"        source: A list of Valley Data\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: name }\n"
	"          - { name: zip }\n"
	"          - { name: ssn, never_disclose: ssn }\n"
	"        erase: delete\n"
	"      - name: post\n"
	"        holds: Postal addresses\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: street }\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - name: mailharbor\n"
	"    title: MailHarbor\n"
	"    role: service_provider\n"
	"    email: privacy@mailharbor.example\n"
	"    days: 10\n"
	"    receives: [ email ]\n"
	"  - name: buyer\n"
	"    title: Buyer\n"
	"    role: third_party\n"
	"    email: privacy@buyer.example\n"
	"    days: 10\n"
	"    receives: [ email ]\n";

static const char people[] =
	"drop table if exists person;\n"
	"drop table if exists post;\n"
	"create table post (id integer primary key, email text, street text);\n"
	"create table person (id integer primary key, email text, name text,\n"
	"	zip text, ssn text);\n"
	"insert into person values (1, 'luis@example.com', 'Luis', '94607',\n"
	"	'078-05-1120');\n"
	"insert into person values (2, 'ann@example.com', 'Ann', '94607',\n"
	"	'078-05-1121');\n";

static const struct plan_row plan[] = {
	{ true, STR_INIT("crm"), STR_INIT("CRM") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
	{ false, STR_INIT("buyer"), STR_INIT("Buyer") },
};

/* A desk that has the map of this test. */
static inline struct desk mapped(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

static inline void sql(struct test *t, const char *text)
{
	sqlite3 *db = NULL;

	must(!sqlite3_open(path(t, "crm.db"), &db));
	must(!sqlite3_exec(db, text, NULL, NULL, NULL));
	sqlite3_close(db);
}

/* One text of the system. */
static inline str held(struct test *t, const char *query)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *st = NULL;
	str out = STR("(no row)");

	must(!sqlite3_open(path(t, "crm.db"), &db));
	must(!sqlite3_prepare_v2(db, query, -1, &st, NULL));
	if (sqlite3_step(st) == SQLITE_ROW)
		out = arena_dup(
			t->a, str_of((const char *)sqlite3_column_text(st, 0)));
	sqlite3_finalize(st);
	sqlite3_close(db);
	return out;
}

static inline void put_map(struct test *t)
{
	FILE *f = fopen(path(t, "map.yaml"), "w");

	must(f && fputs(map_text, f) >= 0 && !fclose(f));
	sql(t, people);
}

/* Asking the same again while it is open is joined with the first; so each test
 * asks for something of its own. */
struct who_asks {
	const char *email;
	const char *item;
	const char *should_be;
};

static inline struct sent send_as(
	struct test *t, enum kind kind, struct who_asks who)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = kind };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.item = { str_of(who.item) },
		.should_be = { str_of(who.should_be) },
		.email = { str_of(who.email) },
		.zip = { STR("94607") },
		.stop_sale = STR("no"),
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e))
		fail("send", &e);
	CHECK(!ps.n, "%s", ps.n ? ps.at[0].text : "");
	return out;
}

static inline struct sent send_to_be(
	struct test *t, enum kind kind, const char *item, const char *should_be)
{
	return send_as(t, kind,
		(struct who_asks){ "luis@example.com", item, should_be });
}

static inline struct sent send_request(
	struct test *t, enum kind kind, const char *item)
{
	return send_to_be(t, kind, item, "94610");
}

static inline enum job_end work(struct test *t, job_fn *job, str reference,
	const char *name, struct err *e)
{
	struct desk d = mapped(t, ACTOR_WORKER);
	struct install in = { .arena = t->a, .dir = t->dir };
	struct job j = { .desk = &d, .install = &in };
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, str_of(name)))
			j.subject_id = v.tasks.at[i].id;
	must(j.subject_id);
	return job(&j, e);
}

/* Sent, confirmed, searched. */
static inline str found_as(struct test *t, enum kind kind, struct who_asks who)
{
	struct sent s = send_as(t, kind, who);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = mapped(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code is right");
	if (fulfil_plan(&d, request_id(t, s.reference), plan, 3, &e))
		fail("plan", &e);
	CHECK(work(t, job_find, s.reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "to review");
	return s.reference;
}

static inline str found_to_be(
	struct test *t, enum kind kind, const char *item, const char *should_be)
{
	return found_as(t, kind,
		(struct who_asks){ "luis@example.com", item, should_be });
}

static inline str found(struct test *t, enum kind kind, const char *item)
{
	return found_to_be(t, kind, item, "94610");
}

/* Everything is typed as it is, but for one cell. */
struct typing {
	const struct correct_view *v;
	const char *column; /* NULL: nothing is changed */
	const char *value;
	bool but_first;      /* of its rows */
	const char *empties; /* a column that nobody sees; NULL: none */
};

static inline bool type(
	void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct typing *x = ctx;
	const struct correct_table *t = &x->v->tables.at[table];

	*out = t->rows.at[row].at[column].text;
	if (x->column && str_eq(t->columns.at[column], str_of(x->column)) &&
		(row || !x->but_first))
		*out = str_of(x->value);
	return true;
}

static inline bool empties(void *ctx, const struct correct_place *p)
{
	const struct typing *x = ctx;

	return x->empties &&
	       str_eq(x->v->tables.at[p->table].columns.at[p->column],
		       str_of(x->empties));
}

static inline int correct_with(struct test *t, str reference,
	struct correction c, struct typing x, struct problems *ps,
	struct err *e)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct correct_view v;
	struct correct_typed typed = { type, &x, empties };

	if (correct_load(&d, reference, &v, e))
		fail("load", e);
	x.v = &v;
	c.seen = v.seen;
	c.typed = &typed;
	return case_correct(&d, reference, &c, ps, e);
}

static inline int correct(struct test *t, str reference, const char *column,
	const char *value, struct problems *ps, struct err *e)
{
	return correct_with(t, reference, (struct correction){ 0 },
		(struct typing){ .column = column, .value = value }, ps, e);
}

static inline bool says_in(
	struct test *t, str reference, const char *letter, const char *words)
{
	struct post p = letter_of(t, reference, letter);
	struct buf b = buf_in(t->a, 1 << 18);

	/* A sentence may be wrapped anywhere, and what is listed is set in. */
	for (size_t i = 0; i < p.text.v.n; i++) {
		bool is_blank = p.text.v.p[i] == '\n' || p.text.v.p[i] == ' ';

		if (!is_blank || (b.n && b.p[b.n - 1] != ' '))
			buf_putc(&b, is_blank ? ' ' : p.text.v.p[i]);
	}
	return str_find(buf_str(&b), str_of(words)) >= 0;
}

static inline bool says(struct test *t, str reference, const char *words)
{
	return says_in(t, reference, "corrected", words);
}

static inline void reply(struct test *t, str reference, const char *right)
{
	struct desk d = mapped(t, ACTOR_WORKER);
	struct post p;
	struct vendor_page page;
	struct vendor_reply r = { .answer = VENDOR_DELETED };
	struct problems ps = { 0 };
	struct err e = { 0 };
	ptrdiff_t at;
	str token;

	CHECK(work(t, job_tell, reference, "mailharbor", &e) == JOB_DONE, "%s",
		e.message);
	p = letter_of(t, reference, "vendor_notice");
	CHECK(str_find(p.subject, STR("Correct one person")) >= 0, "%.*s",
		STR_ARG(p.subject));
	at = str_find(p.text.v, STR("/v/"));
	must(at >= 0);
	token = str_from(p.text.v, (size_t)at + 3);
	token = str_head(token, (size_t)str_find(token, STR("\n")));
	CHECK(vendor_open(&d, token, &page, &e) == 1, "%s", e.message);
	CHECK(page.act == VENDOR_ACT_CORRECT && page.corrections.n == 1 &&
			str_eq(page.corrections.at[0].value.v, str_of(right)),
		"what is right, for whoever works with it");
	CHECK(!vendor_reply(&d, token, &r, &ps, &e) && !ps.n, "%s", e.message);
	CHECK(vendor_open(&d, token, &page, &e) == 1 && !page.corrections.n &&
			str_eq(page.answer, STR("You corrected it")),
		"shown no more");
}

#endif
