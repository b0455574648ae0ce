/* `toyon drop status`: where the State's lists stand, and what is late. */
#include <stdio.h>

#include "cli/drop_desk.h"

enum { JSON_MAX = 4 << 20, EVENTS = 20, OUT_OF_TIME = 4 };

struct shown {
	struct drop_overview o;
	struct drop_cycle_view v; /* of the session asked for */
	bool has_view;
	struct drop_events events;
};

/* --- JSON --- */

static void put_overview(
	struct cli *c, const struct drop_overview *o, struct json *j)
{
	json_put_bool(j, "set_up", o->is_set_up);
	json_put_bool(j, "sandbox", o->is_sandbox);
	json_put_bool(j, "first_access_due", o->is_first_due);
	json_put(j, "next_by", date_iso(c->arena, o->next_by));
	json_put_int(j, "days_left", o->days_left);
	json_put(j, "alarm", str_of(drop_alarm_code(o->alarm)));
	json_put_int(j, "late_items", o->late_items);
	json_put_int(j, "exposure_usd", o->exposure_usd);
	json_put_int(j, "unsent", o->unsent_fresh);
	json_put_int(j, "unsent_corrections", o->unsent_amends);
	json_put_bool(j, "screening_open", o->is_screen_open);
	drop_put_at(j, c->arena, "screened_at", o->screened_at);
	json_put_int(j, "outages_open", (int64_t)o->outages_open);
	json_put_int(j, "notices_due", (int64_t)o->notices_due);
	json_put(j, "next", o->next);
	json_key(j, "lists");
	drop_put_counts(j, &o->counts);
}

static void put_looks(struct cli *c, const struct drop_pass *p, struct json *j)
{
	json_begin_array(j);
	for (size_t i = 0; i < p->looks.n; i++) {
		const struct drop_look *l = &p->looks.at[i];

		json_begin_object(j);
		json_put(j, "system", l->system);
		json_put_bool(j, "is_done", l->is_done);
		drop_put_at(j, c->arena, "done_at", l->done_at);
		json_put_int(j, "records", l->records);
		json_put_int(j, "keys", l->keys);
		json_put_int(j, "no_key", l->no_key);
		json_put_int(j, "matches", l->matches);
		json_put(j, "problem", l->problem);
		json_end(j);
	}
	json_end(j);
}

static void put_pass(struct cli *c, const struct drop_pass *p, struct json *j)
{
	json_begin_object(j);
	json_put_int(j, "id", p->id);
	json_put(j, "kind", p->is_screen ? STR("screening") : STR("session"));
	json_put(j, "profile", p->profile);
	json_put_int(j, "vectors", p->check_vectors);
	drop_put_at(j, c->arena, "matched_at", p->matched_at);
	drop_put_at(j, c->arena, "acted_at", p->acted_at);
	drop_put_at(j, c->arena, "too_old_at", p->stale_at);
	json_key(j, "systems");
	put_looks(c, p, j);
	json_key(j, "found");
	drop_put_found(j, p->found.at, p->found.n);
	json_end(j);
}

static void put_uploads(
	struct cli *c, const struct drop_cycle_view *v, struct json *j)
{
	json_begin_array(j);
	for (size_t i = 0; i < v->uploads.n; i++) {
		const struct drop_upload *u = &v->uploads.at[i];

		json_begin_object(j);
		json_put(j, "name", u->name);
		json_put_bool(j, "is_correction", u->is_amend);
		json_put_int(j, "rows", u->rows);
		json_put(j, "sha256", u->sha256);
		json_put(j, "state", u->state);
		drop_put_at(j, c->arena, "said_at", u->said_at);
		json_put_bool(j, "was_there", u->is_repeated);
		json_put(j, "message", u->message);
		json_put(j, "outcome", u->outcome);
		json_end(j);
	}
	json_end(j);
}

static void put_vendors(
	struct cli *c, const struct drop_cycle_view *v, struct json *j)
{
	json_begin_array(j);
	for (size_t i = 0; i < v->vendors.n; i++) {
		const struct drop_vendor *x = &v->vendors.at[i];

		json_begin_object(j);
		json_put_int(j, "id", x->id);
		json_put(j, "vendor", x->vendor);
		json_put_int(j, "rows", x->rows);
		json_put(j, "state", x->state);
		drop_put_at(j, c->arena, "asked_at", x->asked_at);
		json_put(j, "due_on", date_iso(c->arena, x->due_on));
		json_put_bool(j, "is_late", x->is_late);
		json_put(j, "problem", x->problem);
		json_end(j);
	}
	json_end(j);
}

