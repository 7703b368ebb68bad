/* SPDX-License-Identifier: MIT */
/* htmlcolour: colours as CSS and HTML write them, and what people call them.
 *
 * People say "in red" of many reds: a name stands for a part of the circle of hues, not
 * for one value. Black, white and greys have no hue, and are nobody's mark.
 *
 * Not handled: hsl(), names of CSS beyond those that mailers' menus offer.
 */
#include "parser/html.h"

#include <string.h>

static const struct {
  const char *name;
  guint rgb;
} names[] = {
  { "black", 0x000000 }, { "white", 0xffffff },  { "gray", 0x808080 },    { "grey", 0x808080 },
  { "silver", 0xc0c0c0 }, { "red", 0xff0000 },   { "darkred", 0x8b0000 }, { "maroon", 0x800000 },
  { "blue", 0x0000ff },  { "navy", 0x000080 },   { "darkblue", 0x00008b }, { "royalblue", 0x4169e1 },
  { "green", 0x008000 }, { "darkgreen", 0x006400 }, { "lime", 0x00ff00 }, { "orange", 0xffa500 },
  { "purple", 0x800080 }, { "violet", 0xee82ee }, { "magenta", 0xff00ff }, { "fuchsia", 0xff00ff },
  { "teal", 0x008080 },  { "brown", 0xa52a2a },  { "yellow", 0xffff00 },  { "crimson", 0xdc143c },
};

static guint
from_hex (const char *digits, gsize n)
{
  guint rgb = 0;

  for (gsize i = 0; i < n; i++) {
    if (!g_ascii_isxdigit (digits[i]))
      return 0;
    rgb = rgb << 4 | (guint)g_ascii_xdigit_value (digits[i]);
    if (n == 3)
      rgb = rgb << 4 | (guint)g_ascii_xdigit_value (digits[i]);
  }
  return HEDDLE_COLOUR | rgb;
}

/* "255, 0, 0)" or "255 0 0 / 1)". */
static guint
from_numbers (const char *p, const char *end)
{
  guint rgb = 0;

  for (int i = 0; i < 3; i++) {
    guint n = 0;

    while (p < end && (*p == ' ' || *p == ','))
      p++;
    if (p == end || !g_ascii_isdigit (*p))
      return 0;
    for (; p < end && g_ascii_isdigit (*p); p++)
      n = MIN (n * 10 + (guint)(*p - '0'), 255);
    while (p < end && (g_ascii_isdigit (*p) || *p == '.'))
      p++;
    rgb = rgb << 8 | n;
  }
  return HEDDLE_COLOUR | rgb;
}

guint
heddle_html_colour (const char *value, gsize length)
{
  gsize word;

  while (length > 0 && g_ascii_isspace (*value)) {
    value++;
    length--;
  }
  for (word = 0; word < length && (g_ascii_isalnum (value[word]) || value[word] == '#');)
    word++;
  if (word > 0 && value[0] == '#')
    return word == 4 || word == 7 ? from_hex (value + 1, word - 1) : 0;
  if (word < length && value[word] == '(')
    return g_ascii_strncasecmp (value, "rgb", 3) == 0
               ? from_numbers (value + word + 1, value + length)
               : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i].name) == word && g_ascii_strncasecmp (value, names[i].name, word) == 0)
      return HEDDLE_COLOUR | names[i].rgb;
  return word == 6 ? from_hex (value, 6) : 0; /* <font color=FF0000> */
}

/* Degrees from which on each hue has its name. */
static const struct {
  int from;
  HeddleHue hue;
} hues[] = {
  { 0, HEDDLE_HUE_RED },      { 18, HEDDLE_HUE_ORANGE },  { 48, HEDDLE_HUE_YELLOW },
  { 70, HEDDLE_HUE_GREEN },   { 185, HEDDLE_HUE_BLUE },   { 262, HEDDLE_HUE_PURPLE },
  { 340, HEDDLE_HUE_RED },
};

HeddleHue
heddle_html_hue (guint colour)
{
  int r = (int)(colour >> 16 & 255), g = (int)(colour >> 8 & 255), b = (int)(colour & 255);
  int most = MAX (r, MAX (g, b)), least = MIN (r, MIN (g, b)), span = most - least, degrees;
  HeddleHue hue = HEDDLE_HUE_NONE;

  if (!(colour & HEDDLE_COLOUR) || span < 64) /* black, white, grey */
    return HEDDLE_HUE_NONE;
  if (most == r)
    degrees = 60 * (g - b) / span;
  else if (most == g)
    degrees = 120 + 60 * (b - r) / span;
  else
    degrees = 240 + 60 * (r - g) / span;
  degrees = (degrees + 360) % 360;
  for (gsize i = 0; i < G_N_ELEMENTS (hues); i++)
    if (degrees >= hues[i].from)
      hue = hues[i].hue;
  return hue;
}
