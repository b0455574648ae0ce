/* Requests to a store of objects. */
#include "connect/s3/store.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/version.h"
#include "ident/sha256.h"

enum { CONNECT_MS = 10000, WAIT_CONTINUE_MS = 200, CODE_MAX = 60 };

/* One request. */
struct s3_request {
	const struct s3_store *store;
	struct arena *arena;
	str name; /* of the object, for errors; empty: the bucket */
	str query;
	struct s3_to *to; /* where a good answer goes; NULL: into text */
	uint64_t got;
	int from; /* what is written; -1: nothing */
	str payload_sha256;
	str if_match;
	bool is_head;
	struct curl_slist *headers;
	struct buf text;
	long status;
	str etag;
	bool has_head; /* of the answer, up to its empty line */
	struct err *e; /* set when we ended it ourselves */
	bool is_ours;
};

static int of_object(const struct s3_request *q, struct err *e)
{
	return q->name.n ? err_context(e, "\"%.*s\"", STR_ARG(q->name)) : -1;
}

/* --- what goes out --- */

static void add_header(struct s3_request *q, str line)
{
	struct curl_slist *more =
		curl_slist_append(q->headers, arena_cstr(q->arena, line));

	must(more);
	q->headers = more;
}

/* Each part encoded by itself: what is signed is what is sent. */
static str path_of(struct arena *a, str name)
{
	struct buf b = buf_in(a, 3 * name.n + 1);
	str part, rest = name;
	bool more = true;

	while (more) {
		more = str_cut(rest, '/', &part, &rest);
		buf_put(&b, url_encode(a, part));
		if (more)
			buf_putc(&b, '/');
	}
	return buf_str(&b);
}

static str url_of(const struct s3_request *q)
{
	const struct s3_address *at = q->store->at;

	return arena_fmt(q->arena, "%.*s/%.*s%s%.*s%s%.*s", STR_ARG(at->base),
		STR_ARG(at->bucket), q->name.n ? "/" : "",
		STR_ARG(path_of(q->arena, q->name)), q->query.n ? "?" : "",
		STR_ARG(q->query));
}

static size_t give(char *out, size_t size, size_t n, void *ctx)
{
	const struct s3_request *q = ctx;
	ssize_t got = read(q->from, out, size * n);

	return got < 0 ? CURL_READFUNC_ABORT : (size_t)got;
}

static void add_headers(struct s3_request *q)
{
	const struct s3_address *at = q->store->at;

	add_header(q, arena_fmt(q->arena, "x-amz-content-sha256: %.*s",
			      STR_ARG(q->payload_sha256)));
	if (at->token)
		add_header(q, arena_fmt(q->arena, "x-amz-security-token: %s",
				      at->token));
	if (q->if_match.n)
		add_header(q, arena_fmt(q->arena, "If-Match: %.*s",
				      STR_ARG(q->if_match)));
}

/* --- what comes back --- */

static size_t take(char *in, size_t size, size_t n, void *ctx)
{
	struct s3_request *q = ctx;
	size_t all = size * n;
	long status = 0;

	curl_easy_getinfo(q->store->curl, CURLINFO_RESPONSE_CODE, &status);
	if (!q->to || status != 200) {
		buf_put(&q->text, (str){ in, all });
		return buf_ok(&q->text) ? all : 0;
	}
	if (!write_all(q->to->fd, in, all)) {
		q->got += all;
		q->to->is_cut = q->to->enough && q->got >= q->to->enough;
		return q->to->is_cut ? 0 : all;
	}
	q->is_ours = true;
	err_errno(q->e, "write a temporary file");
	err_hint(q->e, "an object is kept there while it is read; TMPDIR "
		       "says where");
	return 0;
}

static size_t take_head(char *in, size_t size, size_t n, void *ctx)
{
	struct s3_request *q = ctx;
	str line = { in, size * n }, name, value;

	if (str_starts(line, STR("HTTP/"))) {
		q->has_head = false;
		q->etag = (str){ 0 };
	} else if (!str_trim(line).n) {
		q->has_head = true;
	} else if (str_cut(line, ':', &name, &value) &&
		   str_eq_nocase(name, STR("etag"))) {
		q->etag = arena_dup(q->arena, str_trim(value));
	}
	return line.n;
}

/* --- one request --- */

