#include "desk/agent_post.h"

#include "desk/agent_refuse.h"
#include "desk/child.h"
#include "desk/parent_post.h"
#include "desk/permission.h"
#include "law/reference.h"
#include "mail/letter.h"
#include "words/words.h"

enum reader { NOBODY = 0, CONSUMER = 1, AGENT = 2, BOTH = 3 };

static const struct {
	enum letter_kind kind;
	enum reader of[PROOF_END];
} readers[] = {
#define AGENT_LETTER(NAME, with_signed, with_power, with_none) \
	{ LETTER_##NAME, { [PROOF_SIGNED] = with_signed,       \
				 [PROOF_POWER] = with_power,   \
				 [PROOF_NONE] = with_none } },
#include "desk/tbl/agent_letters.h"
};

bool agent_asks(const struct record *r)
{
	return r->person.agent_email.v.n > 0;
}

enum lang agent_lang(const struct record *r)
{
	enum lang l;

	return lang_read(r->person.agent_language, &l) ? l : LANG_EN;
}

struct record agent_reads(const struct record *r)
{
	struct record out = *r;

	out.person.language = str_of(lang_code(agent_lang(r)));
	out.is_for_agent = true;
	return out;
}

enum proof agent_proof(const struct record *r)
{
	enum proof p = PROOF_NONE;

	(void)proof_of(r->person.agent_proof, &p);
	return p;
}

str agent_in_letter(const struct record *r)
{
	return letter_is_name(r->person.agent_name)
		       ? r->person.agent_name.v
		       : say(record_lang(r), STR("An agent"));
}

/* By proof; of each letter to a requester, whoever they are, somebody has said who
 * reads it: one without a row would open an answer to the wrong person. */
static const enum reader *readers_of(enum letter_kind kind)
{
	size_t i = 0;

	while (i < COUNTOF(readers) && readers[i].kind != kind)
		i++;
	must(i < COUNTOF(readers));
	return readers[i].of;
}

/* Who is told that no proof came is the agent alone, whatever was shown before. */
static enum reader reader_of(const struct record *r, enum letter_kind kind)
{
	const enum reader *of = readers_of(kind);

	if (!agent_asks(r))
		return CONSUMER;
	if (outcome_of(r->row.outcome) == OUTCOME_DENIED &&
		str_eq(r->person.ground, agent_refusal_ground()) &&
		post_is_answer(str_of(letter_kind_name(kind))))
		return AGENT;
	return of[agent_proof(r)];
}

/* is_copy: the consumer reads it, too. */
static int put_to_agent(struct desk *d, const struct record *r, bool is_copy,
	const struct post_draft *x, struct err *e)
{
	struct letter_agent_copy v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.subject = x->words.subject,
		.text = x->words.text,
		.is_copy = is_copy,
	};
	struct post_to to = { .address = r->person.agent_email,
		.name = r->person.agent_name };
	struct letter_words copy =
		letters_agent_copy(d->arena, x->words.lang, &v);

	return post_put(
		d, r, is_copy ? LETTER_AGENT_COPY : x->kind, &to, &copy, e);
}

struct to_agent {
	const struct post_writer *w;
	const struct post_draft *x; /* as the consumer reads it */
	bool is_copy;
};

static int write_to_agent(struct desk *d, const struct record *r,
	const struct to_agent *t, struct err *e)
{
	struct record reader = agent_reads(r);
	struct post_draft own = *t->x;

	if (own.words.lang != record_lang(&reader) &&
		t->w->write(d, &reader, t->w->ctx, &own, e))
		return -1;
	return put_to_agent(d, r, t->is_copy, &own, e);
}

/* On paper it would be old when it came. */
static bool is_code(enum letter_kind kind)
{
	return kind == LETTER_CODE || kind == LETTER_AGENT_CODE;
}

static struct post_to by_email(const struct person *p)
{
	return (struct post_to){ .address = p->email, .name = p->name };
}

struct post_to post_to_consumer(const struct person *p)
{
	if (!person_is_by_paper(p))
		return by_email(p);
	return (struct post_to){ .name = p->name,
		.is_paper = true,
		.postal = p->postal,
		.call = p->phone };
}

static int put_to_consumer(struct desk *d, const struct record *r,
	const struct post_draft *x, struct err *e)
{
	struct post_to to = is_code(x->kind) ? by_email(&r->person)
					     : post_to_consumer(&r->person);

	return post_put(d, r, x->kind, &to, &x->words, e);
}

int post_requester(struct desk *d, const struct record *r,
	const struct post_writer *w, struct err *e)
{
	struct post_draft x;
	enum reader who;

	if (child_opened(r))
		return 0;
	if (w->write(d, r, w->ctx, &x, e))
		return -1;
	if (is_for_child(r))
		return post_parent(d, r, x.kind, &x.words, e);
	who = reader_of(r, x.kind);
	if (who & CONSUMER && put_to_consumer(d, r, &x, e))
		return -1;
	if (!(who & AGENT))
		return 0;
	return write_to_agent(
		d, r, &(struct to_agent){ w, &x, who == BOTH }, e);
}
