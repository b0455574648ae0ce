/*
 * Letters out.  libcurl speaks SMTP; what it is given is the finished letter, so
 * that its part is the connection: TLS, sign-in, envelope, the dots at the start
 * of lines, time-outs.
 */
#include "mail/send.h"

#include <curl/curl.h>
#include <string.h>

#include "base/base.h"
#include "base/file.h"

/*
 * Servers that fear spam let a stranger wait half a minute for the greeting; a
 * job that takes longer than its lease (a minute) would be run by another.
 */
enum { CONNECT_MS = 40000, LETTER_MS = 50000 };

struct upload {
	str rest;
};

static size_t give(char *out, size_t size, size_t n, void *ctx)
{
	struct upload *u = ctx;
	size_t room = size * n;
	size_t now = u->rest.n < room ? u->rest.n : room;

	if (now > 0)
		memcpy(out, u->rest.p, now);
	u->rest = str_from(u->rest, now);
	return now;
}

/* Servers' answers are not wanted: they like to repeat addresses. */
static size_t drop(char *in, size_t size, size_t n, void *ctx)
{
	(void)in;
	(void)ctx;
	return size * n;
}

static void free_curl(void *curl)
{
	curl_easy_cleanup(curl);
}

static void free_list(void *list)
{
	curl_slist_free_all(list);
}

/* The server's part of the configuration is refused for now, not for good. */
static int check_server(const struct mail_server *s, struct err *e)
{
	str url = str_of(s->url);
	bool is_known = str_starts(url, STR("smtp://")) ||
			str_starts(url, STR("smtps://"));

	if (!is_known || str_has(url, '@')) {
		err_set(e, ERR_UNAVAILABLE,
			"the mail server's address is "
			"none");
		return err_hint(e, "written as smtp://HOST:PORT or "
				   "smtps://HOST:PORT, the user apart");
	}
	if (s->user && *s->user && !s->password.n) {
		err_set(e, ERR_UNAVAILABLE,
			"there is no password for the mail server");
		return err_hint(e, "put it into the secret mail_password");
	}
	return 0;
}

static const char *server_url(struct arena *a, const struct mail_server *s)
{
	str url = str_of(s->url);

	if (!s->hello || !*s->hello)
		return s->url;
	while (str_ends(url, STR("/")))
		url.n--;
	return arena_cstr(a, arena_fmt(a, "%.*s/%s", STR_ARG(url), s->hello));
}

/* CURLcode of any that failed; none of these can but for want of memory. */
static void set_server(CURL *c, struct arena *a, const struct mail_server *s)
{
	bool signs_in = s->user && *s->user;
	bool tls = s->require_tls || signs_in;
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(c, CURLOPT_URL, server_url(a, s));
	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	rc |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_USE_SSL,
		(long)(tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	rc |= curl_easy_setopt(
		c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
		(long)(s->connect_timeout_ms ? s->connect_timeout_ms
					     : CONNECT_MS));
	rc |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
		(long)(s->timeout_ms ? s->timeout_ms : LETTER_MS));
	if (s->ca_path)
		rc |= curl_easy_setopt(c, CURLOPT_CAINFO, s->ca_path);
	if (signs_in) {
		rc |= curl_easy_setopt(c, CURLOPT_USERNAME, s->user);
		rc |= curl_easy_setopt(
			c, CURLOPT_PASSWORD, arena_cstr(a, s->password));
	}
	must(rc == CURLE_OK);
}

static void set_letter(
	CURL *c, struct upload *u, const char *from, struct curl_slist *to)
{
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
	rc |= curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	rc |= curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	rc |= curl_easy_setopt(c, CURLOPT_READDATA, u);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	rc |= curl_easy_setopt(
		c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)u->rest.n);
	must(rc == CURLE_OK);
}

/*
 * A 5xx is about this letter only when it answers MAIL, RCPT, DATA or the text
 * itself; to a greeting, TLS or sign-in it is about us, and the operator can
 * mend it.  libcurl calls the answers to the first three a failure to send; the
 * last one comes when all of the text was given.
 */
