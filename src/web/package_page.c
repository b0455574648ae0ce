/* The requester opens the answer to a request to know. */
#include "web/package_page.h"

#include "desk/limit.h"
#include "desk/package.h"
#include "law/reference.h"
#include "web/html.h"
#include "web/package_send.h"
#include "web/web.h"

enum { KB = 1000, MB = 1000000 };

static const char cookie[] = "toyon_package";

/* As it is printed, whatever was typed; empty when it is none. */
static str shown_reference(const struct http_request *q)
{
	struct reference ref;

	if (!reference_parse(http_param(q, "ref"), &ref))
		return STR("");
	return reference_show(q->arena, reference_str(&ref));
}

static str path_of(const struct http_request *q, const char *last)
{
	str ref = shown_reference(q);

	return ref.n ? arena_fmt(q->arena, "/s/%.*s/package%s", STR_ARG(ref),
			       last)
		     : STR("/s");
}

static int not_there(struct err *e)
{
	err_set(e, ERR_NOT_FOUND, "there is nothing to open under this number");
	return err_hint(e, "see where your request stands");
}

/* All of it is in the language of the answer, whatever the browser wants. */
static void page_speak(struct page *page, enum know_language l)
{
	page->lang = (enum lang)l;
	page->languages.n = 0;
}

static str door_lead(struct arena *a, const struct package_words *w,
	const struct package_door *door)
{
	const char *word = door->has_ended        ? w->ended
			   : door->is_code_by_sms ? w->ready_sms
						  : w->ready_mail;

	return know_fill(a, word,
		know_date(a, know_words(door->language), door->until), STR(""));
}

static int draw_door(const struct web *w, struct http_request *q,
	struct http_response *r, const struct problems *ps, struct err *e)
{
	struct package_door_view v = {
		.is_sent = http_query(q, "sent").n > 0 || ps,
	};
	struct package_door door;
	int rc = package_door(
		web_desk(q), http_param(q, "ref"), q->peer, &door, e);

	if (rc <= 0)
		return rc < 0 ? -1 : not_there(e);
	v.w = package_words(door.language);
	if (web_page(w, q, r, str_of(v.w->open_title), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	page_speak(&v.page, door.language);
	v.language = know_words(door.language)->code;
	v.reference = door.reference;
	v.lead = door_lead(q->arena, v.w, &door);
	v.sent = know_fill_number(q->arena, v.w->sent, LIMIT_CODE_MINUTES);
	if (ps) {
		v.problems = *ps;
		v.page.has_problem = true;
		r->status = 422;
	}
	html_package_door(&r->body, v.page.lang, &v);
	return 0;
}

static str size_words(struct arena *a, int64_t bytes)
{
	if (bytes < MB)
		return arena_fmt(
			a, "%lld KB", (long long)(bytes + KB - 1) / KB);
	return arena_fmt(a, "%lld.%lld MB", (long long)bytes / MB,
		(long long)bytes % MB / (MB / 10));
}

int web_package_draw(const struct web *w, struct http_request *q,
	struct http_response *r, const struct package_frame *frame,
	struct err *e)
{
	const struct package_open *open = frame->open;
	const struct know_words *words = know_words(open->language);
	struct package_open_view v = {
		.w = package_words(open->language),
		.zip_href = frame->zip_href,
		.back = frame->back,
		.language = words->code,
		.has_letter = open->letter.v.n > 0,
		/* Made by the templates of know/, and sealed since. */
		.letter = { open->letter.v },
	};

	v.save = know_fill(q->arena, v.w->save,
		size_words(q->arena, open->bytes),
		know_date(q->arena, words, open->until));
	if (web_page(w, q, r, str_of(v.w->answer_title), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	page_speak(&v.page, open->language);
	html_package_open(&r->body, v.page.lang, &v);
	return 0;
}

int web_package_page(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct package_open open;
	int rc = package_open(web_desk(q), http_param(q, "ref"),
		http_cookie(q, cookie), &open, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return draw_door(ctx, q, r, NULL, e);
	return web_package_draw(ctx, q, r,
		&(struct package_frame){ &open, path_of(q, "/zip"), STR("") },
		e);
}

static int send_code(const struct web *w, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct problems ps = { 0 };

	if (package_send_code(web_desk(q), http_param(q, "ref"), &ps, e))
		return -1;
	if (ps.n)
		return draw_door(w, q, r, &ps, e);
	http_redirect(r, path_of(q, "?sent=1"));
	return 0;
}

int web_package_code(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct problems ps = { 0 };
	str token;

	if (http_form(q, "send").n)
		return send_code(ctx, q, r, e);
	if (package_enter_code(web_desk(q), http_param(q, "ref"),
		    http_form(q, "code"), &token, &ps, e))
		return -1;
	if (!token.n)
		return draw_door(ctx, q, r, &ps, e);
	http_cookie_set(
		r, (struct http_cookie){ .name = cookie,
			   .value = token,
			   .max_age_s = LIMIT_PACKAGE_VISIT_MINUTES * 60,
			   .is_strict = true,
			   .path = "/s" });
	http_redirect(r, path_of(q, ""));
	return 0;
}

int web_package_zip(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct package_zip zip;
	int rc = package_download(web_desk(q), http_param(q, "ref"),
		http_cookie(q, cookie), &zip, e);

	if (rc < 0)
		return -1;
	if (rc)
		web_package_send(ctx, q, r, &zip, shown_reference(q));
	else
		http_redirect(r, path_of(q, ""));
	return 0;
}
