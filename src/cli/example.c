/* The files of examples/, as tools/embed put them into the binary. */
#include "cli/example.h"

#include <stddef.h>

#include "base/base.h"
#include "cli/examples.h"

str example_text(const char *name)
{
	size_t i = 0;

	while (i < examples_n && !str_eq(examples[i].path, str_of(name)))
		i++;
	must(i < examples_n); /* an example of this name */
	return examples[i].bytes;
}
