/* The installation's data map for commands. */
#include "cli/map_of.h"

int map_of(struct cli *c, struct map_of *out, struct err *e)
{
	struct install *in = &c->install;

	if (install_open(in, c->arena, c->dir, 0, e))
		return -1;
	out->read = (struct conn_options){ .mode = CONN_READ,
		.credentials_dir = install_path(in, in->config.credentials) };
	return map_read(
		c->arena, install_path(in, in->config.data_map), &out->map, e);
}

int map_of_system(struct cli *c, const struct map *m, str name,
	const struct map_system **out, struct err *e)
{
	struct near near = { .wanted = name };

	*out = map_system_named(m, name);
	if (*out)
		return 0;
	for (size_t i = 0; i < m->systems_n; i++)
		near_try(&near, arena_cstr(c->arena, m->systems[i].name));
	err_set(e, ERR_NOT_FOUND, "the data map has no system \"%.*s\"",
		STR_ARG(name));
	return near.best ? err_hint(e, "did you mean %s?", near.best) : -1;
}
