/*
 * Numbers that are kept for pages of the State's lists: the same as counted ones after
 * each step, and never passed off as those of now when a step was killed in its middle.
 * For pages of millions of items, which must not wait for a scan.
 */
#include "check.h"

#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/wait.h>

#include "lists.h"

#include "desk/drop_page.h"
#include "desk/drop_session.h"

/* Of the items, a third is one contact's, a third two contacts', a third nobody's. */
enum {
	ITEMS = 240,
	CONTACTS = 240,
	KILLS_MOST = 200,
	TRIES_MOST = 6000,
	A_MINUTE_MS = 60000
};

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: contact\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

static void make_contacts(struct scene *s)
{
	struct buf b = buf_in(s->t.a, 1 << 16);

	buf_puts(&b, "create table contact (id integer primary key, "
		     "email text);\n");
	for (int i = 0; i < CONTACTS; i++)
		buf_fmt(&b,
			"insert into contact values (%d, 'p%d@x.example');\n",
			i, i % (ITEMS / 3 * 2));
	must(buf_ok(&b));
	make_map(s, yaml);
	make_system(s, "crm", arena_cstr(s->t.a, buf_str(&b)));
}

static const char *write_lists(struct scene *s)
{
	const char *zip = path(&s->t, "20261121_4821_DROP.zip");
	struct buf b = buf_in(s->t.a, 1 << 16);
	struct drop_pack pack = {
		.name = STR("20261121_4821_Email.csv"),
		.path = path(&s->t, "Email"),
	};
	struct err e = { 0 };

	buf_puts(&b, "ID,Hash\n");
	for (int i = 0; i < ITEMS; i++)
		put_item(s, &b,
			&(struct row){
				arena_cstr(s->t.a,
					arena_fmt(s->t.a, "Item%08d", i)),
				arena_cstr(
					s->t.a, arena_fmt(s->t.a,
							"p%d@x.example", i)) });
	if (file_replace(pack.path, buf_str(&b), 0600, &e) ||
		drop_pack_write(s->t.a, zip, &pack, 1, &e))
		fail("lists", &e);
	return zip;
}

/* --- what a page shows, against what is there --- */

static bool same_row(
	const struct drop_tally_row *a, const struct drop_tally_row *b)
{
	return a->cycle_id == b->cycle_id && a->list == b->list &&
	       a->people == b->people && a->status == b->status &&
	       a->sent_status == b->sent_status &&
	       a->is_revoked == b->is_revoked && a->n == b->n;
}

static bool same_items(struct desk *d, const struct drop_tally *shown)
{
	struct drop_tally now;
	struct err e = { 0 };

	if (drop_tally_count(d, &now, &e))
		fail("count", &e);
	for (size_t i = 0; i < now.n && i < shown->n; i++)
		if (!same_row(&now.at[i], &shown->at[i]))
			return false;
	return now.n == shown->n;
}

static bool same_table(const struct drop_found *a, const struct drop_found *b)
{
	return str_eq(a->system, b->system) && str_eq(a->table, b->table) &&
	       a->people == b->people && a->alone == b->alone &&
	       a->several == b->several && a->erased == b->erased &&
	       a->kept == b->kept && a->opted_out == b->opted_out &&
	       a->open == b->open;
}

static bool same_found(struct desk *d, const struct drop_pass *shown)
{
	struct drop_pass now;
	struct err e = { 0 };

	if (drop_pass_read(d, shown->id, &now, &e) != 1)
		fail("look", &e);
	for (size_t i = 0; i < now.found.n && i < shown->found.n; i++)
		if (!same_table(&now.found.at[i], &shown->found.at[i]))
			return false;
	return now.found.n == shown->found.n;
}

static bool is_true(struct desk *d, const struct drop_cycle_view *v)
{
	bool is_same = same_items(d, v->tally);

	for (size_t i = 0; i < v->passes.n; i++)
		is_same &= same_found(d, &v->passes.at[i]);
	return is_same;
}

static bool see(struct desk *d, struct drop_cycle_view *v)
{
	struct err e = { 0 };
	int rc = drop_cycle_page(d, 0, v, &e);

	if (rc < 0)
		fail("page", &e);
	return rc == 1;
}

