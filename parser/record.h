/* SPDX-License-Identifier: MIT */
/* record: the form of a chain as one GVariant, for record.c and unrecord.c alone. */
#ifndef HEDDLE_PARSER_RECORD_H
#define HEDDLE_PARSER_RECORD_H

/* Goes up whenever a type below changes its meaning or its form. */
#define RECORD_VERSION 1

#define RECORD_WALL "(iiiiii)"
#define RECORD_PERSON "(msmsbs)"
/* raw, has_local, local, has_offset, offset, has_utc, utc, inferred, precision */
#define RECORD_DATE "(sb" RECORD_WALL "bibxbi)"
#define RECORD_URL "(smsmsms)"
#define RECORD_CASE "(ss)"
#define RECORD_ATTACHMENT "(msmsxmsi)"
/* raw, start, has_end, end, precision */
#define RECORD_MENTION "(s" RECORD_WALL "b" RECORD_WALL "i)"
/* kind, text, has_due, due, first and last line */
#define RECORD_ACTION "(isb" RECORD_WALL "uu)"
#define RECORD_SPAN "(uu)"
/* The fields of HeddleMessage in their order. */
#define RECORD_MESSAGE                                                                          \
  "(iims"                                                                                       \
  "m" RECORD_PERSON "a" RECORD_PERSON "a" RECORD_PERSON "a" RECORD_PERSON                       \
  "msm" RECORD_DATE "msmsas"                                                                    \
  "smsmsms"                                                                                     \
  "asa" RECORD_URL "asa" RECORD_CASE "a" RECORD_ATTACHMENT "a" RECORD_MENTION "a" RECORD_ACTION  \
  "bia" RECORD_SPAN ")"
/* text, zone, message, depth */
#define RECORD_LINE "(siii)"
#define RECORD_CHAIN "(ua" RECORD_MESSAGE "ba" RECORD_LINE "as)"

#endif
