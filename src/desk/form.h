#ifndef DESK_FORM_H
#define DESK_FORM_H

#include "desk/desk.h"
#include "desk/person.h"
#include "law/kind.h"

/*
 * The forms of requests that are answered by letter: what each is called, which
 * questions it asks in which order, and whether an answer will do.  Pages and the
 * phone line draw them; nothing is asked that law/field.h does not allow.
 */
struct form {
	enum kind kind;
	const char *title;   /* "Delete my information" */
	const char *what;    /* "delete the personal information we hold ..." */
	const char *verb;    /* "delete" */
	const char *mixup;   /* "delete somebody else's information" */
	const char *does;    /* a sentence */
	const char *tells;   /* "what is gone, and what ..." */
	const char *section; /* "7022(a)" */
};

/* NULL for a kind that has no such form: opt-out, limit. */
const struct form *form_of(enum kind kind);
/* The kind that the word in a path asks for; both kinds of know have one path, and
 * what was answered decides, the lesser one until then.  KIND_NONE: no form. */
enum kind form_kind(str path, const struct person *answers);

enum question {
#define QUESTION(name, ...) QUESTION_##name,
#include "desk/tbl/questions.h"
	QUESTIONS,
};

struct question_row {
	const char *path;
	const char *title;
	unsigned kinds; /* KIND_BIT()s */
	const char *missing;
};

const struct question_row *question_row(enum question q);
bool question_is_asked(enum question q, enum kind kind);

/* Is this person asked it?  Who came from the portal is found and verified by their
 * account, and types none of that again (11 CCR 7061; desk/account.h). */
bool question_is_put(const struct desk *d, enum question q, enum kind kind,
	const struct person *p);

/*
 * Tidies the answers to one question (blanks around, days as
 * 2026-11-21) and
 * says what is wrong with them, by the names of the fields.
 */
void question_check(struct desk *d, enum question q, struct person *answers,
	struct problems *ps);
/* The same for a declaration alone, asked by the form or after it (desk/declare.h).
 * unticked: what is said where the box is not. */
void declaration_check(
	struct person *answers, const char *unticked, struct problems *ps);
/* The same for each question of the kind. */
void form_check(struct desk *d, enum kind kind, struct person *answers,
	struct problems *ps);
/* The first that has no good answer yet; QUESTIONS when all have. */
enum question form_next(
	struct desk *d, enum kind kind, const struct person *answers);
/* Takes out what a form of this kind does not ask: an answer to another one. */
void form_only(enum kind kind, struct person *answers);

/* One field of a question. */
struct asked {
	enum question question;
	const char *name;  /* of the form field, and in struct person */
	const char *field; /* code of law/field.h */
	const char *title;
	size_t at; /* in struct person: see asked_value() */
	size_t max;
	bool is_personal;
};

/*
 * The data points that the business's data map relies on, as bits of
 * connect/point.h; none when it can't be read.
 */
unsigned form_points(struct desk *d);
/* A street and a date of birth are asked only by who relies on them: no more is
 * collected than verifies (11 CCR 7060(c), (d)). */
bool asked_is_needed(
	const struct desk *d, const struct asked *a, unsigned points);
/* Is there a gateway for text messages? */
bool form_has_sms(const struct desk *d);

size_t asked_count(void);
const struct asked *asked_at(size_t i);
str *asked_value(const struct asked *a, struct person *p);
/* The answer as people read it: the words of a choice, a day in words. */
str asked_words(struct arena *a, enum lang l, const struct asked *asked,
	const struct person *p);

/* "2026-11-21" as browsers send it, or "11/21/2026" as people type it. */
bool form_read_day(str typed, struct date *out);

#endif
