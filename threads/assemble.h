/* SPDX-License-Identifier: MIT */
/* threads/assemble: conversations, their messages in order. */
#ifndef HEDDLE_THREADS_ASSEMBLE_H
#define HEDDLE_THREADS_ASSEMBLE_H

#include "threads/graph.h"

/* All conversations of @graph as heddle_threads_merge() promises them. */
GPtrArray *heddle_threads_assemble (HeddlePool *pool, const HeddleGraph *graph);

#endif
