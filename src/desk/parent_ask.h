#ifndef DESK_PARENT_ASK_H
#define DESK_PARENT_ASK_H

#include "desk/born.h"
#include "desk/enter.h"
#include "law/parent.h"

/*
 * A parent or guardian asks to know, delete or correct for a child under 13 (11 CCR
 * 7070(c)).  The clock runs from receipt.  No code is sent: who asks is found out by a
 * method of 7070(a)(2) (desk/parent.h), and the search begins when staff have written
 * it down.  What the child is searched by is the child's address, or number; what is
 * written goes to the parent (desk/parent_post.h), and nothing to the child.
 *
 * The age is known from then on: the child's information is not sold (child_known()).
 */
struct parent_ask {
	struct enter_in request; /* of the child; parent is filled in here */
	struct born_typed born;
	personal name;   /* the parent's */
	personal email;  /* the parent's: letters go there, or to: */
	personal postal; /* the parent's address, with its lines */
	str check;       /* how they want to be checked: law/parent.h */
	str file;        /* the signed form; empty: it is still to come */
};

/*
 * From the pages.  Problems name the fields of the form (desk/tbl/asked.h), and month,
 * parent_name, parent_email, parent_postal, check, file.
 */
int parent_ask(struct desk *d, const struct parent_ask *in, str *reference,
	struct problems *ps, struct err *e);

/* Entered by staff: PERM_INTAKE.  Problems name received_on and channel, too. */
int parent_ask_entered(struct desk *d, const struct parent_ask *in,
	str *reference, struct problems *ps, struct err *e);

/* --- inside of desk/ only --- */

/* Who asks for the child of a new request. */
struct by_parent {
	personal name;
	personal email; /* empty: letters go on paper, to postal */
	personal postal;
	struct date born_on; /* the child */
	enum parent_check wanted;
	str file;
};

/* What was typed comes back trimmed; what won't do in ps, under the name of the field. */
void parent_read_name(
	personal typed, const char *field, personal *out, struct problems *ps);
void parent_read_email(
	personal typed, const char *field, personal *out, struct problems *ps);
/* One of the methods that the business has established (field check). */
int parent_read_check(struct desk *d, str typed, enum parent_check *out,
	struct problems *ps, struct err *e);

/* What a request for a child has besides, in the transaction that stores it. */
struct record;
int parent_receive(struct desk *d, const struct record *r,
	const struct by_parent *by, struct err *e);

#endif
