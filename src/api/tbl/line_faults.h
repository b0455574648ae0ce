/* LINE_FAULT(NAME, code, text): why a line of an NDJSON list can't be used. */
LINE_FAULT(OK, "ok", "read")
LINE_FAULT(JSON, "json", "A line is one JSON object whose members are texts")
LINE_FAULT(UNKNOWN, "unknown", "The members are kind and value")
LINE_FAULT(TWICE, "twice", "A member is there twice")
#undef LINE_FAULT
