/* How a service is shown who asks: each type with the fields that it needs. */
#include "base/base.h"
#include "connect/http/recipe_build.h"
#include "connect/secret.h"

static const str auth_names[] = {
#define AUTH(NAME, name, needs, may) STR_INIT(#name),
#include "connect/http/tbl/auths.h"
};

static void read_auth_field(struct yaml_reader *r, const struct yaml_field *f,
	int type, int line, str *out)
{
	static const char *const needs[] = {
#define AUTH(NAME, name, needs, may) needs,
#include "connect/http/tbl/auths.h"
	};
	static const char *const may[] = {
#define AUTH(NAME, name, needs, may) may,
#include "connect/http/tbl/auths.h"
	};
	bool is_needed;

	yaml_text(r, f, RECIPE_TEXT_MAX, out);
	if (type < 0)
		return;
	is_needed = recipe_has_word(needs[type], f->key);
	if (f->value && !is_needed && !recipe_has_word(may[type], f->key))
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena,
				"\"%s\" is not for the type \"%.*s\"", f->key,
				STR_ARG(auth_names[type])),
			STR("leave it out, or name another type"));
	if (!f->value && is_needed)
		yaml_problem(r, line,
			arena_fmt(r->arena,
				"the type \"%.*s\" needs the key \"%s\"",
				STR_ARG(auth_names[type]), f->key),
			yaml_how(r->arena, f->key));
}

void recipe_auth(struct yaml_reader *r, yaml_node_t *node, struct recipe *out)
{
	enum { TYPE, SECRET, USER, NAME, CLIENT, TOKEN_URL, SCOPE };
	struct yaml_field f[] = {
		[TYPE] = { "type", true, NULL },
		[SECRET] = { "secret", false, NULL },
		[USER] = { "user", false, NULL },
		[NAME] = { "name", false, NULL },
		[CLIENT] = { "client", false, NULL },
		[TOKEN_URL] = { "token_url", false, NULL },
		[SCOPE] = { "scope", false, NULL },
	};
	str *fields[] = { NULL, &out->secret, &out->user, &out->name,
		&out->client, &out->token_url, &out->scope };
	int type;

	if (!yaml_mapping(r, node, f, COUNTOF(f), "\"auth\""))
		return;
	type = yaml_word(r, &f[TYPE], auth_names, COUNTOF(auth_names));
	for (size_t i = SECRET; i < COUNTOF(f); i++)
		read_auth_field(r, &f[i], type, yaml_line(node), fields[i]);
	if (out->secret.n && !secret_is_name(out->secret))
		recipe_problem(r, yaml_line(f[SECRET].value),
			"\"secret\" is the name of one, never the secret itself",
			SECRET_NAME_HINT);
	if (out->token_url.n && !http_url_is_safe(out->token_url))
		recipe_problem(r, yaml_line(f[TOKEN_URL].value),
			"\"token_url\" must be https://HOST/PATH",
			"http:// is for this machine itself");
	out->auth = type < 0 ? HTTP_AUTH_NONE : (enum http_auth)type;
}
