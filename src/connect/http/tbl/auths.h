/*
 * AUTH(NAME, name, fields that it needs beside `type`, fields that it may have):
 * how a service is shown who asks.  The fields are those of tbl/auth_fields.h.
 */
AUTH(NONE, none, "", "")
AUTH(BEARER, bearer, "secret", "")
AUTH(BASIC, basic, "user secret", "")
AUTH(HEADER, header, "name secret", "")
AUTH(QUERY, query, "name secret", "")
AUTH(OAUTH2, oauth2, "token_url client secret", "scope")
#undef AUTH
