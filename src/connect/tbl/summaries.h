/*
 * SUMMARY(NAME, sqlite, postgres, mariadb): how rows go into totals, in the order in
 * which it is said.  {summary}, {table}, {count} and {columns} are quoted names of
 * the data map; {picks}, {adds}, {values}, {grouping} and {same_group} are made of
 * them (summary.c), {key_same} is which rows, with their keys as parameters.
 *
 * LOCK and TOTAL keep others from the summary: two who add the same new group at once
 * would make it twice.  HOLD keeps them from the rows, so that those that are counted
 * are those that go.
 */
SUMMARY(LOCK, NULL,
	"lock table {summary} in share row exclusive mode",
	NULL)
SUMMARY(TOTAL,
	"select cast(coalesce(sum({count}), 0) as integer) from {summary}",
	"select cast(coalesce(sum({count}), 0) as bigint) from {summary}",
	"select cast(coalesce(sum({count}), 0) as signed) from {summary} for update")
SUMMARY(HOLD, NULL,
	"select count(*) from (select 1 from {table} where {key_same} for update) held",
	"select count(*) from {table} where {key_same} for update")
SUMMARY(ADD,
	"update {summary} as s set {adds} from (select {picks} from {table} where {key_same} {grouping}) as a where {same_group}",
	"update {summary} as s set {adds} from (select {picks} from {table} where {key_same} {grouping}) as a where {same_group}",
	"update {summary} as s join (select {picks} from {table} where {key_same} {grouping}) as a on {same_group} set {adds}")
SUMMARY(NEW,
	"insert into {summary} ({columns}) select {values} from (select {picks} from {table} where {key_same} {grouping}) as a where not exists (select 1 from {summary} as s where {same_group})",
	"insert into {summary} ({columns}) select {values} from (select {picks} from {table} where {key_same} {grouping}) as a where not exists (select 1 from {summary} as s where {same_group})",
	"insert into {summary} ({columns}) select {values} from (select {picks} from {table} where {key_same} {grouping}) as a where not exists (select 1 from {summary} as s where {same_group})")
#undef SUMMARY
