/*
 * EFFECT(bit, name, title): what the desk does in the same transaction as the
 * move, or puts on the job list in it.
 */
EFFECT(0, CONFIRM_RECEIPT, "Confirm receipt to the requester")
EFFECT(1, SEND_CODE, "Send a code to the email address given")
EFFECT(2, SEARCH, "Search every system of the data map")
EFFECT(3, SUPPRESS, "Put the person on the suppression list")
EFFECT(4, RELEASE, "Take the choice off the suppression list")
EFFECT(5, ERASE, "Erase what was approved, and prove it by reading again")
EFFECT(6, CHANGE, "Correct what was approved, and keep it corrected")
EFFECT(7, TELL, "Tell service providers, contractors and third parties")
EFFECT(8, RETRY, "Try again later, and show it on the case")
EFFECT(9, WRITE_ANSWER, "Write the answer letter")
EFFECT(10, SHOW_PROCESSED, "Show the consumer that it was processed")
EFFECT(11, OFFER_OPT_OUT, "Offer the opt-out in the letter if data is sold")
EFFECT(12, SEND_EXTENSION, "Send the extension with its reason")
EFFECT(13, SEND_NOTICE, "Tell the requester why or that it ended")
EFFECT(14, WIPE_VERIFICATION, "Destroy what was collected to verify")
EFFECT(15, START_RECORD, "Start the 24 months of the record")
EFFECT(16, ASK_SECOND, "Ask for the second act, with a nonce of its own")
#undef EFFECT
