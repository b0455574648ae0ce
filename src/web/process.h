#ifndef WEB_PROCESS_H
#define WEB_PROCESS_H

#include "desk/process.h"
#include "http/route.h"

/*
 * The web process: pages for people, and `more`, the API's routes, which main.c
 * hands over since edges do not know each other.  Their handlers get the desk in
 * q->who, with the API key's holder as actor.
 *
 * Opens everything, gives up the right to open more (http/sandbox.h), serves
 * until SIGTERM, and lets requests under way end.  Returns the exit status: 75
 * when a database connection was lost and the supervisor has to start it anew.
 */
int web_main(const struct process *p, const struct http_part *more);

#endif
