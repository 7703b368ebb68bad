/* SPDX-License-Identifier: MIT */
/* automatic: whether a machine sent a mail, by its header and type.
 *
 * The order is the order of certainty. An empty Return-Path alone makes a bounce:
 * automatic answers have one too (RFC 3834 3.3), and say so elsewhere. What a text
 * says ("we have received your report") is receipt.c's. RFC 3834, RFC 2076
 * 3.9, RFC 2919. Of a message that is only quoted no more is known than who wrote it and
 * under which subject.
 */
#include "parser/mime.h"

#include <string.h>

/* @value: in lower case, "" where any will do; it must begin the field. */
static const struct {
  const char *field, *value;
  HeddleAutomatic automatic;
} rows[] = {
  { "Auto-Submitted", "auto-replied", HEDDLE_AUTOMATIC_AUTO_REPLY },
  { "X-Autoreply", "", HEDDLE_AUTOMATIC_AUTO_REPLY },
  { "X-Autorespond", "", HEDDLE_AUTOMATIC_AUTO_REPLY },
  { "X-Auto-Reply-From", "", HEDDLE_AUTOMATIC_AUTO_REPLY },
  { "Precedence", "auto_reply", HEDDLE_AUTOMATIC_AUTO_REPLY },
  { "X-Failed-Recipients", "", HEDDLE_AUTOMATIC_BOUNCE },
  { "Return-Path", "<>", HEDDLE_AUTOMATIC_BOUNCE },
  { "Auto-Submitted", "auto-", HEDDLE_AUTOMATIC_AUTO_REPLY },
  { "List-Id", "", HEDDLE_AUTOMATIC_LIST },
  { "List-Post", "", HEDDLE_AUTOMATIC_LIST },
  { "List-Unsubscribe", "", HEDDLE_AUTOMATIC_LIST },
  { "Precedence", "list", HEDDLE_AUTOMATIC_LIST },
  { "Precedence", "bulk", HEDDLE_AUTOMATIC_LIST },
  { "Precedence", "junk", HEDDLE_AUTOMATIC_LIST },
};

/* Exchange sets X-Auto-Response-Suppress on people's mail as well; only with such a
 * subject does it mean an automatic answer. With a colon behind it the subject says so
 * alone, as desks and holiday notices do that set no field: who answers one writes
 * "Re:" before it. Compared with the folded beginning. */
static const char *const auto_subjects[]
    = { "automatic reply",
        "auto reply",
        "auto-reply",
        "autoreply",
        "out of office",
        "out of the office",
        "automatische antwort",
        "abwesenheit",
        "abwesenheitsnotiz",
        "abwesenheitsnachricht",
        "abwesend",
        "respuesta automática",
        "resposta automática",
        "r\303\251ponse automatique",
        "risposta automatica",
        "automatisch antwoord",
        "automatiskt svar",
        "frånvaromeddelande",
        "automatisk svar",
        "automatisk besvarelse",
        "autosvar",
        "ikke til stede",
        "fraværsmelding",
        "automaattinen vastaus",
        "poissaoloilmoitus",
        "automaatvastus",
        "automaatne vastus",
        "kontorist väljas",
        "automatikus válasz",
        "házon kívül",
        "automatische beantwoording",
        "niet op kantoor",
        "nicht im büro",
        "nicht im haus",
        "automatische rückmeldung",
        "absence du bureau",
        "absent du bureau",
        "message d'absence",
        "\320\260\320\262\321\202\320\276\320\276\321\202\320\262\320\265\321\202",
        "otomatik yan\304\261t",
        "\330\261\330\257 \330\252\331\204\331\202\330\247\330\246\331\212",
        "自动回复",
        "自动答复",
        "自動回覆",
        "自動回复",
        "自動応答",
        "自動返信",
        "不在通知",
        "자동 회신",
        "자동 응답",
        "자동응답",
        "자동 답장",
        "부재중",
        "부재 중",
        "trả lời tự động",
        "tự động trả lời",
        "thư trả lời tự động",
        "balasan otomatis",
        "jawaban otomatis",
        "स्वचालित उत्तर",
        "स्वत: उत्तर",
        "स्वतः उत्तर",
        "fuera de la oficina",
        "ausencia de la oficina",
        "ausente de la oficina",
        "autorespuesta",
        "risponditore automatico",
        "fuori ufficio",
        "fuori sede",
        "assente dall'ufficio",
        "ausência do escritório",
        "ausência temporária",
        "fora do escritório",
        "resposta de ausência",
        "răspuns automat",
        "absent din birou",
        "odpowiedź automatyczna",
        "automatyczna odpowiedź",
        "autoodpowiedź",
        "poza biurem",
        "nieobecność w biurze",
        "nieobecność",
        "automatická odpověď",
        "mimo kancelář",
        "nepřítomnost",
        "automatická odpoveď",
        "mimo kancelárie",
        "neprítomnosť",
        "automatski odgovor",
        "izvan ureda",
        "van kancelarije",
        "автоматический ответ",
        "автоматическое уведомление об отсутствии",
        "уведомление об отсутствии",
        "отсутствую",
        "вне офиса",
        "автоматична відповідь",
        "автовідповідь",
        "поза офісом",
        "автоматичен отговор",
        "извън офиса",
        "аутоматски одговор",
        "ван канцеларије",
        "αυτόματη απάντηση",
        "εκτός γραφείου",
        "otomatik cevap",
        "ofis dışında",
        "رد آلي",
        "الرد التلقائي",
        "خارج المكتب",
        "پاسخ خودکار",
        "خارج از دفتر",
        "תשובה אוטומטית",
        "מענה אוטומטי",
        "הודעה אוטומטית",
        "מחוץ למשרד" };

