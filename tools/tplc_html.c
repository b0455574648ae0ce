/*
 * The places of HTML.  The rule behind all of it: a value may stand only where
 * one kind of escaping is right whatever the value is, and where a reader of
 * the template sees which one.
 */
#include "tplc_html.h"

#include <stddef.h>

#include "base/base.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(str s, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, str_of(names[i])))
			return true;
	return false;
}

static bool is_raw_tag(str tag)
{
	static const char *const names[] = { "script", "style" };

	return is_one_of(tag, names, COUNTOF(names));
}

static bool is_pre_tag(str tag)
{
	static const char *const names[] = { "pre", "textarea" };

	return is_one_of(tag, names, COUNTOF(names));
}

static bool is_url_attr(str attr)
{
	static const char *const names[] = { "href", "src", "action",
		"formaction", "poster", "cite", "data", "background", "ping",
		"manifest", "xlink:href" };

	return is_one_of(attr, names, COUNTOF(names));
}

/* Their values are code or a language of their own. */
static bool is_code_attr(str attr)
{
	static const char *const names[] = { "style", "srcdoc", "srcset",
		"http-equiv" };

	return is_one_of(attr, names, COUNTOF(names)) ||
	       str_eq_nocase(str_head(attr, 2), STR("on"));
}

static void tag_end(struct html_at *at)
{
	at->place = PLACE_TEXT;
	at->needs_space = false;
	if (is_pre_tag(at->tag))
		at->pre += at->is_end_tag ? -1 : 1;
	if (!at->is_end_tag && is_raw_tag(at->tag))
		at->place = PLACE_RAW;
}

static const char *step_open(struct html_at *at, str rest)
{
	char c = rest.p[0];

	if (c == '/' && !at->is_end_tag) {
		at->is_end_tag = true;
	} else if (is_letter(c)) {
		at->place = PLACE_NAME;
		at->tag = str_head(rest, 1);
	} else if (c == '!' && !at->is_end_tag) {
		at->place = str_starts(rest, STR("!--")) ? PLACE_COMMENT
							 : PLACE_DECL;
	} else {
		return "a bare \"<\" is written &lt;";
	}
	return NULL;
}

static const char *step_tag(struct html_at *at, str rest)
{
	char c = rest.p[0];

	if (c == '>') {
		tag_end(at);
	} else if (is_space(c) || c == '/') {
		at->needs_space = false;
	} else if (at->needs_space) {
		return "a name goes on after a directive";
	} else if (c == '"' || c == '\'' || c == '<' || c == '=') {
		return "a quote, \"=\" or \"<\" where an attribute begins";
	} else {
		at->place = PLACE_ATTR;
		at->attr = str_head(rest, 1);
	}
	return NULL;
}

static const char *step_name(struct html_at *at, str rest, str *name)
{
	char c = rest.p[0];

	if (is_space(c) || c == '>' || c == '/') {
		at->place = PLACE_TAG;
		return step_tag(at, rest);
	}
	if (c == '=' && at->place == PLACE_ATTR)
		at->place = PLACE_EQUALS;
	else if (c == '"' || c == '\'' || c == '<' || c == '=')
		return "a quote, \"=\" or \"<\" in a name";
	else
		name->n++;
	return NULL;
}

static const char *step_equals(struct html_at *at, str rest)
{
	char c = rest.p[0];

	if (is_space(c) || c == '>')
		return "no value after \"=\"";
	at->place = c == '"'    ? PLACE_DOUBLE
		    : c == '\'' ? PLACE_SINGLE
				: PLACE_BARE;
	at->is_url_start = is_url_attr(at->attr);
	return NULL;
}

static const char *step_quoted(struct html_at *at, char c, char quote)
{
	at->is_url_start = false;
	if (c == quote)
		at->place = PLACE_TAG;
	return NULL;
}

static const char *step_bare(struct html_at *at, str rest)
{
	if (is_space(rest.p[0]) || rest.p[0] == '>') {
		at->place = PLACE_TAG;
		return step_tag(at, rest);
	}
	return NULL;
}

static bool is_raw_end(const struct html_at *at, str rest)
{
	return str_starts(rest, STR("</")) &&
	       str_eq_nocase(str_head(str_from(rest, 2), at->tag.n), at->tag);
}

