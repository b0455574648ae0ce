/*
 * COMMAND(section, name): every command, in the order of the help.  Its
 * description is command_NAME, in the file of its noun.
 */
COMMAND("Start", demo)
COMMAND("Start", setup)
COMMAND("Start", serve)
COMMAND("The list of who may not be sold", check)
COMMAND("The list of who may not be sold", suppress)
COMMAND("The list of who may not be sold", release)
COMMAND("People and keys", user_add)
COMMAND("People and keys", user_list)
COMMAND("People and keys", user_passphrase)
COMMAND("People and keys", user_disable)
COMMAND("About", help)
COMMAND("About", version)
#undef COMMAND
