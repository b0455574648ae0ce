#include "desk/post.h"

#include <string.h>

#include "base/buf.h"
#include "base/enc.h"
#include "base/json.h"
#include "connect/secret.h"
#include "desk/closing.h"
#include "desk/config.h"
#include "desk/extend.h"
#include "desk/install.h"
#include "desk/limit.h"
#include "desk/setting.h"
#include "law/reference.h"
#include "mail/letter.h"
#include "mail/send.h"
#include "mail/sms.h"

enum { POST_JSON_MAX = 256 << 10, DAY_MS = 24 * 3600 * 1000 };

static const str label = STR_INIT("mail");

int post_sign(struct desk *d, struct letter_sign *out, struct err *e)
{
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	*out = (struct letter_sign){
		.business = settings_legal_name(&s),
		.phone = s.phone,
		.hours = s.phone_hours,
		.hours_es = s.phone_hours_es,
		.address = s.address,
	};
	return 0;
}

str post_address(struct desk *d, const char *path, str last)
{
	str base = d->config->base_url;

	if (!base.n)
		base = arena_fmt(
			d->arena, "http://%.*s", STR_ARG(d->config->listen));
	if (base.p[base.n - 1] == '/')
		base.n--;
	return arena_fmt(
		d->arena, "%.*s%s%.*s", STR_ARG(base), path, STR_ARG(last));
}

/* English is the source: a letter in it says nothing of a language. */
str post_link(struct desk *d, enum lang l, const char *path, str last)
{
	str href = post_address(d, path, last);

	return l == LANG_EN
		       ? href
		       : url_with(d->arena, href,
				 arena_fmt(d->arena, "lang=%s", lang_code(l)));
}

int post_from(struct desk *d, str *from, struct err *e)
{
	struct settings s;

	*from = d->config->mail_from;
	if (from->n)
		return 0;
	if (settings_load(d, &s, e))
		return -1;
	*from = s.contact_email;
	return 0;
}

int post_way(struct arena *a, const struct install *in, struct mail_way *out,
	struct err *e)
{
	const struct config *c = &in->config;
	struct mail_server *server;

	*out = (struct mail_way){
		.outbox_dir = install_path(in, STR("outbox")),
	};
	if (!c->mail_server.n)
		return 0;
	server = arena_one(a, struct mail_server);
	server->url = arena_cstr(a, c->mail_server);
	server->user = arena_cstr(a, c->mail_user);
	out->server = server;
	if (!c->mail_user.n)
		return 0;
	return secret_read(a, install_path(in, c->credentials),
		STR("mail_password"), &server->password, e);
}

int post_gateway(struct arena *a, const struct install *in,
	struct sms_gateway *out, struct err *e)
{
	const struct config *c = &in->config;

	*out = (struct sms_gateway){
		.url = c->sms_url, .header = c->sms_header, .body = c->sms_body
	};
	if (!c->sms_url.n)
		return err_set(e, ERR_UNAVAILABLE,
			"there is no gateway for text messages any more");
	if (str_find(c->sms_url, STR("{secret}")) < 0 &&
		str_find(c->sms_header, STR("{secret}")) < 0 &&
		str_find(c->sms_body, STR("{secret}")) < 0)
		return 0;
	return secret_read(a, install_path(in, c->credentials),
		STR("sms_secret"), &out->secret, e);
}

