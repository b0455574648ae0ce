/*
 * Email to the business's own address (11 CCR 7020(a), (e); rows ): what comes
 * is taken once and kept with its day, its sender is told how to make a request, and it
 * waits until somebody has entered what it asks for.
 */
#include "cases.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "desk/enter.h"
#include "desk/inbox.h"
#include "desk/limit.h"
#include "desk/purge.h"
#include "law/reference.h"
#include "mail/send.h"

/* --- a Maildir --- */

static const char *box(struct test *t)
{
	return path(t, "mail");
}

static void make_box(struct test *t)
{
	must(!system(arena_cstr(
		t->a, arena_fmt(t->a, "mkdir -p %s/new %s/cur %s/tmp", box(t),
			      box(t), box(t)))));
}

static const char *in_box(struct test *t, const char *name)
{
	return arena_cstr(t->a, arena_fmt(t->a, "%s/%s", box(t), name));
}

/* As a mail server delivers it, hours ago. */
static void deliver(
	struct test *t, const char *name, const char *text, int hours)
{
	const char *file =
		in_box(t, arena_cstr(t->a, arena_fmt(t->a, "new/%s", name)));
	time_t at = (time_t)(t->clock.fixed_ms / 1000) - (time_t)hours * 3600;
	struct timespec times[2] = { { .tv_sec = at }, { .tv_sec = at } };
	struct err e = { 0 };

	if (file_replace(file, str_of(text), 0600, &e))
		fail(name, &e);
	must(!utimensat(AT_FDCWD, file, times, 0));
}

static const char *from(struct test *t, const char *address)
{
	return arena_cstr(
		t->a, arena_fmt(t->a,
			      "From: Nora Castillo <%s>\nSubject: My data\n\n"
			      "Please delete what you hold about me.\n",
			      address));
}

static size_t take(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	size_t n;

	if (inbox_take(&d, box(t), &n, &e))
		fail("take", &e);
	return n;
}

static size_t tell_senders(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct mail_way way = { .outbox_dir = path(t, "outbox") };
	struct err e = { 0 };
	size_t n;

	if (inbox_reply(&d, &way, &n, &e))
		fail("reply", &e);
	return n;
}

static struct inbox waiting(struct test *t)
{
	struct desk d = staff(t);
	struct inbox all;
	struct err e = { 0 };

	if (inbox_load(&d, &all, &e))
		fail("list", &e);
	return all;
}

static struct inbox_email open_email(struct test *t, int64_t id)
{
	struct desk d = staff(t);
	struct inbox_email m;
	struct err e = { 0 };

	if (inbox_open(&d, id, &m, &e) != 1)
		fail("open", &e);
	return m;
}

/* The newest of the list is at its end. */
static int64_t newest(struct test *t)
{
	struct inbox all = waiting(t);

	return all.n ? all.at[all.n - 1].id : 0;
}

/* --- taken --- */

static void test_taken(struct test *t)
{
	struct inbox_email m;
	struct inbox all;

	deliver(t, "1.a", from(t, "nora@castillo.example"), 24);
	CHECK(take(t) == 1 && !take(t), "once");
	CHECK(!file_exists(in_box(t, "new/1.a")) &&
			file_exists(in_box(t, "cur/1.a:2,S")),
		"the business's own mail stays, marked as read");
	all = waiting(t);
	CHECK(all.n == 1, "it waits");
	CHECK(str_eq(all.at[0].from.v, STR("n\xE2\x80\xA2\xE2\x80\xA2\xE2\x80"
					   "\xA2@castillo.example")),
		"masked in the list: %.*s", STR_ARG(all.at[0].from.v));
	/* Received on Friday, November 20: the safe reading counts that day. */
	CHECK(str_eq(date_iso(t->a, all.at[0].due_on), STR("2026-12-03")),
		"receipt is confirmed within 10 business days (7021(a)): %.*s",
		STR_ARG(date_iso(t->a, all.at[0].due_on)));
	m = open_email(t, all.at[0].id);
	CHECK(str_eq(m.from.v, STR("nora@castillo.example")) &&
			str_eq(m.from_name.v, STR("Nora Castillo")) &&
			str_eq(m.subject.v, STR("My data")) &&
			str_eq(m.text.v,
				STR("Please delete what you hold about me.")),
		"sealed, and whole");
	CHECK(m.received_at == t->clock.fixed_ms / 1000 * 1000 - 24 * 3600000LL,
		"from the day it came");
}

