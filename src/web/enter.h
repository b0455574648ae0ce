#ifndef WEB_ENTER_H
#define WEB_ENTER_H

#include "desk/person.h"
#include "desk/postal.h"
#include "law/kind.h"
#include "web/agent_form.h"
#include "web/child.h"
#include "web/desk_page.h"
#include "web/parent_fields.h"
#include "web/parts_form.h"
#include "web/spoken.h"

/*
 * "/desk/intake": the phone line.  Staff choose what the caller wants, by the caller's
 * words; "/desk/intake/{kind}" has the script beside the form; "/desk/intake/done" spells
 * the reference.
 */
struct enter_kind {
	const char *path;
	const char *title;
	const char *said;
};

struct enter_kinds {
	struct enter_kind *at;
	size_t n;
};

struct enter_list_view {
	struct desk_page page;
	struct enter_kinds kinds;
};

/* One field of a line. */
struct enter_line {
	const struct problems *problems;
	const char *name;
	const char *title;
	personal value;
	int max;
};

/* Fields: those of desk/tbl/asked.h that the kind has, and letter_by, or id, first and
 * last; street, city and zip; channel, received_on; language, where there is a choice. */
struct enter_view {
	struct desk_page page;
	const char *path;
	const char *title;
	struct {
		str *at;
		size_t n;
	} script;
	bool has_sms; /* there is a gateway */
	bool is_for_other; /* a page for agents, or for parents: letters go by email */
	bool wants_city; /* letters to them may go on paper all the same */
	bool is_stop;    /* one identifier, nothing else */
	bool is_know;
	bool is_correct;
	bool is_deletion;
	bool is_appeal;
	struct part_list parts; /* of a deletion */
	personal id;
	const struct person *answers;
	struct postal postal;
	str channel;
	str received_on;
	enum lang lang; /* in which they are written to */
	struct spoken_choices languages;
	str inbox; /* the email that asks for it; empty: none */
	str today;
	str since; /* the first day of a range */
	struct problems problems;
	struct agent_form agent;
	struct parent_fields parent;
};

/* The kinds that are offered today, and one of them by the route's {kind}: a page that is
 * not offered is not there. */
int enter_kinds(struct http_request *q, struct enter_kinds *out, struct err *e);
int enter_open_kind(struct http_request *q, const struct enter_kind **caller,
	enum kind *kind, const struct person *answers, struct err *e);
/* Which questions the form of this kind has. */
void enter_fields(struct http_request *q, enum kind kind, struct enter_view *v);
/* What was typed about the person. */
void enter_read(const struct http_request *q, struct enter_in *in);

/* The form, with what it was filled in with; PERM_INTAKE. */
int enter_draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct enter_view *v, struct err *e);

struct enter_done_view {
	struct desk_page page;
	str reference;
	str spelled; /* "Kilo, seven, Quebec, Foxtrot. ..." */
	str href;    /* of the case */
	str due;     /* empty: in force at once, or denied */
	bool is_denied;
	bool needs_code;
	bool is_for_child;
	bool is_by_sms;
	bool is_called_back;
};

#endif
