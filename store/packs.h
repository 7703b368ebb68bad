/* SPDX-License-Identifier: MIT */
/* packs: many small values in few compressed ones. */
#ifndef HEDDLE_STORE_PACKS_H
#define HEDDLE_STORE_PACKS_H

#include "store/sql.h"

/* Whose packs: each file has its own. */
typedef enum { HEDDLE_PACKS_TRUTH, HEDDLE_PACKS_INDEX } HeddlePacks;

/* Where a value stands. */
typedef struct {
  gint64 pack; /* 0: nowhere */
  gint64 start, length;
} HeddleSlot;

/* What is being packed within one transaction: begin with { store, whose }, flush before
 * the commit. Values that belong together are to be added one after the other. */
typedef struct _HeddlePacker HeddlePacker;
struct _HeddlePacker {
  HeddleStore *store;
  HeddlePacks whose;
  HeddlePacker *before; /* (nullable): its values are much like these: each pack of these
                           stands after the last one of that, which is flushed with it */
  gint64 pack;          /* under way; 0: none */
  gint64 held;          /* values in it */
  GByteArray *plain;    /* (nullable) its bytes */
  gint64 last;          /* the pack that was written last; 0: none */
  GBytes *last_plain;   /* (nullable) */
};
void heddle_packer_clear (HeddlePacker *packer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeddlePacker, heddle_packer_clear)

/* @ret: where @value will stand once the packer was flushed. */
gboolean heddle_packer_add (HeddlePacker *packer, GBytes *value, HeddleSlot *ret,
                            GError **error);
gboolean heddle_packer_flush (HeddlePacker *packer, GError **error);

/* Fails with CORRUPT. (transfer full) */
GBytes *heddle_slot_read (HeddleStore *store, HeddlePacks whose, const HeddleSlot *slot,
                          GError **error);
/* From columns @column (pack), then start and length. */
void heddle_slot_column (HeddleStmt *stmt, int column, HeddleSlot *ret);
/* The value is no more; its pack goes with the last one. */
gboolean heddle_slot_drop (HeddleStore *store, HeddlePacks whose, const HeddleSlot *slot,
                           GError **error);

#endif
