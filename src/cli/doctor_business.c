/*
 * What the law wants of the business itself: people, ways to ask, numbers, notices,
 * training, contracts, languages, public pages.
 */
#include "cli/doctor.h"
#include "connect/map_words.h"
#include "desk/contracts.h"
#include "desk/notice.h"
#include "desk/public.h"
#include "desk/reminder.h"
#include "desk/setting.h"
#include "desk/training.h"
#include "law/amount.h"
#include "law/metric.h"
#include "store/sql.h"

static bool may_decide(const struct desk *d, const struct sql_staff_list_row *r)
{
	struct desk as = *d;

	as.actor.kind = ACTOR_STAFF;
	as.actor.role = r->role;
	return !r->disabled_at && desk_may(&as, PERM_DECIDE);
}

/* What waits for a second person waits for ever when there is none, and the dates
 * of the law go on. */
static void check_four_eyes(struct doctor *d, const struct settings *s,
	const struct sql_staff_list_rows *staff)
{
	int deciders = 0;

	if (!config_flag(s->four_eyes))
		return;
	for (size_t i = 0; i < staff->n; i++)
		deciders += may_decide(&d->cli->desk, &staff->at[i]);
	doctor_say(d, "four eyes", deciders > 1 ? GOOD : PROBLEM,
		arena_fmt(d->cli->arena,
			"a deletion and a denial take two people; who may "
			"decide: %d",
			deciders),
		deciders > 1 ? ""
			     : "toyon user add EMAIL --role officer; or toyon "
			       "setting four_eyes no");
}

/* 11 CCR 7020(a), (b): the pages are one way; a number is another. */
static void check_ways(struct doctor *d, const struct settings *s)
{
	struct desk *k = &d->cli->desk;
	bool is_online = config_flag(s->online_only);
	const struct amount *owed = request_ways_on(is_online, desk_today(k));
	int ways = 1 + (s->phone.n > 0) + (k->config->inbox.n > 0);
	bool is_enough = owed && ways >= owed->count &&
			 (is_online ? s->contact_email.n : s->phone.n) > 0;

	if (!owed)
		return;
	doctor_say(d, "ways to ask", is_enough ? GOOD : NOTE,
		arena_fmt(k->arena, "there are %d; owed: %s (%s)", ways,
			owed->title, owed->citation),
		is_enough ? ""
		: is_online
			? "toyon setting contact_email ..."
			: "toyon setting phone ...; or, for who operates online "
			  "only: toyon setting online_only yes");
}

/* From January on the numbers of the year that is over are due. */
static void check_numbers(struct doctor *d, const struct settings *s)
{
	struct desk *k = &d->cli->desk;
	int year = desk_today(k).year - 1;

	if (!config_flag(s->publishes))
		return;
	doctor_say(d, "numbers", GOOD,
		arena_fmt(k->arena,
			"those of %d stand on the page /numbers; the privacy "
			"policy has to have them or a link there by %.*s (11 "
			"CCR 7102(a)(2))",
			year, STR_ARG(date_words(k->arena, metrics_due(year)))),
		"");
}

/* What is looked at again each year. */
static void check_reminders(struct doctor *d, const struct settings *s)
{
	struct arena *a = d->cli->arena;
	struct reminders all;
	struct err e = { 0 };

	if (reminders_of(&d->cli->desk, s, &all, &e)) {
		doctor_say_err(d, "reminders", &e);
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct reminder *r = &all.at[i];

		doctor_say(d, r->title,
			!reminder_is_due(r)              ? GOOD
			: r->has_day && r->days_left < 0 ? PROBLEM
							 : NOTE,
			reminder_words(a, r),
			!reminder_is_due(r) ? ""
			: !r->setting
				? "write the day as looked_on into the data map"
				: arena_cstr(a,
					  arena_fmt(a,
						  "toyon setting %s DAY, when "
						  "it is done",
						  r->setting)));
	}
}

