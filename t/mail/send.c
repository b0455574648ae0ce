/*
 * Sends one letter, for t/mail/run:
 *
 *	send [--tls] [--user NAME PASSWORD] [--ca FILE] [--from A] [--ms N]
 *	     URL|FOLDER TO SUBJECT TEXT
 *
 * Prints "sent", or the error's name, message, hint and detail, a line each.
 */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "mail/send.h"

static int deliver(struct arena *a, const struct mail_way *way,
	const struct letter *l, const char *id)
{
	struct err e = { 0 };
	struct letter copy = *l;

	copy.message_id = str_of(id);
	if (!mail_deliver(a, way, &copy, &e)) {
		puts("sent");
		return 0;
	}
	printf("%s\n%s\n%s\n%s\n", err_name(e.code), e.message, e.hint,
		e.detail);
	return 1;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(16 << 20);
	struct mail_server s = { .hello = "desk.lakeshore.example" };
	struct letter l = {
		.to_name = { STR("Zoë Ångström") },
		.from = STR("privacy@lakeshore.example"),
		.from_name = STR("Lakeshore Leads, Inc."),
		.reference = STR("K7QF-2M9X"),
		.at = INT64_C(1795295045000),
	};
	struct mail_way way = { .server = &s };
	int i = 1, rc;

	for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
		if (!strcmp(argv[i], "--tls")) {
			s.require_tls = true;
		} else if (!strcmp(argv[i], "--user")) {
			s.user = argv[++i];
			s.password = str_of(argv[++i]);
		} else if (!strcmp(argv[i], "--ca")) {
			s.ca_path = argv[++i];
		} else if (!strcmp(argv[i], "--from")) {
			l.from = str_of(argv[++i]);
		} else if (!strcmp(argv[i], "--ms")) {
			int64_t ms = 0;

			must(str_int(str_of(argv[++i]), &ms));
			s.timeout_ms = (int)ms;
		}
	}
	must(argc - i == 4);
	s.url = argv[i];
	if (argv[i][0] == '/')
		way = (struct mail_way){ .outbox_dir = argv[i] };
	l.to.v = str_of(argv[i + 1]);
	l.subject = str_of(argv[i + 2]);
	l.text.v = str_of(argv[i + 3]);
	rc = deliver(a, &way, &l, "1795295045000.ab@lakeshore.example");
	arena_free(a);
	return rc;
}
