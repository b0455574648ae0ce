#include "web/agent_form.h"

#include "web/documents.h"

bool agent_form_is_on(const struct http_request *q)
{
	return str_eq(http_form(q, "by_agent"), STR("yes"));
}

void agent_form_read(const struct http_request *q, struct agent_ask *in)
{
	in->agent = (struct agent_new){
		.name = http_form(q, "agent_name"),
		.email = http_form(q, "agent_email"),
		.registration = http_form(q, "registration"),
		.is_business = http_form(q, "registration").n > 0,
	};
	if (!str_int(http_form(q, "agent_id"), &in->agent_id))
		in->agent_id = 0;
	(void)proof_of(http_form(q, "proof"), &in->permission.proof);
	in->permission.signed_by.v = http_form(q, "signed_by");
	in->permission.signed_on = http_form(q, "signed_on");
	in->permission.file = documents_file(q, STR("file"));
}
