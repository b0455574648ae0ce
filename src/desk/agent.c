#include "desk/agent.h"

#include "desk/limit.h"
#include "desk/note.h"
#include "desk/spoken.h"
#include "ident/ident.h"
#include "law/proof.h"
#include "law/reference.h"
#include "law/state.h"
#include "store/sql.h"

enum { REGISTRATION_MIN = 5, REGISTRATION_MAX = 16 };

static bool is_registration_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

/* "C 1234567", "202012345678": letters and digits, as its letters have them. */
static bool read_registration(struct arena *a, str typed, str *out)
{
	char *p = arena_alloc(a, REGISTRATION_MAX);
	size_t n = 0;

	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c == ' ' || c == '-')
			continue;
		if (!is_registration_char(c) || n == REGISTRATION_MAX)
			return false;
		p[n++] = c;
	}
	*out = (str){ p, n };
	return n >= REGISTRATION_MIN;
}

static void check_registration(
	struct desk *d, struct agent_new *in, struct problems *ps)
{
	if (!in->is_business) {
		in->registration = STR("");
		return;
	}
	if (read_registration(d->arena, in->registration, &in->registration))
		return;
	problem_add(ps, "registration", "unreadable",
		"Enter the number with the California Secretary of State: "
		"letters and digits, like 202012345678");
}

void agent_check(struct desk *d, struct agent_new *in, struct problems *ps)
{
	struct ident id;

	in->name = str_trim(in->name);
	if (!in->name.n || in->name.n > LIMIT_NAME_CHARS ||
		!str_is_text(in->name))
		problem_add(ps, "agent_name", "missing",
			"Enter the agent’s name, at most 120 letters");
	if (ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, str_trim(in->email)))
		problem_add(ps, "agent_email", "unreadable",
			"Enter the agent’s email address, like "
			"name@example.com");
	else
		in->email = arena_dup(d->arena, (str){ id.text, id.n });
	check_registration(d, in, ps);
}

/* --- changes --- */

struct adding {
	struct sql_agent_add_in in;
	struct sql_agent_add_row row;
};

static int add_row(struct desk *d, void *ctx, struct err *e)
{
	struct adding *a = ctx;

	if (sql_agent_add(d->db, d->arena, &a->in, &a->row, e) < 0) {
		if (e->code == ERR_CONFLICT)
			err_set(e, ERR_CONFLICT,
				"there is an agent with this email address "
				"already");
		return -1;
	}
	return DESK_AUDIT(d, AUDIT_AGENT_ADDED, STR(""), e,
		AD("agent", a->row.id),
		AD("business", a->in.registration.n ? "yes" : "no"));
}

int agent_add(struct desk *d, const struct agent_new *in, int64_t *id,
	struct problems *ps, struct err *e)
{
	struct agent_new n = *in;
	struct adding a = { .in = { .added_at = desk_now(d) } };

	enum lang l;

	if (desk_need(d, PERM_AGENTS, e))
		return -1;
	agent_check(d, &n, ps);
	if (spoken_read(d, "language", n.language, &l, ps, e))
		return -1;
	if (ps->n)
		return 0;
	a.in.name = n.name;
	a.in.email = n.email;
	a.in.registration = n.registration;
	a.in.language = n.language;
	if (desk_write(d, add_row, &a, e))
		return -1;
	*id = a.row.id;
	return 0;
}

static int speak_row(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_agent_language_in *in = ctx;
	int64_t n = sql_agent_language(d->db, in, e);
	enum lang l = LANG_EN;

	if (n <= 0)
		return n < 0 ? -1 : 0;
	(void)lang_read(in->language, &l);
	return DESK_AUDIT(d, AUDIT_AGENT_SPOKEN, STR(""), e,
		AD("agent", in->id), AD("language", lang_title(l)));
}

int agent_speak(struct desk *d, int64_t id, str code, struct problems *ps,
	struct err *e)
{
	struct sql_agent_language_in in = { id, code };
	struct agent a;
	enum lang l;

