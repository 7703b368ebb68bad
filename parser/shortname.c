/* SPDX-License-Identifier: MIT */
/* shortname: the short forms of first names that share too little with the name for
 * signer.c to see it: "Bill" of William, "Sue" of Susan, "Paco" of Francisco.
 *
 * Rows, in the order of their bytes, folded as names are; a short form of several names
 * has several. Not handled: forms that are nobody's alone, such as "Chris", whose first
 * letters say enough.
 */
#include "parser/zoning.h"

#include <string.h>

static const HeddleShortName rows[] = {
  { "abby", "abigail" }, { "ale", "alejandro" }, { "ale", "alessandro" }, { "alex", "alexander" },
  { "alex", "alexandra" }, { "alyosha", "aleksei" }, { "andy", "andrew" }, { "asia", "joanna" },
  { "basia", "barbara" }, { "becky", "rebecca" }, { "ben", "benedict" }, { "beppe", "giuseppe" },
  { "bert", "albert" }, { "bert", "robert" }, { "beth", "elizabeth" }, { "betty", "elizabeth" },
  { "bill", "william" }, { "billy", "william" }, { "bob", "robert" }, { "bobby", "robert" },
  { "bram", "abraham" }, { "charlie", "charles" }, { "chema", "josé" }, { "chuck", "charles" },
  { "cindy", "cynthia" }, { "conny", "cornelia" }, { "dan", "daniel" }, { "debbie", "deborah" },
  { "dick", "richard" }, { "dima", "dmitri" }, { "dima", "dmitry" }, { "don", "donald" },
  { "drew", "andrew" }, { "ed", "edward" }, { "ed", "edwin" }, { "eddie", "edward" },
  { "fritz", "friedrich" }, { "gabi", "gabriele" }, { "gianni", "giovanni" },
  { "gosia", "małgorzata" }, { "greg", "gregory" }, { "hank", "henry" }, { "hans", "johannes" },
  { "harry", "harold" }, { "harry", "henry" }, { "heinz", "heinrich" }, { "iza", "izabela" },
  { "jack", "john" }, { "jake", "jacob" }, { "jenny", "jennifer" }, { "jerry", "gerald" },
  { "jerry", "jeremiah" }, { "jim", "james" }, { "jimmy", "james" }, { "joe", "joseph" },
  { "johnny", "john" }, { "jurek", "jerzy" }, { "kasia", "katarzyna" }, { "kate", "catherine" },
  { "kate", "katharine" }, { "kate", "katherine" }, { "kathy", "catherine" },
  { "kathy", "katherine" }, { "katja", "katharina" }, { "kim", "kimberly" },
  { "kolya", "nikolai" }, { "kuba", "jakub" }, { "larry", "lawrence" }, { "leni", "helene" },
  { "lisa", "elisabeth" }, { "lisa", "elizabeth" }, { "liz", "elizabeth" }, { "lola", "dolores" },
  { "magda", "magdalena" }, { "maggie", "margaret" }, { "manolo", "manuel" }, { "manu", "manuel" },
  { "marge", "margaret" }, { "mike", "michael" }, { "mike", "miguel" }, { "misha", "mikhail" },
  { "nacho", "ignacio" }, { "nando", "fernando" }, { "nick", "nicholas" }, { "nick", "nikolas" },
  { "nico", "nicholas" }, { "nico", "nikolaus" }, { "paco", "francisco" },
  { "pancho", "francisco" }, { "pat", "patricia" }, { "pat", "patrick" }, { "patty", "patricia" },
  { "peggy", "margaret" }, { "pepe", "josé" }, { "pete", "peter" }, { "petya", "pyotr" },
  { "phil", "philip" }, { "phil", "phillip" }, { "pippo", "filippo" }, { "ron", "ronald" },
  { "rudi", "rudolf" }, { "sal", "salvatore" }, { "sam", "samantha" }, { "sam", "samuel" },
  { "sandy", "alexander" }, { "sandy", "alexandra" }, { "sandy", "sandra" },
  { "sasha", "aleksandr" }, { "sasha", "aleksandra" }, { "sasha", "alexander" },
  { "sasha", "alexandra" }, { "sepp", "josef" }, { "slava", "vyacheslav" },
  { "steffi", "stefanie" }, { "steve", "stephen" }, { "steve", "steven" }, { "sue", "susan" },
  { "sue", "suzanne" }, { "ted", "edward" }, { "ted", "theodore" }, { "tim", "timothy" },
  { "tina", "christina" }, { "tina", "martina" }, { "toby", "tobias" }, { "tom", "thomas" },
  { "tony", "anthony" }, { "tony", "antonio" }, { "trish", "patricia" }, { "uli", "ulrich" },
  { "uli", "ulrike" }, { "val", "valentina" }, { "vanya", "ivan" }, { "vicky", "victoria" },
  { "vince", "vincent" }, { "volodya", "vladimir" }, { "vova", "vladimir" }, { "will", "william" },
  { "wolfi", "wolfgang" }, { "zuza", "zuzanna" }, { "zé", "josé" }, { "аня", "анна" },
  { "ваня", "иван" }, { "витя", "виктор" }, { "вова", "владимир" }, { "дима", "дмитрий" },
  { "женя", "евгений" }, { "женя", "евгения" }, { "катя", "екатерина" }, { "коля", "николай" },
  { "лена", "елена" }, { "лёша", "алексей" }, { "маша", "мария" }, { "миша", "михаил" },
  { "наташа", "наталья" }, { "оля", "ольга" }, { "петя", "пётр" }, { "саша", "александр" },
  { "саша", "александра" }, { "таня", "татьяна" }, { "толя", "анатолий" }, { "юра", "юрий" },
};

const HeddleShortName *
heddle_short_names (const char *word, guint *ret_n)
{
  guint low = 0, high = G_N_ELEMENTS (rows), n = 0;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (strcmp (rows[middle].word, word) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  while (low + n < G_N_ELEMENTS (rows) && strcmp (rows[low + n].word, word) == 0)
    n++;
  *ret_n = n;
  return rows + low;
}
