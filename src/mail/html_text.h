#ifndef MAIL_HTML_TEXT_H
#define MAIL_HTML_TEXT_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The words of an email that came as HTML alone: without tags, styles, scripts and
 * comments; what begins a line in a browser begins one here.  For people to read, never
 * to be put into a page as anything but text.
 */
str html_text(struct arena *a, str html);

#endif