const char *html_step(struct html_at *at, str rest)
{
	char c = rest.p[0];

	at->is_spaced = is_space(c);
	switch (at->place) {
	case PLACE_TEXT:
		at->is_end_tag = false;
		if (c == '<')
			at->place = PLACE_OPEN;
		return NULL;
	case PLACE_OPEN:
		return step_open(at, rest);
	case PLACE_NAME:
		return step_name(at, rest, &at->tag);
	case PLACE_TAG:
		return step_tag(at, rest);
	case PLACE_ATTR:
		return step_name(at, rest, &at->attr);
	case PLACE_EQUALS:
		return step_equals(at, rest);
	case PLACE_DOUBLE:
		return step_quoted(at, c, '"');
	case PLACE_SINGLE:
		return step_quoted(at, c, '\'');
	case PLACE_BARE:
		return step_bare(at, rest);
	case PLACE_DECL:
		if (c == '>')
			at->place = PLACE_TEXT;
		return NULL;
	case PLACE_COMMENT:
		if (c == '>' && rest.p[-1] == '-' && rest.p[-2] == '-')
			at->place = PLACE_TEXT;
		return NULL;
	case PLACE_RAW:
		at->is_end_tag = false;
		if (is_raw_end(at, rest))
			at->place = PLACE_OPEN;
		return NULL;
	}
	return NULL;
}

bool html_opened(const struct html_at *at, enum place before, str tag)
{
	bool was_in_tag = before == PLACE_NAME || before == PLACE_TAG ||
			  before == PLACE_ATTR || before == PLACE_BARE;

	return was_in_tag && at->place == PLACE_TEXT && !at->is_end_tag &&
	       str_eq_nocase(at->tag, tag);
}

void html_cut(struct html_at *at)
{
	if (at->place != PLACE_NAME && at->place != PLACE_ATTR)
		return;
	at->place = PLACE_TAG;
	at->needs_space = true;
}

static bool has_tag(enum place p)
{
	return p == PLACE_TAG || p == PLACE_DOUBLE || p == PLACE_SINGLE ||
	       p == PLACE_BARE || p == PLACE_EQUALS || p == PLACE_RAW;
}

static bool has_attr(enum place p)
{
	return p == PLACE_DOUBLE || p == PLACE_SINGLE || p == PLACE_BARE ||
	       p == PLACE_EQUALS;
}

bool html_join(struct html_at *at, const struct html_at *other)
{
	at->needs_space |= other->needs_space;
	at->is_spaced &= other->is_spaced;
	if (at->place != other->place || at->pre != other->pre)
		return false;
	if (has_tag(at->place) && (!str_eq_nocase(at->tag, other->tag) ||
					  at->is_end_tag != other->is_end_tag))
		return false;
	return !has_attr(at->place) ||
	       (str_eq_nocase(at->attr, other->attr) &&
		       at->is_url_start == other->is_url_start);
}

static const char *value_in_quotes(struct html_at *at, const char **why)
{
	bool is_start = at->is_url_start;

	at->is_url_start = false;
	if (is_code_attr(at->attr)) {
		*why = "no escaping is safe for a value in this attribute";
		return NULL;
	}
	if (!is_url_attr(at->attr))
		return "put_html_attr";
	return is_start ? "put_html_url" : "put_html_part";
}

const char *html_value(struct html_at *at, const char **why)
{
	at->is_spaced = false;
	switch (at->place) {
	case PLACE_TEXT:
		return "put_html_text";
	case PLACE_DOUBLE:
		return value_in_quotes(at, why);
	case PLACE_COMMENT:
		*why = "a value in a comment; write {# #} for notes";
		return NULL;
	case PLACE_RAW:
		*why = "a value in a script or style element";
		return NULL;
	case PLACE_SINGLE:
	case PLACE_BARE:
	case PLACE_EQUALS:
		*why = "a value in an attribute stands in double quotes";
		return NULL;
	case PLACE_OPEN:
	case PLACE_NAME:
	case PLACE_TAG:
	case PLACE_ATTR:
	case PLACE_DECL:
		break;
	}
	*why = "a value in a tag, outside of an attribute's value";
	return NULL;
}
