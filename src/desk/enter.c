#include "desk/enter.h"

#include <string.h>

#include "desk/form.h"
#include "desk/identity.h"
#include "desk/receive.h"
#include "desk/stop.h"

/* Without these nobody knows what is asked; all else can still come. */
static bool is_needed(const struct problem *p)
{
	return strcmp(p->code, "missing") != 0 || !strcmp(p->field, "pieces") ||
	       !strcmp(p->field, "item") || !strcmp(p->field, "decision");
}

/* How who asks is confirmed, where there is no email address: by text message, or
 * staff call. */
static str code_way(struct desk *d, str wanted, const struct person *p)
{
	if (!p->phone.v.n)
		return STR("");
	return form_has_sms(d) && str_eq(wanted, STR("sms")) ? STR("sms")
							     : STR("call");
}

/* Letters go there: nothing else was given, or they want them on paper (Civ. Code
 * 1798.130(a)(2)(B)).  A street alone is a detail to compare. */
static bool is_posted(const struct enter_in *in, const struct person *p)
{
	if (in->parent)
		return false;
	if (in->by)
		return !p->email.v.n && str_trim(in->postal.city.v).n;
	return str_eq(p->letter_by, STR("paper")) ||
	       (!p->email.v.n && postal_is_begun(p, &in->postal));
}

/* 11 CCR 7020(e): who has no email address has a phone, or a postal address.  A child is
 * not written to: it is found by a number, or by name and address. */
static const char *missing_address(
	struct desk *d, const struct enter_in *in, const struct person *p)
{
	if (p->email.v.n || p->phone.v.n || is_posted(in, p) ||
		(in->parent && identity_has_way(d, p)))
		return NULL;
	return in->parent ? "Enter the child’s email address or phone number"
			  : "Enter the consumer’s email address, or a phone "
			    "number, or a postal address";
}

/* Who gives neither address nor number is known again by name and address together:
 * what of theirs is deleted does not come back either. */
static void take_names(struct person *p)
{
	str rest = str_trim(p->name.v);
	str word;

	while (str_next(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (!p->first.v.n)
			p->first.v = word;
		else
			p->last.v = word;
	}
	if (p->first.v.n > PERSON_first_max || p->last.v.n > PERSON_last_max)
		p->first.v = p->last.v = STR("");
}

static void check_reach(struct desk *d, const struct enter_in *in,
	struct person *p, struct problems *ps)
{
	const char *missing = missing_address(d, in, p);

	if (missing)
		problem_add(ps, "email", "missing", missing);
	if (!is_posted(in, p))
		return;
	postal_check(p, &in->postal, ps);
	if (ps->n)
		return;
	postal_take(d->arena, p, &in->postal);
	if (!p->email.v.n && !p->phone.v.n)
		take_names(p);
}

static void check_form(struct desk *d, const struct enter_in *in,
	struct person *p, struct problems *ps)
{
	struct problems all = { 0 };
	bool has_zip = str_trim(p->zip.v).n > 0;
	bool is_own = !in->by && !in->parent;
	str code_by = is_own ? p->code_by : STR("");

	must(form_of(in->kind));
	form_only(in->kind, p);
	p->letter_by = is_own && str_eq(in->person.letter_by, STR("paper"))
			       ? in->person.letter_by
			       : STR("");
	p->first.v = p->last.v = STR("");
	if (!p->range.n && question_is_asked(QUESTION_RANGE, in->kind))
		p->range = STR("all");
	p->code_by = STR("");
	form_check(d, in->kind, p, &all);
	for (size_t i = 0; i < all.n; i++) {
		bool is_zip = !strcmp(all.at[i].field, "zip");

		if (is_needed(&all.at[i]) && (!is_zip || has_zip))
			problem_add(ps, all.at[i].field, all.at[i].code,
				all.at[i].text);
	}
	check_reach(d, in, p, ps);
	if (!p->email.v.n && !in->parent)
		p->code_by = code_way(d, code_by, p);
	else if (str_eq(code_by, STR("sms")) && form_has_sms(d) && p->phone.v.n)
		p->code_by = code_by;
}

/* None for today: then the moment is known, too. */
static struct date read_day(struct desk *d, str typed, struct problems *ps)
{
	struct date today = desk_today(d);
	struct date day = today;

	if (typed.n && !date_parse(typed, &day))
		problem_add(ps, "received_on", "unreadable",
			"Enter the day on which it reached the business");
	else if (date_cmp(day, today) > 0)
		problem_add(ps, "received_on", "late",
			"Enter a day that is not in the future");
	return date_cmp(day, today) < 0 ? day : (struct date){ 0 };
}

/* A file of an agent has one set of columns for all kinds: a street beside an identifier,
 * and without a name, is not what this one is asked. */
static bool has_address(const struct enter_in *in)
{
	if (in->person.first.v.n || in->person.last.v.n)
		return true;
	return postal_is_begun(&in->person, &in->postal) &&
	       !(in->by && str_trim(in->id.v).n);
}

static personal trimmed(personal typed)
{
	return (personal){ str_trim(typed.v) };
}

/* Name and street address of who is to be found by them, as they are kept. */
static struct person address_of(struct desk *d, const struct enter_in *in)
{
	struct person p = {
		.first = trimmed(in->person.first),
		.last = trimmed(in->person.last),
		.street = trimmed(in->person.street),
		.zip = trimmed(in->person.zip),
	};

	p.name.v = arena_fmt(
		d->arena, "%.*s %.*s", STR_ARG(p.first.v), STR_ARG(p.last.v));
	if (!in->by) /* nobody writes to whom an agent asks for */
		postal_take(d->arena, &p, &in->postal);
	return p;
}

/* All of it, or nobody can be found by it. */
static void check_address(
	struct desk *d, const struct enter_in *in, struct problems *ps)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	struct person p = address_of(d, in);

	if (!p.first.v.n || p.first.v.n > PERSON_first_max)
		problem_add(ps, "first", "missing", "Enter the first name");
	if (!p.last.v.n || p.last.v.n > PERSON_last_max)
		problem_add(ps, "last", "missing", "Enter the last name");
	postal_check(&p, &in->postal, ps);
	if (!ps->n && !receive_identifiers(d, &p, id))
		problem_add(ps, "street", "unreadable",
			"Nobody can be found by this name and address: write "
			"them out");
}

