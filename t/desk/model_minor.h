#ifndef T_DESK_MODEL_MINOR_H
#define T_DESK_MODEL_MINOR_H

#include "model.h"

/*
 * What must hold of minors (Civ. Code 1798.120(c), 1798.135(c)(5)): whose age is known
 * is not sold before the 16th birthday, unless the parent, or from 13 on they
 * themselves, have allowed it in two acts.
 */
enum model_choice {
	MODEL_SAID_NOTHING,
	MODEL_PARENT_ALLOWED,
	MODEL_SELF_ALLOWED,
	MODEL_REFUSED,
};

struct model_minor {
	int32_t born_day;
	int32_t thirteen_day;
	int32_t sixteen_day;
	bool is_told;     /* by somebody, before they were 16 */
	bool is_for_ever; /* a program said it, with no end */
	enum model_choice choice;
};

static inline bool model_is_child(const struct model_minor *m, int32_t today)
{
	return today < m->thirteen_day;
}

static inline bool model_is_grown(const struct model_minor *m, int32_t today)
{
	return today >= m->sixteen_day;
}

static inline bool model_is_allowed(const struct model_minor *m, int32_t today)
{
	return m->choice == MODEL_PARENT_ALLOWED ||
	       (m->choice == MODEL_SELF_ALLOWED && !model_is_child(m, today));
}

/* Their age came to light, in whatever way. */
static inline void model_minor_told(
	struct model_minor *m, struct model_person *p, int32_t today)
{
	if (model_is_grown(m, today))
		return;
	m->is_told = true;
	if (model_is_allowed(m, today))
		return;
	if (!(p->reasons & M_MINOR))
		m->is_for_ever = false;
	p->reasons |= M_MINOR;
}

/* NULL, or why the second act should have been refused. */
static inline const char *model_minor_chose(struct model_minor *m,
	struct model_person *p, bool is_parent, bool allows, int32_t today)
{
	if (allows && !is_parent && model_is_child(m, today))
		return "M-02: a child under 13 opted in";
	if (model_is_grown(m, today)) {
		if (allows)
			p->reasons &= ~(uint32_t)(M_MINOR | M_OPT_OUT);
		return NULL;
	}
	m->is_told = true;
	m->choice = !allows     ? MODEL_REFUSED
		    : is_parent ? MODEL_PARENT_ALLOWED
				: MODEL_SELF_ALLOWED;
	if (allows)
		p->reasons &= ~(uint32_t)(M_MINOR | M_OPT_OUT);
	else
		model_minor_told(m, p, today);
	return NULL;
}

/* NULL, or why the ordinary opt-in should have been refused (11 CCR 7070, 7071). */
static inline const char *model_minor_back(
	struct model_minor *m, struct model_person *p, int32_t today)
{
	if (m->is_told && model_is_child(m, today))
		return "M-01: a child under 13 opted in again";
	if (m->is_told && !model_is_grown(m, today)) {
		m->choice = MODEL_SELF_ALLOWED;
		p->reasons &= ~(uint32_t)M_MINOR;
	}
	p->reasons &= ~(uint32_t)M_OPT_OUT;
	return NULL;
}

/* The worker's round ends what was said until the birthday. */
static inline void model_minor_round(
	struct model_minor *m, struct model_person *p, int32_t today)
{
	if (p->reasons & M_MINOR && !m->is_for_ever && model_is_grown(m, today))
		p->reasons &= ~(uint32_t)M_MINOR;
}

#endif
