#ifndef T_DESK_OPTING_H
#define T_DESK_OPTING_H

#include "act.h"

#include "desk/optin.h"
#include "desk/stop.h"
#include "law/reason.h"

/* People who opt in and out, by their own acts. */
/* The two acts, by the letter. */
static inline void opt_in(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_in in = { .kind = KIND_OPT_IN,
		.email = { str_of(email) },
		.nonce = optin_nonce(&d),
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct optin_out out;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;
	ptrdiff_t at;
	str rest;
	size_t n = 0;

	if (optin_ask(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-in", &e);
	p = letter_of(t, out.reference, "opt_in");
	at = str_find(p.text.v, STR("/opt-in/confirm/"));
	must(at > 0);
	rest = str_from(p.text.v, (size_t)at + 16);
	while (n < rest.n && rest.p[n] > ' ')
		n++;
	if (optin_decide(&d, str_head(rest, n), true, &e))
		fail("second act", &e);
}

static inline str source_of(
	struct test *t, enum ident_kind kind, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = kind, .value = str_of(value) };
	struct suppress_why why;
	struct err e = { 0 };

	if (suppress_why(&d, &q, 1, &why, &e))
		fail("why", &e);
	return why.reasons & REASON_OPT_OUT ? why.of[0].source : STR("");
}

/* The form to opt out, or to limit. */
static inline str opt_out(struct test *t, enum kind kind, const char *id)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = kind,
		.identifier = { str_of(id) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("stop", &e);
	return out.reference;
}

#endif
