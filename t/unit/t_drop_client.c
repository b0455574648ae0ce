/*
 * What the client makes of answers, whatever they are: a server of one
 * connection says each, byte by byte as written here.  Calls against the
 * simulator are in t/drop/run.
 */
#include "drop/client.h"

#include <sys/stat.h>
#include <time.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "check.h"
#include "drop/limit.h"
#include "ident/sha256.h"
#include "server.h"

struct place {
	char dir[64];
	char zip[96];
	char csv[96];
};

static struct drop_client client_of(struct arena *a, const struct server *s)
{
	return (struct drop_client){
		arena_fmt(a, "http://127.0.0.1:%d%c", s->port, 0).p,
		STR("made-up-key"), 1000
	};
}

/* --- downloads --- */

#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define JSON(n) \
	"Content-Type: application/json\r\nContent-Length: " #n "\r\n\r\n"
#define ZIP       "Content-Type: application/zip\r\n"
#define NAME      "Content-Disposition: attachment; filename="
#define STATUS(s) "HTTP/1.1 " s "\r\nConnection: close\r\n"

static const struct {
	const char *why;
	const char *says;
	int rc;
	enum drop_said said;
	int after_s;
	const char *message;
	const char *name;
} downloads[] = {
	{ "a ZIP",
		OK ZIP NAME "\"20260312_4821_DROP.zip\"\r\n"
			    "Content-Length: 4\r\n\r\nPK!!",
		0, DROP_SAID_BATCH, 0, "", "20260312_4821_DROP.zip" },
	{ "a name without quotes, a type with more",
		OK "Content-Type: application/zip; x=y\r\n" NAME
		   "20260312_4821_DROP.zip; size=4\r\n"
		   "Content-Length: 4\r\n\r\nPK!!",
		0, DROP_SAID_BATCH, 0, "", "20260312_4821_DROP.zip" },
	{ "a name that is a path",
		OK ZIP NAME "\"../20260312_4821_DROP.zip\"\r\n"
			    "Content-Length: 4\r\n\r\nPK!!",
		0, DROP_SAID_BATCH, 0, "", "" },
	{ "chunked",
		OK ZIP "Transfer-Encoding: chunked\r\n\r\n"
		       "4\r\nPK!!\r\n0\r\n\r\n",
		0, DROP_SAID_BATCH, 0, "", "" },
	{ "nothing new", OK JSON(24) "{\"message\":\"no news\"}   ", 0,
		DROP_SAID_NOTHING, 0, "no news", "" },
	{ "JSON that is none", OK JSON(9) "{\"message", 0, DROP_SAID_STRANGE, 0,
		"", "" },
	{ "a page in its place",
		OK "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
		0, DROP_SAID_STRANGE, 0, "", "" },
	{ "a ZIP of nothing", OK ZIP "Content-Length: 0\r\n\r\n", 0,
		DROP_SAID_STRANGE, 0, "", "" },
	{ "being prepared",
		STATUS("202 Accepted") "Retry-After: 60\r\n" JSON(
			18) "{\"message\":\"soon\"}",
		0, DROP_SAID_WAIT, 60, "soon", "" },
	{ "a wait of a year",
		STATUS("202 Accepted") "Retry-After: 31536000\r\n" JSON(2) "{}",
		0, DROP_SAID_WAIT, 86400, "", "" },
	{ "a wait that is none",
		STATUS("202 Accepted") "Retry-After: soon\r\n" JSON(2) "{}", 0,
		DROP_SAID_WAIT, 0, "", "" },
	{ "a key that is none",
		STATUS("401 Unauthorized") JSON(19) "{\"message\":\"no\\n!\"}",
		0, DROP_SAID_KEY, 0, "no !", "" },
	{ "an account", STATUS("403 Forbidden") JSON(2) "{}", 0,
		DROP_SAID_ACCOUNT, 0, "", "" },
	{ "elsewhere",
		STATUS("302 Found") "Location: http://127.0.0.1:1/\r\n"
				    "Content-Length: 0\r\n\r\n",
		0, DROP_SAID_STRANGE, 0, "", "" },
	{ "no such page", STATUS("404 Not Found") "Content-Length: 0\r\n\r\n",
		0, DROP_SAID_STRANGE, 0, "", "" },
	{ "400, which a download never gets",
		STATUS("400 Bad Request") JSON(2) "{}", 0, DROP_SAID_STRANGE, 0,
		"", "" },
	{ "not now", STATUS("409 Conflict") JSON(2) "{}", 0, DROP_SAID_NOT_NOW,
		0, "", "" },
	{ "busy",
		STATUS("429 Too Many Requests") "Retry-After: 30\r\n" JSON(
			2) "{}",
		0, DROP_SAID_BUSY, 30, "", "" },
	{ "500", STATUS("500 Error") "Content-Length: 0\r\n\r\n", 0,
		DROP_SAID_TROUBLE, 0, "", "" },
	{ "503, a gateway's page",
		STATUS("503 Unavailable") "Content-Type: text/html\r\n"
					  "Content-Length: 4\r\n\r\nbusy",
		0, DROP_SAID_TROUBLE, 0, "", "" },
	{ "a ZIP shorter than promised", OK ZIP "Content-Length: 9\r\n\r\nPK!!",
		-1, 0, 0, "", "" },
	{ "a chunk cut short",
		OK ZIP "Transfer-Encoding: chunked\r\n\r\n9\r\nPK!!", -1, 0, 0,
		"", "" },
	{ "an answer shorter than promised", OK JSON(99) "{}", -1, 0, 0, "",
		"" },
	{ "not HTTP", "SSH-2.0-OpenSSH\r\n", -1, 0, 0, "", "" },
	{ "a head cut short", "HTTP/1.1 200 OK\r\nContent-", -1, 0, 0, "", "" },
	{ "nothing at all", NULL, -1, 0, 0, "", "" },
};