static bool is_for_good(CURLcode rc, long code, const struct upload *u)
{
	bool is_about_us =
		code == 530 || code == 534 || code == 535 || code == 538;

	return (rc == CURLE_SEND_ERROR || !u->rest.n) && code >= 500 &&
	       code <= 599 && !is_about_us;
}

static const char *hint_for(CURLcode rc)
{
	switch ((int)rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return "check the name in mail_server";
	case CURLE_COULDNT_CONNECT:
		return "check the address in mail_server, and that the server "
		       "runs";
	case CURLE_LOGIN_DENIED:
		return "check mail_user and the secret mail_password";
	case CURLE_USE_SSL_FAILED:
		return "the server offers no STARTTLS; use its TLS port with "
		       "smtps://";
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
		return "check the server's certificate and name";
	default:
		return NULL;
	}
}

static int refused(
	CURLcode rc, long code, const struct upload *u, struct err *e)
{
	const char *hint = hint_for(rc);

	if (is_for_good(rc, code, u))
		return err_set(e, ERR_INVALID,
			"the mail server refused the letter for good (%ld)",
			code);
	if (code >= 400 && code <= 599)
		err_set(e, ERR_UNAVAILABLE,
			"the mail server does not take the letter now (%ld)",
			code);
	else
		err_set(e, ERR_UNAVAILABLE,
			"the letter did not reach the mail server: %s",
			curl_easy_strerror(rc));
	if (hint)
		err_hint(e, "%s", hint);
	return err_detail(e, "libcurl %d, answer %ld", (int)rc, code);
}

int mail_send(struct arena *a, const struct mail_server *s,
	const struct letter *l, struct err *e)
{
	personal from, to;
	struct upload u;
	struct curl_slist *list;
	CURL *c;
	CURLcode rc;
	long code = 0;

	if (letter_bytes(a, l, &u.rest, e) ||
		letter_envelope(a, (personal){ l->from }, &from, e) ||
		letter_envelope(a, l->to, &to, e) || check_server(s, e))
		return -1;
	c = curl_easy_init();
	must(c);
	arena_defer(a, free_curl, c);
	list = curl_slist_append(NULL, arena_cstr(a, to.v));
	must(list);
	arena_defer(a, free_list, list);
	set_server(c, a, s);
	set_letter(c, &u, arena_cstr(a, from.v), list);
	rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	return rc == CURLE_OK ? 0 : refused(rc, code, &u, e);
}

int mail_try(struct arena *a, const struct mail_server *s, struct err *e)
{
	CURLcode rc = CURLE_OK;
	const char *hint;
	CURL *c;

	if (check_server(s, e))
		return -1;
	c = curl_easy_init();
	must(c);
	arena_defer(a, free_curl, c);
	set_server(c, a, s);
	rc |= curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, "NOOP");
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	must(rc == CURLE_OK);
	rc = curl_easy_perform(c);
	if (rc == CURLE_OK)
		return 0;
	hint = hint_for(rc);
	err_set(e, ERR_UNAVAILABLE, "the mail server takes no letters: %s",
		curl_easy_strerror(rc));
	return hint ? err_hint(e, "%s", hint) : -1;
}

int mail_to_outbox(struct arena *a, const char *dir, const struct letter *l,
	str *name, struct err *e)
{
	str bytes, file;

	/* The Message-ID was checked: no slash, no dot in front. */
	if (letter_bytes(a, l, &bytes, e) || dir_make(dir, 0700, e))
		return -1;
	file = arena_fmt(a, "%.*s.eml", STR_ARG(l->message_id));
	if (str_has(file, '/'))
		return err_set(e, ERR_INVALID,
			"the Message-ID of a letter is no file name");
	if (file_replace(
		    path_join(a, dir, arena_cstr(a, file)), bytes, 0600, e))
		return -1;
	if (name)
		*name = file;
	return 0;
}

int mail_deliver(struct arena *a, const struct mail_way *way,
	const struct letter *l, struct err *e)
{
	if (way->server)
		return mail_send(a, way->server, l, e);
	return mail_to_outbox(a, way->outbox_dir, l, NULL, e);
}
