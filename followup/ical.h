/* SPDX-License-Identifier: MIT */
/* ical: libical's types with the clean-ups that it does not bring. */
#ifndef HEDDLE_FOLLOWUP_ICAL_H
#define HEDDLE_FOLLOWUP_ICAL_H

#include <glib.h>
#include <libical/ical.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (icalcomponent, icalcomponent_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (icalrecur_iterator, icalrecur_iterator_free)

#endif
