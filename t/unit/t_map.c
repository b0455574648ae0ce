/*
 * The data map: what a good one says, and every mistake with its line and the
 * help that goes with it.
 */
#include "connect/map.h"

#include "connect/lookalike.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/file.h"
#include "check.h"

enum { ARENA_MAX = 64 << 20 };

/* Line 1 to 8; the cases go on at line 9 with tables of the system "s". */
#define HEAD                      \
	"version: 1\n"            \
	"systems:\n"              \
	"  - name: s\n"           \
	"    title: A system\n"   \
	"    connector: sqlite\n" \
	"    database: s.db\n"    \
	"    tables:\n"           \
	"\n"
#define PERSON                                                      \
	"      - name: person\n"                                    \
	"        key: id\n"                                         \
	"        columns: [ { name: email, identifies: email } ]\n" \
	"        erase: delete\n"
#define FILES(name, column)                                              \
	"version: 1\n"                                                   \
	"systems:\n"                                                     \
	"  - name: s\n"                                                  \
	"    connector: csv\n"                                           \
	"    database: lake\n"                                           \
	"    tables:\n"                                                  \
	"      - name: " name "\n"                                       \
	"        columns: [ { name: " column ", identifies: email } ]\n" \
	"        erase: delete\n"
#define LOAD(connector, more)                                      \
	"version: 1\n"                                             \
	"systems:\n"                                               \
	"  - name: s\n"                                            \
	"    connector: " connector "\n"                           \
	"    database: s_url\n"                                    \
	"    " more "\n"                                           \
	"    tables:\n"                                            \
	"      - name: a.csv\n"                                    \
	"        columns: [ { name: mail, identifies: email } ]\n" \
	"        erase: delete\n"
/* Two tables, and how the second belongs to the first. */
#define KEYED(key, column, to)                                        \
	HEAD "      - { name: a, erase: delete,\n"                    \
	     "          key: " key ",\n"                              \
	     "          columns: [ { name: e, identifies: email },\n" \
	     "            { name: tenant } ] }\n"                     \
	     "      - name: b\n"                                      \
	     "        key: [tenant, no]\n"                            \
	     "        links:\n"                                       \
	     "          - { column: " column ", to: " to " }\n"       \
	     "        erase: delete\n"
#define EXPIRES(after, from, erase)                                                      \
	HEAD "      - name: person\n"                                                    \
	     "        key: id\n"                                                         \
	     "        columns: [ { name: email, identifies: email }, { name: made } ]\n" \
	     "        erase: " erase "\n"                                                \
	     "        expires: { after: " after ", from: " from " }\n"
#define TOTALS(connector, totals)                                   \
	"version: 1\n"                                              \
	"systems:\n"                                                \
	"  - name: s\n"                                             \
	"    connector: " connector "\n"                            \
	"    database: s_url\n"                                     \
	"    tables:\n"                                             \
	"      - name: person\n"                                    \
	"        key: id\n"                                         \
	"        columns: [ { name: email, identifies: email } ]\n" \
	"        erase: delete\n"                                   \
	"      - name: buy\n"                                       \
	"        key: id\n"                                         \
	"        columns: [ { name: month }, { name: amount },\n"   \
	"          { name: zip, verifies: zip } ]\n"                \
	"        links: [ { column: person_id, to: person.id } ]\n" \
	"        erase: aggregate\n" totals
#define REDIS(words)             \
	"version: 1\n"           \
	"systems:\n"             \
	"  - name: s\n"          \
	"    connector: redis\n" \
	"    database: s_url\n"  \
	"    tables:\n"          \
	"      - name: a\n"      \
	"        " words "\n"    \
	"        erase: delete\n"
#define PAPER(more, words)                  \
	"version: 1\n"                      \
	"systems:\n"                        \
	"  - name: s\n"                     \
	"    connector: person\n"           \
	"    database: archive@x.example\n" \
	"    " more "\n"                    \
	"    tables:\n"                     \
	"      - { name: leases, erase: delete, " words " }\n"
#define LDAP(words)                                                \
	"version: 1\n"                                             \
	"systems:\n"                                               \
	"  - name: s\n"                                            \
	"    connector: ldap\n"                                    \
	"    database: s_url\n"                                    \
	"    tables:\n"                                            \
	"      - name: a\n"                                        \
	"        " words "\n"                                      \
	"        columns: [ { name: mail, identifies: email } ]\n" \
	"        erase: delete\n"
#define VENDOR(what)             \
	"version: 1\n"           \
	"systems: []\n"          \
	"vendors:\n"             \
	"  - name: v\n"          \
	"    role: contractor\n" \
	"    email: privacy@v.example\n" what

struct wrong {
	const char *why;
	const char *yaml;
	int line;
	const char *text; /* part of it */
	const char *hint; /* part of it */
};

