/*
 * The outbox: with it a trial needs no mail server.
 */
#include "web/outbox.h"

#include "web/html.h"
#include "web/letter_flow.h"

int web_outbox(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct outbox box;
	struct outbox_page v = { .lines = { NULL, 0 } };

	if (outbox_load(web_desk(q), &box, e) ||
		desk_page_fill(ctx, q, r, STR("Outbox"), &v.page, e))
		return -1;
	v.page.place = DESK_OUTBOX;
	v.lines.n = box.n;
	v.lines.at = arena_many(q->arena, struct outbox_line, box.n);
	for (size_t i = 0; i < box.n; i++)
		v.lines.at[i] = (struct outbox_line){
			.letter = &box.at[i],
			.when = instant_words(q->arena, box.at[i].created_at),
			.href = desk_case_path(
				q->arena, box.at[i].reference, ""),
			.text = answer_paragraphs(q->arena, box.at[i].text),
		};
	for (size_t i = 0; i < box.n; i++)
		letter_flow_all(
			q->arena, v.lines.at[i].text.at, v.lines.at[i].text.n);
	html_outbox(&r->body, &v);
	return 0;
}
