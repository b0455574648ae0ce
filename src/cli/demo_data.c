/*
 * The two systems of the demo, filled row by row through their connectors.
 *
 * People have numbers (demo_people.h).  The first ones, and every second of the
 * CRM's others, are in both systems; who is only in the CRM has a number past
 * all of the leads'.
 */
#include "cli/demo_data.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/base.h"
#include "base/date.h"
#include "cli/demo_people.h"
#include "connect/connector.h"

enum {
	ARENA_MAX = 64 << 20,
	ROWS_MAX = 64, /* of one person */
	COLUMNS_MAX = 11,
	TIMEOUT_MS = 120000,
	CRM_ONLY = 70000,       /* the first number that only the CRM has */
	LEADS_OF_TWO = 5,       /* two people have five leads */
	SHARED_NOTE_EVERY = 97, /* contacts */
};

static const int64_t day_ms = 86400000;
static const uint64_t own_seed = 20261121;

enum { PERSON, PERSON_EMAIL, PERSON_PHONE, LEAD, LEAD_NOTE, LEADS_TABLES };

static const str person_columns[] = { STR_INIT("id"), STR_INIT("first_name"),
	STR_INIT("last_name"), STR_INIT("birth_date"), STR_INIT("street"),
	STR_INIT("city"), STR_INIT("state"), STR_INIT("zip"), STR_INIT("ssn"),
	STR_INIT("source"), STR_INIT("created_at") };
static const str person_email_columns[] = { STR_INIT("id"),
	STR_INIT("person_id"), STR_INIT("email"), STR_INIT("is_confirmed") };
static const str person_phone_columns[] = { STR_INIT("id"),
	STR_INIT("person_id"), STR_INIT("phone"), STR_INIT("line") };
static const str lead_columns[] = { STR_INIT("id"), STR_INIT("person_id"),
	STR_INIT("product"), STR_INIT("amount"), STR_INIT("ip_address"),
	STR_INIT("page"), STR_INIT("created_at") };
static const str lead_note_columns[] = { STR_INIT("id"), STR_INIT("lead_id"),
	STR_INIT("author"), STR_INIT("body"), STR_INIT("created_at") };

#define TABLE(name, columns)                              \
	{                                                 \
		STR_INIT(name), columns, COUNTOF(columns) \
	}

static const struct insert_table leads_tables[] = {
	[PERSON] = TABLE("person", person_columns),
	[PERSON_EMAIL] = TABLE("person_email", person_email_columns),
	[PERSON_PHONE] = TABLE("person_phone", person_phone_columns),
	[LEAD] = TABLE("lead", lead_columns),
	[LEAD_NOTE] = TABLE("lead_note", lead_note_columns),
};

enum { CONTACT, CONTACT_EMAIL, CONTACT_PHONE, DEAL, NOTE, INVOICE, CRM_TABLES };

static const str contact_columns[] = { STR_INIT("id"), STR_INIT("full_name"),
	STR_INIT("company"), STR_INIT("street"), STR_INIT("city"),
	STR_INIT("zip"), STR_INIT("created_at") };
static const str contact_email_columns[] = { STR_INIT("id"),
	STR_INIT("contact_id"), STR_INIT("email"), STR_INIT("label") };
static const str contact_phone_columns[] = { STR_INIT("id"),
	STR_INIT("contact_id"), STR_INIT("phone"), STR_INIT("label") };
static const str deal_columns[] = { STR_INIT("id"), STR_INIT("contact_id"),
	STR_INIT("title"), STR_INIT("amount"), STR_INIT("stage"),
	STR_INIT("created_at") };
static const str note_columns[] = { STR_INIT("id"), STR_INIT("contact_id"),
	STR_INIT("other_contact_id"), STR_INIT("author"), STR_INIT("body"),
	STR_INIT("created_at") };
static const str invoice_columns[] = { STR_INIT("id"), STR_INIT("contact_id"),
	STR_INIT("amount"), STR_INIT("billed_on") };

static const struct insert_table crm_tables[] = {
	[CONTACT] = TABLE("contact", contact_columns),
	[CONTACT_EMAIL] = TABLE("contact_email", contact_email_columns),
	[CONTACT_PHONE] = TABLE("contact_phone", contact_phone_columns),
	[DEAL] = TABLE("deal", deal_columns),
	[NOTE] = TABLE("note", note_columns),
	[INVOICE] = TABLE("invoice", invoice_columns),
};