	if (desk_need(d, PERM_AGENTS, e) || agent_need(d, id, &a, e))
		return -1;
	if (!code.n)
		problem_add(ps, "language", "missing",
			"Choose in which language they are written to");
	if (spoken_read(d, "language", code, &l, ps, e))
		return -1;
	return ps->n ? 0 : desk_write(d, speak_row, &in, e);
}

static int suspend_row(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_agent_suspend_in *in = ctx;
	int64_t n = sql_agent_suspend(d->db, in, e);

	if (n < 0)
		return -1;
	if (!n)
		return err_set(
			e, ERR_CONFLICT, "this agent is suspended already");
	return DESK_AUDIT(
		d, AUDIT_AGENT_SUSPENDED, STR(""), e, AD("agent", in->id));
}

int agent_suspend(
	struct desk *d, int64_t id, str why, struct problems *ps, struct err *e)
{
	struct sql_agent_suspend_in in = { .id = id, .at = desk_now(d) };
	struct agent a;

	if (desk_need(d, PERM_AGENTS, e) || agent_need(d, id, &a, e))
		return -1;
	in.why = str_trim(why);
	note_check(in.why, "why", "Write why this agent is suspended", ps);
	if (ps->n)
		return 0;
	return desk_write(d, suspend_row, &in, e);
}

static int resume_row(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_agent_resume_in *in = ctx;
	int64_t n = sql_agent_resume(d->db, in, e);

	if (n < 0)
		return -1;
	if (!n)
		return err_set(e, ERR_CONFLICT, "this agent is not suspended");
	return DESK_AUDIT(
		d, AUDIT_AGENT_RESUMED, STR(""), e, AD("agent", in->id));
}

int agent_resume(struct desk *d, int64_t id, struct err *e)
{
	struct sql_agent_resume_in in = { id };
	struct agent a;

	if (desk_need(d, PERM_AGENTS, e) || agent_need(d, id, &a, e))
		return -1;
	return desk_write(d, resume_row, &in, e);
}

/* --- looking --- */

int agents_load(struct desk *d, struct agents *out, struct err *e)
{
	struct sql_agent_list_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_agent_list(d->db, d->arena, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct agent, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_agent_list_row *r = &rows.at[i];

		out->at[i] = (struct agent){ r->id, r->name, r->email,
			r->registration, r->added_at, r->suspended_at, r->why,
			r->language };
	}
	return 0;
}

int agent_need(struct desk *d, int64_t id, struct agent *out, struct err *e)
{
	struct sql_agent_by_id_row r;
	int rc = sql_agent_by_id(
		d->db, d->arena, &(struct sql_agent_by_id_in){ id }, &r, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND, "there is no agent %lld",
			(long long)id);
		return err_hint(e, "`toyon agent list` shows their numbers");
	}
	*out = (struct agent){ r.id, r.name, r.email, r.registration,
		r.added_at, r.suspended_at, r.why, r.language };
	return 0;
}

static struct agent_request request_of(
	struct desk *d, const struct sql_permission_requests_row *r)
{
	struct agent_request out = {
		.reference = reference_show(d->arena, r->reference),
		.kind = kind_title(kind_of(r->kind)),
		.state = r->outcome.n ? outcome_title(outcome_of(r->outcome))
				      : state_title(state_of(r->state)),
	};
	enum proof p = PROOF_NONE;

	(void)proof_of(r->proof, &p);
	(void)date_parse(r->received_on, &out.received_on);
	out.proof = proof_row(p)->title;
	return out;
}

int agent_requests_load(
	struct desk *d, int64_t id, struct agent_requests *out, struct err *e)
{
	struct sql_permission_requests_in in = { id, LIMIT_QUEUE_ROWS };
	struct sql_permission_requests_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_permission_requests(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct agent_request, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = request_of(d, &rows.at[i]);
	return 0;
}
