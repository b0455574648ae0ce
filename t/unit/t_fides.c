/*
 * Datasets of Fides as a data map: what becomes of keys, identities, categories
 * and references, and that everything else is said to be lost.
 */
#include "connect/fides.h"

#include <stdlib.h>

#include "base/base.h"
#include "check.h"

enum { ARENA_MAX = 64 << 20 };

static const char shop[] =
	"dataset:\n"
	"  - fides_key: shop_db\n"
	"    name: Shop\n"
	"    description: our shop\n"
	"    fides_meta: { after: [ mongo ] }\n"
	"    collections:\n"
	"      - name: customer\n"
	"        fields:\n"
	"          - name: id\n"
	"            fides_meta: { primary_key: true, data_type: integer }\n"
	"          - name: email\n"
	"            data_categories: [ user.contact.email ]\n"
	"            fides_meta: { identity: email, data_type: string }\n"
	"          - name: first\n"
	"            data_categories: [ user.name.first ]\n"
	"          - name: card\n"
	"            data_categories: [ user.contact, "
	"user.financial.credit_card ]\n"
	"          - name: address_id\n"
	"            data_categories: [ system.operations ]\n"
	"            fides_meta:\n"
	"              references:\n"
	"                - { dataset: shop_db, field: address.id, direction: "
	"to }\n"
	"      - name: address\n"
	"        fields:\n"
	"          - { name: id, fides_meta: { primary_key: true } }\n"
	"          - { name: zip, data_categories: [ "
	"user.contact.address.postal_code ] }\n"
	"      - name: lines\n"
	"        fields:\n"
	"          - { name: orders_id, fides_meta: { primary_key: true,\n"
	"              references: [ { dataset: shop_db, field: orders.id,\n"
	"                direction: from } ] } }\n"
	"          - { name: text }\n"
	"          - { name: nr, fides_meta: { primary_key: true } }\n"
	"      - name: notes\n"
	"        fields:\n"
	"          - { name: id, fides_meta: { primary_key: true } }\n"
	"          - { name: line_no, fides_meta: { references: [ {\n"
	"              dataset: shop_db, field: lines.nr, direction: from } ] } }\n"
	"      - name: orders\n"
	"        fields:\n"
	"          - { name: id, fides_meta: { primary_key: true } }\n"
	"          - name: customer_id\n"
	"            fides_meta:\n"
	"              read_only: true\n"
	"              references:\n"
	"                - { dataset: shop_db, field: customer.id, direction: "
	"from }\n"
	"                - { dataset: crm, field: account.id, direction: from "
	"}\n"
	"          - name: info\n"
	"            fields:\n"
	"              - { name: note, data_categories: [ user ] }\n"
	"      - name: visits\n"
	"        fields:\n"
	"          - { name: who, fides_meta: { identity: face } }\n";

static str imported(struct arena *a, enum connector_kind kind,
	const char *const *files, size_t n)
{
	struct fides f = fides_new(a, kind);
	struct buf b = buf_in(a, 1 << 20);
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		if (fides_read(&f, "f.yml", str_of(files[i]), &e)) {
			CHECK(false, "%s", e.message);
			exit(CHECK_DONE());
		}
	fides_finish(&f);
	draft_begin(&b, STR("on top\n"));
	for (size_t i = 0; i < f.n; i++)
		draft_put(&b, &f.at[i]);
	return buf_str(&b);
}

#define HAS(text, part)                                                \
	CHECK(str_find(text, STR(part)) >= 0, "no %s in:\n%.*s", part, \
		STR_ARG(text))

static void check_map(struct arena *a, str text)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	CHECK(!map_parse(a, text, STR("."), &m, ps), "%d: %.*s\n%.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text), STR_ARG(text));
}

static void a_dataset(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	const char *files[] = { shop };
	str text = imported(a, CONNECTOR_POSTGRES, files, 1);

	check_map(a, text);
	HAS(text, "name: shop_db\n    title: Shop\n    connector: postgres\n"
		  "    database: shop_db_url\n");
	HAS(text, "name: customer\n        key: id\n");
	HAS(text, "{ name: email, identifies: email, category: A }");
	HAS(text, "{ name: first, verifies: first_name, category: A }");
	/* Of two categories the one that no answer may contain. */
	HAS(text, "{ name: card, never_disclose: financial-account, category: "
		  "L }");
	/* Looked up from a customer: several may live there. */
	HAS(text, "{ column: address_id, to: address.id, shared: true }");
	HAS(text, "{ column: customer_id, to: customer.id }");
	HAS(text, "name: lines\n        key: [orders_id, nr]\n");
	HAS(text, "{ column: orders_id, to: orders.id }");
	HAS(text, "notes: a reference to one column of a key of several");
	HAS(text, "# not carried over: shop_db: \"fides_meta\"");
	HAS(text, "# not carried over: orders.customer_id: \"read_only\"");
	HAS(text, "customer_id: the reference to account.id of crm");
	HAS(text, "orders.info.note: a field in a field");
	HAS(text, "customer.address_id: the category \"system.operations\"");
	HAS(text, "visits.who: the identity \"face\"");
	HAS(text, "# left out: visits: it has no primary_key");
	arena_free(a);
}

static void several_files(void)
{
	static const char crm[] =
		"dataset:\n"
		"  - fides_key: CRM\n"
		"    collections:\n"
		"      - name: account\n"
		"        fields:\n"
		"          - { name: id, fides_meta: { primary_key: true } }\n"
		"          - { name: phone, fides_meta: { identity: "
		"phone_number } }\n";
	struct arena *a = arena_new(ARENA_MAX);
	const char *files[] = { shop, crm };
	str text = imported(a, CONNECTOR_POSTGRES, files, 2);

	check_map(a, text);
	HAS(text, "name: crm\n");
	HAS(text, "{ name: phone, identifies: phone }");
	HAS(text, "a link with system: crm, to: account.id");
	arena_free(a);
}

static void nested(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	const char *files[] = { shop };
	str text = imported(a, CONNECTOR_JSONL, files, 1);

	check_map(a, text);
	HAS(text, "{ name: info.note, category: A, optional: true }");
	arena_free(a);
}

static void mistakes(void)
{
	static const struct {
		const char *yaml;
		const char *say;
	} all[] = {
		{ "", "f.yml:1: the file is empty" },
		{ "dataset: 3\n", "f.yml:1: no list \"dataset\"" },
		{ "- 1\n", "f.yml:1: no list \"dataset\"" },
		{ "dataset:\n  - { name: \"\" }\n",
			"f.yml:2: a dataset without a fides_key" },
		{ "dataset: &a\n  - *a\n", "f.yml:1: anchors, aliases" },
	};

	for (size_t i = 0; i < COUNTOF(all); i++) {
		struct arena *a = arena_new(ARENA_MAX);
		struct fides f = fides_new(a, CONNECTOR_POSTGRES);
		struct err e = { 0 };

		CHECK(fides_read(&f, "f.yml", str_of(all[i].yaml), &e) == -1 &&
				!strncmp(e.message, all[i].say,
					strlen(all[i].say)),
			"%s: %s", all[i].yaml, e.message);
		arena_free(a);
	}
}

int main(void)
{
	a_dataset();
	several_files();
	nested();
	mistakes();
	return CHECK_DONE();
}
