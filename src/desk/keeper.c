/*
 * A keeper's page: what to look for or to delete, and the answer, which goes the
 * way of any system's (desk/fulfil.h).
 */
#include "desk/keeper.h"

#include "base/buf.h"
#include "base/enc.h"
#include "connect/erase.h"
#include "connect/person/item.h"
#include "connect/point.h"
#include "desk/correct.h"
#include "desk/hold.h"
#include "desk/keeper_door.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/parts.h"
#include "law/reference.h"

enum { EVIDENCE_MAX = 200, SEEN_MAX = 1 << 15 };

/* --- in --- */

static int enter(
	struct desk *d, str token, struct keeper_door *k, struct err *e)
{
	struct sql_keeper_link_by_hash_in in = {
		.since = desk_now(d) - LIMIT_KEEPER_LINK_DAYS * 86400000LL,
	};
	struct sql_keeper_link_by_hash_row link;
	int rc;

	if (!token.n || token.n > 64)
		return 0;
	in.token_hash = keys_hash(d->arena, d->keys, "keeper link", token);
	rc = sql_keeper_link_by_hash(d->db, d->arena, &in, &link, e);
	if (rc <= 0)
		return rc;
	rc = sql_task_by_id(d->db, d->arena,
		&(struct sql_task_by_id_in){ link.task_id }, &k->task, e);
	if (rc <= 0)
		return rc;
	d->actor = (struct actor){ .kind = ACTOR_KEEPER, .name = k->task.name };
	return record_by_id(d, k->task.request_id, &k->r, e);
}

int keeper_enter(
	struct desk *d, str token, struct keeper_door *k, struct err *e)
{
	int rc = enter(d, token, k, e);
	int is_held;

	if (rc <= 0)
		return rc;
	is_held = hold_is_on(d, k->r.row.id, e);
	if (is_held < 0 || map_read(d->arena, d->data_map, &k->map, e))
		return -1;
	k->is_held = is_held > 0;
	k->system = map_system_named(&k->map, k->task.name);
	if (k->system && !map_asks_person(k->system))
		k->system = NULL;
	return 1;
}

enum keeper_act keeper_act_in(str state)
{
	if (str_eq(state, STR("correcting")))
		return KEEPER_CORRECT;
	return str_eq(state, STR("approved")) ? KEEPER_DELETE : KEEPER_LOOK;
}

bool keeper_is_waiting(const struct keeper_door *k)
{
	bool is_asked = str_eq(k->task.state, STR("searching")) ||
			str_eq(k->task.state, STR("approved")) ||
			str_eq(k->task.state, STR("correcting"));

	return is_asked && k->task.asked_at && !k->task.done_at &&
	       state_is_open(k->r.state) && k->r.seal && k->system;
}

bool keeper_takes_files(const struct keeper_door *k)
{
	return keeper_act_in(k->task.state) == KEEPER_LOOK &&
	       kind_row(k->r.kind)->flow == FLOW_TELL;
}

int keeper_enter_waiting(
	struct desk *d, str token, struct keeper_door *k, struct err *e)
{
	int rc = keeper_enter(d, token, k, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "this link is not valid");
	/* What was read before the lock may be old by now. */
	if (record_lock(d, &k->r, e) || keeper_enter(d, token, k, e) != 1)
		return -1;
	if (keeper_is_waiting(k))
		return 0;
	return err_set(e, ERR_CONFLICT, "nobody waits for this any more");
}

/* --- the page --- */

str keeper_seen(struct desk *d, const struct record *r)
{
	struct vendor_identifiers list;
	struct buf b = buf_in(d->arena, SEEN_MAX);
	str seen;

	vendor_identifiers(d->arena, r, &list);
	for (size_t i = 0; i < list.n; i++)
		buf_fmt(&b, "%.*s\n", STR_ARG(list.at[i].value.v));
	must(buf_ok(&b));
	seen = keys_hash(d->arena, d->keys, "seen", buf_str(&b));
	return hex_of(d->arena, seen.p, seen.n);
}

