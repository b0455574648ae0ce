#ifndef T_DESK_DENYING_H
#define T_DESK_DENYING_H

#include "cases.h"

#include "base/buf.h"
#include "base/file.h"
#include "desk/deny.h"

/*
 * A request to delete that was found in one system, with companies of each role, and its
 * denial: what the tests of denials begin with.
 */
static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Lead exchange\n"
	"    connector: sqlite\n"
	"    database: leads.db\n"
	"    tables:\n"
	"      - name: lead\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - { name: mailharbor, title: MailHarbor, role: service_provider,\n"
	"      receives: [ email ], days: 15, email: privacy@mailharbor.example }\n"
	"  - { name: countbox, title: Countbox, role: contractor,\n"
	"      receives: [ email ], days: 15, email: privacy@countbox.example }\n"
	"  - { name: buyer, title: Buyer, role: third_party,\n"
	"      receives: [ email ], days: 15, email: privacy@buyer.example }\n";

static const struct plan_row plan_of_vendors[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
	{ false, STR_INIT("countbox"), STR_INIT("Countbox") },
	{ false, STR_INIT("buyer"), STR_INIT("Buyer") },
};

static inline struct sent found(struct test *t, const char *email)
{
	struct sent s = send_delete(t, email);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	must(confirm(t, s.reference, code_in(&p), &ps));
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_vendors, 4, &e))
		fail("plan", &e);
	report_found(t, s.reference, "leads", 4, NULL);
	return s;
}

static inline int deny_for(struct test *t, str reference, const char *ground,
	const char *purpose, struct err *e)
{
	struct desk d = staff(t);
	struct denial x = { .ground = str_of(ground),
		.why = STR("It is written in our contract."),
		.purpose = str_of(purpose),
		.is_all = true };
	struct problems ps = { 0 };
	int rc = case_deny(&d, reference, &x, &ps, e);

	return ps.n ? -2 : rc;
}

/* Wherever its lines end. */
static inline bool letter_says(struct test *t, str reference, const char *words)
{
	struct post p = letter_of(t, reference, "deleted");
	struct buf b = buf_in(t->a, p.text.v.n + 1);
	str rest = p.text.v, word;

	while (str_next(&rest, ' ', &word)) {
		str line;

		while (str_next(&word, '\n', &line))
			if (line.n) {
				buf_put(&b, line);
				buf_putc(&b, ' ');
			}
	}
	return str_find(buf_str(&b), str_of(words)) >= 0;
}

/* The data map of it, and a desk that writes letters. */
static inline void start_denying(
	struct test *t, const char *name, const char *server)
{
	struct err e = { 0 };

	start(t, name, server);
	set_contact(t);
	if (file_replace(path(t, "datamap.yaml"), STR(yaml), 0600, &e))
		fail("map", &e);
	t->map = path(t, "datamap.yaml");
}

#endif
