/* SPDX-License-Identifier: MIT */
/* parameter: what stands behind the first ";" of a Content- field. Within parser/ only. */
#ifndef HEDDLE_PARSER_PARAMETER_H
#define HEDDLE_PARSER_PARAMETER_H

#include <glib.h>

/* The parameters of a field's value, of which many may be asked for. (transfer full) */
typedef struct _HeddleParameters HeddleParameters;
HeddleParameters *heddle_parameters_new (const char *value);
void heddle_parameters_free (HeddleParameters *parameters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleParameters, heddle_parameters_free)

/* The one called @name (lower case) as valid UTF-8: continuations put together and
 * charsets undone (RFC 2231), and encoded words, which mailers put there although RFC 2047
 * forbids it. (transfer full) (nullable): absent or empty. */
char *heddle_parameters_get (const HeddleParameters *parameters, const char *name);

#endif
