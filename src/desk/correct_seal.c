#include "desk/correct_seal.h"

#include "base/json.h"
#include "connect/stored_cell.h"
#include "desk/seal.h"

enum { SEALED_MAX = 1 << 20 };

static const char seal_label[] = "correction";

str correct_seal(struct desk *d, const struct change *c)
{
	struct buf b = buf_in(d->arena, SEALED_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	stored_cell_put(&j, d->arena, &c->key);
	stored_cell_put(&j, d->arena, &c->was);
	stored_cell_put(&j, d->arena, &c->value);
	if (c->own_form.type != CELL_NULL)
		stored_cell_put(&j, d->arena, &c->own_form);
	json_end(&j);
	must(buf_ok(&b));
	return seal_put(d->arena, seal_derived(d->arena, d->keys, seal_label),
		STR(seal_label), buf_str(&b));
}

int correct_open(struct desk *d, str sealed, struct change *out, struct err *e)
{
	struct seal *s = seal_derived(d->arena, d->keys, seal_label);
	str text;
	json_t *j;

	if (seal_get(d->arena, s, STR(seal_label), sealed, &text, e) ||
		json_read(d->arena, text, SEALED_MAX, &j, e))
		return -1;
	if (stored_cell_read(d->arena, json_array_get(j, 0), &out->key, e) ||
		stored_cell_read(d->arena, json_array_get(j, 1), &out->was, e))
		return -1;
	if (stored_cell_read(d->arena, json_array_get(j, 2), &out->value, e))
		return -1;
	out->own_form = (struct cell){ .type = CELL_NULL };
	return json_array_size(j) == 4
		       ? stored_cell_read(d->arena, json_array_get(j, 3),
				 &out->own_form, e)
		       : 0;
}
