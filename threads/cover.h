/* SPDX-License-Identifier: MIT */
/* threads/cover: the fewest sets that together hold everything. */
#ifndef HEDDLE_THREADS_COVER_H
#define HEDDLE_THREADS_COVER_H

#include <glib.h>

/* @sets: @n_sets arrays of guint below @n_elements, each number once, ascending, the
 * preferred set first. @ret_chosen: by set, TRUE for those of a set of sets that holds every element
 * which any holds, of the least size where the search ends in time; the order of @sets
 * decides between equals. Returns a size below which none can be. */
guint heddle_cover_find (GArray *const *sets, guint n_sets, guint n_elements,
                         gboolean *ret_chosen);

#endif
