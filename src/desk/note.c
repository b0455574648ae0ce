#include "desk/note.h"

#include "desk/limit.h"

void note_check(
	str note, const char *field, const char *missing, struct problems *ps)
{
	if (note.n > LIMIT_NOTE_BYTES || !str_is_text(note))
		problem_add(
			ps, field, "long", "Keep it under 2,000 characters");
	else if (!note.n && missing)
		problem_add(ps, field, "missing", missing);
}

str note_line(struct arena *a, str note)
{
	char *line = arena_cstr(a, note);

	for (size_t i = 0; i < note.n; i++)
		if (line[i] == '\n' || line[i] == '\t' || line[i] == '\r')
			line[i] = ' ';
	return (str){ line, note.n };
}