static const struct wrong wrongs[] = {
	/* YAML itself */
	{ "nothing", "", 1, "the file is empty", "begin with \"version: 1\"" },
	{ "only a comment", "# hello\n", 1, "the file is empty",
		"begin with \"version: 1\"" },
	{ "not YAML", "version: 1\nsystems: [\n", 3, "not YAML",
		"look for a bracket that is not" },
	{ "a tab for indentation", "version: 1\nsystems:\n\t- name: a\n", 3,
		"not YAML", "indent with blanks, not tabs, and" },
	{ "not UTF-8", "version: 1\ntitle: \xff\n", 1, "not YAML",
		"save the file as UTF-8" },
	{ "an alias can blow a file up",
		"version: 1\nsystems: &a\n  - name: s\nvendors: *a\n", 2,
		"anchors, aliases and tags", "write the value out" },
	{ "a tag", "version: !!int 1\n", 1, "anchors, aliases and tags",
		"write the value out" },
	{ "two documents", "version: 1\n---\nversion: 1\n", 2,
		"a second document", "leave out" },
	{ "too deep", "a: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n", 1,
		"nested too deep", "look for a bracket that is not" },
	/* keys */
	{ "a list at the top", "- 1\n", 1, "the data map must be keys",
		"one of: version, systems, vendors" },
	{ "a key that is no word", "[a]: 1\n", 1, "a key must be a word",
		"write it as \"key: value\"" },
	{ "no version", "systems: []\n", 1, "needs the key \"version\"",
		"add it, as in \"version: 1\"" },
	{ "another version", "version: 2\nsystems: []\n", 1,
		"\"version\" has no value \"2\"", "one of: 1" },
	{ "an unknown key, nearly right",
		"version: 1\nsistems: []\nsystems: []\n", 2,
		"unknown key \"sistems\" in the data map",
		"did you mean \"systems\"?" },
	{ "an unknown key, far off", "version: 1\nzzz: 1\nsystems: []\n", 2,
		"unknown key \"zzz\"", "one of: version, systems, vendors" },
	{ "a key twice", "version: 1\nsystems: []\nsystems: []\n", 3,
		"key \"systems\" stands twice", "take one of them out" },
	{ "a mapping for a list", "version: 1\nsystems: { a: 1 }\n", 2,
		"\"systems\" must be a list", "start each item" },
	{ "an order that names a table that is not there",
		HEAD "      - name: person\n        key: id\n"
		     "        columns: [ { name: email, identifies: email } ]\n"
		     "        erase: delete\n        after: [ persom ]\n",
		13, "\"after\" names the table \"persom\"",
		"did you mean \"person\"?" },
	{ "an order that names its own table",
		HEAD "      - name: person\n        key: id\n"
		     "        columns: [ { name: email, identifies: email } ]\n"
		     "        erase: delete\n        after: [ person ]\n",
		13, "names its own table", "leave it out" },
	{ "an order that nothing keeps",
		HEAD PERSON "      - name: a\n        key: id\n"
			    "        links: [ { column: p, to: person.id } ]\n"
			    "        erase: delete\n        after: [ b ]\n"
			    "      - name: b\n        key: id\n"
			    "        links: [ { column: p, to: person.id } ]\n"
			    "        erase: delete\n        after: [ c ]\n"
			    "      - name: c\n        key: id\n"
			    "        links: [ { column: p, to: person.id } ]\n"
			    "        erase: delete\n        after: [ a ]\n",
		17, "\"a\" goes after \"b\", which goes after \"a\" itself",
		"take one \"after\" out" },
	{ "a circle over two systems",
		HEAD PERSON
		"  - name: crm\n    connector: sqlite\n    database: c.db\n"
		"    tables:\n"
		"      - { name: a, key: id, erase: delete,\n"
		"          links: [ { column: w, system: wh, to: b.id } ] }\n"
		"  - name: wh\n    connector: sqlite\n    database: w.db\n"
		"    tables:\n"
		"      - { name: b, key: id, erase: delete,\n"
		"          links: [ { column: a, system: crm, to: a.id } ] }\n",
		17, "table \"a\" is in a cycle of links that no identifier",
		"mark a column with \"identifies\"" },
	/* secrets */
	{ "an address with its password",
		"version: 1\nsystems:\n  - name: s\n    connector: postgres\n"
		"    database: postgresql://toyon:geheim@db/crm\n"
		"    tables: []\n",
		5, "\"database\" is the name of a secret here",
		"a file of the credentials folder" },
	{ "a connection string",
		"version: 1\nsystems:\n  - name: s\n    connector: odbc\n"
		"    database: DSN=ledger;Pwd=geheim\n    tables: []\n",
		5, "\"database\" is the name of a secret here",
		"a file of the credentials folder" },
	{ "the key of a store",
		"version: 1\nsystems:\n  - name: s\n    connector: s3_csv\n"
		"    database: s3://KEY:geheim@host/bucket\n"
		"    tables: []\n",
		5, "\"database\" is the name of a secret here",
		"a file of the credentials folder" },
	/* what a person looks in */
	{ "a person without an address",
		"version: 1\nsystems:\n  - { name: s, connector: person, "
		"database: archive, tables: [] }\n",
		3, "\"database\" is no email address",
		"where their tasks are sent" },
	{ "a person with a month and a day", PAPER("days: 31", "holds: L"), 6,
		"\"days\" must be a whole number from 1 to 30",
		"30 is the most" },
	{ "a colleague without an address",
		PAPER("hand_over: [ cellar ]", "holds: L"), 6,
		"\"hand_over\" lists email addresses", "write each as" },
	{ "columns for paper", PAPER("days: 3", "columns: [ { name: a } ]"), 8,
		"\"columns\" is not for what a person looks in",
		"leave it out; \"look_for\" says" },
	{ "paper that stays without its owner",
		"version: 1\nsystems:\n  - name: s\n    connector: person\n"
		"    database: a@x.example\n    tables:\n"
		"      - { name: leases, erase: deidentify }\n",
		7, "what a person deletes is gone, or kept",
		"delete, or keep" },
	{ "days for a database",
		"version: 1\nsystems:\n  - { name: s, connector: sqlite, "
		"database: d, tables: [], days: 3 }\n",
		3, "\"days\" is for systems that a person looks in",
		"leave it out, or write" },
	{ "what to look for in a database",
		HEAD "      - { name: person, key: id, erase: delete,\n"
		     "          columns: [ { name: e, identifies: email } ],\n"
		     "          look_for: x }\n",
		11, "\"look_for\" is for tables of person", "leave it out" },
	/* 11 CCR 7024(c) */
	{ "three tests of four",
		"version: 1\nsystems:\n  - name: s\n    connector: sqlite\n"
		"    database: d\n    search_exempt: [ not-searchable, not-used, "
		"told ]\n    tables: []\n",
		6,
		"\"search_exempt\" lacks \"legal-only\": It is kept for legal",
		"all four hold" },
	{ "a test that the law has not",
		"version: 1\nsystems:\n  - name: s\n    connector: sqlite\n"
		"    database: d\n    search_exempt: [ not-searchable, not-used, "
		"told, legal ]\n    tables: []\n",
		6, "\"search_exempt\" has no value \"legal\"", "legal-only" },
	{ "nobody knows what it may hold",
		"version: 1\nsystems:\n  - name: s\n    connector: sqlite\n"
		"    database: d\n    search_exempt: [ not-searchable, not-used, "
		"told, legal-only ]\n    tables:\n"
		"      - { name: p, key: id, erase: delete,\n"
		"          columns: [ { name: e, identifies: email } ] }\n",
		8, "table \"p\" has no \"category\"",
		"the answer says what a system" },
	/* links to other systems */
	{ "a link to a system that is not there",
		HEAD PERSON
		"      - name: visit\n        key: id\n        erase: delete\n"
		"        links: [ { column: p, system: crn, to: person.id } "
		"]\n"
		"  - { name: crm, connector: sqlite, database: d, tables: [] "
		"}\n",
		16, "the link leads to the system \"crn\"",
		"did you mean \"crm\"?" },
	{ "a link to another system that is this one",
		HEAD PERSON
		"      - name: visit\n        key: id\n        erase: delete\n"
		"        links: [ { column: p, system: s, to: person.id } ]\n",
		16, "names the link's own system", "leave \"system\" out" },
	{ "a link to a table that the other system does not list",
		HEAD PERSON
		"      - name: visit\n        key: id\n        erase: delete\n"
		"        links: [ { column: p, system: crm, to: contact.id } "
		"]\n"
		"  - { name: crm, connector: sqlite, database: d, tables: [] "
		"}\n",
		16, "which system \"crm\" does not list",
		"none is listed there" },
	{ "a shared link to another system",
		HEAD PERSON
		"  - name: house\n    connector: sqlite\n    database: d\n"
		"    tables:\n"
		"      - name: visit\n        key: id\n        erase: delete\n"
		"        links: [ { column: p, system: s, to: person.id, "
		"shared: true } ]\n",
		20, "can't be \"shared\"", "leave it out" },
	{ "a table that only a table of another system links to",
		HEAD PERSON
		"      - name: visit\n        key: id\n        erase: delete\n"
		"        links: [ { column: p, system: crm, to: c.id } ]\n"
		"  - name: crm\n    connector: sqlite\n    database: d\n"
		"    tables: [ { name: c, key: id, erase: delete } ]\n",
		13, "no identifier leads to table \"visit\"", "mark a column" },
	/* columns erased in rows that stay */
	{ "a deidentified row that still tells whose it is",
		HEAD "      - name: person\n        key: id\n"
		     "        columns: [ { name: email, identifies: email } ]\n"
		     "        erase: deidentify\n",
		11, "leaves the column \"email\", which identifies a person",
		"null, hash, mask or renew" },
	{ "a deidentified row with a link to the others",
		HEAD PERSON
		"      - name: visit\n        key: id\n"
		"        links: [ { column: person_id, to: person.id } ]\n"
		"        erase: deidentify\n",
		15, "\"person_id\", which leads to other rows", "null, hash" },
	{ "a column erased in a row that is deleted",
		HEAD "      - name: person\n        key: id\n"
		     "        columns: [ { name: email, identifies: email, "
		     "erase: mask } ]\n"
		     "        erase: delete\n",
		12, "but the row is deleted", "deidentify, or keep" },
	{ "the key erased",
		HEAD "      - name: person\n        key: id\n"
		     "        columns: [ { name: id, identifies: email, "
		     "erase: hash } ]\n"
		     "        erase: deidentify\n",
		11, "the key can't be erased",
		"leave \"erase\" out of the column" },
	{ "an unknown way",
		HEAD "      - name: person\n        key: id\n"
		     "        columns: [ { name: email, erase: mark } ]\n"
		     "        erase: delete\n",
		11, "\"erase\" has no value \"mark\"",
		"did you mean \"mask\"?" },
	/* systems */
	{ "a system that is a word", "version: 1\nsystems: [ crm ]\n", 2,
		"a system must be keys and values", "name, title" },
	{ "a name that does not fit an address",
		"version: 1\nsystems:\n  - name: My CRM\n    connector: "
		"sqlite\n    database: a\n    tables: []\n",
		3, "a name here is made of a-z", "stands in \"title\"" },
	{ "an unknown connector",
		"version: 1\nsystems:\n  - name: a\n    connector: postgre\n"
		"    database: a\n    tables: []\n",
		4, "\"connector\" has no value \"postgre\"",
		"did you mean \"postgres\"?" },
	{ "a system twice",
		"version: 1\nsystems:\n"
		"  - { name: a, connector: sqlite, database: a, tables: [] }\n"
		"  - { name: a, connector: sqlite, database: b, tables: [] }\n",
		4, "system \"a\" stands twice",
		"put what both say into one, or" },
	{ "no tables key",
		"version: 1\nsystems:\n"
		"  - { name: a, connector: sqlite, database: a }\n",
		3, "a system needs the key \"tables\"",
		"add it, as in \"tables: []\"" },
	{ "an empty value",
		"version: 1\nsystems:\n"
		"  - { name: a, connector: sqlite, database: \"\", tables: [] "
		"}\n",
		3, "\"database\" is empty", "write a value, or leave the key" },
	{ "two lines where one belongs",
		"version: 1\nsystems:\n"
		"  - { name: a, connector: sqlite, database: \"a\\nb\", tables:"
		" [] }\n",
		3, "\"database\" must be one line of text",
		"take line ends, tabs and control" },
	/* tables and columns */
	{ "no key", HEAD "      - name: a\n        erase: delete\n", 9,
		"a table needs the key \"key\"", "add it, as in \"key: id\"" },
	{ "no erase", HEAD "      - name: a\n        key: id\n", 9,
		"a table needs the key \"erase\"",
		"add it, as in \"erase: delete\"" },
	{ "an unknown erase",
		HEAD
		"      - name: a\n        key: id\n        erase: deleet\n",
		11, "\"erase\" has no value \"deleet\"",
		"did you mean \"delete\"?" },
	{ "kept without a reason",
		HEAD "      - name: a\n        key: id\n        erase: keep\n",
		11, "\"keep\" needs \"exception\" and \"purpose\"",
		"the answer to the consumer" },
	{ "an exception that the law does not have",
		HEAD "      - name: a\n        key: id\n        erase: keep\n"
		     "        exception: DX9\n        purpose: tax\n",
		12, "\"exception\" has no value \"DX9\"", "did you mean" },
	{ "a reason to keep what is deleted",
		HEAD PERSON "        exception: DX8\n", 12,
		"\"exception\" is for \"keep\"",
		"leave it out, or write \"erase:" },
	{ "a table twice", HEAD PERSON PERSON, 13,
		"table \"person\" stands twice",
		"put what both say into one, or" },
	{ "a key without columns",
		KEYED("[]", "[tenant, id]", "[a.tenant, a.id]"), 10,
		"\"key\" is an empty list", "name a column, or several" },
	{ "a key that is a mapping",
		KEYED("{ a: b }", "[tenant, id]", "[a.tenant, a.id]"), 10,
		"\"key\" must be a single value",
		"write one word or sentence" },
	{ "a key that names a column twice",
		KEYED("[tenant, tenant]", "[tenant, id]", "[a.tenant, a.id]"),
		10, "\"key\" names \"tenant\" twice", "take one of them out" },
	{ "a key of more columns than one may have",
		KEYED("[a, b, c, d, e, f, g, h, i]", "[a, b]", "[a.a, a.b]"),
		10, "\"key\" has more than 8 items", "leave some out" },
	{ "a link of two columns to one",
		KEYED("[tenant, id]", "[tenant, a_id]", "a.id"), 16,
		"\"column\" names 2 columns, and \"to\" 1", "one for one" },
	{ "a link of one column to two",
		KEYED("[tenant, id]", "a_id", "[a.tenant, a.id]"), 16,
		"\"column\" names 1 columns, and \"to\" 2", "one for one" },
	{ "a link to one column of a key: other tenants' rows",
		KEYED("[tenant, id]", "a_id", "a.id"), 16,
		"to one column of the key (tenant, id) of \"a\": rows of others",
		"link all of them" },
	{ "a link to the key's columns in another order",
		KEYED("[tenant, id]", "[a_id, tenant]", "[a.id, a.tenant]"), 16,
		"the columns of the key of \"a\" in another order",
		"name them in that of the key, (tenant, id)" },
	{ "a link of several columns to several tables",
		KEYED("[tenant, id]", "[tenant, a_id]", "[b.tenant, a.id]"), 16,
		"leads to one table, and this one to two",
		"name columns of one of them, and" },
	{ "a link of several columns that leads to none",
		KEYED("[tenant, id]", "[tenant, a_id]", "[a.tenat, a.id]"), 16,
		"the link leads to the column \"tenat\"",
		"did you mean \"tenant\"" },
	{ "a key of several columns of a file",
		"version: 1\nsystems:\n  - name: s\n    connector: csv\n"
		"    database: s\n    tables:\n      - name: a.csv\n"
		"        key: [a, b]\n"
		"        columns: [ { name: e, identifies: email } ]\n"
		"        erase: delete\n",
		8, "\"key\" of several columns is for databases, not for csv",
		"leave \"key\" out" },
	{ "of a server that has one",
		"version: 1\nsystems:\n  - name: s\n    connector: redis\n"
		"    database: s_url\n    tables:\n      - name: a\n"
		"        key: [a, b]\n        pattern: 'a:{a}'\n"
		"        columns: [ { name: e, identifies: email } ]\n"
		"        erase: delete\n",
		8, "\"key\" of several columns is for databases, not for redis",
		"name one column" },
	{ "a column that is called as the key",
		HEAD
		"      - name: a\n        key: [x, y]\n        columns:\n"
		"          - { name: x, identifies: email }\n"
		"          - { name: \"(x, y)\" }\n        erase: delete\n",
		9, "a column is called \"(x, y)\"",
		"leave that column out of the map" },
	{ "a key of which a column is erased",
		HEAD "      - name: a\n        key: [x, y]\n        columns:\n"
		     "          - { name: e, identifies: email, erase: hash }\n"
		     "          - { name: y, erase: hash }\n"
		     "        erase: deidentify\n",
		13, "the key can't be erased in a row that stays",
		"leave \"erase\" out of the column" },
	{ "a key that leads to the person, in a row that stays",
		HEAD PERSON
		"      - name: a\n        key: [person_id, day]\n"
		"        links: [ { column: person_id, to: person.id } ]\n"
		"        erase: deidentify\n",
		13, "\"deidentify\" leaves the column \"person_id\"",
		"it is part of the key, and stays" },
	{ "a link of several columns to another system",
		HEAD
		"      - name: a\n        key: id\n"
		"        columns: [ { name: e, identifies: email } ]\n"
		"        links: [ { column: [b, c], to: [a.b, a.c], system: t } ]\n"
		"        erase: delete\n",
		12, "can't lead to another system", "followed by one column" },
	{ "a column twice",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifies: email }\n"
		     "          - { name: x }\n        erase: delete\n",
		13, "column \"x\" stands twice", "put what both say into one" },
	{ "an unknown kind",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifies: e-mail }\n"
		     "        erase: delete\n",
		12, "\"identifies\" has no value \"e-mail\"",
		"did you mean \"email\"?" },
	{ "a kind that one column can't hold",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifies: name_zip }\n"
		     "        erase: delete\n",
		12, "\"identifies\" has no value \"name_zip\"", "one of: " },
	{ "an unknown proof",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, verifies: zipp }\n"
		     "        erase: delete\n",
		12, "\"verifies\" has no value \"zipp\"",
		"did you mean \"zip\"?" },
	{ "a category past L",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, category: M }\n"
		     "        erase: delete\n",
		12, "\"category\" has no value \"M\"", "one of: A, B" },
	{ "never disclosed, of no known class",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, never_disclose: sssn }\n"
		     "        erase: delete\n",
		12, "\"never_disclose\" has no value \"sssn\"",
		"did you mean \"ssn\"?" },
	{ "neither true nor false",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifies: email, standardized: "
		     "maybe }\n        erase: delete\n",
		12, "\"standardized\" has no value \"maybe\"",
		"one of: true, false" },
	{ "standardized as nothing",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, standardized: true }\n"
		     "        erase: delete\n",
		12, "\"standardized\" needs \"identifies\"",
		"say what it identifies by, or" },
	{ "an unknown key in a column",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifes: email }\n"
		     "        erase: delete\n",
		12, "unknown key \"identifes\" in a column",
		"did you mean \"identifies\"?" },
	{ "a category of a table past L",
		HEAD "      - name: a\n        key: id\n        category: Z\n"
		     "        erase: delete\n",
		11, "\"category\" has no value \"Z\"", "one of: A, B" },
	{ "cleared of what nothing looks like",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, cleared: [ cards ] }\n"
		     "        erase: delete\n",
		12, "\"cleared\" has no value \"cards\"",
		"did you mean \"card\"?" },
	{ "held back and cleared at once",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, never_disclose: ssn,\n"
		     "              cleared: [ ssn ] }\n"
		     "        erase: delete\n",
		13, "\"cleared\" is for columns without \"never_disclose\"",
		"only look like" },
	{ "a number that no answer may contain, without a mark",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifies: email }\n"
		     "          - { name: customer_ssn }\n"
		     "        erase: delete\n",
		13, "\"customer_ssn\" is called as a Social Security number",
		"\"never_disclose: ssn\"; or, when it holds none, "
		"\"cleared: [ ssn ]\"" },
	{ "cleared of something else",
		HEAD "      - name: a\n        key: id\n        columns:\n"
		     "          - { name: x, identifies: email }\n"
		     "          - { name: password_hash, cleared: [ ssn ] }\n"
		     "        erase: delete\n",
		13, "is called as a password or its hash",
		"never_disclose: password" },
	{ "a purpose of two lines",
		HEAD "      - name: a\n        key: id\n"
		     "        purpose: \"a\\nb\"\n        erase: delete\n",
		11, "\"purpose\" must be one line of text",
		"take line ends, tabs and control" },
	{ "a day that no column says",
		HEAD PERSON "      - name: lead\n        key: id\n"
			    "        collected: made_on\n"
			    "        erase: delete\n",
		15, "there is no column \"made_on\"", "list it under columns" },
	{ "a time that is none", EXPIRES("24 monhts", "made", "delete"), 13,
		"\"after\" is no time: \"24 monhts\"", "\"24 months\"" },
	{ "a time of nothing: every row would go",
		EXPIRES("0 days", "made", "delete"), 13, "\"after\" is no time",
		"7 years" },
	{ "a time from a day that no column says",
		EXPIRES("24 months", "mad", "delete"), 13,
		"there is no column \"mad\"", "did you mean \"made\"?" },
	{ "a time from nowhere",
		HEAD PERSON "        expires: { after: 2 years }\n", 13,
		"\"expires\" needs \"from\"", "from which day" },
	{ "a time without its length",
		HEAD PERSON "        expires: { from: email }\n", 13,
		"\"expires\" needs the key \"after\"",
		"add it, as in \"after: 24 months\"" },
	{ "a word of the time that there is not",
		HEAD PERSON "        expires: { aftr: 2 years }\n", 13,
		"unknown key \"aftr\" in \"expires\"",
		"did you mean \"after\"?" },
	{ "what a number counts, and nobody can tell it",
		HEAD PERSON "        expires: { after: 2 years, from: email,\n"
			    "          numbers: days }\n",
		14, "\"numbers\"", "seconds, milliseconds" },
	{ "nobody could see that a row was deidentified: each run would do it again",
		HEAD
		"      - name: person\n        key: id\n        columns:\n"
		"          - { name: email, identifies: email, erase: mask }\n"
		"          - { name: made }\n"
		"        erase: deidentify\n"
		"        expires: { after: 2 years, from: made }\n",
		15, "needs \"erase: null\" in each column",
		"deidentified already" },
	{ "a name that is there still, and an email that never was: not done",
		HEAD
		"      - name: person\n        key: id\n        columns:\n"
		"          - { name: email, identifies: email, erase: null }\n"
		"          - { name: full_name, erase: mask }\n"
		"          - { name: made }\n"
		"        erase: deidentify\n"
		"        expires: { after: 2 years, from: made }\n",
		16, "needs \"erase: null\" in each column",
		"deidentified already" },
	{ "the day is erased that says when",
		HEAD
		"      - name: person\n        key: id\n        columns:\n"
		"          - { name: email, identifies: email, erase: null }\n"
		"          - { name: made, erase: renew }\n"
		"        erase: deidentify\n"
		"        expires: { after: 2 years, from: made }\n",
		15, "counts from the column \"made\", which is erased",
		"never be too old" },
	{ "a time where no program looks",
		"version: 1\nsystems:\n  - { name: s, connector: person,\n"
		"      database: jo@jo.example, tables: [ { name: paper,\n"
		"      holds: Paper, expires: { after: 2 years },\n"
		"      erase: delete } ] }\n",
		5, "\"expires\" is not for what a person looks in",
		"leave it out; \"look_for\" says" },

	/* links */
	{ "a link to no table",
		HEAD PERSON
		"      - name: lead\n        key: id\n"
		"        links: [ { column: person_id, to: persn.id } ]\n"
		"        erase: delete\n",
		15, "leads to the table \"persn\", which system \"s\"",
		"did you mean \"person\"?" },
	{ "a link to no column",
		HEAD PERSON
		"      - name: lead\n        key: id\n"
		"        links: [ { column: person_id, to: person.emial } ]\n"
		"        erase: delete\n",
		15, "leads to the column \"emial\", which table \"person\"",
		"did you mean \"email\"?" },
	{ "a link without a column",
		HEAD PERSON
		"      - name: lead\n        key: id\n"
		"        links: [ { column: person_id, to: person } ]\n"
		"        erase: delete\n",
		15, "must be written as table.column",
		"name the column, too, as in \"to:" },
	{ "a link that goes nowhere",
		HEAD PERSON "      - name: lead\n        key: id\n"
			    "        links: [ { column: person_id } ]\n"
			    "        erase: delete\n",
		15, "a link needs the key \"to\"",
		"add it, as in \"to: person.id\"" },
	/* reach */
	{ "a table that nothing leads to",
		HEAD PERSON
		"      - name: orphan\n        key: id\n        erase: delete\n",
		13, "no identifier leads to table \"orphan\"",
		"mark a column" },
	{ "a cycle that nothing leads into",
		HEAD PERSON "      - name: a\n        key: id\n"
			    "        links: [ { column: b_id, to: b.id } ]\n"
			    "        erase: delete\n"
			    "      - name: b\n        key: id\n"
			    "        links: [ { column: a_id, to: a.id } ]\n"
			    "        erase: delete\n",
		13, "table \"a\" is in a cycle of links", "mark a column" },
	{ "what belongs to the person is no way up to another owner",
		HEAD PERSON
		"      - name: lead\n        key: id\n"
		"        links: [ { column: p, to: person.id }, { column: c, "
		"to: campaign.id } ]\n        erase: delete\n"
		"      - name: campaign\n        key: id\n"
		"        erase: delete\n",
		17, "no identifier leads to table \"campaign\"",
		"mark a column" },
	{ "a shared link is not descended",
		HEAD PERSON
		"      - name: lead\n        key: id\n"
		"        links: [ { column: p, to: person.id, shared: true } ]\n"
		"        erase: delete\n",
		13, "no identifier leads to table \"lead\"", "mark a column" },
	/* files */
	{ "a key that only files can do without",
		HEAD "      - name: a\n        erase: delete\n", 9,
		"a table needs the key \"key\"", "add it, as in \"key: id\"" },
	{ "a column that a database may lack",
		HEAD "      - name: a\n        key: id\n"
		     "        columns: [ { name: x, identifies: email,\n"
		     "          optional: true } ]\n        erase: delete\n",
		12, "\"optional\" is for columns of files",
		"a database says which columns it has" },
	{ "a pattern of keys for a database",
		HEAD "      - name: a\n        key: id\n"
		     "        pattern: 'a:{id}'\n        erase: delete\n",
		11, "\"pattern\" is for tables of redis", "leave it out" },
	{ "Redis without a pattern", REDIS("key: id"), 7,
		"a table needs the key \"pattern\"",
		"add it, as in \"pattern:" },
	{ "a pattern that is every key", REDIS("pattern: '{id}'"), 8,
		"\"pattern\" is every key there is",
		"as in cart:{customer}:{id}" },
	{ "a key that is no part of the key",
		REDIS("pattern: 'a:{id}'\n        key: email"), 7,
		"the key \"email\" is not the one part of the pattern",
		"leave \"key\" out" },
	{ "a key that is one part of two",
		REDIS("pattern: 'a:{id}:{n}'\n        key: id"), 7,
		"is not the one part of the pattern", "leave \"key\" out" },
	{ "the name of Redis's whole key for a column",
		REDIS("pattern: 'a:{id}'\n        columns: [ { name: (key) } ]"),
		9, "the name \"(key)\" is what tells rows apart",
		"leave it out: it is shown by" },
	{ "optional in objects of a store, whose rows need no key either: only "
	  "the kind of identifier is wrong",
		"version: 1\nsystems:\n  - name: s\n    connector: s3_csv\n"
		"    database: s\n    tables:\n      - name: a.csv\n"
		"        columns: [ { name: x, identifies: mails, optional: "
		"true } ]\n        erase: delete\n",
		8, "\"identifies\" has no value \"mails\"", "did you mean" },
	{ "a directory without a base", LDAP("filter: (cn=*)"), 7,
		"a table needs the key \"base\"", "add it, as in \"base:" },
	{ "a base that is no name", LDAP("base: people"), 8,
		"\"base\" is no name of an entry",
		"as in ou=people,dc=example,dc=org" },
	{ "a filter that another one could be hung on",
		LDAP("base: dc=x\n        filter: (a=1)(b=2)"), 9,
		"\"filter\" is no filter in parentheses",
		"as in (objectClass=inetOrgPerson)" },
	{ "a pattern of keys for a directory",
		LDAP("base: dc=x\n        pattern: 'a:{b}'"), 9,
		"\"pattern\" is for tables of redis", "leave it out" },
	{ "a file above the folder", FILES("../a.csv", "x"), 7,
		"\"name\" is not a path below the system's folder",
		"a table is a file below the folder" },
	{ "a file elsewhere", FILES("/a.csv", "x"), 7,
		"\"name\" is not a path below the system's folder",
		"a table is a file below the folder" },
	{ "a folder", FILES("a/", "x"), 7,
		"\"name\" is not a path below the system's folder",
		"a table is a file below the folder" },
	{ "a column of ours", FILES("a.csv", "(row)"), 8,
		"the name \"(row)\" is what tells rows apart",
		"leave it out: it is shown by" },
	/* vendors */
	{ "a vendor without days", VENDOR("    receives: [ email ]\n"), 4,
		"a vendor needs the key \"days\"",
		"add it, as in \"days: 30\"" },
	{ "no days", VENDOR("    days: 0\n    receives: [ email ]\n"), 7,
		"\"days\" must be a whole number from 1 to 90",
		"1 is the least" },
	{ "too many days", VENDOR("    days: 91\n    receives: [ email ]\n"), 7,
		"\"days\" must be a whole number from 1 to 90",
		"90 is the most" },
	{ "half a day", VENDOR("    days: 1.5\n    receives: [ email ]\n"), 7,
		"\"days\" must be a whole number from 1 to 90",
		"write it in digits alone" },
	{ "an unknown kind given",
		VENDOR("    days: 9\n    receives:\n"
		       "      - email\n      - fax\n"),
		10, "\"receives\" has no value \"fax\"", "one of: email" },
	{ "no address",
		"version: 1\nsystems: []\nvendors:\n  - { name: v, role: "
		"contractor,\n      email: v.example, days: 9, receives: [] "
		"}\n",
		5, "\"email\" is no email address", "write it as" },
	{ "an unknown role",
		"version: 1\nsystems: []\nvendors:\n  - { name: v, role: "
		"processor,\n      email: v@v.example, days: 9, receives: [] "
		"}\n",
		4, "\"role\" has no value \"processor\"",
		"service_provider, contractor, third_party" },
	{ "a sale to who works for the business",
		VENDOR("    days: 9\n    receives: []\n"
		       "    disclosed_as: sold\n"),
		9, "what a contractor gets is not sold or shared",
		"is a third_party" },
	{ "a page size of files that are read in one pass",
		LOAD("csv", "page_size: 5"), 6,
		"\"page_size\" is for systems that are asked", "leave it out" },
	{ "a rate where nobody is called", LOAD("jsonl", "rate: 5"), 6,
		"\"rate\" is for systems that are asked", "leave it out" },
	{ "more time than anybody waits", LOAD("csv", "timeout: 3601"), 6,
		"1 to 3600", "3600 is the most" },
	{ "time for a person, who has days",
		"version: 1\nsystems:\n  - { name: s, connector: person, "
		"database: a@x.example, timeout: 5,\n      tables: [ { name: t, "
		"holds: T, category: A, erase: delete, look_for: x } ] }\n",
		3, "\"timeout\" is for systems that answer by themselves",
		"leave it out; \"days\" says when a" },
	{ "a page of nothing", LOAD("s3_csv", "page_size: 0"), 6, "1 to 30000",
		"1 is the least" },
	{ "too fast to be a rate", LOAD("redis", "rate: 10001"), 6,
		"1 to 10000", "10000 is the most" },
	{ "totals that are not said", TOTALS("postgres", ""), 16,
		"\"aggregate\" needs \"summary\"", "which totals" },
	{ "totals of a system that can't add up",
		TOTALS("odbc", "        summary: { table: t, count: n }\n"), 17,
		"a system of odbc can't add rows up", "sqlite, postgres" },
	{ "totals by what can prove who a person is: a group of one is that person",
		TOTALS("postgres", "        summary: { table: t, count: n,\n"
				   "          by: [ { column: zip } ] }\n"),
		18, "takes over the column \"zip\", which can prove",
		"about no single person" },
	{ "totals by whose row it is",
		TOTALS("sqlite", "        summary: { table: t, count: n,\n"
				 "          by: [ { column: person_id } ] }\n"),
		18, "which leads to other rows of the person",
		"about no single person" },
	{ "totals by the key",
		TOTALS("sqlite", "        summary: { table: t, count: n,\n"
				 "          sum: [ { column: id } ] }\n"),
		18, "which tells the rows apart", "about no single person" },
	{ "totals of so few that one of them could be known",
		TOTALS("sqlite", "        summary: { table: t, count: n,\n"
				 "          at_least: 9 }\n"),
		18, "\"at_least\" must be 10 or more", "few rows" },
	{ "people counted by what tells rows apart",
		TOTALS("sqlite",
			"        summary: { table: t, count: n,\n"
			"          people: { column: id, into: who } }\n"),
		18, "\"people\" names the key", "whose a row is" },
	{ "people counted nowhere",
		TOTALS("sqlite", "        summary: { table: t, count: n,\n"
				 "          people: { column: person_id } }\n"),
		18, "\"people\" needs \"into\"", "as in \"into: buyers\"" },
	{ "people and rows counted in one column",
		TOTALS("sqlite",
			"        summary: { table: t, count: n,\n"
			"          people: { column: person_id, into: n } }\n"),
		17, "two things go into the column \"n\"",
		"name another column with \"into\"" },
	{ "totals by an identifier, by its category alone",
		TOTALS("mariadb", "        category: A\n"
				  "        summary: { table: t, count: n,\n"
				  "          by: [ { column: month } ] }\n"),
		19, "the column \"month\", which is of category A",
		"about no single person" },
	{ "totals by what another table's rows belong to",
		TOTALS("sqlite",
			"        summary: { table: t, count: n,\n"
			"          by: [ { column: month } ] }\n"
			"      - name: item\n"
			"        key: id\n"
			"        links: [ { column: buy, to: buy.month } ]\n"
			"        erase: delete\n"),
		18, "the column \"month\", which other rows lead to",
		"about no single person" },
	{ "totals by what another system's rows belong to",
		TOTALS("sqlite", "        summary: { table: t, count: n,\n"
				 "          sum: [ { column: month } ] }\n"
				 "  - name: s2\n"
				 "    connector: sqlite\n"
				 "    database: x\n"
				 "    tables:\n"
				 "      - name: item\n"
				 "        key: id\n"
				 "        links: [ { column: buy, system: s, "
				 "to: buy.month } ]\n"
				 "        erase: delete\n"),
		18, "the column \"month\", which other rows lead to",
		"about no single person" },
	{ "totals of a column that is not listed",
		TOTALS("sqlite", "        summary: { table: t, count: n,\n"
				 "          sum: [ { column: price } ] }\n"),
		18, "there is no column \"price\"", "list it" },
	{ "two things into one column",
		TOTALS("sqlite", "        summary: { table: t, count: amount,\n"
				 "          sum: [ { column: amount } ] }\n"),
		17, "two things go into the column \"amount\"",
		"name another column with \"into\"" },
	{ "totals in a table of people",
		TOTALS("sqlite",
			"        summary: { table: person, count: n }\n"),
		17, "the summary \"person\" is a table of the map",
		"not searched" },
	{ "totals of rows that are only deleted",
		REDIS("key: (key)\n        pattern: 'a:{id}'\n"
		      "        columns: [ { name: id, identifies: email } ]\n"
		      "        summary: { table: t, count: n }"),
		11, "\"summary\" is for \"aggregate\"",
		"leave it out, or write \"erase:" },
	{ "disclosed as nothing the law knows",
		VENDOR("    days: 9\n    receives: []\n"
		       "    disclosed_as: given\n"),
		9, "\"disclosed_as\" has no value \"given\"",
		"business_purpose, sold, shared" },
	{ "a category that no vendor can receive",
		VENDOR("    days: 9\n    receives: []\n"
		       "    categories: [ A, Q ]\n"),
		9, "\"categories\" has no value \"Q\"", "one of: A, B" },
	{ "a vendor twice",
		VENDOR("    days: 9\n    receives: []\n"
		       "  - { name: v, role: third_party, email: w@v.example, "
		       "days: 9, receives: [] }\n"),
		9, "vendor \"v\" stands twice",
		"put what both say into one, or" },
};

