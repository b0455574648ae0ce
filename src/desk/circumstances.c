#include "desk/circumstances.h"

#include "desk/note.h"

enum {
#define CIRCUMSTANCE(name, title, hint, missing, citation) AT_##name,
#include "desk/tbl/circumstances.h"
	CIRCUMSTANCES
};

struct circumstance_list circumstances_list(
	struct arena *a, const struct circumstances *c)
{
	struct circumstance_list out = {
		arena_many(a, struct circumstance, CIRCUMSTANCES), CIRCUMSTANCES
	};

#define CIRCUMSTANCE(name, title, hint, missing, citation)             \
	out.at[AT_##name] = (struct circumstance){ #name, title, hint, \
		citation, c->name };
#include "desk/tbl/circumstances.h"
	return out;
}

struct circumstances circumstances_trimmed(const struct circumstances *c)
{
	struct circumstances out;

#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	out.name.v = str_trim(c->name.v);
#include "desk/tbl/circumstances.h"
	return out;
}

void circumstances_check(
	const struct circumstances *c, bool are_needed, struct problems *ps)
{
#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	note_check(c->name.v, #name, are_needed ? missing : NULL, ps);
#include "desk/tbl/circumstances.h"
}

bool circumstances_are_written(const struct person *p)
{
	bool is_any = p->instead.n > 0;

#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	is_any |= p->name.v.n > 0;
#include "desk/tbl/circumstances.h"
	return is_any;
}

struct circumstances circumstances_of(const struct person *p)
{
	struct circumstances out;

#define CIRCUMSTANCE(name, title, hint, missing, citation) out.name = p->name;
#include "desk/tbl/circumstances.h"
	return out;
}

void circumstances_forget(struct person *p)
{
#define CIRCUMSTANCE(name, title, hint, missing, citation) p->name.v = STR("");
#include "desk/tbl/circumstances.h"
}

void circumstances_keep(struct person *p, const struct circumstances *c)
{
#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	if (c->name.v.n)                                   \
		p->name = c->name;
#include "desk/tbl/circumstances.h"
}
