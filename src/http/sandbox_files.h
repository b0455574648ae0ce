#ifndef HTTP_SANDBOX_FILES_H
#define HTTP_SANDBOX_FILES_H

#include <stddef.h>

#include "base/err.h"

/*
 * Leaves this process, for good, with the files under some folders and no
 * others: Landlock.  What is open already stays usable.  A path that is a file
 * stands for itself alone; one that is not there is left out.
 *
 * 1: it holds from now on, for threads that are made later too; 0: this kernel
 * has no Landlock, and nothing has changed; -1.
 */
struct sandbox_files {
	const char *const *write; /* all that can be done to files */
	size_t write_n;
	const char *const *read;
	size_t read_n;
};
int sandbox_files(const struct sandbox_files *f, struct err *e);

#endif
