#ifndef DESK_ACCESS_H
#define DESK_ACCESS_H

/*
 * Who may come by a route, before its handler and the use case's own permission
 * check: the access column of tbl/routes.h and of the API's routes.
 */
enum access {
	ACCESS_FREE,     /* everybody; the handler gets no desk */
	ACCESS_CONSUMER, /* everybody; acts as a consumer or a vendor */
	ACCESS_SIGN_IN,  /* the page that makes staff of somebody */
	ACCESS_STAFF,    /* a session; on POST its CSRF token, too */
	ACCESS_API,      /* an API key in "Authorization: Bearer" */
};

#endif