static int64_t changes(struct desk *d)
{
	struct sql_drop_tally_mark_row mark;
	struct err e = { 0 };

	if (sql_drop_tally_mark(d->db, d->arena, &mark, &e) != 1)
		fail("mark", &e);
	return mark.items + mark.matches;
}

/* Sees a page, and whether it is true.  false: something changed meanwhile, for the
 * server may still do what a killed process had asked it for. */
static bool see_quietly(struct desk *d, struct drop_cycle_view *v, bool *is_so)
{
	int64_t before = changes(d);

	*is_so = !see(d, v) || v->counted_at || is_true(d, v);
	return changes(d) == before;
}

static void pause_for(int *tries)
{
	must(++*tries < TRIES_MOST);
	usleep(10000);
}

/* Numbers without a time are those of now; with one, the next step counts them. */
static void check_page(struct scene *s, int kills)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycle_view v = { 0 };
	bool is_so;
	int tries = 0;

	while (!see_quietly(&d, &v, &is_so))
		pause_for(&tries);
	CHECK(is_so,
		"kill %d: a page shows numbers of then as those of now, state "
		"%d",
		kills, (int)v.cycle.state);
	for (;;) {
		drop_tally_keep(&d);
		if (see_quietly(&d, &v, &is_so) && !v.counted_at)
			break;
		pause_for(&tries);
	}
	CHECK(is_so, "kill %d: they are counted again, state %d", kills,
		(int)v.cycle.state);
}

/* --- a session that is killed --- */

/* Whichever step is next.  false: there is none. */
static bool step(
	struct scene *s, struct desk *d, const char *zip, struct err *e)
{
	union {
		struct drop_pulled pulled;
		struct drop_matched matched;
		struct drop_acted acted;
		struct drop_reported reported;
	} out;
	struct drop_cycle c;
	int rc = drop_session_newest(d, &c, e);

	if (rc < 0)
		fail("session", e);
	switch (rc ? c.state : DROP_STATE_REQUESTED) {
	case DROP_STATE_REQUESTED:
	case DROP_STATE_PREPARING:
		rc = drop_import(d, &s->place, zip, &out.pulled, e);
		break;
	case DROP_STATE_DOWNLOADED:
		rc = drop_match_all(d, &s->place, &out.matched, e);
		break;
	case DROP_STATE_MATCHED:
		rc = drop_act(d, &s->place, &out.acted, e);
		break;
	case DROP_STATE_ACTED:
		rc = drop_export(
			d, &s->place, path(&s->t, "out"), &out.reported, e);
		if (!rc)
			rc = drop_outcome(
				d, STR(""), DROP_WORD_ACCEPTED, STR(""), e);
		break;
	case DROP_STATE_UPLOADED:
		rc = drop_outcome(d, STR(""), DROP_WORD_PROCESSED, STR(""), e);
		break;
	default:
		return false;
	}
	if (rc)
		fail("step", e);
	return true;
}

/* In a process of its own, which opens the record anew. */
static void run_as_child(struct scene *s, const char *zip)
{
	struct err e = { 0 };
	struct desk d;

	if (db_open(&s->t.db, s->t.fresh.url, &(struct db_opts){ 0 }, &e) ||
		suppress_open(&s->t.suppress, path(&s->t, "index.tyx"),
			s->t.keys, &e))
		fail("child", &e);
	s->t.recall = recall_new(s->t.a);
	d = desk(s, ACTOR_STAFF);
	while (step(s, &d, zip, &e))
		continue;
	_exit(0);
}

/* Did it get to the end? */
static bool run_for(struct scene *s, const char *zip, useconds_t us)
{
	pid_t child = fork();
	int status;

	must(child >= 0);
	if (!child)
		run_as_child(s, zip);
	usleep(us);
	(void)kill(child, SIGKILL);
	must(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) || !WEXITSTATUS(status), "a step failed");
	return !WIFSIGNALED(status);
}

