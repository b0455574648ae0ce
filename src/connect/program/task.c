/* Tasks out, answers in. */
#include "connect/program/task.h"

#include "base/base.h"
#include "connect/json_cell.h"
#include "connect/program/run.h"

static struct json begin(struct buf *b, const struct task_head *h, str task)
{
	struct json j = json_to(b);

	json_begin_object(&j);
	json_put_int(&j, "version", TASK_VERSION);
	json_put(&j, "task", task);
	json_put(&j, "system", h->system);
	json_put(&j, "mode", h->mode == CONN_READ ? STR("read") : STR("write"));
	json_put_int(&j, "timeout_ms", h->timeout_ms);
	return j;
}

static str end(struct json *j)
{
	json_end(j);
	buf_putc(j->out, '\n');
	return buf_ok(j->out) ? buf_str(j->out) : (str){ 0 };
}

static void put_names(
	struct json *j, const char *key, const str *names, size_t n)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < n; i++)
		json_str(j, names[i]);
	json_end(j);
}

static void put_cells(
	struct json *j, const char *key, const struct cell *cells, size_t n)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < n; i++)
		json_put_cell(j, &cells[i]);
	json_end(j);
}

str task_open(struct arena *a, const struct task_head *h)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = begin(&b, h, STR("open"));

	return end(&j);
}

str task_describe(struct arena *a, const struct task_head *h)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = begin(&b, h, STR("describe"));

	return end(&j);
}

static str match_name(const struct row_query *q)
{
	if (q->is_all)
		return STR("all");
	return q->match == MATCH_IDENT ? STR("alike") : STR("exact");
}

str task_rows(
	struct arena *a, const struct task_head *h, const struct row_query *q)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = begin(&b, h, STR("rows"));

	json_put(&j, "table", q->table);
	put_names(&j, "columns", q->columns, q->columns_n);
	json_put(&j, "match", match_name(q));
	if (!q->is_all) {
		json_put(&j, "where", q->where);
		if (q->match == MATCH_IDENT)
			json_put(&j, "kind", str_of(ident_kind_name(q->kind)));
		put_cells(&j, "values", q->values, q->values_n);
	}
	return end(&j);
}

static void put_unlink(struct json *j, const struct erase_step *s)
{
	json_key(j, "unlink");
	json_begin_object(j);
	json_put(j, "column", s->unlink->name);
	put_cells(j, "values", s->targets, s->targets_n);
	json_end(j);
}

static void put_set(struct json *j, const struct erase_step *s)
{
	json_key(j, "set");
	json_begin_array(j);
	for (size_t i = 0; i < s->set_n; i++) {
		json_begin_object(j);
		json_put(j, "column", s->set[i].column->name);
		json_key(j, "value");
		json_put_cell(j, &s->set[i].value);
		json_end(j);
	}
	json_end(j);
}

static void put_step(struct json *j, const struct erase_step *s)
{
	json_begin_object(j);
	json_put(j, "table", s->table->name);
	json_put(j, "key", s->table->columns[s->table->key].name);
	put_cells(j, "keys", s->keys, s->keys_n);
	if (s->unlink)
		put_unlink(j, s);
	if (s->set_n)
		put_set(j, s);
	json_end(j);
}

str task_erase(struct arena *a, const struct task_head *h,
	const struct erase_step *steps, size_t n)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = begin(&b, h, STR("erase"));

	json_key(&j, "steps");
	json_begin_array(&j);
	for (size_t i = 0; i < n; i++)
		put_step(&j, &steps[i]);
	json_end(&j);
	return end(&j);
}

str task_insert(struct arena *a, const struct task_head *h,
	const struct insert_table *tables, size_t n)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = begin(&b, h, STR("insert"));

	json_key(&j, "tables");
	json_begin_array(&j);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(&j);
		json_put(&j, "table", tables[i].name);
		put_names(
			&j, "columns", tables[i].columns, tables[i].columns_n);
		json_end(&j);
	}
	json_end(&j);
	return end(&j);
}

str task_row(struct arena *a, size_t table, const struct cell *cells, size_t n)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "table", (int64_t)table);
	put_cells(&j, "row", cells, n);
	return end(&j);
}

str task_end(struct arena *a)
{
	struct buf b = buf_in(a, TASK_SIZE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_bool(&j, "end", true);
	return end(&j);
}

int answer_read(struct arena *a, str line, enum answer_kind *kind,
	const json_t **what, struct err *e)
{
	json_t *tree;

	if (json_read(a, line, PROGRAM_LINE_MAX, &tree, e) < 0) {
		e->code = e->code == ERR_LIMIT ? ERR_LIMIT : ERR_CORRUPT;
		return -1;
	}
	*what = json_object_get(tree, "row");
	*kind = ANSWER_ROW;
	if (json_is_array(*what))
		return 0;
	*what = json_object_get(tree, "column");
	*kind = ANSWER_COLUMN;
	if (json_is_object(*what))
		return 0;
	*kind = ANSWER_DONE;
	*what = json_object_get(tree, "changed");
	if (json_is_true(json_object_get(tree, "done")))
		return 0;
	return err_set(
		e, ERR_CORRUPT, "none of \"row\", \"column\" and \"done\"");
}

bool answer_column(const json_t *what, struct column_fact *out)
{
	const json_t *refers = json_object_get(what, "refers");

	*out = (struct column_fact){
		.table = json_text(what, "table"),
		.column = json_text(what, "name"),
		.type = json_text(what, "type"),
		.is_key = json_is_true(json_object_get(what, "key")),
		.is_optional = json_is_true(json_object_get(what, "optional")),
		.refers_table = json_text(refers, "table"),
		.refers_column = json_text(refers, "column"),
	};
	return out->table.n && out->column.n;
}
