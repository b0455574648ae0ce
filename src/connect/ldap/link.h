#ifndef CONNECT_LDAP_LINK_H
#define CONNECT_LDAP_LINK_H

#include <ldap.h>
#include <stdbool.h>
#include <sys/time.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/pace.h"
#include "connect/url.h"

/*
 * One connection to a directory.  Connecting, and each answer that is waited for,
 * has its time.  When the conversation is broken off the connection is dropped,
 * and every later call is ERR_UNAVAILABLE.  No error carries the server's text,
 * which may name entries.
 */
struct directory_link {
	LDAP *ld; /* NULL: dropped */
	struct timeval wait;
	struct pace *pace;
	int page; /* entries at once; 0: the usual number */
	/* Names of attributes that the directory knows, in lower case; and those
	 * of them that a filter can compare. */
	str *attributes;
	size_t attributes_n;
	str *comparable;
	size_t comparable_n;
};

int directory_link_open(struct directory_link *l, struct arena *a,
	const struct conn_url *u, int timeout_ms, struct err *e);
void directory_link_drop(struct directory_link *l);

/* By its name without options ("cn;lang-de" is "cn"). */
bool directory_knows(const struct directory_link *l, str attribute);
bool directory_compares(const struct directory_link *l, str attribute);

struct directory_search {
	const char *base;
	int scope;
	const char *filter;
	char **attributes; /* NULL at the end */
	bool may_miss;     /* no such base: no entries */
	const char *what;  /* for errors: `table "person"` */
};

/* 1 from it: that was enough. */
typedef int directory_fn(
	void *ctx, LDAP *ld, LDAPMessage *entry, struct err *e);

/* Page by page, entry by entry. */
int directory_search(struct directory_link *l, const struct directory_search *s,
	directory_fn *fn, void *ctx, struct err *e);

struct directory_change {
	enum { DIRECTORY_DELETE, DIRECTORY_MODIFY, DIRECTORY_ADD } kind;
	const char *dn;
	LDAPMod **mods; /* or the attributes of what is added */
	const char *what;
};

int directory_do(struct directory_link *l, const struct directory_change *c,
	struct err *e);

#endif
