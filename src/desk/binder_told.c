/* What was said and to whom: letters, systems and companies with their answers, messages
 * with the requester. */
#include "desk/binder_data.h"

#include "desk/answer.h"
#include "desk/case_fill.h"
#include "desk/message.h"
#include "desk/post.h"

enum {
	CODE_DIGITS = 6,
	/* A secret of a link is longer, a word of our own addresses shorter:
	 * t/desk/t_binder.c looks through tbl/routes.h. */
	SECRET_LEAST = 20,
};

/* --- what a letter must not carry to others --- */

static bool is_secret_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

static bool is_in_link(char c)
{
	return is_secret_char(c) || c == '/' || c == '.' || c == '#';
}

static str link_at(str text, size_t at)
{
	size_t n = 0;

	while (at + n < text.n && is_in_link(text.p[at + n]))
		n++;
	return (str){ text.p + at, n };
}

/* Behind our address: pieces of the path, of which long ones are secrets. */
static void put_link(struct buf *b, str link)
{
	while (link.n) {
		size_t n = 0;

		while (n < link.n && link.p[n] != '/')
			n++;
		if (n < SECRET_LEAST)
			buf_put(b, str_head(link, n));
		else
			buf_puts(b, "[left out]");
		if (n < link.n)
			buf_putc(b, '/');
		link = str_from(link, n + 1);
	}
}

/* Six digits, and nothing else on the line. */
static bool is_code_line(str line)
{
	str s = str_trim(line);

	if (s.n != CODE_DIGITS)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static void put_line(struct buf *b, str site, str line)
{
	ptrdiff_t at;

	if (is_code_line(line)) {
		buf_puts(b, "[left out]");
		return;
	}
	while (site.n && (at = str_find(line, site)) >= 0) {
		str link = link_at(line, (size_t)at + site.n);

		buf_put(b, str_head(line, (size_t)at + site.n));
		put_link(b, link);
		line = str_from(line, (size_t)at + site.n + link.n);
	}
	buf_put(b, line);
}

str binder_without_secrets(struct arena *a, str site, str text)
{
	/* What is put in is shorter than what it stands for, but for a code. */
	struct buf b = buf_in(a, 3 * text.n + 64);
	bool is_first = true;
	str line;

	while (str_next(&text, '\n', &line)) {
		if (!is_first)
			buf_putc(&b, '\n');
		is_first = false;
		put_line(&b, site, line);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

/* --- letters --- */

static bool is_code_letter(str template)
{
	enum letter_kind kind;

	if (!letter_kind_of(template, &kind))
		return false;
	return kind == LETTER_CODE || kind == LETTER_AGENT_CODE ||
	       kind == LETTER_CODE_SMS;
}

/* Where it went: an address, a number, the lines of an envelope. */
static str to_of(const struct post *p)
{
	if (p->phone.v.n)
		return p->phone.v;
	if (!p->is_paper)
		return p->to.v;
	return p->postal.v.n ? p->postal.v : p->call.v;
}

static int put_letter(struct desk *d, const struct sql_mail_of_request_row *m,
	struct binder_letter *out, struct err *e)
{
	struct paragraphs text;
	struct post p;

	if (post_load(d, m->id, &p, e) != 1)
		return -1;
	*out = (struct binder_letter){
		.id = m->id,
		.title = post_title(m->template),
		.way = p.is_paper    ? STR("paper")
		       : p.phone.v.n ? STR("sms")
				     : STR("email"),
		.to = to_of(&p),
		.lang = str_of(lang_code(p.lang)),
		.state = m->state,
		.written = binder_moment(d->arena, m->created_at),
		.sent = binder_moment(d->arena, m->sent_at),
	};
	if (is_code_letter(m->template)) {
		out->left_out = STR("It carries a code, which is the "
				    "requester’s own.");
		return 0;
	}
	out->subject = p.subject;
	p.text.v = binder_without_secrets(
		d->arena, post_address(d, "", STR("")), p.text.v);
	text = answer_paragraphs(d->arena, p.text);
	out->text.at = text.at;
	out->text.n = text.n;
	return 0;
}

static int load_letters(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct sql_mail_of_request_in in = { r->row.id };
	struct sql_mail_of_request_rows rows;

	if (sql_mail_of_request(d->db, d->arena, &in, &rows, e))
		return -1;
	x->letters.at = arena_many(d->arena, struct binder_letter, rows.n);
	for (; x->letters.n < rows.n; x->letters.n++)
		if (put_letter(d, &rows.at[x->letters.n],
			    &x->letters.at[x->letters.n], e))
			return -1;
	return 0;
}

/* --- systems and companies --- */

static struct binder_task task_of(struct arena *a, const struct case_task *c,
	const struct sql_task_list_row *t)
{
	struct binder_task out = {
		.is_system = c->is_system,
		.name = t->name,
		.title = t->title,
		.state = t->state,
		.words = c->words,
		.asked = binder_moment(a, t->asked_at),
		.done = binder_moment(a, t->done_at),
		.rows_found = t->rows_found,
		.rows_gone = t->rows_erased,
		.evidence = t->evidence,
		.problem = t->problem,
		.said = c->said.v,
	};

	if (!date_is_none(c->due_on))
		out.due_on = date_words(a, c->due_on);
	return out;
}

static int load_tasks(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct case_view *v = arena_one(d->arena, struct case_view);
	struct tally t;

	v->is_revealed =
		true; /* what companies wrote is shown to who may see it */
	if (record_tally(d, r->row.id, &t, e))
		return -1;
	case_fill_tasks(d, &t, v);
	if (case_fill_said(d, r, &t, v, e))
		return -1;
	x->systems.at = arena_many(d->arena, struct binder_task, t.rows.n);
	x->companies.at = arena_many(d->arena, struct binder_task, t.rows.n);
	for (size_t i = 0; i < t.rows.n; i++) {
		struct binder_task task =
			task_of(d->arena, &v->tasks.at[i], &t.rows.at[i]);

		if (task.is_system)
			x->systems.at[x->systems.n++] = task;
		else
			x->companies.at[x->companies.n++] = task;
	}
	return 0;
}

/* --- messages --- */

static void load_messages(
	struct desk *d, const struct record *r, struct binder *x)
{
	struct messages all;

	messages_of(d->arena, r, &all);
	x->messages.at = arena_many(d->arena, struct binder_message, all.n);
	x->messages.n = all.n;
	for (size_t i = 0; i < all.n; i++)
		x->messages.at[i] = (struct binder_message){
			.is_answer = all.at[i].is_answer,
			.at = binder_moment(d->arena, all.at[i].at),
			.text = all.at[i].text.v,
		};
}

int binder_load_told(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	load_messages(d, r, x);
	return load_letters(d, r, x, e) || load_tasks(d, r, x, e) ? -1 : 0;
}
