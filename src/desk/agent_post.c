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

	return lang_read(r->person.agent_language, &l) ? l : record_lang(r);
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

static int put_to_agent(struct desk *d, const struct record *r,
	enum letter_kind kind, const struct letter_words *words, struct err *e)
{
	struct letter_agent_copy v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.subject = words->subject,
		.text = words->text,
		.is_copy = kind == LETTER_AGENT_COPY,
	};
	struct post_to to = { .address = r->person.agent_email,
		.name = r->person.agent_name };
	struct letter_words copy =
		letters_agent_copy(d->arena, words->lang, &v);

	return post_put(d, r, kind, &to, &copy, e);
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

int post_requester(struct desk *d, const struct record *r,
	enum letter_kind kind, const struct letter_words *words, struct err *e)
{
	struct post_to to = is_code(kind) ? by_email(&r->person)
					  : post_to_consumer(&r->person);
	enum reader who = reader_of(r, kind);

	if (child_opened(r))
		return 0;
	if (is_for_child(r))
		return post_parent(d, r, kind, words, e);
	if (who == AGENT)
		return put_to_agent(d, r, kind, words, e);
	if (!(who & CONSUMER))
		return 0;
	if (post_put(d, r, kind, &to, words, e))
		return -1;
	return who == BOTH ? put_to_agent(d, r, LETTER_AGENT_COPY, words, e)
			   : 0;
}