static str letter_json(struct desk *d, const struct post_to *to,
	const struct letter_words *words, str message_id)
{
	struct buf b = buf_in(d->arena, POST_JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "to", to->address.v);
	json_put(&j, "name", to->name.v);
	if (to->phone.v.n)
		json_put(&j, "phone", to->phone.v);
	if (to->is_paper) {
		json_put(&j, "postal", to->postal.v);
		json_put(&j, "call", to->call.v);
	}
	json_put(&j, "lang", str_of(lang_code(words->lang)));
	json_put(&j, "subject", words->subject);
	json_put(&j, "text", words->text.v);
	json_put(&j, "message_id", message_id);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static const char *way_of(const struct post_to *to)
{
	return to->is_paper ? "paper" : to->phone.v.n ? "sms" : "email";
}

int post_put(struct desk *d, const struct record *r, enum letter_kind kind,
	const struct post_to *to, const struct letter_words *words,
	struct err *e)
{
	struct sql_mail_add_in in = {
		.request_id = r->row.id,
		.task_id = to->task_id,
		.template = str_of(letter_kind_name(kind)),
		.way = str_of(way_of(to)),
		.created_at = desk_now(d),
	};
	struct sql_mail_add_row row;
	str from;
	str id;

	must(r->seal);
	if (post_from(d, &from, e)) /* its domain is in the Message-ID */
		return -1;
	id = letter_message_id(d->arena, in.created_at, from);
	in.sealed = seal_put(
		d->arena, r->seal, label, letter_json(d, to, words, id));
	if (sql_mail_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	if (to->is_paper) /* staff's to print: no program sends it */
		return 0;
	return desk_job(d, JOB_MAIL, row.id, in.created_at, e);
}

static int open_letter(struct desk *d, str wrapped_key, str sealed,
	struct post *p, struct err *e)
{
	struct seal *seal;
	json_t *j;
	str text;

	if (!wrapped_key.n)
		return 0;
	if (seal_open(d->arena, d->keys, wrapped_key, &seal, e) ||
		seal_get(d->arena, seal, label, sealed, &text, e) ||
		json_read(d->arena, text, POST_JSON_MAX, &j, e))
		return -1;
	p->to.v = json_text(j, "to");
	p->to_name.v = json_text(j, "name");
	p->phone.v = json_text(j, "phone");
	p->postal.v = json_text(j, "postal");
	p->call.v = json_text(j, "call");
	/* Not in each: the row says it of older ones. */
	(void)lang_read(json_text(j, "lang"), &p->lang);
	p->subject = json_text(j, "subject");
	p->text.v = json_text(j, "text");
	p->message_id = json_text(j, "message_id");
	return 0;
}

int post_load(struct desk *d, int64_t mail_id, struct post *out, struct err *e)
{
	struct sql_mail_by_id_row row;
	int rc = sql_mail_by_id(d->db, d->arena,
		&(struct sql_mail_by_id_in){ mail_id }, &row, e);

	if (rc <= 0)
		return rc;
	*out = (struct post){
		.id = row.id,
		.request_id = row.request_id,
		.task_id = row.task_id,
		.reference = row.reference,
		.template = row.template,
		.created_at = row.created_at,
		.is_waiting = str_eq(row.state, STR("waiting")),
		.is_paper = str_eq(row.way, STR("paper")),
	};
	(void)lang_read(row.lang, &out->lang);
	return open_letter(d, row.wrapped_key, row.sealed, out, e) ? -1 : 1;
}

str post_title(str template)
{
	enum letter_kind kind;

	return letter_kind_of(template, &kind) ? str_of(letter_kind_title(kind))
					       : template;
}

bool post_is_answer(str template)
{
	enum letter_kind kind;

	if (!letter_kind_of(template, &kind))
		return false;
	return kind == LETTER_DELETED || kind == LETTER_PACKAGE ||
	       kind == LETTER_CORRECTED || kind == LETTER_EXPLAINED ||
	       kind == LETTER_NOTHING_FOUND || kind == LETTER_DENIED ||
	       kind == LETTER_DENIED_UNVERIFIED;
}

int post_is_refused(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_mail_of_request_rows rows;
	int is_refused = 0;

	if (sql_mail_of_request(d->db, d->arena,
		    &(struct sql_mail_of_request_in){ request_id }, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (post_is_answer(rows.at[i].template))
			is_refused = str_eq(rows.at[i].state, STR("failed"));
	return is_refused;
}

int64_t post_left_at(struct desk *d, const struct post *p)
{
	return p->left_at ? p->left_at : desk_now(d);
}

static int receipt_confirmed(
	struct desk *d, const struct post *p, struct err *e)
{
	struct sql_request_receipt_confirmed_in in = {
		.id = p->request_id,
		.at = post_left_at(d, p),
	};

	if (sql_request_receipt_confirmed(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_RECEIPT_CONFIRMED, p->reference, e,
		AD("letter", post_title(p->template)));
}

static bool is_letter(const struct post *p, enum letter_kind kind)
{
	return str_eq(p->template, str_of(letter_kind_name(kind)));
}

static int vendor_reached(struct desk *d, const struct post *p, struct err *e)
{
	struct sql_task_reached_in in = { p->task_id, desk_now(d) };

	return sql_task_reached(d->db, &in, e) < 0 ? -1 : 0;
}

static int follow_up(struct desk *d, const struct post *p, struct err *e)
{
	if (is_letter(p, LETTER_VENDOR_NOTICE) && vendor_reached(d, p, e))
		return -1;
	if (is_letter(p, LETTER_RECEIPT))
		return receipt_confirmed(d, p, e);
	if (is_letter(p, LETTER_EXTENSION))
		return extend_told(d, p, e);
	if (post_is_answer(p->template))
		return closing_after_answer(
			d, p->request_id, post_left_at(d, p), e);
	return DESK_AUDIT(d, AUDIT_LETTER_SENT, p->reference, e,
		AD("letter", post_title(p->template)));
}

int post_store_sent(struct desk *d, const struct post *p, struct err *e)
{
	struct sql_mail_sent_in in = {
		.id = p->id,
		.at = post_left_at(d, p),
		.message_id = p->message_id,
	};
	int64_t n = sql_mail_sent(d->db, &in, e);

	if (n <= 0) /* sent by an earlier run that lost its lease */
		return (int)n;
	return follow_up(d, p, e) ? -1 : 1;
}

static int store_sent(struct desk *d, void *ctx, struct err *e)
{
	return post_store_sent(d, ctx, e) < 0 ? -1 : 0;
}

int post_sent(struct desk *d, const struct post *p, struct err *e)
{
	struct post copy = *p;

	return desk_write(d, store_sent, &copy, e);
}

/* Every letter may wait an hour for a server that asks for patience; after a day
 * somebody should look. */
static str why_waiting(struct desk *d, const struct post *p)
{
	if (desk_now(d) - p->created_at < DAY_MS)
		return STR("");
	return STR("no mail server takes the notice; it is tried again by "
		   "itself");
}

static int store_waits(struct desk *d, void *ctx, struct err *e)
{
	const struct post *p = ctx;
	struct sql_task_by_id_in of = { p->task_id };
	struct sql_task_waits_in in = { p->task_id, why_waiting(d, p) };
	struct sql_task_by_id_row t;
	int rc = sql_task_by_id(d->db, d->arena, &of, &t, e);

	if (rc <= 0)
		return rc;
	if (sql_task_waits(d->db, &in, e) < 0)
		return -1;
	if (!in.problem.n || t.problem.n) /* said once */
		return 0;
	return DESK_AUDIT(
		d, AUDIT_UNREACHABLE, p->reference, e, AD("system", t.title));
}

int post_waits(struct desk *d, const struct post *p, struct err *e)
{
	struct post copy = *p;

	return is_letter(p, LETTER_VENDOR_NOTICE)
		       ? desk_write(d, store_waits, &copy, e)
		       : 0;
}

bool post_is_stale(const struct desk *d, const struct post *p)
{
	return is_letter(p, LETTER_CODE_SMS) &&
	       desk_now(d) - p->created_at > LIMIT_CODE_MINUTES * 60000LL;
}

int post_again(struct desk *d, int64_t task_id, struct err *e)
{
	struct sql_mail_waiting_of_task_in in = { task_id };
	struct sql_mail_waiting_of_task_row row;
	int rc = sql_mail_waiting_of_task(d->db, d->arena, &in, &row, e);

	return rc > 0 ? desk_job(d, JOB_MAIL, row.id, desk_now(d), e) : rc;
}

/* Tried once a day: by then the address in the data map may be mended. */
static int untold(struct desk *d, const struct post *p, struct err *e)
{
	struct sql_task_untold_in in = {
		.id = p->task_id,
		.problem = STR("the mail server refused the notice; look at "
			       "the company's address in the data map"),
	};

	if (sql_task_untold(d->db, &in, e) < 0)
		return -1;
	return desk_job(d, JOB_TELL, p->task_id, desk_now(d) + DAY_MS, e);
}

/* A reminder that was refused is tried again as well; its task waits on. */
static int unasked(struct desk *d, const struct post *p, struct err *e)
{
	struct sql_task_unasked_in in = {
		.id = p->task_id,
		.problem = STR("the mail server refused the task; look at the "
			       "person's address in the data map"),
	};

	if (sql_task_unasked(d->db, &in, e) < 0)
		return -1;
	return desk_job(d, JOB_ASK, p->task_id, desk_now(d) + DAY_MS, e);
}

/* What was said to be done with the letter was not: an answer can be sent
 * again, and a vendor that could not be told was not told. */
static int take_back(struct desk *d, const struct post *p, struct err *e)
{
	struct sql_request_answered_in unanswered = { p->request_id, 0 };

	if (post_is_answer(p->template))
		return sql_request_answered(d->db, &unanswered, e) < 0 ? -1 : 0;
	if (is_letter(p, LETTER_VENDOR_NOTICE))
		return untold(d, p, e);
	if (is_letter(p, LETTER_KEEPER_TASK))
		return unasked(d, p, e);
	return 0;
}

int post_store_failed(struct desk *d, const struct post *p, struct err *e)
{
	struct record r;
	int64_t n;

	if (record_need(d, p->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	n = sql_mail_failed(d->db, &(struct sql_mail_failed_in){ p->id }, e);
	if (n <= 0)
		return (int)n;
	if (take_back(d, p, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_LETTER_FAILED, p->reference, e,
		AD("letter", post_title(p->template)));
}

static int store_failed(struct desk *d, void *ctx, struct err *e)
{
	return post_store_failed(d, ctx, e);
}

int post_failed(struct desk *d, const struct post *p, struct err *e)
{
	struct post copy = *p;

	return desk_write(d, store_failed, &copy, e);
}

int outbox_load(struct desk *d, struct outbox *out, struct err *e)
{
	struct sql_mail_list_rows rows;

	if (desk_need(d, PERM_SEE_OUTBOX, e))
		return -1;
	if (d->config->mail_server.n)
		return err_set(e, ERR_NOT_FOUND,
			"letters go to the mail server; there is no outbox");
	if (sql_mail_list(d->db, d->arena,
		    &(struct sql_mail_list_in){ LIMIT_OUTBOX_ROWS }, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct outbox_letter, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_mail_list_row *row = &rows.at[i];
		struct post p = { 0 };

		(void)lang_read(row->lang, &p.lang);
		if (open_letter(d, row->wrapped_key, row->sealed, &p, e))
			return -1;
		out->at[i] = (struct outbox_letter){
			.id = row->id,
			.reference = reference_show(d->arena, row->reference),
			.title = post_title(row->template),
			.state = row->state,
			.created_at = row->created_at,
			.to = p.to,
			.lang = p.lang,
			.subject = p.subject,
			.text = p.text,
		};
	}
	return 0;
}
