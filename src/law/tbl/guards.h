/*
 * GUARD(name, what must hold of the facts f, what the person who tried is told)
 */
GUARD(always, true, "")
GUARD(decided, f->is_decided, "write down the reason for this decision first")
GUARD(entitled, f->is_identified || f->is_decided,
	"it is not established who asks for this; confirm it, or decide it "
	"with a written reason")
GUARD(found, f->is_found, "no record was found")
GUARD(searched, f->is_searched,
	"not every system was reached; one that was not looked at cannot be "
	"reported as empty")
GUARD(approvable,
	f->is_previewed && f->is_free && f->is_fee_settled &&
		(f->is_identified || f->is_decided),
	"it must be previewed, free of a law-enforcement hold, without a fee "
	"that was not accepted, and asked for "
	"by an identified person or decided with a written reason")
/* A hold keeps data from being deleted and used, and not from the person whom it is
 * about: what they are told changes nothing of it. */
GUARD(answerable,
	f->is_previewed && f->is_fee_settled &&
		(f->is_identified || f->is_decided),
	"it must be previewed, without a fee that was not accepted, and asked "
	"for by an identified person or decided with a written reason")
GUARD(answerable_whole,
	f->is_whole && f->is_previewed && f->is_fee_settled &&
		(f->is_identified || f->is_decided),
	"it must be previewed, without a fee that was not accepted, and asked "
	"for by an identified person or decided with a written reason")
GUARD(whole, f->is_settled && f->is_whole,
	"a system or a recipient is neither done nor explained")
GUARD(settled, f->is_settled,
	"a system or a recipient is neither done nor explained")
GUARD(told, f->is_told, "the answer has not left yet")
GUARD(basis, f->has_basis, "choose the ground for the denial first")
GUARD(unsent_unconfirmed, f->is_unsent && f->was_unconfirmed,
	"only a denial whose letter was not sent can be taken back")
GUARD(unsent_searching, f->is_unsent && f->was_searching,
	"only a denial whose letter was not sent can be taken back")
GUARD(unsent, f->is_unsent,
	"only a denial whose letter was not sent can be taken back")
GUARD(unpermitted, f->is_unpermitted,
	"an agent's request is refused for want of a permission only")
GUARD(empowered, f->has_power, "accept the power of attorney first")
GUARD(fraud, f->is_fraud_documented,
	"an opt-out or limit can be refused for documented fraud only")
GUARD(second_act_own, f->is_second_act && f->is_own,
	"opting in takes a second act, separate from the first; under 13 the "
	"choice is a parent's or guardian's")
GUARD(own, f->is_own, "under 13 the choice is a parent's or guardian's")
GUARD(parent, f->is_parent,
	"it is not established that a parent or guardian asks for this")
GUARD(second_act_entitled, f->is_second_act && (f->is_own || f->is_parent),
	"it takes a second act, separate from the first: of their own from 13 "
	"on, of a parent or guardian who was found to be one under 13")
GUARD(recipients, f->has_recipients, "there is nobody to tell")
GUARD(unfounded, f->is_unfounded,
	"write down what proves that it is manifestly unfounded or excessive "
	"first")
GUARD(extendable,
	f->has_extension_left && f->is_notice_timely && f->is_decided,
	"only one extension, told with its reason within 45 days of receipt")
#undef GUARD
