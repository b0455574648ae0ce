#include "desk/parent_post.h"

#include "law/reference.h"

bool is_for_child(const struct record *r)
{
	return r->person.parent_email.v.n > 0;
}

int post_parent(struct desk *d, const struct record *r, enum letter_kind kind,
	const struct letter_words *words, struct err *e)
{
	struct letter_to_parent v = {
		.reference = reference_show(d->arena, r->row.reference),
		.subject = words->subject,
		.text = words->text,
	};
	struct post_to to = { .address = r->person.parent_email,
		.name = r->person.parent_name };
	struct letter_words wrapped = letters_to_parent(d->arena, &v);

	return post_put(d, r, kind, &to, &wrapped, e);
}
