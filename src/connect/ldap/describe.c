/*
 * What a directory holds, learnt from its entries: those of one structural class below
 * one naming context are the rows of a table.  The names of entries are read to know
 * the classes; the attributes, of some entries of each class.
 */
#include <stdlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/ldap/session.h"

enum {
	ENTRIES_MAX =
		100000, /* whose class is looked at, of a naming context */
	SAMPLES = 200,  /* entries of a class whose attributes are read */
	CONTEXTS_MAX = 16,
	FILTER_MAX = 1000, /* that the map takes */
};

#define STRUCTURAL   "structuralObjectClass"
#define OBJECT_CLASS "objectClass"

struct attribute {
	str name;
	size_t seen; /* in how many entries */
};

struct survey {
	struct directory_conn *conn;
	struct arena *arena;
	str contexts[CONTEXTS_MAX];
	size_t contexts_n;
	/* Of one context. */
	str classes[MAP_TABLES_MAX];
	size_t classes_n;
	size_t entries_n;
	bool is_structural; /* the directory tells which class that is */
	/* Of one class. */
	str class;
	str narrower[MAP_TABLES_MAX];
	size_t narrower_n;
	struct attribute attributes[MAP_COLUMNS_MAX];
	size_t attributes_n;
	size_t samples_n;
	str tables[MAP_TABLES_MAX]; /* names that were told */
	size_t tables_n;
	column_fn *fn;
	void *ctx;
};

static int search(struct survey *s, const char *base, const char *filter,
	char **attributes, directory_fn *fn, struct err *e)
{
	struct directory_search q = {
		.base = base,
		.scope = *base ? LDAP_SCOPE_SUBTREE : LDAP_SCOPE_BASE,
		.filter = filter,
		.attributes = attributes,
		.what = "what the directory holds",
	};

	return directory_search(&s->conn->link, &q, fn, s, e);
}

/* --- naming contexts --- */

static int take_contexts(void *ctx, LDAP *ld, LDAPMessage *m, struct err *e)
{
	struct survey *s = ctx;
	struct berval **v = ldap_get_values_len(ld, m, "namingContexts");

	(void)e;
	for (size_t i = 0; v && v[i] && s->contexts_n < CONTEXTS_MAX; i++)
		s->contexts[s->contexts_n++] = arena_dup(
			s->arena, (str){ v[i]->bv_val, v[i]->bv_len });
	ldap_value_free_len(v);
	return 0;
}

/* --- classes --- */

/* The last one, where the directory does not tell: from the widest to the narrowest is
 * how they are written. */
static str class_of(struct survey *s, LDAP *ld, LDAPMessage *m)
{
	struct berval **v = ldap_get_values_len(ld, m, STRUCTURAL);
	str out = { 0 };

	s->is_structural |= v != NULL;
	if (!v)
		v = ldap_get_values_len(ld, m, OBJECT_CLASS);
	for (size_t i = 0; v && v[i]; i++)
		out = (str){ v[i]->bv_val, v[i]->bv_len };
	out = arena_dup(s->arena, out);
	ldap_value_free_len(v);
	return out;
}

static int take_class(void *ctx, LDAP *ld, LDAPMessage *m, struct err *e)
{
	struct survey *s = ctx;
	str class = class_of(s, ld, m);

	(void)e;
	for (size_t i = 0; i < s->classes_n; i++)
		if (str_eq(s->classes[i], class))
			class = (str){ 0 };
	if (directory_is_attribute(class) && s->classes_n < MAP_TABLES_MAX)
		s->classes[s->classes_n++] = class;
	return ++s->entries_n == ENTRIES_MAX;
}

/* --- attributes --- */

static void note_attribute(struct survey *s, str name)
{
	size_t i = 0;

	if (str_eq_nocase(name, STR(OBJECT_CLASS)))
		return;
	while (i < s->attributes_n && !str_eq(s->attributes[i].name, name))
		i++;
	if (i == MAP_COLUMNS_MAX)
		return;
	if (i == s->attributes_n)
		s->attributes[s->attributes_n++].name =
			arena_dup(s->arena, name);
	s->attributes[i].seen++;
}

static int take_attributes(void *ctx, LDAP *ld, LDAPMessage *m, struct err *e)
{
	struct survey *s = ctx;
	BerElement *at = NULL;

	(void)e;
	for (char *name = ldap_first_attribute(ld, m, &at); name;
		name = ldap_next_attribute(ld, m, at)) {
		note_attribute(s, str_of(name));
		ldap_memfree(name);
	}
	ber_free(at, 0);
	return ++s->samples_n == SAMPLES;
}

/* --- told --- */

