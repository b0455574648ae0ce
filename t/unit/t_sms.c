/*
 * Text messages through a gateway that listens here: what it is sent is what the
 * patterns say, and each answer is the failure it should be.
 */
#include "mail/sms.h"

#include <string.h>

#include "base/base.h"
#include "check.h"
#include "server.h"

static struct arena *arena;

static int send_by(const struct server *s, struct sms_gateway g,
	const char *path, const char *text, struct err *e)
{
	g.url = arena_fmt(arena, "http://127.0.0.1:%d%s", s->port, path);
	g.timeout_ms = 5000;
	*e = (struct err){ 0 };
	return sms_send(arena, &g, (personal){ STR("5105550177") },
		(personal){ str_of(text) }, e);
}

#define OK "HTTP/1.1 202 Accepted\r\nConnection: close\r\n\r\n"

static const struct {
	const char *why;
	const char *path;
	struct sms_gateway gateway;
	const char *text;
	const char *line;     /* first of the request */
	const char *parts[3]; /* that it has besides */
} calls[] = {
	{ "everything in the address", "/send?to={to}&text={text}&key={secret}",
		{ .secret = STR_INIT("s&cret=1") }, "A & B: 123456?",
		"GET /send?to=%2B15105550177&text=A%20%26%20B%3A%20123456%3F"
		"&key=s%26cret%3D1 HTTP/1.1\r\n",
		{ 0 } },
	{ "a JSON body and a header", "/v1/messages",
		{ .header = STR_INIT("Authorization: Bearer {secret}"),
			.body = STR_INIT("{\"to\": \"{to}\", \"body\": "
					 "\"{text}\", \"x\": \"{other}\"}"),
			.secret = STR_INIT("tok-1") },
		"say \"hi\\\n\"", "POST /v1/messages HTTP/1.1\r\n",
		{ "\r\nAuthorization: Bearer tok-1\r\n",
			"\r\nContent-Type: application/json\r\n",
			"\r\n\r\n{\"to\": \"+15105550177\", \"body\": \"say "
			"\\\"hi\\\\\\u000a\\\"\", \"x\": \"{other}\"}" } },
	{ "a form", "/form", { .body = STR_INIT("To={to}&Body={text}") },
		"1+1&Body=no", "POST /form HTTP/1.1\r\n",
		{ "\r\nContent-Type: application/x-www-form-urlencoded\r\n",
			"\r\n\r\nTo=%2B15105550177&Body=1%2B1%26Body%3Dno",
			NULL } },
	{ "what is put in is not looked through again", "/again",
		{ .body = STR_INIT("To={to}&Body={text}"),
			.secret = STR_INIT("hidden") },
		"{secret}", "POST /again HTTP/1.1\r\n",
		{ "Body=%7Bsecret%7D", NULL, NULL } },
};

static void what_arrives(void)
{
	for (size_t i = 0; i < COUNTOF(calls); i++) {
		struct server s;
		struct err e;
		str got;

		server_start(&s, OK, 0);
		CHECK(!send_by(&s, calls[i].gateway, calls[i].path,
			      calls[i].text, &e),
			"%s: %s", calls[i].why, e.message);
		server_stop(&s);
		got = (str){ s.got, s.got_n };
		CHECK(str_starts(got, str_of(calls[i].line)), "%s: %.*s",
			calls[i].why, STR_ARG(got));
		for (size_t k = 0; k < 3 && calls[i].parts[k]; k++)
			CHECK(str_find(got, str_of(calls[i].parts[k])) > 0,
				"%s: \"%s\" in %.*s", calls[i].why,
				calls[i].parts[k], STR_ARG(got));
	}
}

static const struct {
	const char *why;
	const char *says;
	enum err_code code;
	const char *hint; /* a piece of it */
} refusals[] = {
	{ "no such number", "HTTP/1.1 400 Bad +15105550177\r\n\r\n",
		ERR_INVALID, "" },
	{ "no such message", "HTTP/1.1 422 No\r\n\r\n", ERR_INVALID, "" },
	{ "a wrong key", "HTTP/1.1 401 No\r\n\r\n", ERR_UNAVAILABLE,
		"sms_secret" },
	{ "too many", "HTTP/1.1 429 Later\r\n\r\n", ERR_UNAVAILABLE, "" },
	{ "the gateway is down", "HTTP/1.1 503 Down\r\n\r\n", ERR_UNAVAILABLE,
		"" },
	{ "leads elsewhere: not followed",
		"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
		ERR_UNAVAILABLE, "" },
	{ "hangs up", "", ERR_UNAVAILABLE, "" },
};

static void refused(void)
{
	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		struct server s;
		struct err e;

		server_start(&s, refusals[i].says, 0);
		CHECK(send_by(&s, (struct sms_gateway){ .secret = STR("x") },
			      "/?to={to}&text={text}", "654321", &e) == -1 &&
				e.code == refusals[i].code,
			"%s: %s", refusals[i].why, e.message);
		server_stop(&s);
		CHECK(!strstr(e.message, "5105550177") &&
				!strstr(e.message, "654321") &&
				!strstr(e.detail, "5105550177"),
			"%s: neither the number nor the code is said",
			refusals[i].why);
		CHECK(strstr(e.hint, refusals[i].hint), "%s: %s",
			refusals[i].why, e.hint);
	}
}

static const struct {
	const char *why;
	struct sms_gateway gateway;
	bool is_good;
} settings[] = {
	{ "https", { .url = STR_INIT("https://sms.example/{to}/{text}") },
		true },
	{ "in the clear to somewhere else",
		{ .url = STR_INIT("http://sms.example/{to}/{text}") }, false },
	{ "a host that only begins like this machine",
		{ .url = STR_INIT("http://127.0.0.1.example/{to}/{text}") },
		false },
	{ "another protocol", { .url = STR_INIT("ftp://x/{to}/{text}") },
		false },
	{ "nobody gets it", { .url = STR_INIT("https://sms.example/{text}") },
		false },
	{ "nothing is said", { .url = STR_INIT("https://sms.example/{to}") },
		false },
	{ "said in the body",
		{ .url = STR_INIT("https://sms.example/"),
			.body = STR_INIT("{to} {text}") },
		true },
	{ "a header that is none",
		{ .url = STR_INIT("https://sms.example/{to}/{text}"),
			.header = STR_INIT("Bearer x") },
		false },
	{ "a secret of two lines would be two headers",
		{ .url = STR_INIT("https://sms.example/{to}/{text}"),
			.secret = STR_INIT("a\r\nX: y") },
		false },
};

static void checked(void)
{
	for (size_t i = 0; i < COUNTOF(settings); i++) {
		struct err e = { 0 };

		CHECK((sms_check(&settings[i].gateway, &e) == 0) ==
				settings[i].is_good,
			"%s: %s", settings[i].why, e.message);
	}
}

int main(void)
{
	arena = arena_new(1 << 24);
	what_arrives();
	refused();
	checked();
	arena_free(arena);
	return CHECK_DONE();
}
