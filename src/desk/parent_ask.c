/* A parent or guardian asks for a child under 13: what they typed, and what is kept. */
#include "desk/parent_ask.h"

#include "connect/point.h"
#include "desk/child.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/parent.h"
#include "desk/parent_form.h"
#include "desk/postal.h"
#include "desk/receive.h"
#include "ident/ident.h"
#include "law/minor.h"

/* --- what they typed --- */

void parent_read_email(
	personal typed, const char *field, personal *out, struct problems *ps)
{
	struct ident id;

	out->v = str_trim(typed.v);
	if (!out->v.n)
		problem_add(ps, field, "missing", "Enter your email address");
	else if (out->v.n > PERSON_parent_email_max ||
		 ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, out->v))
		problem_add(ps, field, "unreadable",
			"Enter an email address in the form name@example.com");
}

void parent_read_name(
	personal typed, const char *field, personal *out, struct problems *ps)
{
	out->v = str_trim(typed.v);
	if (!out->v.n)
		problem_add(ps, field, "missing", "Enter your name");
	else if (out->v.n > PERSON_parent_name_max || !str_is_text(out->v))
		problem_add(ps, field, "long", "Enter a shorter name");
}

int parent_read_check(struct desk *d, str typed, enum parent_check *out,
	struct problems *ps, struct err *e)
{
	struct parent_checks offered;

	if (parent_checks_offered(d, &offered, e))
		return -1;
	*out = parent_check_of(typed);
	for (size_t i = 0; i < offered.n; i++)
		if (offered.at[i] == *out)
			return 0;
	problem_add(ps, "check", "missing",
		"Choose how we may find out that you are the parent or "
		"guardian");
	return 0;
}

/* Who has no email address gets letters on paper (11 CCR 7020(e)). */
static void read_reach(struct desk *d, const struct parent_ask *in,
	struct by_parent *by, struct problems *ps)
{
	str lines = postal_lines(d->arena, in->postal.v);

	if (str_trim(in->email.v).n || !lines.n) {
		parent_read_email(in->email, "parent_email", &by->email, ps);
		return;
	}
	by->postal.v = lines;
	if (!postal_is_whole(lines))
		problem_add(ps, "parent_postal", "missing",
			"Enter your name and the address as on an envelope, "
			"with the ZIP code");
}

/* From 13 on nobody asks for them because they are the parent (11 CCR 7070, 7071). */
static void read_born(struct desk *d, const struct parent_ask *in,
	struct date *born_on, struct problems *ps)
{
	struct date today = desk_today(d);

	if (!born_read(&in->born, today, born_on, ps))
		return;
	if (minor_on(*born_on, today) != MINOR_UNDER_13)
		problem_add(ps, "month", "theirs",
			"From 13 on they ask for themselves. A parent can do "
			"it with their permission, as an authorized agent");
}

/* The day of birth verifies as well, where the data map relies on it: it is not asked
 * twice. */
static void use_born(
	struct desk *d, struct date born_on, struct enter_in *request)
{
	if (form_points(d) & POINT_BIT(BIRTH_DATE))
		request->person.birth_date.v = date_iso(d->arena, born_on);
}

/* What of it is kept: in `by`, and in `request`, which then belongs to it. */
static int check(struct desk *d, const struct parent_ask *in,
	struct by_parent *by, struct enter_in *request, struct problems *ps,
	struct err *e)
{
	must(form_of(in->request.kind));
	*by = (struct by_parent){ .file = in->file };
	*request = in->request;
	request->parent = by;
	(void)enter_check(d, request, ps);
	read_born(d, in, &by->born_on, ps);
	parent_read_name(in->name, "parent_name", &by->name, ps);
	read_reach(d, in, by, ps);
	if (parent_read_check(d, in->check, &by->wanted, ps, e))
		return -1;
	parent_form_check(in->file, by->wanted, ps);
	if (!ps->n)
		use_born(d, by->born_on, request);
	return 0;
}

int parent_ask(struct desk *d, const struct parent_ask *in, str *reference,
	struct problems *ps, struct err *e)
{
	struct enter_in request;
	struct by_parent by;

	if (check(d, in, &by, &request, ps, e))
		return -1;
	request.received_on = STR("");
	if (ps->n)
		return 0;
	return receive_limit(d, "intake", request.peer, LIMIT_INTAKE_PEER, e) ||
			       enter_store(d, &request, reference, ps, e)
		       ? -1
		       : 0;
}

int parent_ask_entered(struct desk *d, const struct parent_ask *in,
	str *reference, struct problems *ps, struct err *e)
{
	struct enter_in request;
	struct by_parent by;

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	enter_check_channel(in->request.channel, ps);
	if (check(d, in, &by, &request, ps, e))
		return -1;
	return ps->n ? 0 : enter_store(d, &request, reference, ps, e);
}

/* --- what is kept --- */

int parent_receive(struct desk *d, const struct record *r,
	const struct by_parent *by, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);

	if (parent_add(d, r, by->wanted, e) ||
		child_known(d, id, n, by->born_on, e))
		return -1;
	return by->file.n ? parent_form_store(d, r, by->file, e) : 0;
}
