#include "desk/parent_post.h"

#include "law/reference.h"

bool is_for_child(const struct record *r)
{
	return person_is_child(&r->person);
}

int post_parent(struct desk *d, const struct record *r, enum letter_kind kind,
	const struct letter_words *words, struct err *e)
{
	struct letter_to_parent v = {
		.reference = reference_show(d->arena, r->row.reference),
		.subject = words->subject,
		.text = words->text,
	};
	const struct person *p = &r->person;
	struct post_to to = { .address = p->parent_email,
		.name = p->parent_name,
		.is_paper = !p->parent_email.v.n,
		.postal = p->parent_postal };
	struct letter_words wrapped =
		letters_to_parent(d->arena, words->lang, &v);

	return post_put(d, r, kind, &to, &wrapped, e);
}
