#include "desk/contracts.h"

#include "connect/map.h"

int contracts_load(struct desk *d, struct contract_lines *out, struct err *e)
{
	struct map m;
	struct err unreadable;

	*out = (struct contract_lines){ .n = 0 };
	if (desk_need(d, PERM_SEE_QUEUE, e))
		return -1;
	/* The page of the data map says what is wrong with it. */
	if (map_read(d->arena, d->data_map, &m, &unreadable))
		return 0;
	out->n = m.vendors_n;
	out->at = arena_many(d->arena, struct contract_line, m.vendors_n);
	for (size_t i = 0; i < m.vendors_n; i++) {
		const struct map_vendor *v = &m.vendors[i];

		out->at[i] = (struct contract_line){
			.title = v->title,
			.role = str_of(vendor_role_title(v->role)),
			.lacks = map_contract_lacks(d->arena, v),
			.is_said = v->contract != 0,
		};
		out->lacking += out->at[i].lacks.n > 0;
	}
	return 0;
}
