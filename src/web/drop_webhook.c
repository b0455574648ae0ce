/*
 * What the State's platform tells by itself.  It proves itself by a signature
 * over the raw body, whose secret is read for each call: the process keeps none.
 */
#include "connect/secret.h"
#include "desk/config.h"
#include "desk/drop.h"
#include "desk/install.h"
#include "drop/webhook.h"
#include "web/web.h"

static int verify(const struct web *w, const struct http_request *q,
	struct drop_webhook *hook, struct err *e)
{
	const struct install *in = w->install;
	str secret;

	*hook = (struct drop_webhook){
		.event_id = http_header(q, "X-Webhook-Event-Id"),
		.type = http_header(q, "X-Webhook-Event-Type"),
		.timestamp = http_header(q, "X-Webhook-Timestamp"),
		.signature = http_header(q, "X-Webhook-Signature"),
		.body = q->body,
	};
	if (!in->config.drop_broker.n ||
		secret_read(q->arena, install_path(in, in->config.credentials),
			STR("drop_webhook_secret"), &secret, e))
		return err_set(e, ERR_NOT_FOUND, "no webhooks are taken here");
	return drop_webhook_verify(hook, secret, clock_now_ms(NULL), e);
}

int web_drop_webhook(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	const struct web *w = ctx;
	struct drop_webhook hook;
	struct drop_told told;
	struct desk desk;
	bool is_new;
	int rc;

	if (verify(w, q, &hook, e) || desks_take(w->desks, q->arena, &desk, e))
		return -1;
	told = (struct drop_told){
		.event_id = hook.event_id,
		.type = hook.type,
		.sent_at = q->at_ms,
		.timestamp = hook.timestamp,
		.body = hook.body,
	};
	rc = drop_event(&desk, &told, &is_new, e);
	desks_give(w->desks, &desk);
	if (!rc)
		r->status = 204;
	return rc;
}