static bool has(str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

/* In its line, and beside what else is wrong with a map of a few lines. */
static const struct map_problem *wrong_in(
	const struct map_problems *ps, const struct wrong *w)
{
	for (size_t i = 0; i < ps->n; i++)
		if (ps->at[i].line == w->line && has(ps->at[i].text, w->text))
			return &ps->at[i];
	return &ps->at[0];
}

static void wrong_maps(void)
{
	for (size_t i = 0; i < COUNTOF(wrongs); i++) {
		const struct wrong *w = &wrongs[i];
		struct arena *a = arena_new(ARENA_MAX);
		struct map_problems *ps = arena_one(a, struct map_problems);
		struct map m;
		int rc = map_parse(a, str_of(w->yaml), STR("."), &m, ps);
		const struct map_problem *p = wrong_in(ps, w);

		CHECK(rc == -1 && ps->n >= 1, "%s: taken", w->why);
		CHECK(p->line == w->line, "%s: line %d, not %d (%.*s)", w->why,
			p->line, w->line, STR_ARG(p->text));
		CHECK(has(p->text, w->text), "%s: says \"%.*s\"", w->why,
			STR_ARG(p->text));
		CHECK(*w->hint && has(p->hint, w->hint), "%s: hints \"%.*s\"",
			w->why, STR_ARG(p->hint));
		arena_free(a);
	}
}

/* Rows without a key, optional columns, links to names with points. */
static void maps_of_files(void)
{
	static const char yaml[] =
		"version: 1\nsystems:\n  - name: s\n    connector: jsonl\n"
		"    database: lake\n    tables:\n"
		"      - name: y=20*/leads-?.jsonl\n"
		"        columns: [ { name: who.email, identifies: email,\n"
		"          optional: true } ]\n"
		"        links: [ { column: who.id, to: people.jsonl.ref.id } "
		"]\n        erase: delete\n"
		"      - name: people.jsonl\n        key: ref.id\n"
		"        erase: delete\n";
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;
	const struct map_table *t;

	CHECK(!map_parse(a, str_of(yaml), STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	t = &m.systems[0].tables[0];
	CHECK(str_eq(t->columns[t->key].name, STR(MAP_ROW_KEY)) &&
			!t->columns[t->key].is_optional,
		"the key");
	CHECK(t->columns[0].is_optional, "optional");
	CHECK(t->links[0].to == 1 &&
			str_eq(m.systems[0]
					.tables[1]
					.columns[t->links[0].to_column]
					.name,
				STR("ref.id")),
		"the link");
	CHECK(connector_kind_is_files(CONNECTOR_CSV) &&
			connector_kind_is_files(CONNECTOR_JSONL) &&
			!connector_kind_is_files(CONNECTOR_SQLITE) &&
			!connector_kind_is_files(CONNECTOR_POSTGRES),
		"which kinds are files");
	arena_free(a);
}

static const struct map_about *about(
	const struct map *m, size_t table, size_t column, struct map_about *out)
{
	const struct map_system *s = &m->systems[0];
	const struct map_table *t = &s->tables[table];

	*out = map_about_of(s, t, &t->columns[column]);
	return out;
}

/* What a consumer is told: the nearest word holds (Civ. Code 1798.110(c)). */
static void what_is_told(void)
{
	static const char yaml[] =
		"version: 1\nsystems:\n  - name: s\n    connector: sqlite\n"
		"    database: s.db\n    source: Our site\n"
		"    purpose: Selling leads\n    retention: 2 years\n"
		"    tables:\n"
		"      - name: person\n        key: id\n        category: A\n"
		"        purpose: Finding you a lender\n"
		"        columns:\n"
		"          - { name: email, identifies: email }\n"
		"          - { name: score, category: K, source: A bureau,\n"
		"              cleared: [ card, ssn ] }\n"
		"          - { name: passport_country, cleared: [ passport ] }\n"
		"          - { name: class_name }\n"
		"        erase: delete\n";
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map_about x;
	struct map m;
	const struct map_table *t;

	CHECK(!map_parse(a, str_of(yaml), STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	t = &m.systems[0].tables[0];
	about(&m, 0, 0, &x);
	CHECK(str_eq(x.purpose, STR("Finding you a lender")),
		"the table's before the system's");
	CHECK(str_eq(x.source, STR("Our site")) &&
			str_eq(x.retention, STR("2 years")),
		"the system's, when nothing is nearer");
	about(&m, 0, 1, &x);
	CHECK(str_eq(x.source, STR("A bureau")), "the column's before all");
	CHECK(map_category_of(t, &t->columns[0]) == 'A', "the table's");
	CHECK(map_category_of(t, &t->columns[1]) == 'K', "the column's own");
	CHECK(t->columns[1].cleared == (LOOKALIKE_BIT(LOOKALIKE_CARD) |
					       LOOKALIKE_BIT(LOOKALIKE_SSN)),
		"cleared: %x", t->columns[1].cleared);
	CHECK(!t->columns[0].cleared, "and nothing else");
	arena_free(a);
}

/* To whom, as what: careful where the map is silent. */
static void what_vendors_get(void)
{
	static const char yaml[] =
		"version: 1\nsystems: []\nvendors:\n"
		"  - { name: mail, role: service_provider, days: 9,\n"
		"      email: p@mail.example, receives: [ email ] }\n"
		"  - { name: buyer, role: third_party, days: 9,\n"
		"      email: p@buyer.example, receives: [ phone ],\n"
		"      categories: [ D ], party: Lenders, by_list: true,\n"
		"      purpose: Offers of loans }\n"
		"  - { name: ads, role: third_party, days: 9,\n"
		"      email: p@ads.example, receives: [],\n"
		"      categories: [ F ], disclosed_as: shared }\n";
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;
	const struct map_vendor *mail, *buyer, *ads;

	CHECK(!map_parse(a, str_of(yaml), STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	mail = map_vendor_named(&m, STR("mail"));
	buyer = map_vendor_named(&m, STR("buyer"));
	ads = map_vendor_named(&m, STR("ads"));
	CHECK(mail->disclosed_as == DISCLOSED_BUSINESS_PURPOSE &&
			mail->categories == MAP_CATEGORY_BIT('A') &&
			!mail->by_list,
		"who got an address got an identifier, for a purpose");
	CHECK(str_eq(mail->party, STR("service provider")),
		"named by its role");
	CHECK(buyer->disclosed_as == DISCLOSED_SOLD,
		"what a third party gets is taken for sold");
	CHECK(buyer->categories ==
			(MAP_CATEGORY_BIT('A') | MAP_CATEGORY_BIT('D')),
		"what is listed and the identifiers");
	CHECK(str_eq(buyer->party, STR("Lenders")) && buyer->by_list &&
			str_eq(buyer->purpose, STR("Offers of loans")),
		"as written");
	CHECK(ads->disclosed_as == DISCLOSED_SHARED &&
			ads->categories == MAP_CATEGORY_BIT('F'),
		"no identifier, no category A");
	arena_free(a);
}

static void all_problems_in_order(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	map_parse(a,
		STR("version: 3\nsystems: []\nvendors: []\nfoo: 1\nbar: 2\n"),
		STR("."), &m, ps);
	CHECK(ps->n == 3, "values are read beside unknown keys: %zu problems",
		ps->n);
	CHECK(ps->at[0].line == 1 && ps->at[1].line == 4 && ps->at[2].line == 5,
		"lines %d, %d, %d", ps->at[0].line, ps->at[1].line,
		ps->at[2].line);
	arena_free(a);
}

/* Mistakes of all kinds are told in one round, and none twice, as what follows from
 * another. */
static void all_in_one_round(void)
{
	static const struct {
		const char *why;
		const char *yaml;
		int lines[8]; /* of the problems; 0 ends them */
	} cases[] = {
		{ "a wrong word, a link to nowhere, a circle and an unreached "
		  "table",
			HEAD
			"      - { name: person, key: id, erase: delte,\n"
			"          columns: [ { name: email, identifies: email } ] }\n"
			"      - { name: a, key: id, erase: delete, after: [ b ],\n"
			"          links: [ { column: p, to: person.nr } ] }\n"
			"      - { name: b, key: id, erase: delete, after: [ a ],\n"
			"          links: [ { column: p, to: person.id } ] }\n"
			"      - { name: lonely, key: id, erase: delete }\n",
			{ 9, 11, 12, 13, 15 } },
		{ "a misspelled table: what the link means is reached",
			HEAD PERSON
			"      - { name: home, key: id, erase: delete }\n"
			"      - { name: a, key: id, erase: delete, foo: 1,\n"
			"          links: [ { column: h, to: hme.id, shared: true } ] }\n",
			{ 14, 15 } },
		{ "an unread column may identify",
			HEAD
			"      - { name: a, key: id, erase: delete,\n"
			"          columns: [ { name: m, identifies: emial } ] }\n",
			{ 10 } },
		{ "a table without a name may be what is meant",
			HEAD PERSON
			"      - { nmae: home, key: id, erase: delete }\n"
			"      - { name: a, key: id, erase: delete,\n"
			"          links: [ { column: h, to: home.id } ] }\n",
			{ 13, 13 } },
		{ "what a misspelled connector means decides of its tables",
			"version: 1\nsystems:\n"
			"  - { name: s, connector: cvs, database: d, tables: [\n"
			"      { name: a.csv, erase: delete,\n"
			"        columns: [ { name: m, identifies: email } ] } ] }\n",
			{ 3 } },
		{ "a list that is none hides what it would lead to",
			HEAD PERSON
			"      - { name: a, key: id, erase: delete }\n"
			"      - { name: b, key: id, erase: delete, links: a.id }\n",
			{ 14 } },
		{ "a link without a target",
			HEAD PERSON
			"      - { name: a, key: id, erase: delete,\n"
			"          links: [ { column: p } ] }\n"
			"      - { name: b, key: id, erase: delete }\n",
			{ 14, 15 } },
		{ "systems across",
			"version: 1\nsystems:\n"
			"  - { name: s, connector: sqlite, database: d, tables: [\n"
			"      { name: a, key: id, erase: delete, oops: 1,\n"
			"        columns: [ { name: m, identifies: email } ] } ] }\n"
			"  - { name: t, connector: sqlite, database: d, tables: [\n"
			"      { name: x, key: id, erase: delete,\n"
			"        links: [ { column: a, system: ss, to: a.id } ] },\n"
			"      { name: y, key: id, erase: delete } ] }\n",
			{ 4, 8, 9 } },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct arena *a = arena_new(ARENA_MAX);
		struct map_problems *ps = arena_one(a, struct map_problems);
		struct map m;
		size_t n = 0;

		CHECK(map_parse(a, str_of(cases[i].yaml), STR("."), &m, ps) ==
				-1,
			"%s: taken", cases[i].why);
		while (n < COUNTOF(cases[i].lines) && cases[i].lines[n])
			n++;
		CHECK(ps->n == n, "%s: %zu problems, not %zu", cases[i].why,
			ps->n, n);
		for (size_t k = 0; k < ps->n; k++)
			CHECK(k < n && ps->at[k].line == cases[i].lines[k],
				"%s: line %d: %.*s", cases[i].why,
				ps->at[k].line, STR_ARG(ps->at[k].text));
		arena_free(a);
	}
}

/* Whom a limit reaches: who says nothing is told (11 CCR 7027(g)). */
static void what_is_sensitive(void)
{
	static const char yaml[] =
		"version: 1\nsystems: []\nvendors:\n"
		"  - { name: mail, role: service_provider, days: 9,\n"
		"      email: p@mail.example, receives: [ email ]%s }\n";
	static const struct {
		const char *more;
		enum sensitive_use use;
	} said[] = {
		{ "", SENSITIVE_OTHER },
		{ ", categories: [ D ]", SENSITIVE_NONE },
		{ ", categories: [ D, L ]", SENSITIVE_OTHER },
		{ ", categories: [ L ], sensitive_use: permitted",
			SENSITIVE_PERMITTED },
		{ ", categories: [ D ], sensitive_use: other",
			SENSITIVE_OTHER },
		{ ", sensitive_use: none", SENSITIVE_NONE },
	};
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	for (size_t i = 0; i < COUNTOF(said); i++) {
		CHECK(!map_parse(a, arena_fmt(a, yaml, said[i].more), STR("."),
			      &m, ps),
			"%s: %.*s", said[i].more, STR_ARG(ps->at[0].text));
		CHECK(m.vendors[0].sensitive_use == said[i].use, "\"%s\": %d",
			said[i].more, m.vendors[0].sensitive_use);
	}
	CHECK(map_parse(a,
		      arena_fmt(a, yaml,
			      ", categories: [ L ], sensitive_use: none"),
		      STR("."), &m, ps) == -1 &&
			ps->n == 1 && ps->at[0].line == 5,
		"one of the two is wrong");
	arena_free(a);
}

/* No file, however bad, makes more problems than fit. */
static void too_many_problems(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct buf b = buf_in(a, 1 << 20);
	struct map m;

	buf_puts(&b, "version: 1\nsystems: []\n");
	for (int i = 0; i < 200; i++)
		buf_fmt(&b, "key%d: 1\n", i);
	CHECK(map_parse(a, buf_str(&b), STR("."), &m, ps) == -1, "taken");
	CHECK(ps->n == MAP_PROBLEMS_MAX, "%zu problems", ps->n);
	arena_free(a);
}

/* Once the list is full, what is missing must still count as missing. */
static void problems_past_the_limit(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct buf b = buf_in(a, 1 << 20);
	struct map m;

	buf_puts(&b, "version: 1\nsystems:\n");
	for (int i = 0; i < MAP_SYSTEMS_MAX; i++)
		buf_puts(&b, "- { name: a }\n");
	CHECK(map_parse(a, buf_str(&b), STR("."), &m, ps) == -1, "taken");
	CHECK(ps->n == MAP_PROBLEMS_MAX, "%zu problems", ps->n);
	arena_free(a);
}

static void too_many_items(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	for (int n = MAP_SYSTEMS_MAX; n <= MAP_SYSTEMS_MAX + 1; n++) {
		struct buf b = buf_in(a, 1 << 20);
		int rc;

		buf_puts(&b, "version: 1\nsystems:\n");
		for (int i = 0; i < n; i++)
			buf_fmt(&b,
				"- { name: s%d, connector: sqlite, database: "
				"d, tables: [] }\n",
				i);
		rc = map_parse(a, buf_str(&b), STR("."), &m, ps);
		CHECK((rc == 0) == (n == MAP_SYSTEMS_MAX), "%d systems: %d", n,
			rc);
	}
	CHECK(has(ps->at[0].text, "more than 64 items"), "says \"%.*s\"",
		STR_ARG(ps->at[0].text));
	arena_free(a);
}

static const struct map_column *column_of(
	const struct map_table *t, const char *name)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (str_eq(t->columns[i].name, str_of(name)))
			return &t->columns[i];
	return NULL;
}

static void check_leads(const struct map *m)
{
	const struct map_system *s = map_system_named(m, STR("leads"));
	const struct map_table *person, *email;
	const struct map_column *c;

	CHECK(s && s->connector == CONNECTOR_SQLITE, "no system leads");
	if (!s)
		return;
	CHECK(str_eq(s->title, STR("Lead exchange")), "title");
	CHECK(str_eq(s->database, STR("leads.db")), "database");
	person = map_table_named(s, STR("person"));
	email = map_table_named(s, STR("person_email"));
	CHECK(person && email, "tables");
	if (!person || !email)
		return;
	CHECK(str_eq(person->columns[person->key].name, STR("id")), "key");
	c = column_of(person, "ssn");
	CHECK(c && c->category == 'L' && str_eq(c->never_disclose, STR("ssn")),
		"ssn");
	c = column_of(person, "zip");
	CHECK(c && c->verifies == VERIFIES_ZIP && !c->is_identifier, "zip");
	c = column_of(email, "email");
	CHECK(c && c->is_identifier && c->kind == IDENT_EMAIL, "email");
	CHECK(email->links_n == 1 && &s->tables[email->links[0].to] == person &&
			email->links[0].to_column == person->key,
		"the link");
	CHECK(str_eq(email->columns[email->links[0].column].name,
		      STR("person_id")),
		"the link's column is added");
}

static void the_example(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	const char *root = getenv("TOYON_ROOT");
	const char *path = path_join(
		a, root ? root : ".", "examples/leads-library/datamap.yaml");
	struct err e = { 0 };
	struct map m;
	int rc = map_read(a, path, &m, &e);
	const struct map_system *crm;
	const struct map_vendor *v;

	CHECK(rc == 0, "%s (%s)", e.message, e.hint);
	if (!rc) {
		check_leads(&m);
		crm = map_system_named(&m, STR("crm"));
		v = map_vendor_named(&m, STR("mailharbor"));
		CHECK(crm && map_table_named(crm, STR("invoice"))->erase ==
					ERASE_KEEP,
			"invoices are kept");
		CHECK(v && v->days == 17 && v->receives_n == 2 &&
				v->receives[1] == IDENT_PHONE &&
				v->role == ROLE_SERVICE_PROVIDER,
			"the vendor");
		CHECK(!map_vendor_named(&m, STR("none")), "no such vendor");
	}
	path = path_join(a, root ? root : ".",
		"examples/leads-library/datamap.postgres.yaml");
	rc = map_read(a, path, &m, &e);
	CHECK(rc == 0, "%s", e.message);
	if (!rc)
		CHECK(map_system_named(&m, STR("crm"))->connector ==
				CONNECTOR_POSTGRES,
			"the CRM is on PostgreSQL");
	arena_free(a);
}

/* What a program carries out, and what the consumer is told of it. */
static void kept_for(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	const struct map_table *t;
	struct map m;

	CHECK(!map_parse(a, STR(EXPIRES("24 months", "made", "delete")),
		      STR("."), &m, ps),
		"%.*s", STR_ARG(ps->at[0].text));
	t = &m.systems[0].tables[0];
	CHECK(t->expires && t->expires->n == 24 &&
			t->expires->unit == EXPIRY_MONTHS &&
			str_eq(t->columns[t->expires->column].name,
				STR("made")),
		"24 months after made");
	CHECK(str_eq(map_about_of(&m.systems[0], t, &t->columns[0]).retention,
		      STR("24 months")),
		"no other words were given");
	CHECK(!map_parse(a,
		      STR(HEAD PERSON "        collected: email\n"
				      "        retention: Until you leave\n"
				      "        expires: { after: 1 year }\n"),
		      STR("."), &m, ps),
		"%.*s", STR_ARG(ps->at[0].text));
	t = &m.systems[0].tables[0];
	CHECK(str_eq(t->columns[t->expires->column].name, t->collected),
		"counted from the day of collection");
	CHECK(str_eq(t->about.retention, STR("Until you leave")),
		"words that were given stay");
	arena_free(a);
}

/* What the manual shows is a map that can be read. */
static void the_manual(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	const char *root = getenv("TOYON_ROOT");
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct err e = { 0 };
	str text;
	ptrdiff_t at;
	struct map m;

	CHECK(!file_read(a, path_join(a, root ? root : ".", "docs/data-map.md"),
		      1 << 20, &text, &e),
		"%s", e.message);
	at = str_find(text, STR("```yaml\n"));
	CHECK(at > 0, "no example");
	text = str_from(text, (size_t)at + 8);
	text = str_head(text, (size_t)str_find(text, STR("```")));
	CHECK(!map_parse(a, text, STR("."), &m, ps), "line %d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	CHECK(m.systems_n == 1 && m.vendors_n == 1, "%zu systems", m.systems_n);
	arena_free(a);
}

static void reading_says_where(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	char path[] = "/tmp/t_map.XXXXXX";
	int fd = mkstemp(path);
	struct err e = { 0 };
	struct map m;

	CHECK(fd >= 0 && write_all(fd, "version: 1\nsistems: []\n", 23) == 0,
		"no file");
	CHECK(map_read(a, path, &m, &e) == -1, "taken");
	CHECK(e.code == ERR_INVALID, "code %d", (int)e.code);
	CHECK(has(str_of(e.message), ":1: ") || has(str_of(e.message), ":2: "),
		"no line: %s", e.message);
	remove(path);
	CHECK(map_read(a, path, &m, &e) == -1, "a file that is not there");
	CHECK(e.code == ERR_NOT_FOUND || e.code == ERR_UNAVAILABLE, "code %d",
		(int)e.code);
	arena_free(a);
}

static void put_file(const char *dir, const char *name, const char *text)
{
	struct arena *a = arena_new(1 << 16);
	struct err e = { 0 };

	must(!file_replace(path_join(a, dir, name), str_of(text), 0600, &e));
	arena_free(a);
}

/* Several files are one map, and a mistake is told with its file. */
static void a_folder(void)
{
	char dir[] = "/tmp/t_map.XXXXXX";
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;
	struct err e = { 0 };

	must(mkdtemp(dir));
	put_file(dir, "b.yaml", HEAD PERSON);
	put_file(dir, "a.yml",
		"version: 1\nvendors:\n  - { name: v, role: contractor, email: "
		"p@v.example, days: 3, receives: [ email ] }\n");
	put_file(dir, "README.md", "no map");
	put_file(dir, ".c.yaml", "nothing");
	CHECK(!map_load(a, dir, &m, ps, &e) && !ps->n, "%s %.*s", e.message,
		STR_ARG(ps->at[0].text));
	CHECK(m.systems_n == 1 && m.vendors_n == 1, "%zu and %zu", m.systems_n,
		m.vendors_n);
	CHECK(str_eq(m.dir, str_of(dir)), "%.*s", STR_ARG(m.dir));
	/* A link from one file into a system of another. */
	put_file(dir, "c.yaml",
		"version: 1\nsystems:\n  - name: house\n    connector: "
		"sqlite\n    database: h\n    tables:\n      - name: visit\n"
		"        key: id\n        erase: delete\n        links: [ { "
		"column: p, system: s, to: person.id } ]\n");
	CHECK(!map_read(a, dir, &m, &e) && m.systems_n == 2, "%s", e.message);
	/* The same system again: where it stands twice. */
	put_file(dir, "d.yaml",
		"version: 1\nsystems:\n\n"
		"  - { name: s, connector: sqlite, database: d, tables: [] }\n");
	CHECK(map_read(a, dir, &m, &e) == -1 && e.code == ERR_INVALID &&
			strstr(e.message, "/d.yaml:4: system \"s\" stands "
					  "twice"),
		"%s", e.message);
	must(!unlink(path_join(a, dir, "d.yaml")));
	must(!unlink(path_join(a, dir, "b.yaml")));
	CHECK(map_read(a, dir, &m, &e) == -1 &&
			strstr(e.message, "/c.yaml:10: the link leads to the "
					  "system \"s\""),
		"%s", e.message);
	must(!unlink(path_join(a, dir, "a.yml")) &&
		!unlink(path_join(a, dir, "c.yaml")));
	CHECK(map_read(a, dir, &m, &e) == -1 && e.code == ERR_NOT_FOUND, "%s",
		e.message);
	must(!unlink(path_join(a, dir, "README.md")) &&
		!unlink(path_join(a, dir, ".c.yaml")) && !rmdir(dir));
	arena_free(a);
}

static str said_of(struct arena *a, const char *tables)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m = { 0 };

	CHECK(!map_parse(
		      a, arena_fmt(a, "%s%s", HEAD, tables), STR("."), &m, ps),
		"%.*s", STR_ARG(ps->at[0].text));
	return m.systems_n ? m.systems[0].said : STR("");
}

/* Whatever the file says of a system is in its value, since somebody looked at what just
 * these words erase; how it is written, and what stands beside, is not. */
static void what_is_said(void)
{
	static const char one[] =
		"      - { name: p, key: id, erase: delete,\n"
		"          columns: [ { name: e, identifies: email } ] }\n";
	static const char *const others[] = {
		"      - { name: p, key: no, erase: delete,\n"
		"          columns: [ { name: e, identifies: email } ] }\n",
		"      - { name: p, key: id, erase: delete,\n"
		"          columns: [ { name: e, identifies: phone } ] }\n",
		"      - { name: p, key: id, erase: delete,\n"
		"          columns: [ { name: e, identifies: email },\n"
		"            { name: f } ] }\n",
	};
	struct arena *a = arena_new(8 << 20);
	str said = said_of(a, one);

	CHECK(said.n == 64, "a value");
	CHECK(str_eq(said, said_of(a, "      # so it is\n"
				      "      - name: p\n"
				      "        key: id\n"
				      "        erase: delete\n"
				      "        columns:\n"
				      "          - name: e\n"
				      "            identifies: email\n"
				      "vendors: []\n")),
		"written another way it is the same");
	for (size_t i = 0; i < COUNTOF(others); i++)
		CHECK(!str_eq(said, said_of(a, others[i])), "%s", others[i]);
	arena_free(a);
}

/* Columns that are one key or one link stand behind the others, once for each, and are no
 * columns that anything is said of. */
static void keys_of_several(void)
{
	static const char yaml[] =
		HEAD "      - name: a\n        key: [tenant, card_no]\n"
		     "        columns: [ { name: e, identifies: email },\n"
		     "          { name: card_no, cleared: [ card ] } ]\n"
		     "        erase: delete\n"
		     "      - name: b\n        key: [tenant, no]\n"
		     "        links:\n"
		     "          - { column: [tenant, a_no],\n"
		     "              to: [a.tenant, a.card_no] }\n"
		     "          - { column: [tenant, code],\n"
		     "              to: [a.tenant, a.e] }\n"
		     "        erase: delete\n";
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	const struct map_table *t;
	const struct map_link *l;
	struct map_names names;
	struct map m;

	CHECK(!map_parse(a, STR(yaml), STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	t = &m.systems[0].tables[0];
	CHECK(map_columns_held(t) == 3 && t->columns_n == 5, "%zu of %zu",
		map_columns_held(t), t->columns_n);
	CHECK(str_eq(t->columns[t->key].name, STR("(tenant, card_no)")) &&
			t->columns[t->key].line,
		"the key");
	t = &m.systems[0].tables[1];
	l = t->links;
	CHECK(l[0].to_column == m.systems[0].tables[0].key,
		"the first link leads to it");
	names = map_names_of(&m.systems[0].tables[0],
		&m.systems[0].tables[0].columns[l[1].to_column]);
	CHECK(names.n == 2 && str_eq(names.at[1], STR("e")),
		"the other one elsewhere");
	CHECK(str_eq(map_column_unlinked(t, &t->columns[l[1].column]),
		      STR("code")),
		"the last column is emptied");
	CHECK(map_column_has(t, t->key, map_column_index(t, STR("no"))) &&
			!map_column_has(
				t, t->key, map_column_index(t, STR("code"))),
		"what the key is made of");
	arena_free(a);
}

int main(void)
{
	wrong_maps();
	maps_of_files();
	what_is_told();
	what_vendors_get();
	what_is_sensitive();
	all_problems_in_order();
	all_in_one_round();
	too_many_problems();
	problems_past_the_limit();
	too_many_items();
	kept_for();
	the_example();
	the_manual();
	what_is_said();
	keys_of_several();
	reading_says_where();
	a_folder();
	return CHECK_DONE();
}