/* Of a class that another context has, too: told apart by a number. */
static str name_of(struct survey *s)
{
	size_t n = 1;

	for (size_t i = 0; i < s->tables_n; i++)
		n += str_eq(s->tables[i], s->class);
	if (s->tables_n < MAP_TABLES_MAX)
		s->tables[s->tables_n++] = s->class;
	return n == 1 ? s->class
		      : arena_fmt(s->arena, "%.*s %zu", STR_ARG(s->class), n);
}

static int tell_class(struct survey *s, str context, str filter, struct err *e)
{
	const str words[TABLE_WORDS] = {
		[TABLE_BASE] = context, [TABLE_FILTER] = filter
	};
	struct column_fact fact = { .table = name_of(s), .words = words };

	for (size_t i = 0; i < s->attributes_n; i++) {
		fact.column = s->attributes[i].name;
		fact.is_optional = s->attributes[i].seen < s->samples_n;
		if (directory_is_attribute(fact.column) &&
			s->fn(s->ctx, &fact, e))
			return -1;
	}
	return 0;
}

/* Of a class a filter takes those for its entries that are of a narrower one as well,
 * which have a table of their own. */
static int take_narrower(void *ctx, LDAP *ld, LDAPMessage *m, struct err *e)
{
	struct survey *s = ctx;
	str class = class_of(s, ld, m);

	(void)e;
	if (str_eq(class, s->class))
		class = (str){ 0 };
	for (size_t i = 0; i < s->narrower_n; i++)
		if (str_eq(s->narrower[i], class))
			class = (str){ 0 };
	if (directory_is_attribute(class) && s->narrower_n < MAP_TABLES_MAX)
		s->narrower[s->narrower_n++] = class;
	return ++s->entries_n == ENTRIES_MAX;
}

static str without_narrower(struct survey *s, const char *word, str filter)
{
	struct buf b = buf_in(s->arena, FILTER_MAX);

	if (!s->narrower_n)
		return filter;
	buf_fmt(&b, "(&%.*s", STR_ARG(filter));
	for (size_t i = 0; i < s->narrower_n; i++)
		buf_fmt(&b, "(!(%s=%.*s))", word, STR_ARG(s->narrower[i]));
	buf_putc(&b, ')');
	return buf_ok(&b) ? buf_str(&b) : filter;
}

static int filter_of(
	struct survey *s, const char *context, str *out, struct err *e)
{
	const char *word = s->is_structural ? STRUCTURAL : OBJECT_CLASS;
	/* The library's type for names is not const. */
	char *names[] = { (char[]){ OBJECT_CLASS }, (char[]){ STRUCTURAL },
		NULL };

	*out = arena_fmt(s->arena, "(%s=%.*s)", word, STR_ARG(s->class));
	s->narrower_n = s->entries_n = 0;
	if (search(s, context, arena_cstr(s->arena, *out), names, take_narrower,
		    e) < 0)
		return -1;
	*out = without_narrower(s, word, *out);
	return 0;
}

static int survey_class(struct survey *s, str context, str class, struct err *e)
{
	char *all[] = { (char[]){ LDAP_ALL_USER_ATTRIBUTES }, NULL };
	str filter;

	s->class = class;
	s->attributes_n = s->samples_n = 0;
	if (filter_of(s, arena_cstr(s->arena, context), &filter, e))
		return -1;
	for (size_t i = 0; i < MAP_COLUMNS_MAX; i++)
		s->attributes[i].seen = 0;
	if (search(s, arena_cstr(s->arena, context),
		    arena_cstr(s->arena, filter), all, take_attributes, e) < 0)
		return -1;
	return tell_class(s, context, filter, e);
}

static int survey_context(struct survey *s, str context, struct err *e)
{
	char *names[] = { (char[]){ OBJECT_CLASS }, (char[]){ STRUCTURAL },
		NULL };

	s->classes_n = s->entries_n = 0;
	s->is_structural = false;
	if (search(s, arena_cstr(s->arena, context), "(objectClass=*)", names,
		    take_class, e) < 0)
		return -1;
	for (size_t i = 0; i < s->classes_n; i++)
		if (survey_class(s, context, s->classes[i], e))
			return -1;
	return 0;
}

int directory_describe(
	struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	char *names[] = { (char[]){ "namingContexts" }, NULL };
	struct arena *a = arena_new(DIRECTORY_SCRATCH_MAX);
	struct survey *s = arena_one(a, struct survey);
	int rc;

	*s = (struct survey){
		.conn = directory_own(conn), .arena = a, .fn = fn, .ctx = ctx
	};
	rc = search(s, "", "(objectClass=*)", names, take_contexts, e);
	for (size_t i = 0; !rc && i < s->contexts_n; i++)
		rc = survey_context(s, s->contexts[i], e);
	arena_free(a);
	return rc < 0 ? -1 : 0;
}
