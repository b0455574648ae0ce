#ifndef CLI_DROP_EVIDENCE_H
#define CLI_DROP_EVIDENCE_H

#include "cli/command.h"

/* `toyon drop verify FOLDER`: an evidence pack, without an installation. */
int drop_evidence_verify(struct cli *c, struct err *e);

#endif
