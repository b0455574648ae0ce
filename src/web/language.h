#ifndef WEB_LANGUAGE_H
#define WEB_LANGUAGE_H

#include "desk/setting.h"
#include "http/request.h"
#include "http/response.h"
#include "web/page.h"

/*
 * The language of the page that is asked for: that of the page a form stood on (its
 * field lang, which tools/tplc.c puts into each), else what the link said (?lang=es),
 * else what was chosen before (a cookie with no more than that), else what the browser
 * prefers; of those that the business offers.  English on a route without
 * HTTP_LANGUAGES.
 */
enum lang language_of(const struct http_request *q, const struct settings *s);
/* The same for who draws no page. */
int language_load(struct http_request *q, enum lang *out, struct err *e);

/* The links to the same page in the others; out->lang is set. */
void language_links(
	struct http_request *q, const struct settings *s, struct page *out);

/* A redirect draws no page that would keep what was asked for: the one it leads to is
 * asked for in the same language, where the browser would not by itself. */
int language_lead(
	struct http_request *q, struct http_response *r, struct err *e);

/* Keeps a choice by the link, in this browser and nowhere else; and tells caches. */
void language_keep(
	struct http_request *q, struct http_response *r, enum lang l);

#endif
