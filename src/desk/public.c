/*
 * Asks for the pages of desk/tbl/public_pages.h at base_url, for the privacy policy,
 * and whether the mail server would take a letter.
 */
#include "desk/public.h"

#include <curl/curl.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/version.h"
#include "desk/config.h"
#include "desk/post.h"
#include "mail/send.h"

enum {
	PAGE_MAX = 4 << 20,
	CONNECT_MS = 5000,
	ANSWER_MS = 10000,
};

enum needs { NEEDS_ALWAYS, NEEDS_SELLS, NEEDS_SENSITIVE };

static const struct page {
	const char *name;
	enum needs needs;
	const char *path;
	const char *header;
	const char *has;
	const char *hint;
} pages[] = {
#define PUBLIC_PAGE(name, needs, path, header, has, hint) \
	{ name, NEEDS_##needs, path, header, has, hint },
#include "desk/tbl/public_pages.h"
};

static void find(struct public_findings *out, const char *check, bool is_good,
	str text, str hint)
{
	must(out->n < PUBLIC_FINDINGS_MAX);
	out->at[out->n++] = (struct public_finding){
		.check = check,
		.is_good = is_good,
		.is_outage = !is_good,
		.text = text,
		.hint = hint,
	};
}

/* --- asking --- */

struct answer {
	CURLcode rc;
	long status;
	struct buf body;
};

static size_t take(char *in, size_t size, size_t n, void *ctx)
{
	struct answer *x = ctx;

	buf_put(&x->body, (str){ in, size * n });
	return buf_ok(&x->body) ? size * n : 0;
}

/* Redirects are not followed: letters and links give this very address. */
static void set_page(CURL *curl, const char *url, struct curl_slist *headers,
	struct answer *x)
{
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(curl, CURLOPT_URL, url);
	rc |= curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	rc |= curl_easy_setopt(
		curl, CURLOPT_USERAGENT, "toyon-look/" TOYON_VERSION);
	rc |= curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
	rc |= curl_easy_setopt(
		curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	rc |= curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)ANSWER_MS);
	rc |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	rc |= curl_easy_setopt(curl, CURLOPT_WRITEDATA, x);
	must(rc == CURLE_OK);
}

static struct answer get(struct arena *a, str url, const char *header)
{
	struct answer x = { .body = buf_in(a, PAGE_MAX) };
	struct curl_slist *headers = NULL;
	CURL *curl = curl_easy_init();

	must(curl);
	if (*header) {
		headers = curl_slist_append(NULL, header);
		must(headers);
	}
	set_page(curl, arena_cstr(a, url), headers, &x);
	x.rc = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &x.status);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return x;
}

/* Empty when the answer is as it should be. */
static str what_is_wrong(struct arena *a, const struct answer *x, str has)
{
	if (x->rc != CURLE_OK)
		return arena_fmt(a, "no answer: %s", curl_easy_strerror(x->rc));
	if (x->status != 200)
		return arena_fmt(a, "answered with status %ld", x->status);
	if (str_find(buf_str(&x->body), has) < 0)
		return STR("answered with another page than ours");
	return STR("");
}

/* --- pages --- */

static bool is_ours(const struct page *p, const struct settings *s)
{
	switch (p->needs) {
	case NEEDS_SELLS:
		return config_flag(s->sells);
	case NEEDS_SENSITIVE:
		return config_flag(s->uses_sensitive);
	case NEEDS_ALWAYS:
		break;
	}
	return true;
}

static bool is_this_machine(str url)
{
	return str_starts(url, STR("http://127.")) ||
	       str_starts(url, STR("http://localhost")) ||
	       str_starts(url, STR("http://[::1]"));
}

/* True when it is there, or something answers in its place. */
static bool try_page(struct arena *a, const struct page *p, str base,
	struct public_findings *out, int *good)
{
	str url = arena_fmt(a, "%.*s%s", STR_ARG(base), p->path);
	struct answer x = get(a, url, p->header);
	str wrong = what_is_wrong(a, &x, str_of(p->has));

	if (!wrong.n)
		++*good;
	else
		find(out, p->name, false,
			arena_fmt(
				a, "%.*s: %.*s", STR_ARG(url), STR_ARG(wrong)),
			x.rc == CURLE_OK
				? str_of(p->hint)
				: STR("base_url in toyon.yaml is the address "
				      "that people type; is it served there?"));
	return x.rc == CURLE_OK;
}

static void look_at_pages(struct arena *a, const struct install *in,
	const struct settings *s, struct public_findings *out)
{
	str base = in->config.base_url;
	int good = 0;

	if (!base.n)
		return;
	while (str_ends(base, STR("/")))
		base.n--;
	if (!str_starts(base, STR("https://")) && !is_this_machine(base)) {
		find(out, "base_url", false,
			STR("what people type there can be read on the way"),
			STR("serve it by https://, behind a proxy or a balancer"));
		out->at[out->n - 1].is_outage = false; /* it is there */
	}
	for (size_t i = 0; i < COUNTOF(pages); i++)
		if (is_ours(&pages[i], s) &&
			!try_page(a, &pages[i], base, out, &good))
			break; /* the others would say the same */
	if (good)
		find(out, "public", true,
			arena_fmt(a, "pages that answer at %.*s: %d",
				STR_ARG(base), good),
			STR(""));
}

static void look_at_policy(struct arena *a, const struct install *in,
	const struct settings *s, struct public_findings *out)
{
	struct answer x;
	str wrong;

	if (!s->policy_url.n || config_flag(in->config.demo))
		return;
	x = get(a, s->policy_url, "");
	wrong = what_is_wrong(a, &x, STR(""));
	find(out, "policy", !wrong.n,
		wrong.n ? arena_fmt(a, "%.*s: %.*s", STR_ARG(s->policy_url),
				  STR_ARG(wrong))
			: s->policy_url,
		wrong.n ? STR("letters and pages lead there: toyon setting "
			      "policy_url ...")
			: STR(""));
}

/* --- letters --- */

static void look_at_mail(
	struct arena *a, const struct install *in, struct public_findings *out)
{
	struct mail_way way;
	struct mail_server s;
	struct err e = { 0 };

	if (!in->config.mail_server.n)
		return;
	if (!post_way(a, in, &way, &e)) {
		s = *way.server;
		s.connect_timeout_ms = CONNECT_MS;
		s.timeout_ms = ANSWER_MS;
		if (!mail_try(a, &s, &e)) {
			find(out, "mail", true, STR("the mail server answers"),
				STR(""));
			return;
		}
	}
	find(out, "mail", false, arena_dup(a, str_of(e.message)),
		arena_dup(a, str_of(e.hint)));
}

void public_look(struct arena *a, const struct install *in,
	const struct settings *s, struct public_findings *out)
{
	out->n = 0;
	look_at_pages(a, in, s, out);
	look_at_policy(a, in, s, out);
	look_at_mail(a, in, out);
}
