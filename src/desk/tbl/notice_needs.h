/*
 * NOTICE_NEED(item of law/tbl/notice_items.h, what lacks of the facts f (empty: nothing),
 *             what to do about it): without these a notice is not published.
 */
#define UNLESS(have, lacks) ((have) ? STR("") : STR(lacks))
#define FLAG(name) config_flag(f->s.name)

NOTICE_NEED("policy-collected",
	f->no_category.n ? f->no_category
			 : UNLESS(f->kinds.collected, "the data map has no category"),
	"say in the data map which category each column is of: docs/data-map.md")
NOTICE_NEED("policy-sources", f->no_source,
	"say in the data map where it comes from: source")
NOTICE_NEED("policy-purposes", f->no_purpose,
	"say in the data map what it is used for: purpose")
NOTICE_NEED("policy-sold", f->no_reason,
	"say in the data map what each company gets it for: purpose")
NOTICE_NEED("policy-disclosed", f->no_reason,
	"say in the data map what each company gets it for: purpose")
NOTICE_NEED("policy-contact",
	UNLESS(f->s.contact_email.n, "there is no contact address"),
	"toyon setting contact_email ADDRESS")
NOTICE_NEED("policy-updated",
	UNLESS(f->s.business_name.n, "the business has no name"),
	"toyon setting business_name NAME")
NOTICE_NEED("minors-ways",
	UNLESS(!FLAG(sells_minors) || f->s.parent_checks.n,
		"nobody said how a parent is checked"),
	"toyon setting parent_checks ...")
NOTICE_NEED("collection-categories",
	f->no_category.n ? f->no_category
			 : UNLESS(f->kinds.collected, "the data map has no category"),
	"say in the data map which category each column is of: docs/data-map.md")
NOTICE_NEED("collection-purposes", f->no_purpose,
	"say in the data map what it is used for: purpose")
NOTICE_NEED("collection-retention", f->no_retention,
	"say in the data map how long it is kept: retention")
NOTICE_NEED("collection-links",
	UNLESS(f->has_policy, "there is no privacy policy to lead to that day"),
	"toyon notice publish policy; or toyon setting policy_url ADDRESS")
NOTICE_NEED("incentive-terms",
	UNLESS(f->s.incentive_terms.n && f->costs.n,
		"its terms, or the categories that it costs, are not said"),
	"toyon setting incentive_terms ..., incentive_categories \"A D\"")
NOTICE_NEED("incentive-leave",
	UNLESS(f->s.incentive_join.n && f->s.incentive_leave.n,
		"how to join, or how to leave, is not said"),
	"toyon setting incentive_join ..., incentive_leave ...")
NOTICE_NEED("incentive-value",
	UNLESS(f->value, "nobody estimated what the data is worth"),
	"toyon value estimate METHOD ...")
NOTICE_NEED("pre-use-purpose",
	UNLESS(f->uses.n, "the data map names no automated use"),
	"name each use in the data map: automated")
NOTICE_NEED("pre-use-working",
	f->uses.n ? f->no_working : STR("the data map names no automated use"),
	"say in the data map: inputs, output, effect, instead")
#undef FLAG
#undef UNLESS
#undef NOTICE_NEED