/* "toyon notice publish policy" */
static const char *notice_hint(
	struct arena *a, const char *verb, const struct notice_state *n)
{
	return arena_cstr(
		a, arena_fmt(a, "toyon notice %s %s", verb, n->row->code));
}

static void say_in_force(struct doctor *d, const struct notice_state *n)
{
	struct arena *a = d->cli->arena;
	str text = arena_fmt(a, "\"%s\": version %lld is in force",
		n->row->code, (long long)n->in_force->version);

	if (!n->is_changed)
		doctor_say(d, "notice", GOOD, text, "");
	else
		doctor_say(d, "notice", NOTE,
			arena_fmt(a, "%.*s, and the facts are other ones now",
				STR_ARG(text)),
			notice_hint(a, "diff", n));
}

/* One that is owed and written here; who has a policy elsewhere publishes none. */
static void check_notice(struct doctor *d, const struct notice_state *n,
	const struct settings *s)
{
	struct arena *a = d->cli->arena;
	bool is_elsewhere = n->row->notice == NOTICE_POLICY && s->policy_url.n;

	if (!n->is_needed || !n->is_written || (is_elsewhere && !n->in_force))
		return;
	if (n->gaps)
		doctor_say(d, "notice", NOTE,
			arena_fmt(a, "\"%s\" lacks \"%s\" (%s): %.*s",
				n->row->code, n->lacks.item->text,
				n->lacks.item->citation,
				STR_ARG(n->lacks.lacks)),
			n->lacks.hint);
	else if (!n->in_force)
		doctor_say(d, "notice", NOTE,
			arena_fmt(a,
				"\"%s\" is owed and not published here (%s)",
				n->row->code, n->row->citation),
			notice_hint(a, "publish", n));
	else
		say_in_force(d, n);
}

/* 11 CCR 7010 to 7016, 7220 */
static void check_notices(struct doctor *d, const struct settings *s)
{
	struct notice_states *all =
		arena_one(d->cli->arena, struct notice_states);
	struct notice_doubts doubts;
	struct err e = { 0 };

	if (!d->has_map)
		return;
	if (notice_states(&d->cli->desk, all, &e) ||
		notice_doubts(&d->cli->desk, desk_today(&d->cli->desk), &doubts,
			&e)) {
		doctor_say_err(d, "notice", &e);
		return;
	}
	for (int n = 0; n < NOTICE_END; n++)
		check_notice(d, &all->at[n], s);
	for (size_t i = 0; i < doubts.n; i++)
		doctor_say(d, "notice",
			doubts.at[i].is_problem ? PROBLEM : NOTE,
			doubts.at[i].text, doubts.at[i].hint);
}

/* 11 CCR 7100(a) */
static void check_training(struct doctor *d)
{
	struct arena *a = d->cli->arena;
	struct trainings all;
	struct err e = { 0 };

	if (trainings_load(&d->cli->desk, &all, &e)) {
		doctor_say_err(d, "training", &e);
		return;
	}
	if (!all.overdue)
		doctor_say(d, "training", GOOD,
			arena_fmt(a,
				"all %zu who handle requests are trained (11 "
				"CCR 7100(a))",
				all.n),
			"");
	else
		doctor_say(d, "training", NOTE,
			arena_fmt(a,
				"%zu of %zu who handle requests have to be "
				"trained (11 CCR 7100(a))",
				all.overdue, all.n),
			"toyon user list; toyon user trained EMAIL --what TEXT");
}

/* 11 CCR 7050, 7051, 7053 */
static void check_contracts(struct doctor *d)
{
	struct arena *a = d->cli->arena;
	struct contract_lines all;
	struct err e = { 0 };

	if (contracts_load(&d->cli->desk, &all, &e)) {
		doctor_say_err(d, "contracts", &e);
		return;
	}
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].is_in_doubt)
			doctor_say(d, "contracts", PROBLEM,
				arena_fmt(a, "%.*s %s (%s)",
					STR_ARG(all.at[i].title),
					all.at[i].standing->told,
					all.at[i].standing->citation),
				"toyon map lint says which clauses are missing");
	if (all.unlooked)
		doctor_say(d, "contracts", NOTE,
			arena_fmt(a,
				"nobody has looked for a year at what %zu of "
				"%zu vendors do with the data (11 CCR 7051(e), "
				"7053)",
				all.unlooked, all.n),
			"write the day as looked_on into the data map");
	else if (all.n && !all.in_doubt)
		doctor_say(d, "contracts", GOOD,
			arena_fmt(a, "vendors with all that the law wants: %zu",
				all.n),
			"");
}

