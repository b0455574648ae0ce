/* Hands one letter to the mail server, or to the outbox folder while there is
 * none. */
#include "ident/ident.h"
#include "mail/send.h"
#include "mail/sms.h"

#include "desk/extend.h"
#include "desk/post.h"
#include "desk/setting.h"
#include "job/job.h"

static int letter_of(
	struct job *j, const struct post *p, struct letter *out, struct err *e)
{
	struct settings s;
	str from;

	if (settings_load(j->desk, &s, e) || post_from(j->desk, &from, e))
		return -1;
	if (!from.n) {
		err_set(e, ERR_UNAVAILABLE,
			"there is no address to send letters from");
		return err_hint(e, "set one: `toyon setting contact_email "
				   "privacy@example.com`");
	}
	*out = (struct letter){
		.to = p->to,
		.to_name = p->to_name,
		.from = from,
		.from_name = s.business_name,
		.subject = p->subject,
		.text = p->text,
		.message_id = p->message_id,
		.reference = p->reference,
		.at = p->created_at,
	};
	return 0;
}

/* Its reason is the job's to tell, as each time before. */
static enum job_end wait_for_server(struct job *j, const struct post *p)
{
	struct err e = { 0 };

	if (post_waits(j->desk, p, &e))
		log_err(j->log, "a letter waits", &e);
	return JOB_AGAIN;
}

/* A letter that no server will ever take is given up; everything else is the
 * operator's to mend, and the letter waits. */
static enum job_end deliver(struct job *j, const struct post *p,
	const struct letter *l, struct err *e)
{
	struct mail_way way;

	if (post_way(j->desk->arena, j->install, &way, e))
		return JOB_AGAIN;
	if (!mail_deliver(j->desk->arena, &way, l, e))
		return post_sent(j->desk, p, e) ? JOB_FAILED : JOB_DONE;
	if (e->code != ERR_INVALID)
		return wait_for_server(j, p);
	log_err(j->log, "letter refused", e);
	return post_failed(j->desk, p, e) ? JOB_FAILED : JOB_DONE;
}

/* The words of a letter are wrapped; a message is one line. */
static personal one_line(struct arena *a, personal text)
{
	char *out = arena_cstr(a, text.v);

	for (size_t i = 0; i < text.v.n; i++)
		if (out[i] == '\n')
			out[i] = ' ';
	return (personal){ { out, text.v.n } };
}

/* Nothing to mend: who still wants it has another one sent. */
static enum job_end give_up(struct job *j, const struct post *p, struct err *e)
{
	err_set(e, ERR_LIMIT,
		"no gateway took the message while its code held");
	log_err(j->log, "message given up", e);
	return post_failed(j->desk, p, e) ? JOB_FAILED : JOB_DONE;
}

static enum job_end message(struct job *j, const struct post *p, struct err *e)
{
	struct arena *a = j->desk->arena;
	struct sms_gateway gateway;
	struct ident id;
	personal to;

	if (post_is_stale(j->desk, p))
		return give_up(j, p, e);
	if (ident_read(&id, IDENT_TOYON_1, IDENT_PHONE, p->phone.v))
		return post_failed(j->desk, p, e) ? JOB_FAILED : JOB_DONE;
	to = (personal){ { id.text, id.n } };
	if (post_gateway(a, j->install, &gateway, e))
		return JOB_AGAIN;
	if (!sms_send(a, &gateway, to, one_line(a, p->text), e))
		return post_sent(j->desk, p, e) ? JOB_FAILED : JOB_DONE;
	if (e->code != ERR_INVALID)
		return JOB_AGAIN;
	log_err(j->log, "message refused", e);
	return post_failed(j->desk, p, e) ? JOB_FAILED : JOB_DONE;
}

enum job_end job_mail(struct job *j, struct err *e)
{
	struct letter letter;
	bool is_withheld;
	struct post post;
	int rc = post_load(j->desk, j->subject_id, &post, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || !post.is_waiting)
		return JOB_DONE;
	if (post.phone.v.n)
		return message(j, &post, e);
	if (!post.to.v.n)
		return JOB_DONE;
	if (extend_withhold(j->desk, &post, &is_withheld, e))
		return JOB_FAILED;
	if (is_withheld)
		return JOB_DONE;
	if (letter_of(j, &post, &letter, e))
		return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
	return deliver(j, &post, &letter, e);
}
