#include "desk/trace.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "desk/identity.h"
#include "desk/keys.h"
#include "desk/record.h"
#include "ident/ident.h"
#include "law/grade.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000, PEER_MAX = 64, NETWORK_MAX = 40 };

/* --- what is shared --- */

/* Loopback, and what RFC 1918 keeps for inner networks. */
static bool is_inner(const uint8_t ip[4])
{
	return ip[0] == 127 || ip[0] == 10 ||
	       (ip[0] == 172 && (ip[1] & 0xf0) == 16) ||
	       (ip[0] == 192 && ip[1] == 168);
}

/* Loopback, link-local and unique local addresses. */
static bool is_inner6(const uint8_t ip[16])
{
	return !ip[0] || (ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80) ||
	       (ip[0] & 0xfe) == 0xfc;
}

str trace_network(struct arena *a, str peer)
{
	char text[PEER_MAX + 1] = { 0 };
	uint8_t ip[16];

	if (str_starts(peer, STR("::ffff:")))
		peer = str_from(peer, sizeof "::ffff:" - 1);
	if (!peer.n || peer.n > PEER_MAX)
		return STR("");
	memcpy(text, peer.p, peer.n);
	if (inet_pton(AF_INET, text, ip) == 1)
		return is_inner(ip)
			       ? STR("")
			       : arena_fmt(a, "%d.%d.%d", ip[0], ip[1], ip[2]);
	if (inet_pton(AF_INET6, text, ip) != 1 || is_inner6(ip))
		return STR("");
	return arena_fmt(a, "%02x%02x:%02x%02x:%02x%02x:%02x%02x", ip[0], ip[1],
		ip[2], ip[3], ip[4], ip[5], ip[6], ip[7]);
}

str trace_mailbox(struct arena *a, str email)
{
	struct buf b = buf_in(a, IDENT_TEXT_MAX);
	struct ident id;
	str mailbox, domain, tag;

	if (ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, email) ||
		!str_cut((str){ id.text, id.n }, '@', &mailbox, &domain))
		return STR("");
	(void)str_cut(mailbox, '+', &mailbox, &tag);
	for (size_t i = 0; i < mailbox.n; i++)
		if (mailbox.p[i] != '.')
			buf_putc(&b, mailbox.p[i]);
	buf_fmt(&b, "@%.*s", STR_ARG(domain));
	return buf_str(&b);
}

static str lower(struct arena *a, str s)
{
	struct buf b = buf_in(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		buf_putc(&b, (char)tolower((unsigned char)s.p[i]));
	return buf_str(&b);
}

/* --- kept --- */

/* One way, and of no use but to compare. */
static str keyed(struct desk *d, const char *what, str value)
{
	str hash;

	if (!value.n)
		return STR("");
	hash = keys_hash(d->arena, d->keys, what, value);
	return hex_of(d->arena, hash.p, hash.n);
}

static bool leaves_trace(const struct record *r)
{
	return grade_is_for(r->kind) && !r->person.agent_name.v.n &&
	       !person_is_child(&r->person);
}

int trace_keep(struct desk *d, const struct record *r, str peer, struct err *e)
{
	struct arena *a = d->arena;
	const struct person *p = &r->person;
	struct sql_trace_add_in in = {
		.request_id = r->row.id,
		.at = desk_now(d),
		.network = keyed(d, "trace-network", trace_network(a, peer)),
		.mailbox = keyed(d, "trace-box", trace_mailbox(a, p->email.v)),
		.address = keyed(d, "trace-address", lower(a, p->email.v)),
		.name = keyed(d, "trace-name", lower(a, str_trim(p->name.v))),
	};

	if (!leaves_trace(r))
		return 0;
	return sql_trace_add(d->db, &in, e) < 0 ? -1 : 0;
}

int trace_compared(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_trace_mismatched_in in = { r->row.id,
		identity_has_missed(&r->person) };

	return sql_trace_mismatched(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- seen --- */

static int count(struct desk *d, const struct sql_trace_of_row *t,
	const struct pattern_row *p, int64_t *out, struct err *e)
{
	int64_t hours_ms = (int64_t)p->hours * HOUR_MS;
	bool is_network = p->by == PATTERN_BY_NETWORK;
	struct sql_trace_count_in in = {
		.network = is_network ? t->network : STR(""),
		.mailbox = is_network ? STR("") : t->mailbox,
		.from_at = t->at - hours_ms,
		.to_at = t->at + hours_ms,
	};
	struct sql_trace_count_row row;

	if (sql_trace_count(d->db, d->arena, &in, &row, e) != 1)
		return -1;
	*out = (int64_t[PATTERN_COUNTED]){
		[PATTERN_REQUESTS] = row.requests,
		[PATTERN_ADDRESSES] = row.addresses,
		[PATTERN_NAMES] = row.names,
		[PATTERN_MISMATCHES] = row.mismatches,
	}[p->counted];
	return 0;
}

int trace_suspicions(struct desk *d, int64_t request_id, struct suspicions *out,
	struct err *e)
{
	struct sql_trace_of_row t;
	int rc = sql_trace_of(d->db, d->arena,
		&(struct sql_trace_of_in){ request_id }, &t, e);

	out->n = 0;
	if (rc <= 0)
		return rc;
	for (int i = 0; i < PATTERNS; i++) {
		const struct pattern_row *p = pattern_row((enum pattern)i);
		int64_t n;

		if (count(d, &t, p, &n, e))
			return -1;
		if (pattern_holds((enum pattern)i, n))
			out->at[out->n++] =
				(struct suspicion){ n, p->told, p->citation };
	}
	return 0;
}
