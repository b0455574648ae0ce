/* PART(NAME, name): what stands in braces in an address or a body. */
PART(VALUE, value)
PART(VALUES, values)
PART(KEY, key)
PART(ROW, row)
PART(PAGE, page)
PART(OFFSET, offset)
PART(CURSOR, cursor)
PART(SIZE, size)
#undef PART
