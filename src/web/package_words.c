#include "web/package_words.h"

static const struct package_words english = {
#define PACKAGE_WORD(name, en, es) .name = (en),
#include "web/tbl/package_words.h"
};

static const struct package_words spanish = {
#define PACKAGE_WORD(name, en, es) .name = (es),
#include "web/tbl/package_words.h"
};

const struct package_words *package_words(enum know_language l)
{
	return l == KNOW_ES ? &spanish : &english;
}
