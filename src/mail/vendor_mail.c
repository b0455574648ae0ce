/* Vendors told by email. */
#include "mail/vendor_mail.h"

#include "base/base.h"

static struct letter_words words_of(struct arena *a,
	const struct vendor_mail *m, const struct vendor_notice *n)
{
	struct letter_vendor_notice first = {
		.sign = m->sign,
		.notice = *n,
		.due_on = date_words(a, n->due_on),
	};
	struct letter_vendor_reminder again = {
		.sign = m->sign,
		.notice = *n,
		.due_on = first.due_on,
	};

	if (date_is_none(n->asked_on))
		return letters_vendor_notice(a, LANG_EN, &first);
	again.asked_on = date_words(a, n->asked_on);
	return letters_vendor_reminder(a, LANG_EN, &again);
}

int vendor_mail_letter(struct arena *a, const struct vendor_mail *m,
	const struct vendor_notice *n, struct letter *out, struct err *e)
{
	struct letter_words words;

	if (vendor_notice_check(n, e))
		return -1;
	if (!letter_is_address(n->contact))
		return err_set(e, ERR_INVALID,
			"the contact of \"%.*s\" is no email address",
			STR_ARG(n->vendor));
	words = words_of(a, m, n);
	*out = (struct letter){
		.to = { n->contact },
		.to_name = { n->contact_name },
		.from = m->from,
		.from_name = m->sign.business,
		.subject = words.subject,
		.text = words.text,
		.message_id = m->message_id,
		.reference = n->reference,
		.at = m->at,
	};
	return 0;
}

static int tell(const void *ctx, struct arena *a, const struct vendor_notice *n,
	struct err *e)
{
	const struct vendor_mail *m = ctx;
	struct letter l;

	if (vendor_mail_letter(a, m, n, &l, e))
		return -1;
	return mail_deliver(a, m->way, &l, e);
}

struct vendor_channel vendor_mail_channel(const struct vendor_mail *m)
{
	return (struct vendor_channel){
		.name = "email",
		.is_contact = letter_is_address,
		.tell = tell,
		.ctx = m,
	};
}
