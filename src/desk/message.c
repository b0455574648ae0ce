#include "desk/message.h"

#include "desk/limit.h"
#include "desk/note.h"
#include "desk/post.h"
#include "desk/record.h"
#include "desk/setting.h"
#include "law/reference.h"

enum { HOUR_S = 3600, LINE_MAX_BYTES = 32 };

/* One a line: "c" or "a", the instant, the text, with tabs between. */
void messages_of(struct arena *a, const struct record *r, struct messages *out)
{
	str rest = r->person.messages.v;
	size_t written = 0;
	str line;

	*out = (struct messages){ .at = arena_many(
					  a, struct message, rest.n / 4 + 1) };
	while (str_next(&rest, '\n', &line)) {
		struct message *m = &out->at[out->n++];
		str who, at;

		str_cut(line, '\t', &who, &line);
		str_cut(line, '\t', &at, &m->text.v);
		(void)str_int(at, &m->at);
		m->is_answer = str_eq(who, STR("a"));
		written += !m->is_answer;
	}
	out->is_waiting = out->n && !out->at[out->n - 1].is_answer;
	out->is_full = !r->seal || written >= LIMIT_MESSAGES_CASE ||
		       r->person.messages.v.n +
				       2 * (LIMIT_NOTE_BYTES + LINE_MAX_BYTES) >
			       PERSON_messages_max; /* with its answer */
}

static int keep(struct desk *d, struct record *r, const char *who, str text,
	struct err *e)
{
	str all = r->person.messages.v;

	r->person.messages.v = arena_fmt(d->arena, "%.*s%s%s\t%lld\t%.*s",
		STR_ARG(all), all.n ? "\n" : "", who, (long long)desk_now(d),
		STR_ARG(note_line(d->arena, text)));
	return record_save_person(d, r, e);
}

struct writing {
	str reference;
	str text;
};

/* To where a person reads what consumers write; without an address the desk alone
 * says it. */
static int tell_staff(struct desk *d, const struct record *r, struct err *e)
{
	struct letter_message v = {
		.reference = reference_show(d->arena, r->row.reference),
	};
	struct post_to to = { 0 };
	struct letter_words words;
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	if (!s.contact_email.n)
		return 0;
	if (post_sign(d, &v.sign, e))
		return -1;
	v.link = post_address(d, "/desk/r/", v.reference);
	to.address.v = s.contact_email;
	words = letters_message(d->arena, LANG_EN, &v);
	return post_put(d, r, LETTER_MESSAGE, &to, &words, e);
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct writing *w = ctx;
	struct messages m;
	struct record r;

	if (record_need(d, w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	messages_of(d->arena, &r, &m);
	if (m.is_full)
		return err_set(e, ERR_CONFLICT,
			"no more can be written here; write or call instead");
	if (keep(d, &r, "c", w->text, e) || tell_staff(d, &r, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_MESSAGE_CAME, r.row.reference, e, AD("n", m.n + 1));
}

int message_send(struct desk *d, str reference, str text, str peer,
	struct problems *ps, struct err *e)
{
	struct writing w = { reference, str_trim(text) };

	note_check(w.text, "text", "Write what you want to tell us", ps);
	if (ps->n)
		return 0;
	if (desk_limit(d, "message", peer, LIMIT_MESSAGES_PEER, HOUR_S, e))
		return -1;
	return desk_write(d, store, &w, e);
}

static int store_answer(struct desk *d, void *ctx, struct err *e)
{
	const struct writing *w = ctx;
	struct messages m;
	struct record r;

	if (record_need(d, w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	messages_of(d->arena, &r, &m);
	if (!r.seal || !m.is_waiting)
		return err_set(e, ERR_CONFLICT, "nothing waits for an answer");
	if (keep(d, &r, "a", w->text, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_MESSAGE_ANSWERED, r.row.reference, e, AD("n", m.n));
}

int message_answer(struct desk *d, str reference, str text, struct problems *ps,
	struct err *e)
{
	struct writing w = { reference, str_trim(text) };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(w.text, "message", "Write the answer", ps);
	if (ps->n)
		return 0;
	return desk_write(d, store_answer, &w, e);
}