/* Each try has a little longer, until one ends by itself. */
static void killed(struct scene *s, const char *zip)
{
	int kills = 0;

	while (kills < KILLS_MOST &&
		!run_for(s, zip, (useconds_t)(3000 * (kills + 1))))
		check_page(s, ++kills);
	check_page(s, kills);
}

static void ended(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycle_view v;
	struct err e = { 0 };
	const struct drop_count *all = &v.counts.all;

	while (step(s, &d, NULL, &e)) /* on a machine that is too slow for it */
		continue;
	must(see(&d, &v));
	CHECK(!v.counted_at && is_true(&d, &v), "the last step counts");
	CHECK(all->deleted == ITEMS / 3 && all->opted_out == ITEMS / 3 &&
			all->not_found == ITEMS / 3 && !all->unsent,
		"a third each: %d, %d, %d", (int)all->deleted,
		(int)all->opted_out, (int)all->not_found);
}

/* --- one transaction of a step, and no more of it --- */

static int withdraw_one(struct desk *d, void *ctx, struct err *e)
{
	struct drop_withdrawal w = { .list = DROP_EMAIL };

	(void)ctx;
	memcpy(w.id, "Item00000000", DROP_ID_SIZE);
	return drop_withdraw(d, &w, e);
}

static void changed(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycle_view was, is;
	struct drop_overview o;
	struct err e = { 0 };

	must(see(&d, &was));
	s->t.clock.fixed_ms += A_MINUTE_MS;
	if (desk_write(&d, withdraw_one, NULL, &e))
		fail("withdraw", &e);
	must(see(&d, &is));
	CHECK(is.counted_at == s->t.clock.fixed_ms - A_MINUTE_MS &&
			is.counts.all.revoked == was.counts.all.revoked,
		"a page shows what was counted last, with its time");
	CHECK(!drop_overview_page(&d, &o, &e) && o.counted_at == is.counted_at,
		"and so does the first page");
	CHECK(!drop_overview(&d, &o, &e) && !o.counted_at &&
			o.counts.all.revoked == was.counts.all.revoked + 1,
		"who needs them as they are counts");
	CHECK(drop_cycle_view(&d, 0, &is, &e) == 1 && !is.counted_at &&
			is_true(&d, &is),
		"the record too: it is for auditors");
}

/* Pages show how far a long step is, and it doesn't spend its time on counting. */
static void during(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycle_view v;
	struct err e = { 0 };

	drop_tally_during(&d);
	must(see(&d, &v));
	CHECK(!v.counted_at && is_true(&d, &v),
		"what was counted a minute ago is counted again");
	if (desk_write(&d, withdraw_one, NULL, &e))
		fail("withdraw", &e);
	must(see(&d, &v));
	CHECK(!v.counted_at, "who withdrew before changes nothing");
}

/* How many people an item matched decides who counts as alone: people of a look are
 * counted anew although no match changed. */
static void decided(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct sql_drop_tally_mark_row mark;
	struct drop_cycle_view v;
	struct err e = { 0 };

	must(see(&d, &v) && v.passes.n);
	if (drop_decide(&d, &v.passes.at[0], &e) ||
		sql_drop_tally_mark(s->t.db, s->t.a, &mark, &e) != 1)
		fail("decide", &e);
	CHECK(!mark.items_kept && !mark.matches_kept, "both are to be counted");
}

static void not_so_soon(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycle_view v;

	drop_tally_during(&d);
	must(see(&d, &v));
	CHECK(v.counted_at == s->t.clock.fixed_ms,
		"counted in this second: it is not counted again so soon");
	drop_tally_keep(&d);
	must(see(&d, &v));
	CHECK(!v.counted_at && is_true(&d, &v),
		"the end of a step counts whenever it is");
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };
	const char *zip;

	must(argc == 2 && sodium_init() >= 0);
	begin_scene(&s, "drop_tally", argc, argv);
	make_contacts(&s);
	zip = write_lists(&s);
	killed(&s, zip);
	ended(&s);
	changed(&s);
	during(&s);
	decided(&s);
	not_so_soon(&s);
	end(&s.t);
	return CHECK_DONE();
}