static void the_downloads(const struct place *p)
{
	for (size_t i = 0; i < COUNTOF(downloads); i++) {
		struct arena *a = arena_new(64 << 20);
		struct drop_answer got;
		struct drop_client c;
		struct server s;
		struct err e = { 0 };
		const char *why = downloads[i].why;
		bool is_batch;
		int rc;

		server_start(&s, downloads[i].says, 0);
		c = client_of(a, &s);
		rc = drop_download(&c, a, p->zip, &got, &e);
		server_stop(&s);
		CHECK(rc == downloads[i].rc, "%s: %s", why, e.message);
		CHECK(strstr(s.got, "GET /data/download HTTP/1.1\r\n") &&
				strstr(s.got, "X-API-KEY: made-up-key\r\n"),
			"%s: asked as documented", why);
		CHECK(!rc || e.code == ERR_UNAVAILABLE, "%s: %s", why,
			e.message);
		CHECK(!strstr(e.message, "made-up-key"), "%s", e.message);
		CHECK(rc || (got.said == downloads[i].said &&
				    got.after_s == downloads[i].after_s),
			"%s: %s, %d", why, drop_said_name(got.said),
			got.after_s);
		CHECK(rc || (str_eq(got.message,
				     str_of(downloads[i].message)) &&
				    str_eq(got.name,
					    str_of(downloads[i].name))),
			"%s: %.*s", why, STR_ARG(got.message));
		is_batch = !rc && got.said == DROP_SAID_BATCH;
		CHECK(file_exists(p->zip) == is_batch, "%s: the file", why);
		unlink(p->zip);
		arena_free(a);
	}
}

/* What is in the file is what was sent, for nobody else to read. */
static void the_bytes(const struct place *p)
{
	static const char says[] = OK ZIP "Content-Length: 4\r\n\r\nPK\0!";
	struct arena *a = arena_new(64 << 20);
	struct drop_answer got;
	struct drop_client c;
	struct server s;
	struct stat st;
	struct err e = { 0 };
	uint8_t digest[32];
	str bytes;

	server_start(&s, says, sizeof says - 1);
	c = client_of(a, &s);
	CHECK(!drop_download(&c, a, p->zip, &got, &e), "%s", e.message);
	server_stop(&s);
	sha256((str){ "PK\0!", 4 }, digest);
	CHECK(got.size == 4 && !memcmp(got.sha256, digest, 32), "its hash");
	CHECK(!file_read(a, p->zip, 100, &bytes, &e) &&
			str_eq(bytes, (str){ "PK\0!", 4 }),
		"its bytes");
	CHECK(!stat(p->zip, &st) && (st.st_mode & 0777) == 0600, "its mode");

	server_start(&s, OK ZIP "Content-Length: 9\r\n\r\nno", 0);
	c = client_of(a, &s);
	CHECK(drop_download(&c, a, p->zip, &got, &e) == -1, "cut");
	server_stop(&s);
	CHECK(!file_read(a, p->zip, 100, &bytes, &e) &&
			str_eq(bytes, (str){ "PK\0!", 4 }),
		"what was there before is there still");
	unlink(p->zip);
	arena_free(a);
}

