/* An evidence file as JSON and as a page: two ways to write the same. */
#include "desk/binder_data.h"

#include "base/json.h"
#include "desk/html.h"

enum { TEXT_MAX = 32 << 20 };

static int finish(const struct buf *b, str *out, struct err *e)
{
	if (!buf_ok(b))
		return err_set(e, ERR_LIMIT,
			"the case is too much for one evidence file");
	*out = buf_str(b);
	return 0;
}

static void put_facts(
	struct json *j, const char *key, const struct binder_facts *f)
{
	json_key(j, key);
	json_begin_object(j);
	for (size_t i = 0; i < f->n; i++)
		json_put(j, f->at[i].code, f->at[i].value);
	json_end(j);
}

static void put_left_out(struct json *j, const struct binder *x)
{
	json_key(j, "left_out");
	json_begin_array(j);
	for (size_t i = 0; i < x->left_out.n; i++) {
		json_begin_object(j);
		json_put(j, "what", str_of(x->left_out.at[i].what));
		json_put(j, "why", str_of(x->left_out.at[i].why));
		json_end(j);
	}
	json_end(j);
}

static void put_clocks(struct json *j, const struct binder *x)
{
	json_key(j, "clocks");
	json_begin_array(j);
	for (size_t i = 0; i < x->clocks.n; i++) {
		const struct binder_clock *c = &x->clocks.at[i];

		json_begin_object(j);
		json_put(j, "row", str_of(c->row));
		json_put(j, "title", str_of(c->title));
		json_put(j, "law", str_of(c->citation));
		json_put(j, "period", c->period);
		json_put(j, "from", c->from);
		json_put(j, "last_on", c->last_on);
		json_put(j, "last_on_wider", c->outer_on);
		json_put(j, "done_on", c->done_on);
		json_put(j, "stands", str_of(c->stands));
		json_end(j);
	}
	json_end(j);
}

static void put_decisions(struct json *j, const struct binder *x)
{
	json_key(j, "decisions");
	json_begin_array(j);
	for (size_t i = 0; i < x->decisions.n; i++) {
		const struct binder_decision *m = &x->decisions.at[i];

		json_begin_object(j);
		json_put(j, "code", str_of(m->code));
		json_put(j, "title", m->title);
		json_put(j, "law", str_of(m->citation));
		json_put(j, "text", m->text);
		json_end(j);
	}
	json_end(j);
}

static void put_history(struct json *j, const struct binder *x)
{
	json_key(j, "history");
	json_begin_array(j);
	for (size_t i = 0; i < x->entries.n; i++) {
		const struct binder_entry *n = &x->entries.at[i];

		json_begin_object(j);
		json_put_int(j, "seq", n->seq);
		json_put(j, "at", n->at_utc);
		json_put(j, "actor", n->actor);
		json_put(j, "event", n->event);
		json_put(j, "what", n->what);
		json_end(j);
	}
	json_end(j);
}

static void put_letter(struct json *j, const struct binder_letter *l)
{
	json_begin_object(j);
	json_put_int(j, "letter", l->id);
	json_put(j, "title", l->title);
	json_put(j, "way", l->way);
	json_put(j, "to", l->to);
	json_put(j, "language", l->lang);
	json_put(j, "written", l->written);
	json_put(j, "state", l->state);
	json_put(j, "sent", l->sent);
	json_put(j, "subject", l->subject);
	json_put(j, "words_left_out", l->left_out);
	json_key(j, "text");
	json_begin_array(j);
	for (size_t i = 0; i < l->text.n; i++)
		json_str(j, l->text.at[i]);
	json_end(j);
	json_end(j);
}

static void put_task(struct json *j, const struct binder_task *t)
{
	json_begin_object(j);
	json_put(j, "name", t->name);
	json_put(j, "title", t->title);
	json_put(j, "state", t->state);
	json_put(j, t->is_system ? "asked_at" : "told_at", t->asked);
	json_put(j, "due_on", t->due_on);
	json_put(j, "done_at", t->done);
	if (t->is_system) {
		json_put_int(j, "rows_found", t->rows_found);
		json_put_int(j, "rows_erased", t->rows_gone);
		json_put(j, "evidence", t->evidence);
	}
	json_put(j, "problem", t->problem);
	json_put(j, "said", t->said);
	json_end(j);
}

static void put_told(struct json *j, const struct binder *x)
{
	json_key(j, "letters");
	json_begin_array(j);
	for (size_t i = 0; i < x->letters.n; i++)
		put_letter(j, &x->letters.at[i]);
	json_end(j);
	json_key(j, "systems");
	json_begin_array(j);
	for (size_t i = 0; i < x->systems.n; i++)
		put_task(j, &x->systems.at[i]);
	json_end(j);
	json_key(j, "companies");
	json_begin_array(j);
	for (size_t i = 0; i < x->companies.n; i++)
		put_task(j, &x->companies.at[i]);
	json_end(j);
}

static void put_messages(struct json *j, const struct binder *x)
{
	json_key(j, "messages");
	json_begin_array(j);
	for (size_t i = 0; i < x->messages.n; i++) {
		const struct binder_message *m = &x->messages.at[i];

		json_begin_object(j);
		json_put(j, "from",
			m->is_answer ? STR("business") : STR("requester"));
		json_put(j, "at", m->at);
		json_put(j, "text", m->text);
		json_end(j);
	}
	json_end(j);
}

static void put_trail(struct json *j, const struct binder *x)
{
	json_key(j, "trail");
	json_begin_object(j);
	json_put_int(j, "entries", x->trail.entries);
	json_put_int(j, "seals", x->trail.seals);
	json_put_int(j, "from", x->trail.from);
	json_put_int(j, "to", x->trail.to);
	json_end(j);
}

int binder_put_json(const struct binder *x, str *out, struct err *e)
{
	struct buf b = buf_in(x->arena, TEXT_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, binder_kind.member, binder_kind.version);
	json_put(&j, "business", x->business);
	json_put(&j, "program", x->program);
	json_put(&j, "at", x->made_utc);
	json_put(&j, "public_key", x->public_key);
	json_put(&j, "reference", x->reference);
	json_put(&j, "kind", str_of(x->kind_code));
	json_put(&j, "law", str_of(x->citation));
	put_left_out(&j, x);
	put_facts(&j, "stands", &x->stand);
	put_facts(&j, "who", &x->who);
	put_facts(&j, "asked", &x->asked);
	put_clocks(&j, x);
	put_decisions(&j, x);
	put_facts(&j, "done", &x->done);
	put_told(&j, x);
	put_messages(&j, x);
	put_history(&j, x);
	json_put(&j, "receipt_signature", x->receipt_signature);
	put_trail(&j, x);
	json_end(&j);
	buf_putc(&b, '\n');
	return finish(&b, out, e);
}

int binder_put_page(const struct binder *x, str *out, struct err *e)
{
	struct buf b = buf_in(x->arena, TEXT_MAX);

	html_binder_page(&b, x);
	return finish(&b, out, e);
}