static void check_public(struct doctor *d, const struct settings *s)
{
	struct public_findings *f =
		arena_one(d->cli->arena, struct public_findings);

	public_look(d->cli->arena, &d->cli->install, s, f);
	for (size_t i = 0; i < f->n; i++)
		doctor_say(d, f->at[i].check, f->at[i].is_good ? GOOD : PROBLEM,
			f->at[i].text,
			arena_cstr(d->cli->arena, f->at[i].hint));
}

/* What consumers of another language read in English all the same: texts of the data map
 * and settings (11 CCR 7003(b)(2)). */
static void check_language(struct doctor *d, const struct map *m,
	const struct settings *s, enum lang l)
{
	struct arena *a = d->cli->arena;
	struct map_texts missing;
	str untold = settings_untold(a, s, l);

	map_texts_missing(a, m, l, &missing);
	doctor_say(d, "words", missing.n ? NOTE : GOOD,
		arena_fmt(a,
			"texts of the data map that are not said in \"%s\": "
			"%zu (11 CCR 7003(b)(2))",
			lang_code(l), missing.n),
		missing.n
			? arena_cstr(a,
				  arena_fmt(a,
					  "toyon map words %s prints them, to "
					  "be put into the data map",
					  lang_code(l)))
			: "");
	if (untold.n)
		doctor_say(d, "words", NOTE,
			arena_fmt(a,
				"settings that are not said in \"%s\" (11 CCR "
				"7003(b)(2))",
				lang_code(l)),
			arena_cstr(a, arena_fmt(a, "toyon setting: %.*s",
					      STR_ARG(untold))));
}

static void check_words(struct doctor *d, const struct settings *s)
{
	struct err e = { 0 };
	struct map m;

	/* One that can't be read was said already. */
	if (!d->has_map ||
		map_read(d->cli->arena, d->cli->desk.data_map, &m, &e))
		return;
	for (int l = LANG_EN + 1; l < LANGS; l++)
		if (settings_languages(s) & 1U << l)
			check_language(d, &m, s, (enum lang)l);
}

void doctor_business(struct doctor *d)
{
	struct desk *k = &d->cli->desk;
	struct sql_staff_list_rows staff;
	struct settings s;
	struct err e = { 0 };
	int owners = 0;

	if (settings_load(k, &s, &e) ||
		sql_staff_list(k->db, k->arena, &staff, &e)) {
		doctor_say_err(d, "business", &e);
		return;
	}
	for (size_t i = 0; i < staff.n; i++)
		owners += !staff.at[i].disabled_at &&
			  str_eq(staff.at[i].role, STR("owner"));
	if (!s.business_name.n || !s.contact_email.n)
		doctor_say(d, "business", PROBLEM,
			STR("it has no name or no contact address; without "
			    "the address, letters wait"),
			"toyon setting business_name ..., contact_email ...");
	if (!owners)
		doctor_say(d, "staff", PROBLEM, STR("nobody is its owner"),
			"toyon user add EMAIL --role owner");
	else
		doctor_say(d, "staff", GOOD,
			arena_fmt(k->arena, "members: %zu, of them owners: %d",
				staff.n, owners),
			"");
	check_four_eyes(d, &s, &staff);
	check_ways(d, &s);
	check_numbers(d, &s);
	check_reminders(d, &s);
	check_notices(d, &s);
	check_training(d);
	check_contracts(d);
	check_words(d, &s);
	check_public(d, &s);
}
