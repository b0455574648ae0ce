/*
 * The words of pages and letters as evidence (row G-16, 11 CCR 7004(c)): each version
 * is kept whole, and the audit trail knows of it.
 */
#include "act.h"

#include <sodium.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/version.h"
#include "desk/wording.h"

static const str start_page = STR_INIT("web/start.html");

static struct wordings listed(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct wordings all;
	struct err e = { 0 };

	if (wording_list(&d, &all, &e))
		fail("list", &e);
	return all;
}

static int64_t entries(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };
	int64_t n = 0;

	if (sql_audit_of_reference(d.db, d.arena,
		    &(struct sql_audit_of_reference_in){ STR("") }, &rows, &e))
		fail("trail", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, STR("wording.changed"));
	return n;
}

static void note(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (wording_note(&d, &e))
		fail("note", &e);
}

/* What is kept is what the program was built from, byte by byte. */
static void test_kept(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	unsigned char digest[crypto_hash_sha256_BYTES];
	struct wording w;
	struct err e = { 0 };
	str file;

	CHECK(!listed(t).n, "nothing at first");
	note(t);
	CHECK(listed(t).n > 40 && entries(t) == 1, "%zu texts, one entry: %lld",
		listed(t).n, (long long)entries(t));
	CHECK(wording_text(&d, STR("web/tbl/package_words.h"), 0, &w, &e) ==
				1 &&
			str_find(w.text, STR("Abra nuestra respuesta")) > 0,
		"in each language");
	if (wording_text(&d, start_page, 0, &w, &e) != 1 ||
		file_read(t->a, "src/web/start.html", 1 << 20, &file, &e))
		fail("text", &e);
	crypto_hash_sha256(digest, (const unsigned char *)file.p, file.n);
	CHECK(str_eq(w.text, file) && w.version == 1 &&
			str_eq(w.program, STR(TOYON_VERSION)) &&
			str_eq(w.sha256, hex_of(t->a, digest, sizeof digest)),
		"the start page");
	CHECK(wording_text(&d, STR("mail/letters/deleted.txt"), 0, &w, &e) == 1,
		"and the letters");
	CHECK(!wording_text(&d, start_page, 2, &w, &e) &&
			!wording_text(&d, STR("web/case.html"), 0, &w, &e),
		"no other version, and no page of staff");
}

/* The same words make no entry, other ones a version of that text alone. */
static void test_changed(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	size_t n = listed(t).n;
	struct sql_wording_add_in old = { .name = start_page,
		.version = 2,
		.sha256 = STR("00"),
		.program = STR("0.0.9"),
		.text = STR("What another program had"),
		.at = t->clock.fixed_ms };
	struct wording w;
	struct err e = { 0 };

	note(t);
	CHECK(listed(t).n == n && entries(t) == 1, "nothing new");
	if (sql_wording_add(t->db, &old, &e) < 0)
		fail("add", &e);
	note(t);
	CHECK(listed(t).n == n + 2 && entries(t) == 2, "one text, one entry");
	CHECK(wording_text(&d, start_page, 0, &w, &e) == 1 && w.version == 3,
		"the third version");
	CHECK(wording_text(&d, start_page, 2, &w, &e) == 1 &&
			str_eq(w.text, STR("What another program had")),
		"the one before is there");
	d.actor = (struct actor){
		.kind = ACTOR_STAFF, .id = 1, .role = STR("agent")
	};
	CHECK(wording_text(&d, start_page, 2, &w, &e) == -1 &&
			e.code == ERR_DENIED,
		"for who sees the trail");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "wording", fresh_server(argc, argv));
	test_kept(&t);
	test_changed(&t);
	end(&t);
	return CHECK_DONE();
}
