/*
 * Asking the platform for the lists, and what it answers.  What it hands out is taken up in
 * drop_receive.c.
 */
#include "desk/drop_receiving.h"

#include "base/file.h"
#include "connect/secret.h"
#include "desk/config.h"
#include "drop/client.h"
#include "store/sql.h"

enum { BROKER_MAX = 9999, WAIT_S = 60 };

/* --- what has to be set --- */

int drop_broker(const struct desk *d)
{
	int64_t n;

	if (!str_int(d->config->drop_broker, &n) || n < 0 || n > BROKER_MAX)
		return -1;
	return (int)n;
}

bool drop_is_set_up(const struct desk *d)
{
	return d->config->drop_url.n && drop_broker(d) >= 0;
}

bool drop_is_sandbox(const struct desk *d)
{
	str url = d->config->drop_url;

	return str_starts(url, STR("http://")) ||
	       str_ends(url, STR("/sandbox")) ||
	       str_ends(url, STR("/sandbox/"));
}

str drop_source(const struct desk *d)
{
	return drop_is_sandbox(d) ? STR("sandbox") : STR("api");
}

static int need_set_up(const struct desk *d, struct err *e)
{
	if (drop_is_set_up(d))
		return 0;
	err_set(e, ERR_CONFLICT, "this installation is no data broker's yet");
	return err_hint(e, "put drop_broker, the four digits of the account, "
			   "into toyon.yaml, and the API key into the "
			   "credentials folder as drop_api_key");
}

int drop_client_of(struct desk *d, const struct drop_place *p,
	struct drop_client *out, struct err *e)
{
	*out = (struct drop_client){ 0 };
	if (need_set_up(d, e))
		return -1;
	out->base = arena_cstr(d->arena, d->config->drop_url);
	return secret_read(
		d->arena, p->credentials, STR("drop_api_key"), &out->key, e);
}

/* --- asking --- */

int drop_refused(const struct drop_answer *ans, struct err *e)
{
	static const enum err_code codes[] = {
		[DROP_SAID_NOT_NOW] = ERR_CONFLICT,
		[DROP_SAID_KEY] = ERR_DENIED,
		[DROP_SAID_ACCOUNT] = ERR_DENIED,
		[DROP_SAID_BUSY] = ERR_UNAVAILABLE,
		[DROP_SAID_TROUBLE] = ERR_UNAVAILABLE,
		[DROP_SAID_STRANGE] = ERR_CORRUPT,
	};
	enum err_code code = ERR_CORRUPT;

	if ((size_t)ans->said < COUNTOF(codes) && codes[ans->said])
		code = codes[ans->said];
	err_set(e, code, "the platform answers %d: %.*s", ans->http_status,
		STR_ARG(ans->message));
	return ans->advice ? err_hint(e, "%s", ans->advice) : -1;
}

static int note_asked(struct desk *d, struct drop_cycle *c, int after_s,
	str problem, struct err *e)
{
	struct sql_drop_cycle_asked_in in = {
		.id = c->id,
		.asked_at = desk_now(d),
		.again_at = after_s ? desk_now(d) + after_s * 1000LL : 0,
		.problem = problem,
	};

	c->again_at = in.again_at;
	return sql_drop_cycle_asked(d->db, &in, e) < 0 ? -1 : 0;
}

/* The platform is asked again, when it said so, or the later the oftener it failed. */
static int ask_later(struct desk *d, struct drop_cycle *c, int after_s,
	str problem, struct err *e)
{
	if (!after_s && drop_outage_wait(d, &after_s, e))
		return -1;
	return note_asked(d, c, after_s, problem, e);
}

static int refused(struct desk *d, struct drop_cycle *c,
	const struct drop_answer *ans, struct err *e)
{
	struct err second;

	drop_refused(ans, e);
	if (ask_later(d, c, ans->after_s, str_of(e->message), &second))
		*e = second;
	return -1;
}

static int take_answer(struct desk *d, const struct drop_place *p,
	struct drop_cycle *c, const struct drop_answer *ans, struct err *e)
{
	struct drop_receiving r = { .cycle = c, .source = drop_source(d) };
	int after_s = ans->after_s ? ans->after_s : WAIT_S;

	if (drop_outage_answered(d, ans, e))
		return -1;
	if (ans->said != DROP_SAID_BATCH && ans->said != DROP_SAID_NOTHING &&
		ans->said != DROP_SAID_WAIT)
		return refused(d, c, ans, e);
	if (ans->said == DROP_SAID_BATCH)
		return drop_receiving_take(d, p, &r, ans->name, e);
	if (ans->said == DROP_SAID_NOTHING)
		return drop_receiving_nothing(d, &r, e);
	if (drop_session_go(d, c, DROP_ON_WAIT, e))
		return -1;
	return note_asked(d, c, after_s, STR(""), e);
}

static int ask(struct desk *d, const struct drop_place *p, struct drop_cycle *c,
	struct drop_pulled *out, struct err *e)
{
	const char *zip = drop_arriving(d, p);
	struct drop_client client;
	struct drop_answer ans;
	struct err second;

	if (drop_client_of(d, p, &client, e))
		return -1;
	if (drop_download(&client, d->arena, zip, &ans, e)) {
		if (drop_outage_note(d, "unknown", "no-answer",
			    str_of(e->message), &second) ||
			ask_later(d, c, 0, str_of(e->message), &second))
			*e = second;
		return -1;
	}
	out->said = drop_said_name(ans.said);
	out->message = ans.message;
	out->advice = ans.advice;
	return take_answer(d, p, c, &ans, e);
}

static int pull(struct desk *d, const struct drop_place *p,
	struct drop_pulled *out, struct err *e)
{
	const char *zip = drop_arriving(d, p);
	struct drop_cycle c;
	struct drop_receiving r = { .cycle = &c };
	int rc;

	if (drop_need_one_platform(d, e) ||
		drop_receiving_begin(d, p, drop_source(d), &c, e))
		return -1;
	/* A batch that arrived before a crash is not served again: it is of the platform
	 * that was asked then. */
	r.source = c.source;
	if (c.received_at || file_exists(zip))
		rc = drop_receiving_take(d, p, &r, STR(""), e);
	else
		rc = ask(d, p, &c, out, e);
	if (rc)
		return -1;
	drop_receiving_tell(&c, out);
	if (c.again_at > desk_now(d))
		out->again_ms = c.again_at - desk_now(d);
	return 0;
}

int drop_pull(struct desk *d, const struct drop_place *p,
	struct drop_pulled *out, struct err *e)
{
	int lock, rc;

	*out = (struct drop_pulled){ .said = "batch" };
	if (desk_need(d, PERM_DROP, e) || need_set_up(d, e) ||
		drop_lock(p, &lock, e))
		return -1;
	rc = pull(d, p, out, e);
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}
