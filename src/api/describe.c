/*
 * The OpenAPI document: paths from tbl/api.h, what they take and answer.  Made
 * once, when the process starts.
 */
#include "api/describe.h"

#include <string.h>

#include "api/call.h"
#include "desk/access.h"
#include "desk/limit.h"

enum { DESCRIPTION_SIZE_MAX = 256 << 10 };

static const struct param {
	const char *handler;
	const char *in;
	const char *name;
	const char *schema;
	bool is_required;
	const char *text;
} params[] = {
#define PARAM(handler, in, name, schema, is_required, text) \
	{ #handler, #in, name, #schema, is_required, text },
#include "api/tbl/params.h"
};

static bool is_none(const char *schema)
{
	return !strcmp(schema, "NONE");
}

static void put_params(struct json *j, const struct api_row *row)
{
	json_key(j, "parameters"), json_begin_array(j);
	for (size_t i = 0; i < COUNTOF(params); i++) {
		const struct param *p = &params[i];

		if (strcmp(p->handler, row->handler) != 0)
			continue;
		json_begin_object(j);
		json_put(j, "name", str_of(p->name));
		json_put(j, "in", str_of(p->in));
		json_put_bool(j, "required", p->is_required);
		json_put(j, "description", str_of(p->text));
		json_key(j, "schema"), schema_put_ref(j, p->schema);
		json_end(j);
	}
	json_end(j);
}

/* "TYPE": {"schema": ...} */
static void put_lines_type(struct json *j, const char *type)
{
	json_key(j, type), json_begin_object(j);
	json_key(j, "schema"), json_begin_object(j);
	json_put(j, "type", STR("string"));
	json_end(j), json_end(j);
}

static void put_json_types(struct json *j, const struct api_row *row)
{
	json_key(j, "application/json"), json_begin_object(j);
	json_key(j, "schema"), schema_put_ref(j, row->in);
	json_end(j);
	if (!schema_takes_lines(row->in))
		return;
	put_lines_type(j, "application/x-ndjson");
	put_lines_type(j, "text/plain");
}

static void put_body(struct json *j, const struct api_row *row)
{
	if (is_none(row->in))
		return;
	json_key(j, "requestBody"), json_begin_object(j);
	json_put_bool(j, "required", true);
	json_key(j, "content"), json_begin_object(j);
	if (!strcmp(row->in, "BYTES"))
		put_lines_type(j, "text/csv");
	else
		put_json_types(j, row);
	json_end(j), json_end(j);
}

static void put_envelope(struct json *j, const char *of)
{
	json_begin_object(j);
	json_put(j, "type", STR("object"));
	json_key(j, "required"), json_begin_array(j);
	json_str(j, STR("data"));
	json_end(j);
	json_key(j, "properties"), json_begin_object(j);
	json_key(j, "data"), schema_put_ref(j, of);
	json_end(j), json_end(j);
}

static void put_good(struct json *j, struct arena *a, const struct api_row *row)
{
	json_key(j, arena_cstr(a, arena_fmt(a, "%d", row->status)));
	json_begin_object(j);
	json_put(j, "description", str_of(row->summary));
	json_key(j, "content"), json_begin_object(j);
	if (!strcmp(row->out, "BYTES")) {
		json_key(j, "application/octet-stream"), json_begin_object(j);
		json_end(j), json_end(j), json_end(j);
		return;
	}
	json_key(j, "application/json"), json_begin_object(j);
	json_key(j, "schema");
	if (is_none(row->out)) {
		json_begin_object(j);
		json_put(j, "type", STR("object"));
		json_end(j);
	} else {
		put_envelope(j, row->out);
	}
	json_end(j);
	if (schema_takes_lines(row->in) && schema_is_list(row->out))
		put_lines_type(j, "application/x-ndjson");
	json_end(j), json_end(j);
}

static void put_answers(
	struct json *j, struct arena *a, const struct api_row *row)
{
	json_key(j, "responses"), json_begin_object(j);
	put_good(j, a, row);
	json_key(j, "default"), json_begin_object(j);
	json_put(j, "$ref", STR("#/components/responses/Problem"));
	json_end(j), json_end(j);
}

/* "post": {...} */
static void put_operation(
	struct json *j, struct arena *a, const struct api_row *row)
{
	char *method = arena_cstr(a, str_of(row->method));

	for (char *p = method; *p; p++)
		*p = (char)(*p | 32);
	json_key(j, method), json_begin_object(j);
	json_put(j, "operationId", str_of(row->handler));
	json_put(j, "summary", str_of(row->summary));
	if (row->scope != SCOPE_NONE)
		json_put(j, "description",
			arena_fmt(a, "Takes a key with the scope %s.",
				scope_code(row->scope)));
	if (row->access == ACCESS_FREE) {
		json_key(j, "security"), json_begin_array(j);
		json_end(j);
	}
	put_params(j, row);
	put_body(j, row);
	put_answers(j, a, row);
	json_end(j);
}

static bool is_first(size_t row)
{
	for (size_t i = 0; i < row; i++)
		if (!strcmp(api_rows[i].pattern, api_rows[row].pattern))
			return false;
	return true;
}

static void put_paths(struct json *j, struct arena *a)
{
	json_key(j, "paths"), json_begin_object(j);
	for (size_t i = 0; i < api_rows_n; i++) {
		if (!is_first(i))
			continue;
		json_key(j, api_rows[i].pattern), json_begin_object(j);
		for (size_t k = i; k < api_rows_n; k++)
			if (!strcmp(api_rows[k].pattern, api_rows[i].pattern))
				put_operation(j, a, &api_rows[k]);
		json_end(j);
	}
	json_end(j);
}

static void put_components(struct json *j)
{
	json_key(j, "components"), json_begin_object(j);
	json_key(j, "securitySchemes"), json_begin_object(j);
	json_key(j, "key"), json_begin_object(j);
	json_put(j, "type", STR("http"));
	json_put(j, "scheme", STR("bearer"));
	json_put(j, "description",
		STR("An API key, ty_live_...; `toyon key add` makes one"));
	json_end(j), json_end(j);
	json_key(j, "responses"), json_begin_object(j);
	json_key(j, "Problem"), json_begin_object(j);
	json_put(j, "description",
		STR("It did not go well; nothing was changed"));
	json_key(j, "content"), json_begin_object(j);
	json_key(j, "application/problem+json"), json_begin_object(j);
	json_key(j, "schema"), schema_put_ref(j, "Problem");
	json_end(j), json_end(j), json_end(j), json_end(j);
	json_key(j, "schemas"), json_begin_object(j);
	schemas_put(j);
	json_end(j), json_end(j);
}

static void put_info(struct json *j, struct arena *a)
{
	json_key(j, "info"), json_begin_object(j);
	json_put(j, "title", STR("Toyon"));
	json_put(j, "version", STR("1"));
	json_put(j, "description",
		arena_fmt(a,
			"Who may not be passed on, and requests to opt out. "
			"Lists are of at most %d identifiers and %d bytes. "
			"Every answer has X-Request-Id; calls with a key have "
			"RateLimit.",
			LIMIT_API_BATCH, LIMIT_API_BYTES));
	json_end(j);
}

str describe_text(struct arena *a)
{
	struct buf b = buf_in(a, DESCRIPTION_SIZE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "openapi", STR("3.1.0"));
	put_info(&j, a);
	json_key(&j, "servers"), json_begin_array(&j);
	json_begin_object(&j);
	json_put(&j, "url", STR("/"));
	json_end(&j), json_end(&j);
	json_key(&j, "security"), json_begin_array(&j);
	json_begin_object(&j);
	json_key(&j, "key"), json_begin_array(&j);
	json_end(&j), json_end(&j), json_end(&j);
	put_paths(&j, a);
	put_components(&j);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

int describe(struct call *c, struct err *e)
{
	struct http_asset asset = {
		.type = STR("application/json"),
		.bytes = c->api->description,
		.etag = c->api->etag,
		.max_age_s = 300,
	};

	(void)e;
	http_send_asset(c->q, c->r, &asset);
	return 0;
}