static void put_cycle(
	struct cli *c, const struct drop_cycle_view *v, struct json *j)
{
	const struct drop_cycle *s = &v->cycle;

	json_begin_object(j);
	json_put_int(j, "id", s->id);
	json_put(j, "state", str_of(drop_state_code(s->state)));
	json_put(j, "source", s->source);
	drop_put_at(j, c->arena, "opened_at", s->opened_at);
	json_put(j, "rule", s->rule);
	json_put(j, "act_by", date_iso(c->arena, s->act_by));
	json_put(j, "zip", s->zip_name);
	json_put(j, "zip_sha256", s->zip_sha256);
	json_put_int(j, "items", s->items);
	json_put_int(j, "withdrawn", s->removed);
	json_put(j, "problem", s->problem);
	json_key(j, "lists");
	drop_put_counts(j, &v->counts);
	json_key(j, "looks");
	json_begin_array(j);
	for (size_t i = 0; i < v->passes.n; i++)
		put_pass(c, &v->passes.at[i], j);
	json_end(j);
	json_key(j, "files");
	put_uploads(c, v, j);
	json_key(j, "vendors");
	put_vendors(c, v, j);
	json_end(j);
}

static void put_events(
	struct cli *c, const struct drop_events *v, struct json *j)
{
	json_begin_array(j);
	for (size_t i = 0; i < v->n; i++) {
		json_begin_object(j);
		json_put(j, "id", v->at[i].event_id);
		json_put(j, "type", v->at[i].type);
		drop_put_at(j, c->arena, "at", v->at[i].at);
		json_end(j);
	}
	json_end(j);
}

