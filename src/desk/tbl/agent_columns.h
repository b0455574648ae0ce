/*
 * AGENT_COLUMN(name, is_needed, what): the columns of a file of requests, beside those that
 * the forms ask (tbl/asked.h): in any order, by the names in the first line.
 */
AGENT_COLUMN(kind, true, "one of agent_file_kinds()")
AGENT_COLUMN(signed_by, true, "the consumer's name, as they signed the permission")
AGENT_COLUMN(signed_on, true, "the day on which they did")
AGENT_COLUMN(city, false, "city and state, where letters to them go on paper")
AGENT_COLUMN(language, false, "en or es, in which they are written to; empty: the agent's")
#undef AGENT_COLUMN
