/* The conversation with a directory. */
#include "connect/ldap/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/limit.h"
#include "connect/sigpipe.h"

enum { PAGE = 500, NAMES_MAX = 20000 };

struct refusal {
	int number;
	enum err_code code;
	const char *text;
};

static const struct refusal refusals[] = {
#define REFUSAL(NUMBER, CODE, text) { NUMBER, ERR_##CODE, text },
#include "connect/ldap/tbl/refusals.h"
};

void directory_link_drop(struct directory_link *l)
{
	struct sigpipe held;

	if (!l->ld)
		return;
	sigpipe_hold(&held);
	ldap_unbind_ext_s(l->ld, NULL, NULL);
	sigpipe_release(&held);
	l->ld = NULL;
}

static int gone(struct directory_link *l, const char *what, struct err *e)
{
	directory_link_drop(l);
	return err_set(
		e, ERR_UNAVAILABLE, "%s: the directory did not answer", what);
}

/* The library's own codes are below 0: not sent, not answered. */
static int refused(
	struct directory_link *l, int code, const char *what, struct err *e)
{
	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		if (refusals[i].number != code)
			continue;
		err_set(e, refusals[i].code, "%s: %s", what, refusals[i].text);
		if (refusals[i].code == ERR_INVALID)
			err_hint(e, "compare the data map with the directory");
		return err_detail(e, "LDAP result %d", code);
	}
	if (code < 0)
		directory_link_drop(l);
	err_set(e, ERR_UNAVAILABLE, "%s: the directory did not answer", what);
	return err_detail(e, "LDAP result %d", code);
}

/* --- one question, one answer --- */

/* The result of a request that was sent; the message is the caller's when it asks
 * for it. */
static int wait_for(struct directory_link *l, int id, LDAPMessage **message)
{
	LDAPMessage *m = NULL;
	struct sigpipe held;
	struct timeval wait = l->wait;
	int rc, code = LDAP_SUCCESS;

	sigpipe_hold(&held);
	rc = ldap_result(l->ld, id, LDAP_MSG_ALL, &wait, &m);
	sigpipe_release(&held);
	if (rc <= 0)
		return rc ? LDAP_SERVER_DOWN : LDAP_TIMEOUT;
	rc = ldap_parse_result(l->ld, m, &code, NULL, NULL, NULL, NULL, 0);
	if (message)
		*message = m;
	else
		ldap_msgfree(m);
	return rc == LDAP_SUCCESS ? code : rc;
}

static int search_once(struct directory_link *l, const char *base,
	char **attributes, LDAPMessage **out)
{
	struct sigpipe held;
	int id, rc;

	*out = NULL;
	sigpipe_hold(&held);
	rc = ldap_search_ext(l->ld, base, LDAP_SCOPE_BASE, "(objectClass=*)",
		attributes, 0, NULL, NULL, NULL, 0, &id);
	sigpipe_release(&held);
	return rc == LDAP_SUCCESS ? wait_for(l, id, out) : rc;
}

/* --- what the directory is --- */

static str lower(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32)
						      : s.p[i];
	return (str){ p, s.n };
}

