/*
 * In which language a page is drawn.  The choice is the visitor's own, and is no way to
 * know them again: a word in the address of the link, and a cookie that holds that word.
 */
#include "web/language.h"

#include "base/enc.h"
#include "web/web.h"

enum {
	COOKIE_S = 400 * 86400, /* browsers keep it no longer */
	HREF_MAX = 2048,
};

static const char cookie[] = "lang";

static bool has_languages(const struct http_request *q)
{
	/* What is said of a path that leads nowhere is said in each. */
	return !q->route || (q->route->flags & HTTP_LANGUAGES);
}

static bool is_offered(str code, unsigned offered, enum lang *out)
{
	return lang_read(code, out) && (offered & (1U << *out));
}

/* What the browser says with every page, whichever it is. */
static enum lang language_of_browser(
	const struct http_request *q, unsigned offered)
{
	enum lang l;

	return is_offered(http_cookie(q, cookie), offered, &l)
		       ? l
		       : lang_accepted(
				 http_header(q, "Accept-Language"), offered);
}

enum lang language_of(const struct http_request *q, const struct settings *s)
{
	unsigned offered = settings_languages(s);
	enum lang l;

	if (!has_languages(q))
		return LANG_EN;
	if (is_offered(http_form(q, "lang"), offered, &l) ||
		is_offered(http_query(q, "lang"), offered, &l))
		return l;
	return language_of_browser(q, offered);
}

int language_load(struct http_request *q, enum lang *out, struct err *e)
{
	struct settings s;

	if (settings_load(web_desk(q), &s, e))
		return -1;
	*out = language_of(q, &s);
	return 0;
}

/* "?ref=K7QF-2M9X&lang=es": the same place, whatever its path is. */
static str lang_href(const struct http_request *q, enum lang l)
{
	struct buf b = buf_in(q->arena, HREF_MAX);

	buf_putc(&b, '?');
	for (size_t i = 0; i < q->query.n; i++) {
		const struct http_pair *p = &q->query.at[i];

		if (str_eq(p->name, STR("lang")))
			continue;
		buf_put(&b, url_encode(q->arena, p->name));
		buf_putc(&b, '=');
		buf_put(&b, url_encode(q->arena, p->value));
		buf_putc(&b, '&');
	}
	buf_fmt(&b, "lang=%s", lang_code(l));
	return buf_ok(&b) ? buf_str(&b)
			  : arena_fmt(q->arena, "?lang=%s", lang_code(l));
}

void language_links(
	struct http_request *q, const struct settings *s, struct page *out)
{
	unsigned offered = settings_languages(s);

	out->languages.n = 0;
	out->languages.at = arena_many(q->arena, struct page_language, LANGS);
	for (int l = 0; l < LANGS && has_languages(q); l++)
		if (l != (int)out->lang && (offered & (1U << l)))
			out->languages.at[out->languages.n++] =
				(struct page_language){
					lang_code((enum lang)l),
					lang_title((enum lang)l),
					lang_href(q, (enum lang)l),
				};
}

void language_keep(struct http_request *q, struct http_response *r, enum lang l)
{
	if (has_languages(q))
		http_set(r, "Vary", STR("Accept-Language, Cookie"));
	if (str_eq_nocase(http_query(q, "lang"), str_of(lang_code(l))))
		http_cookie_set(r, (struct http_cookie){ .name = cookie,
					   .value = str_of(lang_code(l)),
					   .max_age_s = COOKIE_S });
}

int language_lead(
	struct http_request *q, struct http_response *r, struct err *e)
{
	struct settings s;
	enum lang l;

	if (!has_languages(q))
		return 0;
	if (settings_load(web_desk(q), &s, e))
		return -1;
	l = language_of(q, &s);
	language_keep(q, r, l);
	if (l != language_of_browser(q, settings_languages(&s)))
		http_redirect_with(
			r, arena_fmt(q->arena, "lang=%s", lang_code(l)));
	return 0;
}
