/* `toyon law moves`: what can happen to a request, as src/law/tbl/moves.h has it. */
#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "law/state.h"

enum { JSON_MAX = 1 << 20, EFFECTS_MAX = 400 };

static str effects_of(struct arena *a, const struct move *m)
{
	struct buf b = buf_in(a, EFFECTS_MAX);

	for (unsigned bit = 1; bit && bit <= m->effects; bit <<= 1)
		if (m->effects & bit)
			buf_fmt(&b, "%s%s", buf_str(&b).n ? "; " : "",
				effect_title((enum effect)bit));
	must(buf_ok(&b));
	return buf_str(&b);
}

static const char *code_of(enum state s)
{
	return s == STATE_NONE ? "" : state_code(s);
}

static void put_move(struct cli *c, const struct move *m, struct json *j)
{
	str effects = effects_of(c->arena, m);
	const struct state_event_row *on = state_event_row(m->event);

	if (!c->is_json)
		printf("%s\t%s\t%s\t%s\t%s\t%.*s\t%s\n", code_of(m->from),
			on->title, m->guard->name, code_of(m->to),
			outcome_title(m->outcome), STR_ARG(effects),
			m->citation);
	json_begin_object(j);
	json_put(j, "from", str_of(code_of(m->from)));
	json_put(j, "event", str_of(on->code));
	json_put(j, "guard", str_of(m->guard->name));
	json_put(j, "to", str_of(code_of(m->to)));
	json_put(j, "outcome", str_of(outcome_code(m->outcome)));
	json_put(j, "effects", effects);
	json_put(j, "citation", str_of(m->citation));
	json_end(j);
}

static int run_moves(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct near near = { .wanted = cli_operand(c, 0) };
	enum kind kind = kind_of(near.wanted);

	if (kind == KIND_NONE) {
		for (int k = KIND_NONE + 1; k < KIND_END; k++)
			near_try(&near, kind_row((enum kind)k)->code);
		err_set(e, ERR_USAGE, "there is no kind of request \"%.*s\"",
			STR_ARG(str_head(near.wanted, 60)));
		return near.best
			       ? err_hint(e, "did you mean \"%s\"?", near.best)
			       : err_hint(e,
					 "`toyon law list kinds` shows them");
	}
	json_begin_array(&j);
	for (size_t i = 0; i < move_count(); i++)
		if (move_at(i)->flows >> kind_row(kind)->flow & 1)
			put_move(c, move_at(i), &j);
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_law_moves = {
	.name = "law moves",
	.operands = "KIND",
	.operands_min = 1,
	.operands_max = 1,
	.title = "what can happen to a request",
	.about = "Prints every move of a request of this kind (delete, know, "
		 "correct, opt-out, limit, ...). What is not among them "
		 "cannot be done.",
	.result = "Prints state, event, guard, next state, outcome, effects "
		  "and citation with tabs between them. The first state is "
		  "empty: before the request came. Moves of the same state and "
		  "event are tried in this order.",
	.has_json = true,
	.examples = { "toyon law moves delete",
		"toyon law moves opt-out --json" },
	.run = run_moves,
};