/* "( 2.5.4.3 NAME ( 'cn' 'commonName' ) SUP name )" */
static void note_type(struct directory_link *l, struct arena *a, str type)
{
	ptrdiff_t at = str_find(type, STR(" NAME "));
	bool compares = str_find(type, STR(" EQUALITY ")) >= 0 ||
			str_find(type, STR(" SUP ")) >= 0;
	str rest = at < 0 ? (str){ 0 } : str_from(type, (size_t)at + 6), name;
	bool is_list = str_starts(rest, STR("("));

	while (str_cut(rest, '\'', &name, &rest) &&
		l->attributes_n < NAMES_MAX) {
		if (is_list && str_has(name, ')'))
			return;
		if (!str_cut(rest, '\'', &name, &rest))
			return;
		name = lower(a, name);
		l->attributes[l->attributes_n++] = name;
		if (compares)
			l->comparable[l->comparable_n++] = name;
		if (!is_list)
			return;
	}
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static int learn_schema(struct directory_link *l, struct arena *a,
	const char *entry_name, struct err *e)
{
	char *attributes[] = { (char[]){ "attributeTypes" }, NULL };
	LDAPMessage *m, *entry;
	struct berval **v;
	int code = search_once(l, entry_name, attributes, &m);

	if (code != LDAP_SUCCESS) {
		ldap_msgfree(m);
		return refused(l, code, "reading the schema", e);
	}
	l->attributes = arena_many(a, str, NAMES_MAX);
	l->comparable = arena_many(a, str, NAMES_MAX);
	entry = ldap_first_entry(l->ld, m);
	v = entry ? ldap_get_values_len(l->ld, entry, attributes[0]) : NULL;
	for (size_t i = 0; v && v[i]; i++)
		note_type(l, a, (str){ v[i]->bv_val, v[i]->bv_len });
	ldap_value_free_len(v);
	ldap_msgfree(m);
	if (!l->attributes_n)
		return err_set(e, ERR_DENIED,
			"the directory does not show its schema");
	qsort(l->attributes, l->attributes_n, sizeof(str), by_text);
	qsort(l->comparable, l->comparable_n, sizeof(str), by_text);
	return 0;
}

static int learn(struct directory_link *l, struct arena *a, struct err *e)
{
	char *attributes[] = { (char[]){ "subschemaSubentry" }, NULL };
	LDAPMessage *m, *entry;
	struct berval **v;
	const char *schema = NULL;
	int code = search_once(l, "", attributes, &m);

	entry = code == LDAP_SUCCESS ? ldap_first_entry(l->ld, m) : NULL;
	if (!entry) {
		ldap_msgfree(m);
		return refused(l, code ? code : LDAP_UNWILLING_TO_PERFORM,
			"asking what the directory is", e);
	}
	v = ldap_get_values_len(l->ld, entry, attributes[0]);
	if (v && v[0])
		schema = arena_cstr(a, (str){ v[0]->bv_val, v[0]->bv_len });
	ldap_value_free_len(v);
	ldap_msgfree(m);
	return learn_schema(l, a, schema ? schema : "cn=Subschema", e);
}

static bool is_among(const str *names, size_t n, str attribute)
{
	struct arena *a = arena_new(1 << 16);
	str name, options;
	bool found;

	str_cut(attribute, ';', &name, &options);
	name = lower(a, name);
	found = n && bsearch(&name, names, n, sizeof name, by_text);
	arena_free(a);
	return found;
}

bool directory_knows(const struct directory_link *l, str attribute)
{
	return is_among(l->attributes, l->attributes_n, attribute);
}

bool directory_compares(const struct directory_link *l, str attribute)
{
	return is_among(l->comparable, l->comparable_n, attribute);
}

/* --- connecting --- */

static const char *address_of(struct arena *a, const struct conn_url *u)
{
	struct buf b;

	if (!u->socket)
		return arena_fmt(a,
			strchr(u->host, ':') ? "%s://[%s]:%u%c"
					     : "%s://%s:%u%c",
			u->scheme, u->host,
			u->port                       ? u->port
			: !strcmp(u->scheme, "ldaps") ? LDAPS_PORT
						      : LDAP_PORT,
			'\0')
			.p;
	b = buf_in(a, 4096);
	buf_puts(&b, "ldapi://");
	for (const char *p = u->socket; *p; p++)
		buf_fmt(&b, "%%%02x", (unsigned char)*p);
	buf_putc(&b, '\0');
	return buf_str(&b).p;
}

static int use_tls(struct directory_link *l, const struct conn_url *u)
{
	int demand = LDAP_OPT_X_TLS_DEMAND, client = 0;

	if (u->ca && ldap_set_option(l->ld, LDAP_OPT_X_TLS_CACERTFILE, u->ca))
		return LDAP_CONNECT_ERROR;
	if (ldap_set_option(l->ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) ||
		ldap_set_option(l->ld, LDAP_OPT_X_TLS_NEWCTX, &client))
		return LDAP_CONNECT_ERROR;
	if (!strcmp(u->scheme, "ldaps"))
		return LDAP_SUCCESS;
	return ldap_start_tls_s(l->ld, NULL, NULL);
}

static int sign_in(struct directory_link *l, const struct conn_url *u)
{
	struct berval password = { strlen(u->password),
		(char *)(uintptr_t)u->password };
	bool has_tls = !strcmp(u->scheme, "ldaps") || conn_url_wants_tls(u);
	int rc = has_tls ? use_tls(l, u) : LDAP_SUCCESS;

	if (rc == LDAP_SUCCESS)
		rc = ldap_sasl_bind_s(l->ld, u->user, LDAP_SASL_SIMPLE,
			&password, NULL, NULL, NULL);
	return rc;
}

int directory_link_open(struct directory_link *l, struct arena *a,
	const struct conn_url *u, int timeout_ms, struct err *e)
{
	int version = LDAP_VERSION3, rc, open_ms = conn_open_ms(timeout_ms);
	struct timeval open = { open_ms / 1000, open_ms % 1000 * 1000 };
	struct sigpipe held;

	l->wait =
		(struct timeval){ timeout_ms / 1000, timeout_ms % 1000 * 1000 };
	must(ldap_initialize(&l->ld, address_of(a, u)) == LDAP_SUCCESS);
	ldap_set_option(l->ld, LDAP_OPT_PROTOCOL_VERSION, &version);
	ldap_set_option(l->ld, LDAP_OPT_NETWORK_TIMEOUT, &open);
	ldap_set_option(l->ld, LDAP_OPT_TIMEOUT, &l->wait);
	ldap_set_option(l->ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
	sigpipe_hold(&held);
	rc = sign_in(l, u);
	sigpipe_release(&held);
	if (rc != LDAP_SUCCESS) {
		refused(l, rc, "can't sign in to the directory", e);
		err_hint(e, "is it running, is the URL in the secret right, "
			    "and who signed its certificate?");
		directory_link_drop(l);
		return -1;
	}
	if (learn(l, a, e) == 0)
		return 0;
	directory_link_drop(l);
	return -1;
}

/* --- searching --- */

struct taker {
	directory_fn *fn;
	void *ctx;
};

struct page {
	struct berval cookie;
	LDAPControl *control;
	int id;
};

static void page_fini(struct page *p)
{
	ldap_control_free(p->control);
	p->control = NULL;
}

static int ask_page(struct directory_link *l, const struct directory_search *s,
	struct page *p)
{
	LDAPControl *controls[2] = { NULL, NULL };
	struct sigpipe held;
	int rc = ldap_create_page_control(
		l->ld, l->page ? l->page : PAGE, &p->cookie, 0, &p->control);

	if (rc != LDAP_SUCCESS)
		return rc;
	pace_wait(l->pace);
	controls[0] = p->control;
	sigpipe_hold(&held);
	rc = ldap_search_ext(l->ld, s->base, s->scope, s->filter, s->attributes,
		0, controls, NULL, NULL, 0, &p->id);
	sigpipe_release(&held);
	page_fini(p);
	return rc;
}

/* How the page ended, and where the next begins. */
static int end_page(struct directory_link *l, LDAPMessage *m, struct page *p)
{
	LDAPControl **controls = NULL, *found;
	ber_int_t estimate;
	int code = LDAP_SUCCESS;
	int rc = ldap_parse_result(
		l->ld, m, &code, NULL, NULL, NULL, &controls, 0);

	ber_memfree(p->cookie.bv_val);
	p->cookie = (struct berval){ 0, NULL };
	found = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
	if (rc == LDAP_SUCCESS && found)
		rc = ldap_parse_pageresponse_control(
			l->ld, found, &estimate, &p->cookie);
	ldap_controls_free(controls);
	return rc == LDAP_SUCCESS ? code : rc;
}

/* How the search went: 0 when well. */
static int judge(struct directory_link *l, const struct directory_search *s,
	int code, struct err *e)
{
	bool is_missing =
		code == LDAP_NO_SUCH_OBJECT || code == LDAP_INVALID_DN_SYNTAX;

	if (code == LDAP_SUCCESS || (is_missing && s->may_miss))
		return 0;
	return refused(l, code, s->what, e);
}

/* 0 the page is over, 1 enough, -1. */
static int take_page(struct directory_link *l, const struct directory_search *s,
	struct page *p, const struct taker *t, struct err *e)
{
	int rc = 0;

	while (!rc) {
		struct timeval wait = l->wait;
		LDAPMessage *m = NULL;
		int type = ldap_result(l->ld, p->id, LDAP_MSG_ONE, &wait, &m);

		if (type <= 0)
			return gone(l, s->what, e);
		if (type == LDAP_RES_SEARCH_RESULT) {
			int code = end_page(l, m, p);

			ldap_msgfree(m);
			return judge(l, s, code, e);
		}
		rc = type == LDAP_RES_SEARCH_ENTRY
			     ? t->fn(t->ctx, l->ld, m, e)
			     : refused(l, LDAP_REFERRAL, s->what, e);
		ldap_msgfree(m);
	}
	if (l->ld)
		ldap_abandon_ext(l->ld, p->id, NULL, NULL);
	return rc;
}

int directory_search(struct directory_link *l, const struct directory_search *s,
	directory_fn *fn, void *ctx, struct err *e)
{
	struct page p = { .cookie = { 0, NULL } };
	struct taker t = { fn, ctx };
	int rc = 0, code;

	if (!l->ld)
		return gone(l, s->what, e);
	do {
		code = ask_page(l, s, &p);
		rc = code == LDAP_SUCCESS ? take_page(l, s, &p, &t, e)
					  : refused(l, code, s->what, e);
	} while (!rc && p.cookie.bv_len);
	ber_memfree(p.cookie.bv_val);
	return rc < 0 ? -1 : 0;
}

/* --- changing --- */

static int finish(struct directory_link *l, int rc, int id, const char *what,
	struct err *e)
{
	if (rc == LDAP_SUCCESS)
		rc = wait_for(l, id, NULL);
	if (rc == LDAP_SUCCESS)
		return 0;
	/* It was there when it was looked for. */
	if (rc == LDAP_NO_SUCH_OBJECT)
		rc = LDAP_NO_SUCH_ATTRIBUTE;
	return refused(l, rc, what, e);
}

static int send_change(
	struct directory_link *l, const struct directory_change *c, int *id)
{
	switch (c->kind) {
	case DIRECTORY_DELETE:
		return ldap_delete_ext(l->ld, c->dn, NULL, NULL, id);
	case DIRECTORY_MODIFY:
		return ldap_modify_ext(l->ld, c->dn, c->mods, NULL, NULL, id);
	case DIRECTORY_ADD:
		return ldap_add_ext(l->ld, c->dn, c->mods, NULL, NULL, id);
	}
	must(false);
	return LDAP_OTHER;
}

int directory_do(struct directory_link *l, const struct directory_change *c,
	struct err *e)
{
	struct sigpipe held;
	int id, rc;

	if (!l->ld)
		return gone(l, c->what, e);
	pace_wait(l->pace);
	sigpipe_hold(&held);
	rc = send_change(l, c, &id);
	sigpipe_release(&held);
	return finish(l, rc, id, c->what, e);
}
