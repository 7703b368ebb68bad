/* SPDX-License-Identifier: MIT */
/* Delivery of the outbox by SMTP (RFC 5321), through libcurl.
 *
 * Each item is a transaction of its own, and its outcome is written down before the
 * next is tried; a process that dies in between sends the very same bytes again,
 * which calendars take for one. 250 after the data is the only success. A 5xx to the
 * item fails it for good; anything else is tried again after gaps that grow. What
 * says something of the relay and not of the item (no connection, no greeting, no
 * TLS) ends the run, as the others would meet the same, and puts nothing off: the
 * next run finds out whether the relay is back.
 *
 * Mails of one event share a sender and never overtake one another: a CANCEL waits
 * for its REQUEST.
 *
 * Not handled: authentication at the relay, sendmail.
 */
#include "followup/followup.h"

#include <curl/curl.h>
#include <string.h>

#include "followup/calendar.h"

#define CONNECT_SECONDS 15L
#define REPLY_SECONDS 60L
#define TOTAL_SECONDS 180L
#define GIVE_UP_SECONDS (5 * 86400)

/* Minutes until the next attempt, after the first, second … one that failed. */
static const int gaps[] = { 1, 2, 5, 15, 30, 60, 120, 240 };

typedef struct {
  const HeddleConfig *config;
  HeddleStore *store;
  HeddleTime now;
  CURL *curl;
  GHashTable *held; /* set: senders of which a mail could not go */
  guint sent, failed;
  gboolean unreachable; /* the relay, by the last attempt */
} Delivery;

typedef struct {
  const char *bytes;
  gsize length, at;
} Upload;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)

static void
init_once (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    curl_global_init (CURL_GLOBAL_DEFAULT);
    g_once_init_leave (&done, 1);
  }
}

/* --- one transaction ------------------------------------------------------------- */

static size_t
upload_read (char *buffer, size_t size, size_t count, void *data)
{
  Upload *upload = data;
  gsize length = MIN (size * count, upload->length - upload->at);

  memcpy (buffer, upload->bytes + upload->at, length);
  upload->at += length;
  return length;
}

static gboolean
is_loopback (const char *url)
{
  static const char *const hosts[] = { "127.0.0.1", "localhost", "[::1]" };
  const char *host = strstr (url, "://") + 3;

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    gsize length = strlen (hosts[i]);

    if (strncmp (host, hosts[i], length) == 0
        && (host[length] == '\0' || host[length] == ':' || host[length] == '/'))
      return TRUE;
  }
  return FALSE;
}

static void
set_up (CURL *curl, const HeddleConfig *config)
{
  const char *relay = config->remind.relay;

  curl_easy_setopt (curl, CURLOPT_URL, relay);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_PROXY, ""); /* whatever the environment says */
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, REPLY_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, TOTAL_SECONDS);
  /* An MTA on this machine often has a certificate that nobody signed, and the
   * loopback is no wire; any other is asked for TLS, and what it shows is checked. */
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    is_loopback (relay) ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_TRY);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, upload_read);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
}

static CURLcode
transact (Delivery *delivery, const HeddleOutboxItem *item, Upload *upload, long *ret_reply)
{
  CURL *curl = delivery->curl;
  struct curl_slist *rcpts = curl_slist_append (NULL, item->rcpt);
  CURLcode code;

  *ret_reply = 0;
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, item->sender);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, rcpts);
  curl_easy_setopt (curl, CURLOPT_READDATA, upload);
  curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)upload->length);
  code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, ret_reply);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, NULL);
  curl_slist_free_all (rcpts);
  return code;
}

/* --- what it means --------------------------------------------------------------- */

/* SEND_ERROR is libcurl's word for a refused MAIL, RCPT or DATA; a reply that it
 * did not expect comes either as greeting, before any data went, or after all. */
static gboolean
is_about_item (CURLcode code, const Upload *upload)
{
  return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING
         || upload->at > 0;
}

static gboolean
is_refusal (CURLcode code, const Upload *upload, long reply)
{
  return reply >= 500 && reply <= 599
         && (code == CURLE_SEND_ERROR
             || (code == CURLE_WEIRD_SERVER_REPLY && upload->at == upload->length));
}

static void
set_trouble (HeddleOutboxItem *item, CURLcode code, long reply)
{
  g_free (item->trouble);
  item->trouble = reply >= 400 ? g_strdup_printf ("the relay answered %ld", reply)
                               : g_strdup (curl_easy_strerror (code));
}

