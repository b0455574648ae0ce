/* Plans a request: every system of the data map is a task, and every vendor; of a
 * stop, the vendors that it reaches. */
#include "connect/map.h"
#include "desk/automated.h"
#include "desk/parts.h"
#include "desk/telling.h"
#include "job/job.h"

static int plan_all(struct job *j, const struct map *map, struct err *e)
{
	struct plan_row *rows = arena_many(j->desk->arena, struct plan_row,
		map->systems_n + map->vendors_n);
	size_t n = 0, skipped = 0;
	unsigned parts;
	bool may_skip;

	if (fulfil_parts(j->desk, j->subject_id, &parts, e) ||
		fulfil_may_skip(j->desk, j->subject_id, &may_skip, e))
		return -1;
	for (size_t i = 0; i < map->systems_n; i++) {
		const struct map_system *s = &map->systems[i];

		if (may_skip && s->is_exempt)
			skipped++;
		else
			rows[n++] =
				(struct plan_row){ true, s->name, s->title };
	}
	for (size_t i = 0; i < map->vendors_n; i++) {
		if (!parts_reach(parts, &map->vendors[i]))
			continue;
		rows[n++] = (struct plan_row){ false, map->vendors[i].name,
			map->vendors[i].title };
	}
	if (fulfil_plan(j->desk, j->subject_id, rows, n, e))
		return -1;
	return skipped && skipped == map->systems_n
		       ? fulfil_skipped(j->desk, j->subject_id, e)
		       : 0;
}

static enum recipient recipient_of(enum vendor_role role)
{
	switch (role) {
	case ROLE_SERVICE_PROVIDER:
		return RECIPIENT_SERVICE_PROVIDER;
	case ROLE_CONTRACTOR:
		return RECIPIENT_CONTRACTOR;
	default:
		return RECIPIENT_THIRD_PARTY;
	}
}

static int plan_stop(struct job *j, const struct map *map, struct err *e)
{
	struct telling_row *rows =
		arena_many(j->desk->arena, struct telling_row, map->vendors_n);
	struct telling_in in = {
		.request_id = j->subject_id,
		.folder = install_path(j->install, STR("disclosures")),
		.rows = rows,
		.n = map->vendors_n,
	};

	for (size_t i = 0; i < map->vendors_n; i++) {
		const struct map_vendor *v = &map->vendors[i];

		rows[i] = (struct telling_row){
			.name = v->name,
			.title = v->title,
			.recipient = recipient_of(v->role),
			.is_in_doubt =
				standing_is_in_doubt(map_vendor_standing(v)),
			.has_no_sensitive = v->sensitive_use == SENSITIVE_NONE,
			.is_permitted_use =
				v->sensitive_use == SENSITIVE_PERMITTED,
			.is_by_list = v->by_list,
			.is_without_admt = automated_is_without(map, v->name),
		};
	}
	return telling_plan(j->desk, &in, e);
}

enum job_end job_search(struct job *j, struct err *e)
{
	struct map map;
	int is_stop = telling_is_for(j->desk, j->subject_id, e);

	if (is_stop < 0 || job_map(j, &map, e) ||
		(is_stop ? plan_stop(j, &map, e) : plan_all(j, &map, e)))
		return JOB_FAILED;
	return JOB_DONE;
}
