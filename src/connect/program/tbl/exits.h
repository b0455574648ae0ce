/*
 * EXIT(status, code, text): what a program's exit status says, after those of
 * sysexits.h.  0 is done; any other means that it failed on the way.
 */
EXIT(64, INVALID, "does not know this task")
EXIT(65, CORRUPT, "can't read what the system holds")
EXIT(66, INVALID, "says that there is no such table or column")
EXIT(69, UNAVAILABLE, "did not reach the system")
EXIT(75, UNAVAILABLE, "asks to be run again later")
EXIT(76, CONFLICT, "says that the system forbids it: a row elsewhere refers to one of these, or a rule of the system's own")
EXIT(77, DENIED, "says that the system denies it")
EXIT(126, INVALID, "could not be run: its interpreter may not be run")
EXIT(127, INVALID, "could not be run: it lacks its interpreter or another program")
#undef EXIT