static const char *const products[] = { "Home insurance", "Auto insurance",
	"Solar roof", "Refinancing", "Window replacement", "Life insurance" };
static const char *const sources[] = { "web form", "partner", "telephone",
	"fair" };
static const char *const authors[] = { "hana", "rob", "sofia", "theo" };
static const char *const lead_words[] = { "Asked to be called after six.",
	"Wants two offers to compare.", "Left a message on the voice mail.",
	"Says the roof is twelve years old.",
	"Not the decision maker; spouse is.", "Please use email only." };
static const char *const note_words[] = { "Met at the spring fair.",
	"Sent the brochure.", "Prefers to be called in the morning.",
	"Renewal comes up in March.", "Asked about the price again." };
static const char *const stages[] = { "new", "offer", "won", "lost" };
static const char *const companies[] = { "Delta Roofing", "Bay Optics",
	"Sierra Foods", "Harbor Print", "Valley Dental" };

/* One person's rows at a time, and how far the numbers of rows have come. */
struct maker {
	struct arena *a; /* of the person at hand */
	uint64_t seed;
	int64_t at_ms;
	struct rng rng;
	struct row {
		size_t table;
		struct cell cells[COLUMNS_MAX];
		size_t n;
	} rows[ROWS_MAX];
	size_t rows_n;
	size_t rows_next;
	int64_t last_id[CRM_TABLES];
	size_t person;
	size_t people;
	int64_t leads_left;
	void (*make)(struct maker *m);
};

#define PICK(m, list) ((list)[rng_below(&(m)->rng, COUNTOF(list))])

static struct row *row_new(struct maker *m, size_t table)
{
	struct row *r;

	must(m->rows_n < ROWS_MAX);
	r = &m->rows[m->rows_n++];
	r->table = table;
	r->cells[0] = cell_int(m->a, ++m->last_id[table]);
	r->n = 1;
	return r;
}

static void put(struct row *r, str text)
{
	r->cells[r->n++] = cell_text(text);
}

static void put_int(struct maker *m, struct row *r, int64_t v)
{
	r->cells[r->n++] = cell_int(m->a, v);
}

static void put_null(struct row *r)
{
	r->cells[r->n++] = (struct cell){ .type = CELL_NULL };
}

/* Some moment of the last two years. */
static str some_time(struct maker *m)
{
	return instant_rfc3339(m->a,
		m->at_ms - (int64_t)rng_below(&m->rng, 730 * (uint64_t)day_ms));
}

static bool one_in(struct maker *m, uint64_t n)
{
	return rng_below(&m->rng, n) == 0;
}

static str email_as_stored(struct maker *m, const struct demo_being *b, str s)
{
	return b->is_named ? s : demo_email_spelled(m->a, s, rng_next(&m->rng));
}

static str phone_as_stored(struct maker *m, const struct demo_being *b)
{
	return demo_phone_spelled(
		m->a, b->is.phone, b->is_named ? 0 : rng_next(&m->rng));
}

static void make_person_row(struct maker *m, const struct demo_being *b)
{
	struct row *r = row_new(m, PERSON);

	put(r, b->is.first);
	put(r, b->is.last);
	put(r, date_iso(m->a, b->birth_date));
	put(r, b->is.street);
	put(r, b->is.city);
	put(r, STR("CA"));
	put(r, b->is.zip);
	/* Numbers that begin with 9 are never given out. */
	if (one_in(m, 10))
		put(r, arena_fmt(m->a, "900-55-%04d",
			       (int)rng_below(&m->rng, 10000)));
	else
		put_null(r);
	put(r, str_of(PICK(m, sources)));
	put(r, some_time(m));
}

static void make_lead_email(
	struct maker *m, const struct demo_being *b, bool is_other)
{
	struct row *r = row_new(m, PERSON_EMAIL);

	put_int(m, r, m->last_id[PERSON]);
	put(r, email_as_stored(
		       m, b, is_other ? b->is.other_email : b->is.email));
	put_int(m, r, !is_other);
}

static void make_lead_note(struct maker *m)
{
	struct row *r = row_new(m, LEAD_NOTE);

	put_int(m, r, m->last_id[LEAD]);
	put(r, str_of(PICK(m, authors)));
	put(r, str_of(PICK(m, lead_words)));
	put(r, some_time(m));
}

