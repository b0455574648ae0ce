/*
 * AGENT_LETTER(LETTER, with a signed permission, with a power of attorney, with no proof):
 * who gets a letter about a request that an authorized agent made.  Who holds a power of
 * attorney stands for the consumer.  Without any proof nobody knows whether the consumer
 * asked for anything, and who opens a package with a signed permission is the consumer
 * alone: what is in it was not said to be for the agent.
 */
AGENT_LETTER(RECEIPT, AGENT, AGENT, AGENT)
AGENT_LETTER(AGENT_CODE, CONSUMER, NOBODY, NOBODY)
AGENT_LETTER(CODE, CONSUMER, AGENT, AGENT)
AGENT_LETTER(EXTENSION, BOTH, AGENT, AGENT)
AGENT_LETTER(DELETED, BOTH, AGENT, AGENT)
AGENT_LETTER(NOTHING_FOUND, BOTH, AGENT, AGENT)
AGENT_LETTER(PACKAGE, BOTH, AGENT, AGENT)
AGENT_LETTER(CORRECTED, BOTH, AGENT, AGENT)
AGENT_LETTER(EXPLAINED, BOTH, AGENT, AGENT)
AGENT_LETTER(DENIED, BOTH, AGENT, AGENT)
AGENT_LETTER(DENIED_UNVERIFIED, BOTH, AGENT, AGENT)
AGENT_LETTER(FEE, CONSUMER, AGENT, AGENT)
AGENT_LETTER(DECLARATION, CONSUMER, NOBODY, NOBODY)
AGENT_LETTER(WITHDRAWN, BOTH, AGENT, AGENT)
AGENT_LETTER(PROCESSED, CONSUMER, CONSUMER, CONSUMER)
#undef AGENT_LETTER
