/*
 * The platform's three calls: libcurl carries the bytes, this says what is
 * allowed and reads what comes back.
 */
#include "drop/client.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/stage.h"
#include "base/version.h"
#include "drop/digest.h"
#include "drop/drop.h"
#include "drop/limit.h"

enum {
	CONNECT_MS = 10000,
	SILENT_MS = 60000,
	MESSAGE_MAX = 500,
	AFTER_MOST_S = 86400,
	KEY_MAX = 1000,
	MIB = 1 << 20,
};

static const struct {
	const char *name;
	const char *advice;
} said_rows[] = {
#define DROP_SAID(NAME, name, advice) [DROP_SAID_##NAME] = { name, advice },
#include "drop/tbl/said.h"
};

const char *drop_said_name(enum drop_said s)
{
	must((size_t)s < COUNTOF(said_rows));
	return said_rows[s].name;
}

/* One call under way. */
struct call {
	CURL *curl;
	struct curl_slist *headers;
	curl_mime *form;
	struct arena *arena;
	const char *path; /* of the ZIP; NULL for an upload */
	bool has_head;    /* up to its empty line */
	bool is_begun;
	bool is_zip;
	struct stage stage; /* of a ZIP */
	struct drop_digest *digest;
	int64_t size;
	struct buf text; /* of any other answer */
	struct err *e;   /* set when we ended it ourselves */
};

/* --- what goes out --- */

/* Without TLS the key could be read on the way. */
static bool is_here(str url)
{
	static const char *const here[] = { "http://127.0.0.1",
		"http://localhost", "http://[::1]" };

	for (size_t i = 0; i < COUNTOF(here); i++) {
		str rest = str_from(url, strlen(here[i]));

		if (str_starts(url, str_of(here[i])) &&
			(!rest.n || rest.p[0] == ':' || rest.p[0] == '/'))
			return true;
	}
	return false;
}

static int check_client(const struct drop_client *c, struct err *e)
{
	str url = str_of(c->base);

	if (!is_here(url) && !str_starts(url, STR("https://"))) {
		err_set(e, ERR_USAGE,
			"the platform's address does not begin with https://");
		return err_hint(e, "http:// is for a simulator on this machine "
				   "itself");
	}
	if (str_has(url, '@') || str_has(url, '?') || str_has(url, '#') ||
		!str_is_text(url))
		return err_set(e, ERR_USAGE,
			"the platform's address is https://HOST[/PATH], "
			"without more");
	if (!c->key.n || c->key.n > KEY_MAX || !str_is_text(c->key) ||
		str_has(c->key, '\n') || str_has(c->key, '\r'))
		return err_set(
			e, ERR_USAGE, "there is no API key for the platform");
	return 0;
}

static void add_header(struct call *x, const char *line)
{
	struct curl_slist *more = curl_slist_append(x->headers, line);

	must(more);
	x->headers = more;
}

static const char *url_of(
	struct arena *a, const struct drop_client *c, const char *path)
{
	str url = str_of(c->base);

	while (str_ends(url, STR("/")))
		url.n--;
	return arena_cstr(a, arena_fmt(a, "%.*s%s", STR_ARG(url), path));
}

static size_t take(char *in, size_t size, size_t n, void *ctx);

/* libcurl takes a head that was cut off for a short one. */
static size_t see_head(char *in, size_t size, size_t n, void *ctx)
{
	struct call *x = ctx;
	str line = { in, size * n };

	if (str_starts(line, STR("HTTP/")))
		x->has_head = false;
	else if (!str_trim(line).n)
		x->has_head = true;
	return line.n;
}

static void set_up(
	struct call *x, const struct drop_client *c, const char *path)
{
	int silent_ms = c->timeout_ms ? c->timeout_ms : SILENT_MS;
	CURLcode rc = CURLE_OK;

