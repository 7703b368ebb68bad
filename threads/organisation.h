/* SPDX-License-Identifier: MIT */
/* threads/organisation: whose domain an address has. */
#ifndef HEDDLE_THREADS_ORGANISATION_H
#define HEDDLE_THREADS_ORGANISATION_H

#include <glib.h>

/* The domain of @address, lower case, where everybody at it belongs to one organisation;
 * NULL where it has none, or where anybody can have an address. (transfer none) */
const char *heddle_organisation_of (const char *address);

#endif
