/* The files of examples/, as tools/embed put them into the binary. */
#include "cli/example.h"

#include <stddef.h>

#include "base/base.h"
#include "cli/examples.h"

str example_text(const char *name)
{
	for (size_t i = 0; i < examples_n; i++)
		if (str_eq(examples[i].path, str_of(name)))
			return examples[i].bytes;
	must(!"an example of this name");
	return (str){ 0 };
}