	add_header(
		x, arena_cstr(x->arena, arena_fmt(x->arena, "X-API-KEY: %.*s",
						STR_ARG(c->key))));
	add_header(x, "Expect:"); /* a pause for nothing */
	rc |= curl_easy_setopt(x->curl, CURLOPT_URL, url_of(x->arena, c, path));
	rc |= curl_easy_setopt(x->curl, CURLOPT_HTTPHEADER, x->headers);
	rc |= curl_easy_setopt(
		x->curl, CURLOPT_USERAGENT, "toyon/" TOYON_VERSION);
	rc |= curl_easy_setopt(x->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(x->curl, CURLOPT_FOLLOWLOCATION, 0L);
	rc |= curl_easy_setopt(x->curl, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(
		x->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc |= curl_easy_setopt(
		x->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	rc |= curl_easy_setopt(x->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	rc |= curl_easy_setopt(x->curl, CURLOPT_LOW_SPEED_TIME,
		(long)(silent_ms + 999) / 1000);
	rc |= curl_easy_setopt(x->curl, CURLOPT_WRITEFUNCTION, take);
	rc |= curl_easy_setopt(x->curl, CURLOPT_WRITEDATA, x);
	rc |= curl_easy_setopt(x->curl, CURLOPT_HEADERFUNCTION, see_head);
	rc |= curl_easy_setopt(x->curl, CURLOPT_HEADERDATA, x);
	/* What is for this machine must not go through another. */
	if (is_here(str_of(c->base)))
		rc |= curl_easy_setopt(x->curl, CURLOPT_PROXY, "");
	must(rc == CURLE_OK);
}

/* --- what comes back --- */

static long status_of(const struct call *x)
{
	long status = 0;

	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* The media type, without what follows it. */
static bool is_type(const struct call *x, const char *wanted)
{
	const char *given = NULL;
	str type, rest;

	curl_easy_getinfo(x->curl, CURLINFO_CONTENT_TYPE, &given);
	str_cut(str_of(given), ';', &type, &rest);
	return str_eq_nocase(str_trim(type), str_of(wanted));
}

static int begin_body(struct call *x)
{
	x->is_begun = true;
	x->is_zip =
		x->path && status_of(x) == 200 && is_type(x, "application/zip");
	if (!x->is_zip)
		return 0;
	x->digest = drop_digest_new(x->arena);
	return stage_open(&x->stage, x->path, 0600, x->e);
}

static int take_zip(struct call *x, str bytes)
{
	x->size += (int64_t)bytes.n;
	if (x->size / MIB >= LIMIT_DROP_ZIP_MIB)
		return err_set(x->e, ERR_LIMIT,
			"what the platform sends is over %d MiB",
			LIMIT_DROP_ZIP_MIB);
	if (write_all(x->stage.fd, bytes.p, bytes.n))
		return err_errno(x->e, "write \"%s\"", x->stage.path);
	drop_digest_add(x->digest, bytes);
	return 0;
}

static size_t take(char *in, size_t size, size_t n, void *ctx)
{
	struct call *x = ctx;
	str bytes = { in, size * n };

	if (!x->is_begun && begin_body(x))
		return 0;
	if (x->is_zip)
		return take_zip(x, bytes) ? 0 : bytes.n;
	/* A page of something else may be of any length: it is not kept. */
	buf_put(&x->text, bytes);
	return bytes.n;
}

static enum drop_said said_of(const struct call *x, long status)
{
	switch (status) {
	case 200:
		if (x->is_zip)
			return DROP_SAID_BATCH;
		return x->path && is_type(x, "application/json")
			       ? DROP_SAID_NOTHING
			       : DROP_SAID_STRANGE;
	case 202:
		return x->path ? DROP_SAID_WAIT : DROP_SAID_TAKEN;
	case 400:
		return x->path ? DROP_SAID_STRANGE : DROP_SAID_REFUSED;
	case 401:
		return DROP_SAID_KEY;
	case 403:
		return DROP_SAID_ACCOUNT;
	case 409:
		return DROP_SAID_NOT_NOW;
	case 429:
		return DROP_SAID_BUSY;
	default:
		return status >= 500 && status <= 599 ? DROP_SAID_TROUBLE
						      : DROP_SAID_STRANGE;
	}
}

/* Their words, fit to be shown: no control characters, whole letters. */
static str printable(struct arena *a, str s)
{
	struct buf b = buf_in(a, MESSAGE_MAX);

	while (s.n) {
		size_t n = str_utf8(s);
		unsigned char c = (unsigned char)s.p[0];
		bool is_shown = n > 1 || (n == 1 && c >= 0x20 && c != 0x7f);

		if (b.n + n > MESSAGE_MAX)
			break;
		if (is_shown)
			buf_put(&b, str_head(s, n));
		else
			buf_putc(&b, ' ');
		s = str_from(s, n ? n : 1);
	}
	return str_trim(buf_str(&b));
}

static str zip_name(const struct call *x)
{
	struct curl_header *h;
	struct date date;
	str value, name;
	ptrdiff_t at;
	int broker;

	if (curl_easy_header(x->curl, "Content-Disposition", 0, CURLH_HEADER,
		    -1, &h) != CURLHE_OK)
		return (str){ 0 };
	value = str_of(h->value);
	at = str_find(value, STR("filename="));
	if (at < 0)
		return (str){ 0 };
	str_cut(str_from(value, (size_t)at + 9), ';', &name, &value);
	name = str_trim(name);
	if (name.n >= 2 && str_starts(name, STR("\"")) &&
		str_ends(name, STR("\"")))
		name = (str){ name.p + 1, name.n - 2 };
	return drop_zip_name_read(name, &date, &broker)
		       ? arena_dup(x->arena, name)
		       : (str){ 0 };
}

static int after_of(const struct call *x)
{
	curl_off_t s = 0;

	curl_easy_getinfo(x->curl, CURLINFO_RETRY_AFTER, &s);
	return s > AFTER_MOST_S ? AFTER_MOST_S : (int)s;
}

/* --- what was said of each file --- */

/* The specification has no code for it, only the words. */
static bool is_repeat(str message)
{
	const str words = STR("already uploaded");

	for (size_t i = 0; i + words.n <= message.n; i++) {
		if (str_eq_nocase(
			    str_head(str_from(message, i), words.n), words))
			return true;
	}
	return false;
}

static const json_t *row_of(const json_t *list, str name)
{
	size_t i;
	json_t *row;

	json_array_foreach(list, i, row)
	{
		if (str_eq(json_text(row, "fileName"), name))
			return row;
	}
	return NULL;
}

static void read_file(
	struct arena *a, const json_t *answer, struct drop_file_said *f)
{
	const json_t *no = row_of(json_object_get(answer, "rejected"), f->name);

	if (no) {
		str why = json_text(no, "message");

		f->is_repeated = is_repeat(why);
		f->is_accepted = f->is_repeated;
		f->message = printable(a, why);
	} else if (row_of(json_object_get(answer, "accepted"), f->name)) {
		f->is_accepted = true;
	} else {
		f->message = STR("the platform said nothing of this file");
	}
}

static void read_files(struct arena *a, const json_t *answer,
	const struct drop_part *part, size_t n, struct drop_answer *out)
{
	out->files = arena_many(a, struct drop_file_said, n);
	out->files_n = n;
	for (size_t i = 0; i < n; i++) {
		out->files[i].name = arena_dup(a, part[i].name);
		read_file(a, answer, &out->files[i]);
	}
}

/* What is no JSON has no message; its status still says what it is. */
static json_t *read_json(struct call *x)
{
	struct err ignored = { 0 };
	json_t *v = NULL;

	if (!buf_ok(&x->text) || !is_type(x, "application/json") ||
		json_read(x->arena, buf_str(&x->text), LIMIT_DROP_ANSWER_BYTES,
			&v, &ignored))
		return NULL;
	return v;
}

/* --- one call --- */

static void release(void *ctx)
{
	struct call *x = ctx;

	curl_easy_cleanup(x->curl);
	curl_mime_free(x->form);
	curl_slist_free_all(x->headers);
	if (x->is_zip)
		stage_drop(&x->stage);
}

static struct call *call_new(
	struct arena *a, const char *zip_path, struct err *e)
{
	struct call *x = arena_one(a, struct call);

	x->arena = a;
	x->path = zip_path;
	x->e = e;
	x->stage.fd = -1;
	x->text = buf_in(a, LIMIT_DROP_ANSWER_BYTES);
	x->curl = curl_easy_init();
	must(x->curl);
	arena_defer(a, release, x);
	return x;
}

static int perform(struct call *x)
{
	CURLcode rc;

	x->e->code = ERR_NONE;
	rc = curl_easy_perform(x->curl);
	if (x->e->code)
		return -1;
	if (rc == CURLE_OK && x->has_head)
		return 0;
	err_set(x->e, ERR_UNAVAILABLE, "the platform did not answer: %s",
		rc ? curl_easy_strerror(rc) : "its head was cut off");
	return err_detail(x->e, "libcurl %d", (int)rc);
}

static json_t *read_answer(struct call *x, struct drop_answer *out)
{
	json_t *v;

	out->http_status = (int)status_of(x);
	out->said = said_of(x, out->http_status);
	out->after_s = after_of(x);
	v = read_json(x);
	if (out->said == DROP_SAID_NOTHING && !v)
		out->said = DROP_SAID_STRANGE;
	out->message = printable(x->arena, json_text(v, "message"));
	out->advice = said_rows[out->said].advice;
	return v;
}

static int keep_zip(struct call *x, struct drop_answer *out)
{
	out->name = zip_name(x);
	out->size = x->size;
	drop_digest_end(x->digest, out->sha256);
	return stage_commit(&x->stage, x->e);
}

int drop_download(const struct drop_client *c, struct arena *a,
	const char *path, struct drop_answer *out, struct err *e)
{
	struct call *x;

	*out = (struct drop_answer){ 0 };
	if (check_client(c, e))
		return -1;
	x = call_new(a, path, e);
	set_up(x, c, "/data/download");
	if (perform(x)) {
		stage_drop(&x->stage);
		return -1;
	}
	read_answer(x, out);
	return out->said == DROP_SAID_BATCH ? keep_zip(x, out) : 0;
}

static int add_part(struct call *x, const struct drop_part *p)
{
	curl_mimepart *part = curl_mime_addpart(x->form);
	struct stat st;

	must(part);
	if (stat(p->path, &st) || access(p->path, R_OK))
		return err_errno(x->e, "read \"%s\"", p->path);
	if (!S_ISREG(st.st_mode))
		return err_set(x->e, ERR_INVALID, "\"%s\" is no file", p->path);
	if (curl_mime_name(part, "files") ||
		curl_mime_filedata(part, p->path) ||
		curl_mime_filename(part, arena_cstr(x->arena, p->name)) ||
		curl_mime_type(part, "text/csv"))
		return err_set(
			x->e, ERR_UNAVAILABLE, "\"%s\" can't be sent", p->path);
	return 0;
}

int drop_upload(const struct drop_client *c, struct arena *a,
	const struct drop_part *part, size_t n, bool is_amend,
	struct drop_answer *out, struct err *e)
{
	struct call *x;
	json_t *answer;

	must(n > 0);
	*out = (struct drop_answer){ 0 };
	if (check_client(c, e))
		return -1;
	x = call_new(a, NULL, e);
	x->form = curl_mime_init(x->curl);
	must(x->form);
	for (size_t i = 0; i < n; i++) {
		if (add_part(x, &part[i]))
			return -1;
	}
	set_up(x, c, is_amend ? "/data/amend" : "/data/upload");
	must(curl_easy_setopt(x->curl, CURLOPT_MIMEPOST, x->form) == CURLE_OK);
	if (perform(x))
		return -1;
	answer = read_answer(x, out);
	if (out->said == DROP_SAID_TAKEN && !answer) {
		out->said = DROP_SAID_STRANGE;
		out->advice = said_rows[out->said].advice;
	}
	if (out->said == DROP_SAID_TAKEN || out->said == DROP_SAID_REFUSED)
		read_files(a, answer, part, n, out);
	return 0;
}