static void make_lead(struct maker *m, const struct demo_being *b)
{
	struct row *r = row_new(m, LEAD);

	put_int(m, r, m->last_id[PERSON]);
	put(r, str_of(PICK(m, products)));
	put_int(m, r, 100 * (int64_t)(5 + rng_below(&m->rng, 900)));
	/* Addresses kept for documents (RFC 5737). */
	put(r, arena_fmt(m->a, "203.0.113.%d", (int)rng_below(&m->rng, 256)));
	put(r, arena_fmt(m->a, "/offers/%d", (int)rng_below(&m->rng, 40) + 1));
	put(r, some_time(m));
	m->leads_left--;
	if (b->is_named || one_in(m, 3))
		make_lead_note(m);
}

static void make_lead_phone(struct maker *m, const struct demo_being *b)
{
	struct row *r = row_new(m, PERSON_PHONE);

	put_int(m, r, m->last_id[PERSON]);
	put(r, phone_as_stored(m, b));
	put(r, one_in(m, 2) ? STR("mobile") : STR("home"));
}

static void make_leads_person(struct maker *m)
{
	int64_t leads = 2 + (int64_t)(m->person % 2);
	struct demo_being b;

	demo_being(m->a, m->seed, m->person, &b);
	make_person_row(m, &b);
	make_lead_email(m, &b, false);
	if (b.has_other_email)
		make_lead_email(m, &b, true);
	make_lead_phone(m, &b);
	if (b.is_named)
		make_lead_phone(m, &b);
	if (m->person + 1 == m->people)
		leads = m->leads_left;
	for (int64_t i = 0; i < leads; i++)
		make_lead(m, &b);
}

static void make_contact(struct maker *m, const struct demo_being *b)
{
	struct row *r = row_new(m, CONTACT);

	put(r, arena_fmt(m->a, "%.*s %.*s", STR_ARG(b->is.first),
		       STR_ARG(b->is.last)));
	if (one_in(m, 3))
		put(r, str_of(PICK(m, companies)));
	else
		put_null(r);
	put(r, b->is.street);
	put(r, b->is.city);
	put(r, b->is.zip);
	put(r, some_time(m));
}

static void make_reach(struct maker *m, size_t table, str value, str label)
{
	struct row *r = row_new(m, table);

	put_int(m, r, m->last_id[CONTACT]);
	put(r, value);
	put(r, label);
}

static void make_deal(struct maker *m)
{
	struct row *r = row_new(m, DEAL);

	put_int(m, r, m->last_id[CONTACT]);
	put(r, str_of(PICK(m, products)));
	put_int(m, r, 100 * (int64_t)(5 + rng_below(&m->rng, 900)));
	put(r, str_of(PICK(m, stages)));
	put(r, some_time(m));
}

static void make_note(struct maker *m, bool is_shared)
{
	struct row *r = row_new(m, NOTE);

	put_int(m, r, m->last_id[CONTACT]);
	if (is_shared)
		put_int(m, r, m->last_id[CONTACT] - 1);
	else
		put_null(r);
	put(r, str_of(PICK(m, authors)));
	put(r, is_shared ? STR("Called both about the same house.")
			 : str_of(PICK(m, note_words)));
	put(r, some_time(m));
}

static void make_invoice(struct maker *m)
{
	struct row *r = row_new(m, INVOICE);

	put_int(m, r, m->last_id[CONTACT]);
	put_int(m, r, 100 * (int64_t)(1 + rng_below(&m->rng, 50)));
	put(r, str_head(some_time(m), 10));
}

/* The last of the named ones and the one before live together. */
static bool shares_note(size_t person)
{
	return person == DEMO_NAMED - 1 ||
	       (person > DEMO_NAMED && person % SHARED_NOTE_EVERY == 0);
}

static void make_crm_person(struct maker *m)
{
	size_t i = m->person;
	bool is_everywhere = i < DEMO_NAMED || i % 2 == 0;
	struct demo_being b;
	size_t more;

	demo_being(m->a, m->seed, is_everywhere ? i : CRM_ONLY + i, &b);
	more = b.is_named ? 1 : 0;
	make_contact(m, &b);
	make_reach(m, CONTACT_EMAIL, email_as_stored(m, &b, b.is.email),
		STR("main"));
	if (b.has_other_email)
		make_reach(m, CONTACT_EMAIL,
			email_as_stored(m, &b, b.is.other_email), STR("other"));
	for (size_t n = 0; n < 1 + more; n++)
		make_reach(m, CONTACT_PHONE, phone_as_stored(m, &b),
			n ? STR("office") : STR("mobile"));
	for (size_t n = rng_below(&m->rng, 3) + 2 * more; n > 0; n--)
		make_deal(m);
	for (size_t n = rng_below(&m->rng, 2) + 2 * more; n > 0; n--)
		make_note(m, false);
	if (shares_note(i))
		make_note(m, true);
	if (b.is_named || one_in(m, 5))
		make_invoice(m);
}

