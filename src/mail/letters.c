/*
 * Letters from their templates: the first line of each is the subject, the rest
 * the text.  A letter that came out without a statement the law requires stops
 * the process: no setting can take one away, so a template was broken.
 */
#include "mail/letters.h"

#include "base/base.h"
#include "base/buf.h"
#include "mail/letter.h"
#include "mail/text.h"

enum {
	ALWAYS = 0,
	OFFERS = 1,
	OPTED_OUT = 2,
	KEPT = 4,
	DELETED = 8,
	WHOLE = 16,
	TOLD = 32,
	CATEGORIES = 64,
	CORRECTING = 128,
	HEALTH = 256,
	DEIDENTIFIED = 512,
	BACKUP = 1024,
	PARTS = 2048,
	EVERYTHING = 4096,
	UNPERMITTED = 8192,
	WRITTEN = 16384,
	SKIPPED = 32768,
	PURPOSE = 65536,
	APPEAL = 131072,
	AGGREGATED = 262144,
	INSTEAD = 524288,
	ONLINE = 1048576,
	ON_PAPER = 2097152,
	NOT_TOLD = 4194304,
	WHY_NOT_TOLD = 8388608,
	SILENT = 16777216,
};

static const struct {
	enum lang lang;
	enum letter_kind kind;
	unsigned when;
	const char *words;
} required[] = {
#define REQUIRED(LANGUAGE, LETTER, statement, when, words, citation) \
	{ LANG_##LANGUAGE, LETTER_##LETTER, when, words },
#include "mail/tbl/required.h"
};

static const struct {
	const char *name;
	const char *title;
} kinds[] = {
#define LETTER(NAME, name, title, in) { #name, title },
#include "mail/tbl/letters.h"
};

/* Which letter it is, and in which language it is drawn. */
struct drawn {
	enum letter_kind kind;
	enum lang lang;
	unsigned when;
};

static void must_say(const struct drawn *x, str text)
{
	for (size_t i = 0; i < COUNTOF(required); i++) {
		if (required[i].kind != x->kind ||
			required[i].lang != x->lang ||
			(required[i].when & ~x->when) != 0)
			continue;
		must(str_find(text, str_of(required[i].words)) >= 0);
	}
}

static struct letter_words finish(
	struct arena *a, const struct drawn *x, const struct buf *b)
{
	str subject, text;

	must(buf_ok(b));
	must(str_cut(buf_str(b), '\n', &subject, &text));
	text = str_trim(text);
	must(subject.n && text.n);
	must_say(x, text);
	return (struct letter_words){
		.lang = x->lang,
		.subject = subject,
		.text = { letter_wrap(a, text, LETTER_WIDTH) },
	};
}

static unsigned when_out(bool is_opted_out, const struct letter_offer *offer)
{
	return is_opted_out ? OPTED_OUT : offer->is ? OFFERS : ALWAYS;
}

static unsigned when_refused(const struct letter_refusal *r)
{
	return when_out(r->is_opted_out, &r->offer) |
	       (r->is_categories ? CATEGORIES : ALWAYS) |
	       (r->is_correction ? CORRECTING : ALWAYS) |
	       (r->health.is ? HEALTH : ALWAYS);
}

static unsigned when_undone(const struct letter_undone *u)
{
	return (u->n > (size_t)u->systems ? NOT_TOLD : ALWAYS) |
	       (u->why ? WHY_NOT_TOLD : ALWAYS) |
	       (u->n > (size_t)u->why ? SILENT : ALWAYS);
}

static unsigned when_deleted(const struct letter_deleted *v)
{
	int rows = v->rows + v->rows_deidentified + v->rows_emptied;

	return when_out(v->is_opted_out, &v->offer) | when_undone(&v->undone) |
	       (v->parts.n ? PARTS : EVERYTHING) | (v->kept.n ? KEPT : ALWAYS) |
	       (v->rows_deidentified ? DEIDENTIFIED : ALWAYS) |
	       (v->rows_aggregated || v->may_be_aggregated ? AGGREGATED
							   : ALWAYS) |
	       (v->has_backups && rows ? BACKUP : ALWAYS) |
	       (rows || (!v->kept.n && !v->undone.systems) ? DELETED : ALWAYS);
}

/* On what the required statements of each letter depend. */
#define WHEN_OUT(v)          ((v)->is_opted_out ? OPTED_OUT : ALWAYS)
#define WHEN_code(v)         ALWAYS
#define WHEN_code_sms(v)     ALWAYS
#define WHEN_agent_code(v)   ALWAYS
#define WHEN_agent_copy(v)   ALWAYS
#define WHEN_to_parent(v)    ALWAYS
#define WHEN_agent_denied(v) ALWAYS
#define WHEN_receipt(v)      WHEN_OUT(v)
#define WHEN_processed(v)    ALWAYS
#define WHEN_package(v)      (WHEN_OUT(v) | ((v)->is_paper ? ON_PAPER : ONLINE))
#define WHEN_fee(v)          ALWAYS
#define WHEN_declaration(v)  ((v)->is_paper ? ON_PAPER : ONLINE)
#define WHEN_extension(v)    ALWAYS
#define WHEN_nothing_found(v)                            \
	(when_out((v)->is_opted_out, &(v)->offer) |      \
		when_undone(&(v)->undone) |              \
		((v)->undone.systems ? ALWAYS : WHOLE) | \
		((v)->not_searched.n ? SKIPPED : ALWAYS))
#define WHEN_explained(v) \
	((v)->is_appeal ? APPEAL : (v)->is_unused ? ALWAYS : PURPOSE)
#define WHEN_corrected(v)                                                   \
	(WHEN_OUT(v) | ((v)->items.n || (v)->done.v.n ? DELETED : ALWAYS) | \
		((v)->items.n ? WRITTEN : ALWAYS) |                         \
		((v)->emptied.n ? INSTEAD : ALWAYS) |                       \
		when_undone(&(v)->undone) |                                 \
		((v)->health.is ? HEALTH : ALWAYS))
#define WHEN_withdrawn(v)         WHEN_OUT(v)
#define WHEN_inbox(v)             ALWAYS
#define WHEN_message(v)           ALWAYS
#define WHEN_stop_denied(v)       ALWAYS
#define WHEN_opt_in(v)            ALWAYS
#define WHEN_opt_in_minor(v)      ALWAYS
#define WHEN_vendor_notice(v)     ALWAYS
#define WHEN_vendor_reminder(v)   ALWAYS
#define WHEN_keeper_task(v)       ALWAYS
#define WHEN_drop_outage(v)       ALWAYS
#define WHEN_public_outage(v)     ALWAYS
#define WHEN_drop_vendor(v)       ALWAYS
#define WHEN_deleted(v)           when_deleted(v)
#define WHEN_denied_unverified(v) when_refused(&(v)->refusal)
#define WHEN_denied(v)                                                   \
	(when_refused(&(v)->refusal) | ((v)->ground.n ? TOLD : ALWAYS) | \
		((v)->purpose.n ? KEPT : ALWAYS) |                       \
		((v)->is_agent ? UNPERMITTED : ALWAYS))

/* The templates of a letter, by language. */
#define ENGLISH(name) [LANG_EN] = text_##name
#define EACH(name)    ENGLISH(name), [LANG_ES] = text_##name##_es

#define LETTER(NAME, name, title, in)                                        \
	struct letter_words letters_##name(                                  \
		struct arena *a, enum lang l, const struct letter_##name *v) \
	{                                                                    \
		static void (*const text[LANGS])(struct buf *,               \
			const struct letter_##name *) = { in(name) };        \
		struct drawn x = { LETTER_##NAME, l, WHEN_##name(v) };       \
		struct buf b = buf_in(a, LETTER_TEXT_MAX / 2);               \
                                                                             \
		must(l < LANGS && text[l]);                                  \
		text[l](&b, v);                                              \
		return finish(a, &x, &b);                                    \
	}
#include "mail/tbl/letters.h"

const char *letter_kind_name(enum letter_kind k)
{
	must(k < LETTER_KINDS);
	return kinds[k].name;
}

const char *letter_kind_title(enum letter_kind k)
{
	must(k < LETTER_KINDS);
	return kinds[k].title;
}

bool letter_kind_of(str name, enum letter_kind *out)
{
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		if (!str_eq(name, str_of(kinds[i].name)))
			continue;
		*out = (enum letter_kind)i;
		return true;
	}
	return false;
}
