/* The choice among the languages that the business offers. */
#include "web/spoken.h"

#include "desk/setting.h"
#include "web/web.h"

int spoken_choices(struct http_request *q, enum lang chosen,
	struct spoken_choices *out, struct err *e)
{
	struct settings s;

	if (settings_load(web_desk(q), &s, e))
		return -1;
	out->n = 0;
	out->at = arena_many(q->arena, struct spoken_choice, LANGS);
	for (int l = 0; l < LANGS; l++)
		if (settings_languages(&s) & (1U << l))
			out->at[out->n++] = (struct spoken_choice){
				lang_code((enum lang)l),
				lang_title((enum lang)l),
				l == (int)chosen,
			};
	return 0;
}

int spoken_typed(struct http_request *q, enum lang *out, struct problems *ps,
	struct err *e)
{
	return spoken_read(
		web_desk(q), "language", http_form(q, "language"), out, ps, e);
}