/* Retry-After as a date. */
static void a_date(const struct place *p)
{
	struct arena *a = arena_new(64 << 20);
	time_t at = time(NULL) + 120;
	struct drop_answer got;
	struct drop_client c;
	struct server s;
	struct err e = { 0 };
	char date[64];
	struct tm tm;

	gmtime_r(&at, &tm);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
	server_start(&s,
		arena_fmt(a,
			STATUS("503 Unavailable") "Retry-After: %s\r\n"
						  "Content-Length: 0\r\n\r\n%c",
			date, 0)
			.p,
		0);
	c = client_of(a, &s);
	CHECK(!drop_download(&c, a, p->zip, &got, &e), "%s", e.message);
	server_stop(&s);
	CHECK(got.after_s > 100 && got.after_s <= 120, "%d", got.after_s);
	arena_free(a);
}

static void long_words(const struct place *p)
{
	struct arena *a = arena_new(64 << 20);
	char *words = arena_alloc(a, 901);
	struct drop_answer got;
	struct drop_client c;
	struct server s;
	struct err e = { 0 };

	memset(words, 'x', 900);
	server_start(&s,
		arena_fmt(a,
			STATUS("403 Forbidden")
				JSON(914) "{\"message\":\"%s\"}%c",
			words, 0)
			.p,
		0);
	c = client_of(a, &s);
	CHECK(!drop_download(&c, a, p->zip, &got, &e), "%s", e.message);
	server_stop(&s);
	CHECK(got.message.n == 500, "%zu", got.message.n);
	CHECK(got.advice && strstr(got.advice, "account"), "what to do");
	arena_free(a);
}

/* JSON with blanks behind it, as long as an answer may be, and longer. */
static void a_long_answer(
	const struct place *p, size_t size, enum drop_said said)
{
	struct arena *a = arena_new(128 << 20);
	char *body = arena_alloc(a, size + 1);
	struct drop_answer got;
	struct drop_client c;
	struct server s;
	struct err e = { 0 };

	memset(body, ' ', size);
	memcpy(body, "{}", 2);
	server_start(&s,
		arena_fmt(a,
			OK "Content-Type: application/json\r\n"
			   "Content-Length: %zu\r\n\r\n%s%c",
			size, body, 0)
			.p,
		0);
	c = client_of(a, &s);
	CHECK(!drop_download(&c, a, p->zip, &got, &e), "%s", e.message);
	server_stop(&s);
	CHECK(got.said == said, "%zu: %s", size, drop_said_name(got.said));
	arena_free(a);
}

/* --- uploads --- */

static const struct {
	const char *why;
	const char *body; /* of the answer, with status 202 or 400 */
	const char *status;
	enum drop_said said;
	bool is_accepted[2], is_repeated[2];
} uploads[] = {
	{ "both",
		"{\"acceptedCount\":2,\"accepted\":[{\"fileName\":\"a.csv\"},"
		"{\"fileName\":\"b.csv\"}],\"rejected\":[]}",
		"202 Accepted", DROP_SAID_TAKEN, { true, true }, { false } },
	{ "one",
		"{\"accepted\":[{\"fileName\":\"b.csv\"}],\"rejected\":[{"
		"\"fileName\":\"a.csv\",\"message\":\"The header is wrong\"}]}",
		"202 Accepted", DROP_SAID_TAKEN, { false, true }, { false } },
	{ "one again",
		"{\"accepted\":[{\"fileName\":\"b.csv\"}],\"rejected\":[{"
		"\"fileName\":\"a.csv\",\"message\":\"Already uploaded for this"
		" batch; use a unique suffix\"}]}",
		"202 Accepted", DROP_SAID_TAKEN, { true, true },
		{ true, false } },
	{ "one not mentioned", "{\"accepted\":[{\"fileName\":\"a.csv\"}]}",
		"202 Accepted", DROP_SAID_TAKEN, { true, false }, { false } },
	{ "others", "{\"accepted\":[{\"fileName\":\"c.csv\"},7,null]}",
		"202 Accepted", DROP_SAID_TAKEN, { false, false }, { false } },
	{ "in both lists: the refusal counts",
		"{\"accepted\":[{\"fileName\":\"a.csv\"}],\"rejected\":[{"
		"\"fileName\":\"a.csv\",\"message\":\"no\"}]}",
		"202 Accepted", DROP_SAID_TAKEN, { false, false }, { false } },
	{ "none",
		"{\"rejected\":[{\"fileName\":\"a.csv\",\"message\":\"x\"},{"
		"\"fileName\":\"b.csv\",\"message\":\"was already uploaded\"}]}",
		"400 Bad Request", DROP_SAID_REFUSED, { false, true },
		{ false, true } },
	{ "lists that are none", "{\"accepted\":7,\"rejected\":\"a.csv\"}",
		"202 Accepted", DROP_SAID_TAKEN, { false, false }, { false } },
	{ "an answer that is none", "accepted", "202 Accepted",
		DROP_SAID_STRANGE, { false, false }, { false } },
};