static void check_stop(
	struct desk *d, const struct enter_in *in, struct problems *ps)
{
	bool has_id = str_trim(in->id.v).n > 0;

	if (has_id)
		stop_read_identifier(
			d, trimmed(in->id), &(struct person){ 0 }, ps);
	if (has_address(in))
		check_address(d, in, ps);
	else if (!has_id)
		problem_add(ps, "id", "missing",
			"Enter the email address or phone number, or name and "
			"address");
}

static int store_stop(struct desk *d, const struct enter_in *in,
	struct date received_on, str *reference, struct problems *ps,
	struct err *e)
{
	struct person at = address_of(d, in);
	struct stop_in stop = {
		.kind = in->kind,
		.identifier = in->id,
		.at = has_address(in) ? &at : NULL,
		.channel = in->channel,
		.received_on = received_on,
		.by = in->by,
		.peer = in->peer.n ? in->peer : STR("desk"),
	};
	struct stop_out out = { .at = 0 };

	if (stop_receive(d, &stop, &out, ps, e))
		return -1;
	*reference = out.reference;
	return 0;
}

static int store_form(struct desk *d, const struct enter_in *in,
	struct date received_on, str *reference, struct err *e)
{
	struct draft f = { .kind = in->kind, .person = in->person };
	struct problems none = { 0 };
	struct sent sent;

	/* What was checked in a copy is standardized in this one. */
	check_form(d, in, &f.person, &none);
	if (intake_store(d,
		    &(struct intake){ .draft = &f,
			    .channel = in->channel,
			    .received_on = received_on,
			    .by = in->by,
			    .parent = in->parent },
		    &sent, e))
		return -1;
	*reference = sent.reference;
	return 0;
}

int enter_check(struct desk *d, const struct enter_in *in, struct problems *ps)
{
	struct person person = in->person;

	(void)read_day(d, in->received_on, ps);
	if (stop_row(in->kind))
		check_stop(d, in, ps);
	else
		check_form(d, in, &person, ps);
	return 0;
}

int enter_store(struct desk *d, const struct enter_in *in, str *reference,
	struct problems *ps, struct err *e)
{
	struct date received_on;

	(void)enter_check(d, in, ps);
	if (ps->n)
		return 0;
	received_on = read_day(d, in->received_on, ps);
	return stop_row(in->kind)
		       ? store_stop(d, in, received_on, reference, ps, e)
		       : store_form(d, in, received_on, reference, e);
}

void enter_check_channel(enum channel c, struct problems *ps)
{
	if (c != CHANNEL_PHONE && c != CHANNEL_MAIL && c != CHANNEL_EMAIL)
		problem_add(ps, "channel", "missing",
			"Choose how the request came");
}

int enter_request(struct desk *d, const struct enter_in *in, str *reference,
	struct problems *ps, struct err *e)
{
	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	enter_check_channel(in->channel, ps);
	return ps->n ? enter_check(d, in, ps)
		     : enter_store(d, in, reference, ps, e);
}