static void
fail (Delivery *delivery, HeddleOutboxItem *item, const char *trouble)
{
  item->state = HEDDLE_OUTBOX_FAILED;
  delivery->failed++;
  if (trouble != NULL) {
    g_free (item->trouble);
    item->trouble = g_strdup (trouble);
  }
}

static void
put_off (Delivery *delivery, HeddleOutboxItem *item)
{
  guint gap = MIN ((guint)MAX (item->attempts, 1), G_N_ELEMENTS (gaps)) - 1;

  item->next = delivery->now + (delivery->unreachable ? 0 : gaps[gap] * 60);
  g_hash_table_add (delivery->held, item->sender);
  if (item->next - item->queued > GIVE_UP_SECONDS)
    fail (delivery, item, NULL);
}

static void
attempt (Delivery *delivery, HeddleOutboxItem *item)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (item->bytes, &length);
  Upload upload = { bytes, length, 0 };
  CURLcode code;
  long reply;

  code = transact (delivery, item, &upload, &reply);
  item->attempts++;
  delivery->unreachable = FALSE;
  if (code == CURLE_OK) {
    item->state = HEDDLE_OUTBOX_SENT;
    g_clear_pointer (&item->trouble, g_free);
    delivery->sent++;
    return;
  }
  set_trouble (item, code, reply);
  if (is_refusal (code, &upload, reply)) {
    fail (delivery, item, NULL);
  } else {
    delivery->unreachable = !is_about_item (code, &upload);
    put_off (delivery, item);
  }
}

/* --- the outbox ------------------------------------------------------------------ */

/* Nobody outside the configuration is written to, whatever stands in the outbox. */
static gboolean
is_for_us (const HeddleConfig *config, const HeddleOutboxItem *item)
{
  return heddle_config_person_by_address (config, item->rcpt) != NULL
         && heddle_calendar_address_is_plain (item->rcpt)
         && heddle_calendar_address_is_plain (item->sender);
}

static gboolean
deliver_one (Delivery *delivery, HeddleOutboxItem *item, GError **error)
{
  if (item->next > delivery->now || g_hash_table_contains (delivery->held, item->sender)) {
    g_hash_table_add (delivery->held, item->sender);
    return TRUE;
  }
  if (is_for_us (delivery->config, item))
    attempt (delivery, item);
  else
    fail (delivery, item, "its recipient is no person of the configuration any more");
  if (!heddle_store_outbox_update (delivery->store, item, error))
    return FALSE;
  if (!delivery->unreachable)
    return TRUE;
  g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY,
               "[remind] relay: %s; the mails wait, see that the relay runs",
               item->trouble != NULL ? item->trouble : "cannot be reached");
  return FALSE;
}

static gboolean
check_relay (const HeddleConfig *config, GError **error)
{
  const char *relay = config->remind.relay;

  if (relay != NULL
      && (g_str_has_prefix (relay, "smtp://") || g_str_has_prefix (relay, "smtps://")))
    return TRUE;
  g_set_error_literal (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG,
                       "[remind] relay: not set, or no smtp:// URL; give one like "
                       "smtp://127.0.0.1:25");
  return FALSE;
}

gboolean
heddle_outbox_deliver (const HeddleConfig *config, HeddleStore *store, HeddleTime now,
                       guint *ret_sent, guint *ret_failed, GError **error)
{
  g_autoptr (GPtrArray) items = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, error);
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CURL) curl = NULL;
  Delivery delivery = { config, store, now, NULL, held, 0, 0, FALSE };
  gboolean done = items != NULL;

  if (items != NULL && items->len > 0) {
    if (!check_relay (config, error))
      return FALSE;
    init_once ();
    curl = curl_easy_init ();
    if (curl == NULL) {
      g_set_error_literal (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY,
                           "libcurl cannot be started; the mails wait");
      return FALSE;
    }
    set_up (curl, config);
    delivery.curl = curl;
  }
  for (guint i = 0; done && i < items->len; i++)
    done = deliver_one (&delivery, g_ptr_array_index (items, i), error);
  if (ret_sent != NULL)
    *ret_sent = delivery.sent;
  if (ret_failed != NULL)
    *ret_failed = delivery.failed;
  return done;
}
