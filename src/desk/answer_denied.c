/* The answers that nothing was done: who asks is not known, or on a ground of the law. */
#include "desk/answer_words.h"

#include "desk/deny.h"
#include "desk/form.h"
#include "desk/note.h"
#include "desk/notice.h"
#include "desk/setting.h"
#include "law/reference.h"
#include "words/words.h"

static int fill_refusal(struct desk *d, const struct record *r,
	struct letter_refusal *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct policy_links links;
	struct settings s;

	if (settings_load(d, &s, e) || policy_links(d, &s, l, &links, e))
		return -1;
	*out = (struct letter_refusal){
		.is_opted_out = answer_is_opted_out(r),
		.offer = answer_offer(d, r, &s),
		/* 11 CCR 7024(a), (b): who asked for the pieces, too. */
		.is_categories = kind_row(r->kind)->flow == FLOW_TELL,
		.policy_link = links.policy,
		.is_correction = r->kind == KIND_CORRECT,
		.health = answer_health(d, r),
		.delete_link = post_link(d, l, "/r/delete", STR("")),
		.keep_until = answer_keep_words(d, l),
	};
	return 0;
}

static int write_unverified(struct desk *d, const struct record *r,
	struct answer *out, struct err *e)
{
	enum lang l = record_lang(r);
	const struct ground *g = ground_of(r->person.ground);
	struct letter_denied_unverified v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.section = str_of(form_of(r->kind)->section),
		.received_on = answer_asked_on(d, r, l),
		.why = say(l, g ? g->told : ""),
		.again_link =
			post_link(d, l, "/r/", str_of(kind_row(r->kind)->path)),
	};

	if (fill_refusal(d, r, &v.refusal, e) || post_sign(d, &v.sign, e))
		return -1;
	out->kind = LETTER_DENIED_UNVERIFIED;
	out->words = letters_denied_unverified(d->arena, l, &v);
	return 0;
}

int answer_write_denied(struct desk *d, const struct record *r,
	struct answer *out, struct err *e)
{
	enum lang l = record_lang(r);
	const struct ground *g = ground_of(r->person.ground);
	struct letter_denied v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.received_on = answer_asked_on(d, r, l),
	};

	if (!g || !ground_wants_why(g))
		return write_unverified(d, r, out, e);
	if (!ground_is_silent(g) && !r->person.untold.n) {
		v.purpose = r->person.kept_for;
		v.ground = say(l, g->told);
		v.citation = words_citation(d->arena, l, str_of(g->citation));
		v.why.v = note_line(d->arena, r->person.why_denied.v);
	}
	v.is_agent = str_starts(str_of(g->id), STR("AGENT_"));
	if (fill_refusal(d, r, &v.refusal, e) || post_sign(d, &v.sign, e))
		return -1;
	out->kind = LETTER_DENIED;
	out->words = letters_denied(d->arena, l, &v);
	return 0;
}