static int put_json(struct cli *c, const struct shown *s, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	put_overview(c, &s->o, &j);
	json_key(&j, "events");
	put_events(c, &s->events, &j);
	if (s->has_view) {
		json_key(&j, "session");
		put_cycle(c, &s->v, &j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

/* --- for people --- */

static void print_date(struct cli *c, const char *what, struct date d)
{
	if (!date_is_none(d))
		printf("%-16s%.*s\n", what, STR_ARG(date_words(c->arena, d)));
}

static void print_cadence(struct cli *c, const struct drop_overview *o)
{
	if (!o->is_set_up)
		printf("not set up: drop_broker in toyon.yaml, drop_api_key in "
		       "the credentials folder\n");
	if (o->is_sandbox)
		printf("sandbox         yes: what is done here is not told to "
		       "the State\n");
	if (o->is_first_due)
		printf("next access     now: there was none yet; `toyon drop "
		       "pull`\n");
	print_date(c, "next access by", o->next_by);
	if (!date_is_none(o->next_by))
		printf("days left       %d: %s\n", o->days_left,
			drop_alarm_words(o->alarm));
	if (o->late_items)
		printf("late            %lld items; at most $%lld so far\n",
			(long long)o->late_items, (long long)o->exposure_usd);
	if (o->unsent_amends)
		printf("corrections     %lld for the next session\n",
			(long long)o->unsent_amends);
	if (o->screened_at)
		printf("screened        %.*s\n",
			STR_ARG(instant_words_year(c->arena, o->screened_at)));
	if (o->is_screen_open)
		printf("screening       found people: `toyon drop act`\n");
	if (o->notices_due)
		printf("outages         %zu without a notice: `toyon drop "
		       "outage`\n",
			o->notices_due);
}

/* What a webhook said last: that the platform looked at rows, not what it found. */
static void print_told(struct cli *c, const struct drop_events *v)
{
	if (v->n)
		printf("webhook         %.*s, %.*s\n", STR_ARG(v->at[0].type),
			STR_ARG(instant_words_year(c->arena, v->at[0].at)));
}

static void print_pass(const struct drop_pass *p)
{
	printf("\n%s, %.*s, %lld examples passed%s\n",
		p->is_screen ? "screening" : "look", STR_ARG(p->profile),
		(long long)p->check_vectors,
		p->stale_at ? "; too old to be carried out, looked at again"
			    : "");
	for (size_t i = 0; i < p->looks.n; i++) {
		const struct drop_look *l = &p->looks.at[i];

		if (l->is_done)
			printf("  %-14.*s %lld records, %lld keys, %lld without "
			       "a key, %lld matches\n",
				STR_ARG(l->system), (long long)l->records,
				(long long)l->keys, (long long)l->no_key,
				(long long)l->matches);
		else if (l->lists)
			printf("  %-14.*s NOT LOOKED AT: %.*s\n",
				STR_ARG(l->system), STR_ARG(l->problem));
		else
			printf("  %-14.*s can't be matched with any list\n",
				STR_ARG(l->system));
	}
	drop_print_found(p->found.at, p->found.n);
}

static void print_cycle(struct cli *c, const struct drop_cycle_view *v)
{
	const struct drop_cycle *s = &v->cycle;

	printf("\nsession %lld     %s, by %.*s; next: %s\n", (long long)s->id,
		drop_state_title(s->state), STR_ARG(s->source),
		drop_state_next(s->state));
	print_date(c, "opened on", s->opened_on);
	print_date(c, "to be done by", s->act_by);
	if (s->zip_name.n)
		printf("lists           %.*s, %lld items, %lld withdrawn\n",
			STR_ARG(s->zip_name), (long long)s->items,
			(long long)s->removed);
	if (s->problem.n)
		printf("problem         %.*s\n", STR_ARG(s->problem));
	drop_print_counts(&v->counts);
	for (size_t i = 0; i < v->passes.n; i++)
		print_pass(&v->passes.at[i]);
	for (size_t i = 0; i < v->uploads.n; i++)
		printf("%s%-36.*s %8lld rows, %.*s%s%.*s\n", i ? "" : "\n",
			STR_ARG(v->uploads.at[i].name),
			(long long)v->uploads.at[i].rows,
			STR_ARG(v->uploads.at[i].state),
			v->uploads.at[i].outcome.n ? ", rows " : "",
			STR_ARG(v->uploads.at[i].outcome));
	for (size_t i = 0; i < v->vendors.n; i++)
		printf("%svendor %lld %-18.*s %lld hashes, %.*s%s\n",
			i ? "" : "\n", (long long)v->vendors.at[i].id,
			STR_ARG(v->vendors.at[i].title),
			(long long)v->vendors.at[i].rows,
			STR_ARG(v->vendors.at[i].state),
			v->vendors.at[i].is_late ? ", late" : "");
}

/* --- */

static int load(struct cli *c, struct shown *s, struct err *e)
{
	const char *given = cli_option(c, "session");
	int64_t id = 0;
	int rc;

	if (given && (!str_int(str_of(given), &id) || id < 1))
		return cli_usage(c, e, "--session is a number");
	if (drop_overview(&c->desk, &s->o, e) ||
		drop_events(&c->desk, EVENTS, &s->events, e))
		return -1;
	rc = drop_cycle_view(&c->desk, id, &s->v, e);
	if (rc < 0)
		return -1;
	if (!rc && id)
		return err_set(e, ERR_NOT_FOUND, "there is no session %lld",
			(long long)id);
	s->has_view = rc == 1;
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct drop_place p;
	struct shown s = { 0 };

	if (drop_open(c, &p, e) || load(c, &s, e))
		return -1;
	if (c->is_json) {
		if (put_json(c, &s, e))
			return -1;
	} else {
		print_cadence(c, &s.o);
		print_told(c, &s.events);
		if (s.has_view)
			print_cycle(c, &s.v);
	}
	return s.o.alarm != DROP_ALARM_NONE || s.o.is_first_due ||
			       s.o.late_items || s.o.notices_due
		       ? OUT_OF_TIME
		       : 0;
}

const struct command command_drop_status = {
	.name = "drop status",
	.operands = "",
	.title = "where the State's lists stand, and what is late",
	.about = "Prints when the next access is due, what is late and what it "
		 "may cost, and the newest session: items by list and status, "
		 "systems looked at, what was found and done, files sent, "
		 "vendors told.",
	.result = "Exit status 4 from the first alarm on (15 days before the "
		  "last day), when the lists were never accessed, items are "
		  "late, or a notice to the agency is due.",
	.has_json = true,
	.options = { { "session", 0, "N", "this session, not the newest" } },
	.examples = { "toyon drop status",
		"toyon drop status --session 3 --json" },
	.run = run,
};