static int next_row(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct maker *m = ctx;

	(void)e;
	if (m->rows_next == m->rows_n) {
		if (m->person == m->people)
			return 0;
		arena_clear(m->a);
		m->rows_n = m->rows_next = 0;
		m->make(m);
		m->person++;
	}
	*table = m->rows[m->rows_next].table;
	*cells = m->rows[m->rows_next++].cells;
	return 1;
}

static bool is_postgres(const char *where)
{
	return str_starts(str_of(where), STR("postgres://")) ||
	       str_starts(str_of(where), STR("postgresql://"));
}

/* SQLite's connector makes no files; an empty one is an empty database. */
static int file_there(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_errno(e, "make %s", path);
	close(fd);
	return 0;
}

static int stop(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)ctx;
	(void)cells;
	(void)n;
	return err_set(e, ERR_CONFLICT, "filled already");
}

/* -1 with ERR_CONFLICT when the first table is there, even if it is empty. */
static int is_new(struct conn *c, const struct insert_table *t, struct err *e)
{
	struct row_query q = { .table = t->name,
		.columns = t->columns,
		.columns_n = 1,
		.is_all = true };
	struct err why = { 0 };

	if (!conn_rows(c, &q, stop, NULL, &why) || why.code == ERR_CONFLICT)
		return err_set(e, ERR_CONFLICT,
			"the database has a table \"%.*s\" already",
			STR_ARG(t->name));
	if (why.code == ERR_INVALID)
		return 0;
	*e = why;
	return -1;
}

struct filling {
	const char *where;
	const char *name;
	const struct insert_table *tables;
	size_t n;
};

static int fill(struct arena *a, const struct filling *f, struct maker *m,
	str schema, struct err *e)
{
	struct map map = { .dir = STR(".") };
	struct map_system s = { .name = str_of(f->name),
		.connector = is_postgres(f->where) ? CONNECTOR_POSTGRES
						   : CONNECTOR_SQLITE };
	struct conn_options o = {
		.mode = CONN_WRITE, .timeout_ms = TIMEOUT_MS, .url = f->where
	};
	struct conn *c;
	int64_t added;
	int rc;

	if (!is_postgres(f->where) && file_there(f->where, e) < 0)
		return -1;
	if (conn_open(a, &map, &s, &o, &c, e) < 0)
		return -1;
	rc = is_new(c, &f->tables[0], e);
	if (!rc)
		rc = conn_script(c, schema, e);
	if (!rc)
		rc = conn_insert(c, f->tables, f->n, next_row, m, &added, e);
	conn_close(c);
	return rc;
}

static int make_all(const struct filling *f, const struct demo_options *o,
	size_t people, void (*make)(struct maker *m), struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct maker *m = arena_one(a, struct maker);
	int rc;

	must(o->n >= 100 && people <= CRM_ONLY && o->at_ms > 730 * day_ms);
	m->a = arena_new(ARENA_MAX);
	m->seed = o->seed ? o->seed : own_seed;
	m->rng.state = m->seed;
	m->at_ms = o->at_ms;
	m->people = people;
	m->leads_left = (int64_t)o->n;
	m->make = make;
	rc = fill(a, f, m, o->schema, e);
	arena_free(m->a);
	arena_free(a);
	return rc;
}

int demo_data_leads(
	const char *sqlite_path, const struct demo_options *o, struct err *e)
{
	struct filling f = { sqlite_path, "leads", leads_tables, LEADS_TABLES };

	return make_all(&f, o, o->n * 2 / LEADS_OF_TWO, make_leads_person, e);
}

int demo_data_crm(
	const char *where, const struct demo_options *o, struct err *e)
{
	struct filling f = { where, "crm", crm_tables, CRM_TABLES };

	return make_all(&f, o, o->n, make_crm_person, e);
}
