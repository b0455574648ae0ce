#ifndef DESK_PERSON_H
#define DESK_PERSON_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Who a request is about and what they told us: what a draft collects page by
 * page and what a request keeps sealed.  Fields are those of tbl/person.h;
 * empty means not given.
 */
struct person {
#define PERSON_PERSONAL(name, max) personal name;
#define PERSON_PLAIN(name, max)    str name;
#include "desk/tbl/person.h"
};

/* PERSON_email_max ...: bytes a field may have; the edges refuse more. */
enum {
#define PERSON_PERSONAL(name, max) PERSON_##name##_max = (max),
#define PERSON_PLAIN(name, max)    PERSON_##name##_max = (max),
#include "desk/tbl/person.h"
};

/*
 * {"name":"...",...}, fields in the table's order, empty ones left out.  Edges
 * refuse what is longer than its maximum or no UTF-8; what comes here all the
 * same (a draft saved as it was typed) is cut there.
 */
str person_to_json(struct arena *a, const struct person *p);
/* ERR_CORRUPT for what person_to_json() does not write; members it does not know
 * are left alone, so that an older program reads a newer record. */
int person_from_json(
	struct arena *a, str json, struct person *out, struct err *e);

/* Lists of a person have one entry a line: adds what is not in it yet.  True when it
 * grew; an entry that does not fit into max bytes is left out. */
enum { PERSON_LIST_MAX = 8000 };
bool person_list_add(struct arena *a, str *list, str entry, size_t max);

/* A parent or guardian asks for them: letters go to the parent, by email or on paper. */
bool person_is_child(const struct person *p);

/*
 * The phone is proven, by a code that goes there or by calling it back, and the email
 * address is not.  Whoever an authorized agent asks for confirms by email, where there is
 * an address.  A child
 * under 13 is sent no code: it is found by the address, or where there is none by the
 * number.
 */
bool person_is_by_phone(const struct person *p);

/* Letters to them are printed: they asked for that, or gave no email address but
 * another one, or a phone number.  Of a child it is the parent who is written to; whoever
 * an authorized agent asks for gets email, where there is an address. */
bool person_is_by_paper(const struct person *p);

/* "first|last|street|zip", as ident/ reads name and street address together; empty
 * unless all four were given. */
personal person_name_address(struct arena *a, const struct person *p);

/*
 * For display while nobody has asked to see who it is.  Still personal: they
 * go to pages, not to logs.
 */
personal person_masked_email(
	struct arena *a, personal email); /* e•••@outlook.com */
personal person_masked_phone(
	struct arena *a, personal phone); /* (510) •••-••18 */
personal person_masked_zip(struct arena *a, personal zip);  /* 956•• */
personal person_short_name(struct arena *a, personal name); /* Maria G. */

#endif