static gboolean
is_mailer_daemon (const HeddlePerson *from)
{
  return from != NULL && from->address != NULL
         && g_ascii_strncasecmp (from->address, "mailer-daemon@", 14) == 0;
}

/* @strict: only where a colon follows. */
static gboolean
has_auto_subject (const char *subject, gboolean strict)
{
  const char *close = subject != NULL && *subject == '[' ? strchr (subject, ']') : NULL;
  if (close != NULL) /* "[chirper.example #48213] AutoReply: …" */
    for (subject = close + 1; *subject == ' '; subject++)
      ;
  g_autofree char *lower = subject ? g_utf8_strdown (subject, -1) : NULL;

  for (gsize i = 0; lower != NULL && i < G_N_ELEMENTS (auto_subjects); i++)
    if (g_str_has_prefix (lower, auto_subjects[i])) {
      const char *behind = lower + strlen (auto_subjects[i]);

      if (*behind == ' ' || g_str_has_prefix (behind, "\302\240")) /* French */
        behind += *behind == ' ' ? 1 : 2;
      if (!strict || *behind == ':' || g_str_has_prefix (behind, "："))
        return TRUE;
    }
  return FALSE;
}

static void
set (HeddleMessage *message, HeddleAutomatic automatic, const char *ground)
{
  message->automatic = automatic;
  message->ground = ground;
}

void
heddle_automatic_read (const GArray *fields, const HeddleContent *content, HeddleMessage *message)
{
  if (is_mailer_daemon (message->from)) {
    set (message, HEDDLE_AUTOMATIC_BOUNCE, "From");
    return;
  }
  if (g_str_equal (content->type, "multipart/report")) { /* RFC 6522; receipts: RFC 8098 */
    gboolean receipt = g_strcmp0 (content->report, "disposition-notification") == 0;

    set (message, receipt ? HEDDLE_AUTOMATIC_AUTO_REPLY : HEDDLE_AUTOMATIC_BOUNCE,
         "multipart/report");
    return;
  }
  if (heddle_mime_count (fields, "X-Auto-Response-Suppress") > 0
      && has_auto_subject (message->subject, FALSE)) {
    set (message, HEDDLE_AUTOMATIC_AUTO_REPLY, "X-Auto-Response-Suppress");
    return;
  }
  /* Request Tracker sends what its people write as "Precedence: bulk" too. */
  gboolean desk = heddle_mime_count (fields, "RT-Ticket") > 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = heddle_mime_get (fields, rows[i].field);

    if (value != NULL && !(desk && rows[i].automatic == HEDDLE_AUTOMATIC_LIST)
        && g_ascii_strncasecmp (value, rows[i].value, strlen (rows[i].value)) == 0) {
      set (message, rows[i].automatic, rows[i].field);
      return;
    }
  }
  if (has_auto_subject (message->subject, TRUE))
    set (message, HEDDLE_AUTOMATIC_AUTO_REPLY, "Subject");
}

/* How MTAs call what they return: Postfix, Exim, Sendmail, qmail, Exchange (in its languages),
 * Gmail. In lower case. */
static const char *const bounce_subjects[]
    = { "undelivered mail returned to sender", "mail delivery failed", "returned mail:",
        "failure notice", "delivery status notification (failure)", "undeliverable:",
        "delivery failure", "mail delivery failure", "unzustellbar:", "non remis\302\240:",
        "non remis :", "non remis:", "no se puede entregar:", "não foi possível entregar:",
        "impossibile recapitare:", "onbestelbaar:", "niedostarczalne:", "не удается доставить:" };

void
heddle_automatic_read_quoted (HeddleMessage *message)
{
  g_autofree char *lower = message->subject ? g_utf8_strdown (message->subject, -1) : NULL;

  if (is_mailer_daemon (message->from)) {
    set (message, HEDDLE_AUTOMATIC_BOUNCE, "From");
    return;
  }
  for (gsize i = 0; lower != NULL && i < G_N_ELEMENTS (bounce_subjects); i++)
    if (g_str_has_prefix (lower, bounce_subjects[i])) {
      set (message, HEDDLE_AUTOMATIC_BOUNCE, "Subject");
      return;
    }
  if (has_auto_subject (message->subject, TRUE))
    set (message, HEDDLE_AUTOMATIC_AUTO_REPLY, "Subject");
}
