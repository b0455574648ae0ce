/*
 * PAGING(NAME, name, part): how the next page of a list is asked for; `part` is
 * the place in the request where that stands, ROW when there is none.
 */
PAGING(NONE, none, ROW)
PAGING(PAGE, page, PAGE)
PAGING(OFFSET, offset, OFFSET)
PAGING(CURSOR, cursor, CURSOR)
PAGING(LINK, link, ROW)
PAGING(URL, url, ROW)
#undef PAGING
