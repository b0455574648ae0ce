#ifndef WEB_DECLARATION_H
#define WEB_DECLARATION_H

#include "base/err.h"
#include "base/str.h"

/*
 * The declaration under penalty of perjury and the name under it (11 CCR 7062(c)): the
 * same words where a form asks for it (r_declaration.html) and where staff did
 * (declare.html).
 */
struct declaration_fields {
	str declared; /* "yes": ticked */
	personal signed_by;
	const struct problems *problems;
};

#endif
