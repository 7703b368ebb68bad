/* SPDX-License-Identifier: MIT */
/* session: what the MTA says and what it is answered. Within milter/ only. */
#ifndef HEDDLE_MILTER_SESSION_H
#define HEDDLE_MILTER_SESSION_H

#include "spool/spool.h"

/* Hand libmilter the callbacks. @config and @spool must outlive smfi_main().
 * @quiet: header and body are not answered piece by piece. FALSE on failure. */
gboolean heddle_session_register (const HeddleConfig *config, HeddleSpool *spool,
                                  gboolean quiet);

#endif
