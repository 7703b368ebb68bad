/* SPDX-License-Identifier: MIT */
/* Courtesy: a message that consists of nothing but the words of thanks, of receipt
 * and of farewell moves no clock. The words are a table; a single other word makes
 * the message one that says something, so that "Removed." is an answer.
 *
 * "Yes" and "no" are answers, so they are not in the table. Acknowledgements that a
 * machine sends are the parser's to recognise; those of people are caught here only
 * while they keep to the words of the table.
 */
#include "followup/courtesy.h"

#include <string.h>

#include "followup/words.h"

#define SAID_BYTES 4096
#define LOGO_BYTES 100000

/* A row a language. Each is folded like the text it is held against. */
static const char *const courtesies[] = {
  /* English */
  "a acknowledge acknowledged acknowledgement again all and appreciate appreciated as awesome "
  "best cheers confirm confirmed confirming email excellent fantastic for getting got great "
  "have help helpful hi hello dear i in is it its kind kindly letting me know "
  "lot lovely mail many message most much nice noted of ok okay on our perfect "
  "prompt quick reading reaching receipt received receive regards reply report "
  "response sincerely so super sure thank thanks thankyou that the this ticket to "
  "update very warm we well with wonderful wishes you your yours case number reference "
  "everyone team fyi "
  /* how a desk confirms receipt: no word of these says what was found or done */
  "an are assigned automated automatically back be been contact contacted contacting created do "
  "enquiry generated get has id inquiry notification number opened please possible queue request "
  "respond review shortly soon submitting to touch was will writing",
  /* French */
  "merci beaucoup bien recu votre message bonne reception cordialement bonjour pour la le "
  "reponse vos nouvelles d accord parfait note",
  /* Spanish */
  "gracias muchas muchisimas por su tu respuesta mensaje recibido hola saludos un cordial "
  "saludo de acuerdo perfecto vale",
  /* German */
  "danke vielen dank herzlichen fur ihre deine die antwort nachricht erhalten hallo "
  "grusse freundliche mit freundlichen grussen lg mfg bestens super perfekt alles klar",
  /* Portuguese */
  "obrigado obrigada muito pela pelo sua resposta mensagem recebido recebida ola abraco "
  "atenciosamente certo otimo",
  /* Arabic */
  "شكرا جزيلا لك لكم على الرد تم الاستلام مع تحياتي مرحبا",
  /* Persian */
  "ممنون متشکرم مرسی سپاس خیلی از شما دریافت شد با تشکر سلام",
};

static GHashTable *
table_new (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (courtesies); i++) {
    g_autoptr (GPtrArray) words = heddle_words (courtesies[i], strlen (courtesies[i]));

    for (guint j = 0; j < words->len; j++)
      g_hash_table_add (table, g_strdup (g_ptr_array_index (words, j)));
  }
  return table;
}

static GHashTable *
table_get (void)
{
  static gsize table;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, (gsize)table_new ());
  return (GHashTable *)table;
}

/* Machines ask for no answer to their mail; any other "not" refuses something. */
static gboolean
asks_no_reply (const char *word, const char *next)
{
  return g_str_equal (word, "not")
         && (g_strcmp0 (next, "reply") == 0 || g_strcmp0 (next, "respond") == 0);
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

/* @message's text without its greeting and sign-off. */
static char *
said (const HeddleMessage *message)
{
  const char *text = message->text;
  gsize length;

  if (message->greeting != NULL && g_str_has_prefix (text, message->greeting))
    text += strlen (message->greeting);
  length = strlen (text);
  if (message->signoff != NULL && g_str_has_suffix (text, message->signoff))
    length -= strlen (message->signoff);
  return g_strndup (text, length);
}

/* A small picture is the logo of a signature. */
static gboolean
has_part (const GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++) {
    const HeddleAttachment *attachment = g_ptr_array_index (attachments, i);
    gboolean picture
        = attachment->type != NULL && g_str_has_prefix (attachment->type, "image/");

    if (attachment->kind == HEDDLE_ATTACHMENT_PART
        && (!picture || attachment->size >= LOGO_BYTES))
      return TRUE;
  }
  return FALSE;
}

gboolean
heddle_says_something (const HeddleSides *sides, const HeddleMessage *message)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char *text = NULL;

  if (message->automatic != HEDDLE_AUTOMATIC_NO || message->kind == HEDDLE_KIND_MISSING)
    return FALSE;
  if (message->encrypted || message->actions->len > 0 || has_part (message->attachments))
    return TRUE;
  text = said (message);
  words = heddle_words (text, SAID_BYTES);
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);
    const char *next = i + 1 < words->len ? g_ptr_array_index (words, i + 1) : NULL;

    if (!g_hash_table_contains (table_get (), word) && !is_number (word)
        && !asks_no_reply (word, next) && !heddle_sides_is_name (sides, word))
      return TRUE;
  }
  return FALSE;
}
