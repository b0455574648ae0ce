/*
 * What the console shows on every page.
 */
#include "web/desk_page.h"

#include "desk/drop_page.h"
#include "desk/parent.h"
#include "desk/returned.h"
#include "desk/spoken.h"
#include "desk/staff.h"
#include "desk/trail.h"
#include "law/reference.h"

static str initials_of(struct arena *a, str name)
{
	struct buf b = buf_in(a, 8);
	str word;

	while (b.n < 8 && str_next(&name, ' ', &word)) {
		size_t n = str_utf8(word);

		if (n && b.n + n <= 8)
			buf_put(&b, str_head(word, n));
	}
	return buf_str(&b);
}

const char *desk_avatar(str initials)
{
	static const char *const classes[] = { "", "b", "c" };
	unsigned sum = 0;

	for (size_t i = 0; i < initials.n; i++)
		sum += (unsigned char)initials.p[i];
	return classes[sum % COUNTOF(classes)];
}

int desk_page_fill(const struct web *w, struct http_request *q,
	struct http_response *r, str title, struct desk_page *out,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct settings s;
	struct trail_counts counts;
	struct tray_count letters;
	struct inbox_count inbox;
	int64_t parents;
	struct write_in write_in;
	int returned;

	if (settings_load(d, &s, e) || trail_counts_load(d, &counts, e) ||
		returned_waiting(d, &returned, e) ||
		parents_count(d, &parents, e) || tray_count(d, &letters, e) ||
		inbox_count(d, &inbox, e) ||
		spoken_of(d, http_param(q, "ref"), &write_in.lang, e))
		return -1;
	*out = (struct desk_page){
		.title = title,
		.is_demo = config_flag(w->install->config.demo),
		.business = s.business_name.n ? s.business_name
					      : STR("Privacy desk"),
		.name = d->actor.name,
		.initials = initials_of(q->arena, d->actor.name),
		.role = role_title(d->actor.role),
		.csrf = d->actor.csrf,
		.open = counts.open,
		.late_vendors = counts.late_vendors,
		.has_intake = desk_may(d, PERM_INTAKE),
		.has_inbox =
			desk_may(d, PERM_INTAKE) && w->install->config.inbox.n,
		.inbox = inbox,
		.has_letters = desk_may(d, PERM_POST_LETTERS),
		.letters = letters,
		.returned = returned,
		.parents = (int)parents,
		.has_holds = desk_may(d, PERM_HOLD),
		.has_drop = drop_is_shown(d),
		.has_audit = desk_may(d, PERM_SEE_AUDIT),
		.has_metrics = desk_may(d, PERM_SEE_METRICS),
		.has_outbox = desk_may(d, PERM_SEE_OUTBOX) &&
			      !w->install->config.mail_server.n,
		.write_in = write_in,
		.flash = web_flash_text(http_flash_take(q, r)),
	};
	return 0;
}

str desk_case_path(struct arena *a, str reference, const char *last)
{
	struct reference ref;

	if (!reference_parse(reference, &ref))
		return STR("/desk");
	return arena_fmt(a, "/desk/r/%.*s%s",
		STR_ARG(reference_show(a, reference_str(&ref))), last);
}

int desk_back_to_case(struct http_request *q, struct http_response *r, int rc,
	const char *flash, struct err *e)
{
	if (rc < 0 && e->code != ERR_CONFLICT)
		return -1;
	http_flash(r, rc < 0 ? "changed" : flash);
	http_redirect(r, desk_case_path(q->arena, http_param(q, "ref"), ""));
	return 0;
}

int desk_changed_meanwhile(
	struct http_request *q, struct http_response *r, str reference)
{
	http_flash(r, "changed");
	http_redirect(r, desk_case_path(q->arena, reference, ""));
	return 0;
}
