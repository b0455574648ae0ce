/*
 * SUMMARY(NAME, sqlite, postgres, mariadb): how rows go into totals, in the order in
 * which it is said.  {summary}, {table} and {count} are quoted names of the data map;
 * {picks}, {adds}, {grouping} and {stands} are made of them (summary.c), {key_same} is
 * which rows, with their keys as parameters.
 *
 * {stands} is a group's row of the summary that counts enough already.  No group is
 * begun here: it would be of one person.  READY counts the rows that have such a group;
 * the others go without being added.
 *
 * LOCK and TOTAL keep others from the summary, so that it grows by these rows alone.
 * HOLD keeps them from the rows, so that those that are counted are those that go.
 */
SUMMARY(LOCK, NULL,
	"lock table {summary} in share row exclusive mode",
	NULL)
SUMMARY(TOTAL,
	"select cast(coalesce(sum({count}), 0) as integer) from {summary}",
	"select cast(coalesce(sum({count}), 0) as bigint) from {summary}",
	"select cast(coalesce(sum({count}), 0) as signed) from {summary} for update")
SUMMARY(HOLD,
	"select count(*) from {table} where {key_same}",
	"select count(*) from (select 1 from {table} where {key_same} for update) held",
	"select count(*) from {table} where {key_same} for update")
SUMMARY(READY,
	"select cast(coalesce(sum(a.toyon_n), 0) as integer) from (select {picks} from {table} where {key_same} {grouping}) as a where exists (select 1 from {summary} as s where {stands})",
	"select cast(coalesce(sum(a.toyon_n), 0) as bigint) from (select {picks} from {table} where {key_same} {grouping}) as a where exists (select 1 from {summary} as s where {stands})",
	"select cast(coalesce(sum(a.toyon_n), 0) as signed) from (select {picks} from {table} where {key_same} {grouping} for update) as a where exists (select 1 from {summary} as s where {stands} for update)")
SUMMARY(ADD,
	"update {summary} as s set {adds} from (select {picks} from {table} where {key_same} {grouping}) as a where {stands}",
	"update {summary} as s set {adds} from (select {picks} from {table} where {key_same} {grouping}) as a where {stands}",
	"update {summary} as s join (select {picks} from {table} where {key_same} {grouping}) as a on {stands} set {adds}")
#undef SUMMARY
