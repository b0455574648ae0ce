#include "cli/drop_desk.h"

#include <stdio.h>

int drop_open(struct cli *c, struct drop_place *p, struct err *e)
{
	if (cli_open_suppress(c, KEYS_MASTER, e))
		return -1;
	drop_place_of(&c->install, p);
	return 0;
}

void drop_say_next(struct cli *c, enum drop_state s)
{
	cli_say(c, "%s; next: %s", drop_state_title(s), drop_state_next(s));
}

void drop_put_at(struct json *j, struct arena *a, const char *key, int64_t at)
{
	json_put(j, key, at ? instant_rfc3339(a, at) : STR(""));
}

static void put_count(
	struct json *j, const char *list, const struct drop_count *n)
{
	json_begin_object(j);
	json_put(j, "list", str_of(list));
	json_put_int(j, "came", n->came);
	json_put_int(j, "active", n->active);
	json_put_int(j, "open", n->open);
	json_put_int(j, "deleted", n->deleted);
	json_put_int(j, "opted_out", n->opted_out);
	json_put_int(j, "exempted", n->exempted);
	json_put_int(j, "not_found", n->not_found);
	json_put_int(j, "withdrawn", n->revoked);
	json_put_int(j, "unsent", n->unsent);
	json_end(j);
}

void drop_put_counts(struct json *j, const struct drop_counts *n)
{
	json_begin_array(j);
	for (int l = 0; l < DROP_LISTS; l++)
		if (n->of[l].came)
			put_count(j, drop_list_name((enum drop_list)l),
				&n->of[l]);
	json_end(j);
}

static void print_count(const char *list, const struct drop_count *n)
{
	printf("%-10s %9lld %9lld %9lld %9lld %9lld %9lld %9lld\n", list,
		(long long)n->came, (long long)n->open, (long long)n->deleted,
		(long long)n->opted_out, (long long)n->exempted,
		(long long)n->not_found, (long long)n->revoked);
}

void drop_print_counts(const struct drop_counts *n)
{
	if (!n->all.came)
		return;
	printf("%-10s %9s %9s %9s %9s %9s %9s %9s\n", "list", "items", "open",
		"deleted", "opted out", "exempt", "not found", "withdrawn");
	for (int l = 0; l < DROP_LISTS; l++)
		if (n->of[l].came)
			print_count(
				drop_list_name((enum drop_list)l), &n->of[l]);
	print_count("all", &n->all);
}

void drop_put_found(struct json *j, const struct drop_found *f, size_t n)
{
	json_begin_array(j);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(j);
		json_put(j, "system", f[i].system);
		json_put(j, "table", f[i].table);
		json_put_int(j, "people", f[i].people);
		json_put_int(j, "to_delete", f[i].alone);
		json_put_int(j, "to_opt_out", f[i].several);
		json_put_int(j, "deleted", f[i].erased);
		json_put_int(j, "kept", f[i].kept);
		json_put_int(j, "opted_out", f[i].opted_out);
		json_put_int(j, "open", f[i].open);
		json_end(j);
	}
	json_end(j);
}

void drop_print_found(const struct drop_found *f, size_t n)
{
	if (!n)
		return;
	printf("%-15s %-16s %9s %9s %9s %9s %9s %9s\n", "system", "table",
		"people", "delete", "opt out", "deleted", "kept", "open");
	for (size_t i = 0; i < n; i++)
		printf("%-15.*s %-16.*s %9lld %9lld %9lld %9lld %9lld %9lld\n",
			STR_ARG(f[i].system), STR_ARG(f[i].table),
			(long long)f[i].people, (long long)f[i].alone,
			(long long)f[i].several, (long long)f[i].erased,
			(long long)f[i].kept, (long long)f[i].open);
}