static void the_uploads(const struct place *p)
{
	const struct drop_part part[] = { { STR("a.csv"), p->csv },
		{ STR("b.csv"), p->csv } };

	for (size_t i = 0; i < COUNTOF(uploads); i++) {
		struct arena *a = arena_new(64 << 20);
		struct drop_answer got;
		struct drop_client c;
		struct server s;
		struct err e = { 0 };
		const char *why = uploads[i].why;

		server_start(&s,
			arena_fmt(a,
				"HTTP/1.1 %s\r\nContent-Type: application/json"
				"\r\nContent-Length: %zu\r\n\r\n%s%c",
				uploads[i].status, strlen(uploads[i].body),
				uploads[i].body, 0)
				.p,
			0);
		c = client_of(a, &s);
		CHECK(!drop_upload(&c, a, part, 2, i % 2, &got, &e), "%s: %s",
			why, e.message);
		server_stop(&s);
		CHECK(strstr(s.got, i % 2 ? "POST /data/amend HTTP/1.1\r\n"
					  : "POST /data/upload HTTP/1.1\r\n"),
			"%s: the call", why);
		CHECK(strstr(s.got, "name=\"files\"; filename=\"b.csv\"\r\n"
				    "Content-Type: text/csv\r\n\r\n"
				    "Id,Status\n"),
			"%s: the part", why);
		CHECK(got.said == uploads[i].said, "%s: %s", why,
			drop_said_name(got.said));
		CHECK(got.files_n == (got.said == DROP_SAID_STRANGE ? 0 : 2),
			"%s", why);
		for (size_t k = 0; k < got.files_n; k++)
			CHECK(got.files[k].is_accepted ==
						uploads[i].is_accepted[k] &&
					got.files[k].is_repeated ==
						uploads[i].is_repeated[k] &&
					str_eq(got.files[k].name, part[k].name),
				"%s: file %zu", why, k);
		arena_free(a);
	}
}

/* --- what is never sent --- */

static void not_sent(const struct place *p)
{
	static const struct {
		const char *why, *base, *key;
	} cases[] = {
		{ "no TLS", "http://drop.example", "k" },
		{ "a name that begins as ours", "http://127.0.0.1.example",
			"k" },
		{ "another protocol", "ftp://127.0.0.1", "k" },
		{ "a user", "https://a:b@drop.example", "k" },
		{ "a query", "https://drop.example?x", "k" },
		{ "no key", "https://drop.example", "" },
		{ "a key with a line end", "https://drop.example",
			"k\r\nX: y" },
	};
	const struct drop_part gone = { STR("a.csv"), "/nowhere/a.csv" };
	struct drop_client here = { "http://127.0.0.1:1", STR("k"), 1000 };
	struct drop_answer got;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct arena *a = arena_new(64 << 20);
		struct drop_client c = { cases[i].base, str_of(cases[i].key),
			1000 };

		CHECK(drop_download(&c, a, p->zip, &got, &e) == -1 &&
				e.code == ERR_USAGE,
			"%s: %s", cases[i].why, e.message);
		arena_free(a);
	}
	{
		struct arena *a = arena_new(64 << 20);

		CHECK(drop_download(&here, a, p->zip, &got, &e) == -1 &&
				e.code == ERR_UNAVAILABLE,
			"nobody listens: %s", e.message);
		CHECK(drop_upload(&here, a, &gone, 1, false, &got, &e) == -1 &&
				strstr(e.message, "/nowhere/a.csv"),
			"%s", e.message);
		arena_free(a);
	}
}

int main(void)
{
	struct place p;
	struct err e = { 0 };

	snprintf(p.dir, sizeof p.dir, "/tmp/t_drop_client.XXXXXX");
	CHECK(mkdtemp(p.dir), "a folder");
	snprintf(p.zip, sizeof p.zip, "%s/batch.zip", p.dir);
	snprintf(p.csv, sizeof p.csv, "%s/answer.csv", p.dir);
	CHECK(!file_replace(p.csv, STR("Id,Status\n"), 0600, &e), "%s",
		e.message);
	the_downloads(&p);
	the_bytes(&p);
	a_date(&p);
	long_words(&p);
	a_long_answer(&p, LIMIT_DROP_ANSWER_BYTES, DROP_SAID_NOTHING);
	a_long_answer(&p, LIMIT_DROP_ANSWER_BYTES + 1, DROP_SAID_STRANGE);
	the_uploads(&p);
	not_sent(&p);
	unlink(p.csv);
	CHECK(!rmdir(p.dir), "nothing is left behind");
	return CHECK_DONE();
}
