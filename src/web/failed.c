/*
 * The page for whatever went wrong: what happened, in words for people, and
 * where to go from here.  It is drawn even when the database is gone; then it
 * does not know the business's name.
 */
#include <ctype.h>

#include "desk/staff.h"
#include "web/desk_page.h"
#include "web/html.h"
#include "web/message.h"
#include "web/web.h"
#include "words/words.h"

struct wording {
	int status;         /* 0: all others */
	enum err_code code; /* of it alone; ERR_NONE: of any */
	const char *title;
	const char *text;    /* NULL: the error's own sentence, */
	const char *general; /* or this, where that is in English only */
};

static const struct wording wordings[] = {
	{ 404, ERR_NONE, "Page not found",
		"There is nothing under this address. The link may be old, or "
		"a character may be missing.",
		NULL },
	{ 405, ERR_NONE, "This page can’t do that", NULL,
		"Go back to the start page, and begin again from there." },
	{ 403, ERR_NONE, "You can’t do this here", NULL,
		"Go back, load the page again, and try once more." },
	{ 409, ERR_NONE, "Something changed meanwhile", NULL,
		"Load the page again, and look once more." },
	{ 413, ERR_NONE, "That is too long",
		"Please shorten it and send it again.", NULL },
	{ 429, ERR_NONE, "Too many tries", NULL,
		"There were too many tries in a short time. Please wait a few "
		"minutes, and try again." },
	{ 503, ERR_NONE, "Please try again in a moment",
		"The service is busy or being restarted. What you sent was "
		"not stored.",
		NULL },
	{ 500, ERR_LIMIT, "This is too much for one page", NULL,
		"There is more to show than fits one page. Please write to us "
		"or call us." },
	{ 500, ERR_NONE, "Something went wrong on our side",
		"It was noted, and someone will look at it. Please try again "
		"later.",
		NULL },
	{ 0, ERR_NONE, "This did not work", NULL,
		"Go back, load the page again, and try once more." },
};

static bool is_for(const struct wording *w, int status, enum err_code code)
{
	return !w->status ||
	       (w->status == status && (!w->code || w->code == code));
}

static const struct wording *wording_of(int status, enum err_code code)
{
	const struct wording *w = wordings;

	while (!is_for(w, status, code))
		w++;
	return w;
}

/* "too many tries" to "Too many tries." */
static void put_sentence(struct buf *b, const char *message)
{
	if (!*message)
		return;
	buf_puts(b, b->n ? " " : "");
	buf_putc(b, (char)toupper((unsigned char)*message));
	buf_puts(b, message + 1);
	buf_putc(b, '.');
}

static str text_of(struct arena *a, enum lang l, const struct wording *w,
	const struct err *e)
{
	struct buf b = buf_in(a, 1024);

	if (w->text)
		return say(l, w->text);
	if (l != LANG_EN)
		return say(l, w->general);
	put_sentence(&b, e->message);
	put_sentence(&b, e->hint);
	return buf_str(&b);
}

/* A desk of its own: the handler's was given back. */
static void fill_page(const struct web *w, struct http_request *q,
	struct http_response *r, str title, struct page *out)
{
	struct desk desk;
	struct err e = { 0 };

	*out = (struct page){ .title = title,
		.business = STR("Privacy desk"),
		.is_private = true };
	if (desks_take(w->desks, q->arena, &desk, &e))
		return;
	q->who = &desk;
	/* A page without the name is better than none. */
	(void)web_page(w, q, r, title, out, NULL, &e);
	out->is_private = true;
	q->who = NULL;
	desks_give(w->desks, &desk);
}

static bool is_console(const struct http_request *q)
{
	return str_eq(q->path, STR("/desk")) ||
	       str_starts(q->path, STR("/desk/"));
}

void web_failed(void *ctx, struct http_request *q, struct http_response *r,
	const struct err *e)
{
	const struct wording *w = wording_of(r->status, e->code);
	struct message_link links[2];
	struct message_view v = {
		.links = { links, 0 },
		.request_id = r->status >= 500 ? q->id : (str){ 0 },
	};

	fill_page(ctx, q, r, str_of(w->title), &v.page);
	v.text = text_of(q->arena, v.page.lang, w, e);
	if (is_console(q)) {
		links[v.links.n++] = (struct message_link){ STR("/desk"),
			STR("Go to the queue") };
		html_desk_message(&r->body, &v);
		return;
	}
	links[v.links.n++] =
		(struct message_link){ STR("/"), STR("Go to the start page") };
	links[v.links.n++] =
		(struct message_link){ STR("/s"), STR("Check on a request") };
	html_message(&r->body, v.page.lang, &v);
}
