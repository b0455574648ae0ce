#ifndef WEB_LANGUAGE_H
#define WEB_LANGUAGE_H

#include "desk/setting.h"
#include "http/request.h"
#include "http/response.h"
#include "web/page.h"

/*
 * The language of the page that is asked for: what the link on the page said (?lang=es),
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

/* Keeps a choice by the link, in this browser and nowhere else; and tells caches. */
void language_keep(
	struct http_request *q, struct http_response *r, enum lang l);

#endif