static str answer_words(struct desk *d, const struct sql_task_by_id_row *t)
{
	static const struct {
		const char *state;
		const char *words;
	} rows[] = {
		{ "done", "It is deleted" },
		{ "corrected", "It is corrected" },
		{ "kept", "What could be deleted is deleted" },
		{ "ended",
			"The request was taken back or denied: nothing is to be done" },
		{ "nothing", "There is nothing about this person" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(t->state, str_of(rows[i].state)))
			return str_of(rows[i].words);
	if (t->done_at)
		return STR("This task has ended");
	if (!t->rows_found)
		return STR("You found nothing");
	return arena_fmt(d->arena, "You found %lld %s",
		(long long)t->rows_found,
		t->rows_found == 1 ? "item" : "items");
}

static int fill_colleagues(struct desk *d, const struct keeper_door *k,
	struct keeper_page *out, struct err *e)
{
	struct sql_keeper_by_task_row row;
	int rc = sql_keeper_by_task(d->db, d->arena,
		&(struct sql_keeper_by_task_in){ k->task.id }, &row, e);

	if (rc < 0)
		return -1;
	out->colleagues.at =
		arena_many(d->arena, str, k->system->hand_over_n + 1);
	for (size_t i = 0; i <= k->system->hand_over_n; i++) {
		str one = i ? k->system->hand_over[i - 1] : k->system->database;

		if (!rc || !str_eq(one, row.holder))
			out->colleagues.at[out->colleagues.n++] = one;
	}
	return 0;
}

static str lines_of(struct arena *a, const struct found_table *t)
{
	str out = STR("");

	for (size_t i = 0; i < t->n; i++)
		out = arena_fmt(a, "%.*s%s%.*s", STR_ARG(out), i ? "\n" : "",
			STR_ARG(t->rows[i].cells[ITEM_WHAT].v.v));
	return out;
}

static int fill_places(struct desk *d, const struct keeper_door *k,
	struct keeper_page *out, struct err *e)
{
	const struct map_system *s =
		parts_system(d->arena, k->system, parts_of(&k->r.person));
	struct finding f = { 0 };
	str json;

	if (record_open_task(d, &k->r, s->name, k->task.sealed, &json, e) ||
		(json.n && find_from_json(d->arena, s, json, &f, e)))
		return -1;
	out->places.n = s->tables_n;
	out->places.at = arena_many(d->arena, struct keeper_place, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++) {
		const struct map_table *t = &s->tables[i];

		out->places.at[i] = (struct keeper_place){
			.holds = t->holds,
			.look_for = t->words[TABLE_LOOK_FOR],
			.is_kept = t->erase == ERASE_KEEP,
			.purpose = parts_leave(t)
					   ? STR("the person asked to delete "
						 "other kinds of information")
					   : t->about.purpose,
			.found = json.n ? lines_of(d->arena, &f.tables[i])
					: STR(""),
		};
	}
	return 0;
}

static int fill_changes(struct desk *d, const struct keeper_door *k,
	struct keeper_page *out, struct err *e)
{
	struct changes list;

	if (out->act != KEEPER_CORRECT)
		return 0;
	if (correct_changes(d, k->task.id, k->system, &list, e))
		return -1;
	out->changes.n = list.n;
	out->changes.at = arena_many(d->arena, struct keeper_change, list.n);
	for (size_t i = 0; i < list.n; i++)
		out->changes.at[i] = (struct keeper_change){ list.at[i].was.v.v,
			list.at[i].value.v };
	return 0;
}

static int fill_waiting(struct desk *d, const struct keeper_door *k,
	struct keeper_page *out, struct err *e)
{
	struct keeper_files files;

	out->is_held = k->is_held;
	out->takes_files = keeper_takes_files(k);
	out->asked_on = date_pacific(k->task.asked_at);
	out->today = desk_today(d);
	(void)date_parse(k->task.due_on, &out->due_on);
	out->is_late = date_between(out->due_on, out->today) > 0;
	out->seen = keeper_seen(d, &k->r);
	vendor_identifiers(d->arena, &k->r, &out->identifiers);
	if (keeper_files(d, k, &files, e) || fill_places(d, k, out, e) ||
		fill_changes(d, k, out, e))
		return -1;
	out->files.at = files.at;
	out->files.n = files.n;
	return fill_colleagues(d, k, out, e);
}

int keeper_open(
	struct desk *d, str token, struct keeper_page *out, struct err *e)
{
	struct keeper_door k;
	int rc = keeper_enter(d, token, &k, e);

	*out = (struct keeper_page){ 0 };
	if (rc <= 0)
		return rc;
	out->title = k.task.title;
	out->reference = reference_show(d->arena, k.r.row.reference);
	out->act = keeper_act_in(k.task.state);
	out->is_waiting = keeper_is_waiting(&k);
	out->answer = answer_words(d, &k.task);
	return out->is_waiting && fill_waiting(d, &k, out, e) ? -1 : 1;
}

/* --- the answer --- */

struct replying {
	str token;
	const struct keeper_reply *reply;
	struct date done_on;
	struct problems *ps;
};

static int item_answer_of(struct desk *d, const struct keeper_door *k,
	const struct keeper_reply *reply, struct finding *out, struct err *e)
{
	str *lines = arena_many(d->arena, str, k->system->tables_n);
	struct item_answer said = { .lines = lines };
	struct item_file *at;
	struct keeper_files files;

	if (keeper_files(d, k, &files, e))
		return -1;
	for (size_t i = 0; i < k->system->tables_n && i < reply->lines_n; i++)
		lines[i] = reply->lines[i];
	said.files = at = arena_many(d->arena, struct item_file, files.n);
	said.files_n = files.n;
	for (size_t i = 0; i < files.n; i++)
		at[i] = (struct item_file){ files.at[i].id, files.at[i].place,
			files.at[i].name.v, files.is_text[i] };
	return item_finding(d->arena, k->system, &said, out, e);
}

static int looked(struct desk *d, const struct keeper_door *k,
	const struct replying *x, struct err *e)
{
	struct found found = { .is_marked = map_points(&k->map) != 0 };
	struct buf json = buf_in(d->arena, FIND_JSON_MAX);
	struct finding f;
	struct work w;

	if (item_answer_of(d, k, x->reply, &f, e))
		return -1;
	if (x->reply->is_nothing ? f.rows_n > 0 : !f.rows_n) {
		problem_add(x->ps, "answer", "missing",
			x->reply->is_nothing
				? "You named or uploaded something, and say "
				  "that there is nothing"
				: "Say what you found, or that there is "
				  "nothing");
		return 0;
	}
	find_to_json(&json, &f);
	must(buf_ok(&json));
	found.finding = buf_str(&json);
	found.rows = (int64_t)f.rows_n;
	found.is_sensitive = finding_is_sensitive(&f);
	if (fulfil_work(d, k->task.id, &w, e) != 1)
		return -1;
	return fulfil_found(d, &w, &found, e);
}

static str evidence_of(struct desk *d, const struct replying *x, int64_t rows)
{
	struct buf b = buf_in(d->arena, EVIDENCE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "by", STR("person"));
	json_put(&j, "on", date_iso(d->arena, x->done_on));
	json_put_int(&j, "rows", rows);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static str said_by(struct desk *d, const struct replying *x)
{
	return arena_fmt(d->arena, "%.*s, %.*s%s%.*s", STR_ARG(x->reply->by),
		STR_ARG(date_words(d->arena, x->done_on)),
		x->reply->note.n ? ": " : "", STR_ARG(x->reply->note));
}

/* Nothing may be deleted or changed of who is held (Civ. Code 1798.145(a)). */
static int refuse_held(const struct keeper_door *k, struct err *e)
{
	if (!k->is_held)
		return 0;
	return err_set(e, ERR_CONFLICT,
		"nothing may be done now: wait for our next letter");
}

static int corrected(struct desk *d, const struct keeper_door *k,
	const struct replying *x, struct err *e)
{
	struct change_result r = { .is_proven = true };
	struct changes list;
	struct work w;

	if (refuse_held(k, e) || fulfil_work(d, k->task.id, &w, e) != 1 ||
		correct_changes(d, k->task.id, k->system, &list, e))
		return -1;
	r.cells = r.rows = (int64_t)list.n;
	r.evidence = evidence_of(d, x, r.rows);
	return fulfil_corrected(
		d, &w, &(struct work_corrected){ &list, &r, said_by(d, x) }, e);
}

static int deleted(struct desk *d, const struct keeper_door *k,
	const struct replying *x, struct err *e)
{
	struct erased r;
	struct work w;

	if (refuse_held(k, e) || fulfil_work(d, k->task.id, &w, e) != 1 ||
		keeper_plan(d, &w, k->system, &r, e))
		return -1;
	r.evidence = evidence_of(d, x, r.rows);
	r.said.v = said_by(d, x);
	return fulfil_erased(d, &w, &r, e);
}

static void check_done(
	struct desk *d, const struct keeper_door *k, struct replying *x)
{
	const struct keeper_reply *r = x->reply;

	if (!date_parse(r->done_on, &x->done_on) ||
		date_between(desk_today(d), x->done_on) > 0 ||
		date_between(date_pacific(k->task.asked_at), x->done_on) < 0)
		problem_add(x->ps, "done_on", "range",
			"Enter the day it was done: not before we asked, and "
			"not in the future");
	if (!r->by.n || r->by.n > LIMIT_NAME_CHARS || !str_is_text(r->by))
		problem_add(x->ps, "by", "missing", "Enter your name");
	note_check(r->note, "note", NULL, x->ps);
}

static int (*const acts[])(struct desk *, const struct keeper_door *,
	const struct replying *, struct err *) = {
	[KEEPER_LOOK] = looked,
	[KEEPER_DELETE] = deleted,
	[KEEPER_CORRECT] = corrected,
};

static int store_reply(struct desk *d, void *ctx, struct err *e)
{
	struct replying *x = ctx;
	struct keeper_door k;

	x->ps->n = 0;
	if (keeper_enter_waiting(d, x->token, &k, e))
		return -1;
	if (!str_eq(x->reply->seen, keeper_seen(d, &k.r)))
		problem_add(x->ps, "seen", "changed",
			"More about this person came to light since you "
			"opened this page. Look for what is new, too");
	if (keeper_act_in(k.task.state) != KEEPER_LOOK)
		check_done(d, &k, x);
	return x->ps->n ? 0 : acts[keeper_act_in(k.task.state)](d, &k, x, e);
}

int keeper_reply(struct desk *d, str token, const struct keeper_reply *reply,
	struct problems *ps, struct err *e)
{
	struct replying x = { .token = token, .reply = reply, .ps = ps };

	return desk_write(d, store_reply, &x, e);
}
