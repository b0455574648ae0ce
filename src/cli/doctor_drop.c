/* The State's lists: their secrets, and what is late. */
#include <sys/stat.h>

#include "base/file.h"
#include "cli/doctor.h"
#include "connect/secret.h"
#include "desk/drop.h"

/* A secret of the State's platform: there, and for nobody else to read. */
static void check_drop_secret(
	struct doctor *d, const char *name, bool is_needed)
{
	struct install *in = &d->cli->install;
	const char *dir = install_path(in, in->config.credentials);
	const char *path = path_join(d->cli->arena, dir, name);
	struct err e = { 0 };
	struct stat st;
	str value;

	if (!stat(path, &st) && (st.st_mode & 077)) {
		doctor_say(d, "drop", PROBLEM,
			arena_fmt(d->cli->arena,
				"other users of this machine can read the "
				"secret %s",
				name),
			"chmod 600 the file in the credentials folder, and "
			"have a new one made on the platform");
		return;
	}
	if (is_needed &&
		secret_read(d->cli->arena, dir, str_of(name), &value, &e))
		doctor_say_err(d, "drop", &e);
}

/* The State's lists, for a data broker. */
void doctor_drop(struct doctor *d)
{
	struct desk *k = &d->cli->desk;
	struct drop_overview o;
	struct err e = { 0 };

	if (!drop_is_set_up(k))
		return;
	check_drop_secret(d, "drop_api_key", true);
	check_drop_secret(d, "drop_webhook_secret", false);
	if (drop_overview(k, &o, &e)) {
		doctor_say_err(d, "drop", &e);
		return;
	}
	if (o.is_first_due)
		doctor_say(d, "drop", PROBLEM,
			STR("the State's lists were never accessed"),
			"toyon drop pull, or let `toyon serve` do it");
	else
		doctor_say(d, "drop",
			o.alarm == DROP_ALARM_NONE ? GOOD : PROBLEM,
			arena_fmt(k->arena,
				"next access in %d days at the latest: %s",
				o.days_left, drop_alarm_words(o.alarm)),
			o.alarm == DROP_ALARM_NONE ? "" : "toyon drop status");
	if (o.late_items)
		doctor_say(d, "drop", PROBLEM,
			arena_fmt(k->arena,
				"%lld items are late, at most $%lld so far",
				(long long)o.late_items,
				(long long)o.exposure_usd),
			"toyon drop status");
	if (o.notices_due)
		doctor_say(d, "drop", PROBLEM,
			STR("a failed access was not told to the agency"),
			"toyon drop outage");
}
