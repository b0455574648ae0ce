/*
 * VALUE(code of LIST_VALUE, what counts, what is taken off (or NULL), how many it is
 *       divided by): 11 CCR 7081(a).  All by the year, or all by another span.
 */
VALUE("marginal", "What the data is worth with these consumers",
	"What it is worth without them", "How many consumers these are")
VALUE("average", "What the data of a sample of consumers is worth together", NULL,
	"How many consumers the sample has")
VALUE("aggregate", "What all of the data is worth together", NULL,
	"How many consumers it is about")
VALUE("revenue", "Revenue from selling, collecting or keeping the data", NULL,
	"How many consumers it is about")
VALUE("expenses", "Expenses of selling, collecting or keeping the data", NULL,
	"How many consumers it is about")
VALUE("incentive", "Expenses of offering, giving or imposing the incentive", NULL,
	"How many consumers take part")
VALUE("profit", "Revenue from selling, collecting or keeping the data",
	"Expenses of it", "How many consumers it is about")
VALUE("other", "What the data is worth by that method", NULL,
	"How many consumers it is about")
#undef VALUE