static CURLcode set_who(CURL *c, struct s3_request *q)
{
	const struct s3_address *at = q->store->at;
	str how = arena_fmt(q->arena, "aws:amz:%s:s3", at->region);
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(c, CURLOPT_AWS_SIGV4, arena_cstr(q->arena, how));
	rc |= curl_easy_setopt(c, CURLOPT_USERNAME, at->key);
	rc |= curl_easy_setopt(c, CURLOPT_PASSWORD, at->secret);
	return rc;
}

static CURLcode set_limits(CURL *c, const struct s3_store *s)
{
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(c, CURLOPT_USERAGENT, "toyon/" TOYON_VERSION);
	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	rc |= curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(
		c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
		(long)(s->timeout_ms < CONNECT_MS ? s->timeout_ms
						  : CONNECT_MS));
	rc |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	rc |= curl_easy_setopt(
		c, CURLOPT_LOW_SPEED_TIME, (long)(s->timeout_ms + 999) / 1000);
	rc |= curl_easy_setopt(
		c, CURLOPT_EXPECT_100_TIMEOUT_MS, (long)WAIT_CONTINUE_MS);
	if (s->at->is_here)
		rc |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	return rc;
}

static void set_up(struct s3_request *q)
{
	CURL *c = q->store->curl;
	struct stat st;
	CURLcode rc;

	curl_easy_reset(c);
	rc = set_limits(c, q->store) | set_who(c, q);
	rc |= curl_easy_setopt(c, CURLOPT_URL, arena_cstr(q->arena, url_of(q)));
	if (q->is_head)
		rc |= curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
	if (q->from >= 0) {
		must(!fstat(q->from, &st));
		rc |= curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
		rc |= curl_easy_setopt(
			c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)st.st_size);
		rc |= curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
		rc |= curl_easy_setopt(c, CURLOPT_READDATA, q);
	}
	rc |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, q->headers);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEDATA, q);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERDATA, q);
	must(rc == CURLE_OK);
}

static int say_failure(struct s3_request *q, CURLcode rc, struct err *e)
{
	if (q->is_ours)
		return -1;
	err_set(e, ERR_UNAVAILABLE, "the store was not reached: %s",
		curl_easy_strerror(rc));
	if (rc == CURLE_PEER_FAILED_VERIFICATION)
		err_hint(e, "its certificate is none that this machine trusts");
	return of_object(q, e);
}

static const struct {
	long from, to;
	enum err_code code;
	const char *text;
} statuses[] = {
#define STATUS(from, to, code, text) { from, to, ERR_##code, text },
#include "connect/s3/tbl/statuses.h"
};

/* A word of the store's own list of errors: "NoSuchBucket". */
static str code_of(str xml)
{
	ptrdiff_t at = str_find(xml, STR("<Code>"));
	str code, rest;

	if (at < 0 || !str_cut(str_from(xml, (size_t)at + strlen("<Code>")),
			      '<', &code, &rest))
		return STR("no word");
	for (size_t i = 0; i < code.n; i++)
		if ((code.p[i] | 32) < 'a' || (code.p[i] | 32) > 'z')
			return STR("no word");
	return str_head(code, CODE_MAX);
}

static int say_status(struct s3_request *q, struct err *e)
{
	size_t i = 0;

	while (q->status < statuses[i].from || q->status > statuses[i].to)
		i++;
	err_set(e, statuses[i].code, "%s (%ld, %.*s)", statuses[i].text,
		q->status, STR_ARG(code_of(buf_str(&q->text))));
	if (statuses[i].code == ERR_DENIED)
		err_hint(e, "the key of the secret needs the rights to list, "
			    "read and, where rows are erased, write");
	if (statuses[i].code == ERR_CONFLICT)
		err_hint(e, "it was left as it is; running again reads it "
			    "anew");
	return of_object(q, e);
}

