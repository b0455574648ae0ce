#ifndef NODE_NAPI_H
#define NODE_NAPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The part of Node-API that toyon.c uses (nodejs.org/api/n-api.html), all of it
 * of version 1.  Node promises that this interface stays as it is, and its
 * headers come with some packages of Node and not with others; so what is needed
 * of them stands here.
 */
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef int napi_status; /* 0 is napi_ok */
typedef napi_value (*napi_callback)(napi_env env, napi_callback_info info);
typedef void (*napi_finalize)(napi_env env, void *data, void *hint);

napi_status napi_get_cb_info(napi_env env, napi_callback_info info,
	size_t *argc, napi_value *argv, napi_value *self, void **data);
napi_status napi_create_function(napi_env env, const char *name, size_t n,
	napi_callback fn, void *data, napi_value *out);
napi_status napi_set_named_property(
	napi_env env, napi_value object, const char *name, napi_value value);
napi_status napi_create_object(napi_env env, napi_value *out);
napi_status napi_create_external(napi_env env, void *data, napi_finalize free,
	void *hint, napi_value *out);
napi_status napi_get_value_external(
	napi_env env, napi_value value, void **data);
napi_status napi_get_value_string_utf8(
	napi_env env, napi_value value, char *out, size_t size, size_t *n);
napi_status napi_create_int64(napi_env env, int64_t value, napi_value *out);
napi_status napi_create_string_utf8(
	napi_env env, const char *text, size_t n, napi_value *out);
napi_status napi_create_array_with_length(
	napi_env env, size_t n, napi_value *out);
napi_status napi_get_array_length(napi_env env, napi_value array, uint32_t *n);
napi_status napi_get_element(
	napi_env env, napi_value array, uint32_t i, napi_value *out);
napi_status napi_set_element(
	napi_env env, napi_value array, uint32_t i, napi_value value);
napi_status napi_open_handle_scope(napi_env env, void **scope);
napi_status napi_close_handle_scope(napi_env env, void *scope);
napi_status napi_throw_error(
	napi_env env, const char *code, const char *message);

#endif
