/*
 * CALENDAR(name, title, Saturday is a business day, holiday lists, citation)
 */
CALENDAR(W6G, "Monday to Saturday without Government Code holidays", true,
	HOLIDAY_GOV, "Civ. Code 7, 9; Gov. Code 6700")
CALENDAR(W5, "Monday to Friday", false, 0, "common practice")
CALENDAR(W5S, "Monday to Friday without state holidays", false, HOLIDAY_STATE,
	"Gov. Code 19853")
CALENDAR(W5G, "Monday to Friday without Government Code holidays", false,
	HOLIDAY_GOV, "Gov. Code 6700")
#undef CALENDAR