static int ask(struct s3_request *q, struct err *e)
{
	CURLcode rc;

	q->e = e;
	q->text = buf_in(q->arena, S3_LISTING_SIZE_MAX);
	if (!q->payload_sha256.n) {
		uint8_t digest[SHA256_SIZE];

		sha256((str){ "", 0 }, digest);
		q->payload_sha256 = hex_of(q->arena, digest, sizeof digest);
	}
	add_headers(q);
	set_up(q);
	pace_wait(q->store->pace);
	rc = curl_easy_perform(q->store->curl);
	curl_slist_free_all(q->headers);
	if (rc == CURLE_WRITE_ERROR && q->to && q->to->is_cut)
		rc = CURLE_OK; /* It was enough. */
	if (rc || !q->has_head)
		return say_failure(q, rc ? rc : CURLE_GOT_NOTHING, e);
	curl_easy_getinfo(q->store->curl, CURLINFO_RESPONSE_CODE, &q->status);
	return q->status == 200 || q->status == 204 ? 0 : say_status(q, e);
}

/* --- requests --- */

static void store_end(void *curl)
{
	curl_easy_cleanup(curl);
}

void s3_store_open(struct arena *a, const struct s3_address *at, int timeout_ms,
	struct s3_store *out)
{
	*out = (struct s3_store){
		.curl = curl_easy_init(), .at = at, .timeout_ms = timeout_ms
	};
	must(out->curl);
	arena_defer(a, store_end, out->curl);
}

static struct s3_request request(
	const struct s3_store *s, struct arena *a, str name)
{
	return (struct s3_request){
		.store = s, .arena = a, .name = name, .from = -1
	};
}

/* The parameters in the order of their names: so they are signed. */
int s3_list(const struct s3_store *s, struct arena *a,
	const struct s3_ask_list *q, struct s3_listing *out, struct err *e)
{
	struct s3_request r = request(s, a, (str){ 0 });
	struct buf b = buf_in(a, 64 << 10);

	if (q->from.n)
		buf_fmt(&b, "continuation-token=%.*s&",
			STR_ARG(url_encode(a, q->from)));
	buf_puts(&b, "encoding-type=url&list-type=2");
	if (q->max)
		buf_fmt(&b, "&max-keys=%d", q->max);
	buf_fmt(&b, "&prefix=%.*s", STR_ARG(url_encode(a, q->prefix)));
	must(buf_ok(&b));
	r.query = buf_str(&b);
	if (ask(&r, e) < 0)
		return err_context(e, "list the bucket");
	return s3_listing_read(a, buf_str(&r.text), out, e);
}

int s3_get(const struct s3_store *s, struct arena *a, str name,
	struct s3_to *to, struct err *e)
{
	struct s3_request r = request(s, a, name);

	r.to = to;
	if (ask(&r, e) < 0)
		return -1;
	to->etag = r.etag;
	if (to->etag.n)
		return 0;
	err_set(e, ERR_CORRUPT, "the store does not say which object this is");
	return of_object(&r, e);
}

int s3_check(const struct s3_store *s, struct arena *a, str name, str etag,
	struct err *e)
{
	struct s3_request r = request(s, a, name);

	r.is_head = true;
	if (ask(&r, e) < 0 && r.status != 404)
		return -1;
	if (r.status == 200 && str_eq(r.etag, etag))
		return 0;
	r.status = 412;
	return say_status(&r, e);
}

static int digest_of(
	struct arena *a, int fd, const struct stat *st, str *out, struct err *e)
{
	uint8_t digest[SHA256_SIZE];
	void *p = NULL;

	if (st->st_size) {
		p = mmap(NULL, (size_t)st->st_size, PROT_READ, MAP_PRIVATE, fd,
			0);
		if (p == MAP_FAILED)
			return err_errno(e, "read a temporary file");
	}
	sha256((str){ p ? p : "", (size_t)st->st_size }, digest);
	if (p)
		munmap(p, (size_t)st->st_size);
	*out = hex_of(a, digest, sizeof digest);
	return 0;
}

int s3_put(const struct s3_store *s, struct arena *a, str name, int fd,
	str etag, struct err *e)
{
	struct s3_request r = request(s, a, name);
	struct stat st;

	r.from = fd;
	r.if_match = etag;
	if (fstat(fd, &st) || lseek(fd, 0, SEEK_SET) < 0)
		return err_errno(e, "read a temporary file");
	if (st.st_size >> 30 >= S3_OBJECT_MAX_GIB)
		return err_set(e, ERR_LIMIT,
			"\"%.*s\": an object of %d GiB or more can't be "
			"replaced",
			STR_ARG(name), S3_OBJECT_MAX_GIB);
	if (digest_of(a, fd, &st, &r.payload_sha256, e) < 0)
		return -1;
	return ask(&r, e);
}
