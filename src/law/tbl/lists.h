/* LAW_LIST(name, code, how many, title): the lists of tbl/listed.h. */
LAW_LIST(PERMITTED, "permitted", 8,
	"Uses of sensitive information that need no right to limit")
LAW_LIST(AGE_GATE, "age-gate", 5, "What a neutral age gate does")
LAW_LIST(ERASURE, "erasure", 3, "Ways to comply with a deletion")
LAW_LIST(NOT_SEARCHED, "not-searched", 4,
	"What must all be true of a store that is not searched")
LAW_LIST(WEIGHED, "weighed", 6, "What is weighed to grade verification")
LAW_LIST(CLAUSE_SERVICE, "clause", 12,
	"What the contract with a service provider or contractor says")
LAW_LIST(CLAUSE_THIRD, "clause-third", 5,
	"What the contract with a third party says")
LAW_LIST(SERVICE_USE, "service-use", 5,
	"What a service provider or contractor may use the data for")
LAW_LIST(VALUE, "value", 8, "Methods to value a consumer's data")
LAW_LIST(RECORD_FIELD, "record-field", 6, "What the record of a request holds")
LAW_LIST(DECISION, "decision", 5, "Significant decisions")
LAW_LIST(HUMAN, "human", 3, "What makes a human involved in a decision")
#undef LAW_LIST