/* The worker died between the record and the Maildir. */
static void test_taken_twice(struct test *t)
{
	size_t before = waiting(t).n;

	deliver(t, "1.b", from(t, "nora@castillo.example"), 24);
	CHECK(!take(t), "the same bytes are the same email");
	CHECK(waiting(t).n == before, "it waits once");
	CHECK(!file_exists(in_box(t, "new/1.b")), "and is marked");
}

/* What a clock of another machine says is no day to come. */
static void test_of_the_future(struct test *t)
{
	deliver(t, "2.a", from(t, "future@castillo.example"), -48);
	CHECK(take(t) == 1, "taken");
	CHECK(open_email(t, newest(t)).received_at == t->clock.fixed_ms, "now");
}

static void test_bounds(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	size_t n, before = waiting(t).n;

	must(!mkdir(in_box(t, "new/folder"), 0700));
	must(!symlink("/etc/passwd", in_box(t, "new/link")));
	deliver(t, ".hidden", "x", 0);
	CHECK(inbox_take(&d, box(t), &n, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && !n,
		"a link and a folder are no email: %s", e.message);
	must(!unlink(in_box(t, "new/link")) && !rmdir(in_box(t, "new/folder")));
	for (int i = 0; i <= LIMIT_INBOX_AT_ONCE; i++)
		deliver(t, arena_cstr(t->a, arena_fmt(t->a, "3.%d", i)),
			from(t, arena_cstr(t->a,
					arena_fmt(t->a, "m%d@x.example", i))),
			24 * 30);
	CHECK(take(t) == LIMIT_INBOX_AT_ONCE && take(t) == 1 && !take(t),
		"a run takes so many");
	CHECK(waiting(t).n == before + LIMIT_INBOX_AT_ONCE + 1, "none is lost");
	CHECK(inbox_take(&d, path(t, "none"), &n, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && e.hint[0],
		"a Maildir that is not there is the operator's to mend");
}

/* --- told --- */

static int letters_to(struct test *t, const char *address)
{
	const char *list = path(t, "list");
	struct err e = { 0 };
	str text;

	must(!system(arena_cstr(
		t->a, arena_fmt(t->a, "cat %s/*.eml > %s 2>/dev/null; true",
			      path(t, "outbox"), list))));
	if (file_read(t->a, list, 1 << 20, &text, &e))
		fail("outbox", &e);
	return (int)(str_find(text, arena_fmt(t->a, "<%s>", address)) >= 0);
}

/* 7020(e): who asks in another way than those of the pages is told how. */
static void test_told(struct test *t)
{
	(void)tell_senders(t);
	CHECK(letters_to(t, "nora@castillo.example"), "the first one was told");
	CHECK(!letters_to(t, "m1@x.example"),
		"nobody who wrote a month ago is");
	CHECK(!tell_senders(t), "once");
	CHECK(waiting(t).at[0].id && open_email(t, newest(t)).id,
		"it waits on");
}

static void test_told_once_a_day(struct test *t)
{
	deliver(t, "4.a", from(t, "again@castillo.example"), 1);
	deliver(t, "4.b",
		"From: again@castillo.example\n\nAnd one more thing.\n", 0);
	CHECK(take(t) == 2 && tell_senders(t) == 1, "one letter a day");
	t->clock.fixed_ms += 24 * 3600000LL;
	deliver(t, "4.c", "From: again@castillo.example\n\nHello?\n", 0);
	CHECK(take(t) == 1 && tell_senders(t) == 1, "the next day again");
	t->clock.fixed_ms -= 24 * 3600000LL;
}

/* RFC 3834: two programs would write to each other for ever. */
static void test_not_told(struct test *t)
{
	deliver(t, "5.a",
		"From: away@castillo.example\nAuto-Submitted: auto-replied\n\n"
		"I am away.\n",
		0);
	deliver(t, "5.b", "From: privacy@lakeshore.example\n\nOurselves.\n", 0);
	deliver(t, "5.c", "Subject: nobody\n\nHello\n", 0);
	CHECK(take(t) == 3, "all of it waits to be read");
	CHECK(!tell_senders(t), "none of it is answered by itself");
}

/* --- handled --- */

/* 7020(e): treated as properly made, from the day it came. */
static void test_entered(struct test *t)
{
	struct enter_in in = { .kind = KIND_OPT_OUT,
		.channel = CHANNEL_EMAIL,
		.id = { STR("stop@castillo.example") } };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;
	int64_t id;

	deliver(t, "6.a", from(t, "stop@castillo.example"), 48);
	CHECK(take(t) == 1, "taken");
	id = waiting(t).n ? waiting(t).at[waiting(t).n - 1].id : 0;
	for (size_t i = 0; i < waiting(t).n; i++)
		if (str_eq(open_email(t, waiting(t).at[i].id).from.v,
			    STR("stop@castillo.example")))
			id = waiting(t).at[i].id;
	in.received_on =
		date_iso(t->a, date_pacific(open_email(t, id).received_at));
	d.actor.role = STR("agent");
	if (enter_request(&d, &in, &reference, &ps, &e) || ps.n)
		fail("enter", &e);
	CHECK(inbox_put(&d, id, reference_show(t->a, reference), &e) == 1, "%s",
		e.message);
	CHECK(!inbox_put(&d, id, reference, &e), "handled once");
	CHECK(!inbox_drop(&d, id, &e), "and not dropped after");
	CHECK(str_eq(date_iso(t->a, view(t, reference).received_on),
		      STR("2026-11-19")),
		"its clock runs from the day it came");
	CHECK(inbox_put(&d, newest(t), STR("K7QF-2M9X"), &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"there is no such request");
}

static str sealed_of(struct test *t, int64_t id)
{
	struct sql_inbox_by_id_row row;
	struct err e = { 0 };

	if (sql_inbox_by_id(t->db, t->a, &(struct sql_inbox_by_id_in){ id },
		    &row, &e) != 1)
		return STR("gone");
	return row.sealed;
}

static void test_dropped(struct test *t)
{
	int64_t id = newest(t);
	struct desk d = staff(t);
	struct err e = { 0 };
	struct inbox_email m;

	CHECK(sealed_of(t, id).n, "kept so far");
	CHECK(inbox_drop(&d, id, &e) == 1, "%s", e.message);
	CHECK(!sealed_of(t, id).n, "what asks for nothing is destroyed");
	CHECK(!inbox_open(&d, id, &m, &e), "and not shown");
	t->clock.fixed_ms += 730 * 86400000LL;
	CHECK(!purge_run(&d, &e) && !sealed_of(t, id).n,
		"the row stays for 24 months (7101(a))");
	t->clock.fixed_ms += 2 * 86400000LL;
	CHECK(!purge_run(&d, &e) && str_eq(sealed_of(t, id), STR("gone")),
		"and goes then");
	t->clock.fixed_ms -= 732 * 86400000LL;
}

static void test_late(struct test *t)
{
	struct desk d = staff(t);
	struct inbox_count before, after;
	struct err e = { 0 };

	if (inbox_count(&d, &before, &e))
		fail("count", &e);
	t->clock.fixed_ms += 30 * 86400000LL;
	if (inbox_count(&d, &after, &e))
		fail("count", &e);
	t->clock.fixed_ms -= 30 * 86400000LL;
	CHECK(after.n == before.n && after.late == after.n &&
			before.late < before.n,
		"%d of %d, then %d", before.late, before.n, after.late);
}

static void test_permission(struct test *t)
{
	struct desk d = staff(t);
	struct inbox_email m;
	struct inbox all;
	struct err e = { 0 };

	d.actor.role = STR("auditor");
	CHECK(inbox_load(&d, &all, &e) == -1 && e.code == ERR_DENIED, "list");
	CHECK(inbox_open(&d, 1, &m, &e) == -1 && e.code == ERR_DENIED, "open");
	CHECK(inbox_put(&d, 1, STR("x"), &e) == -1 && e.code == ERR_DENIED,
		"put");
	CHECK(inbox_drop(&d, 1, &e) == -1 && e.code == ERR_DENIED, "drop");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "inbox", fresh_server(argc, argv));
	set_contact(&t);
	make_box(&t);
	test_taken(&t);
	test_taken_twice(&t);
	test_of_the_future(&t);
	test_bounds(&t);
	test_told(&t);
	test_told_once_a_day(&t);
	test_not_told(&t);
	test_entered(&t);
	test_dropped(&t);
	test_late(&t);
	test_permission(&t);
	end(&t);
	return CHECK_DONE();
}
