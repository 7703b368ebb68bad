/* SPDX-License-Identifier: MIT */
/* prefixes: what mailers of the world put before a subject, without the colon, in lower
 * case. One table for all languages, not rows of each: mailers answer in the language
 * that they were set up for, whatever that of the mail, and in more than there are
 * tables of. A new language adds its rows here.
 */
#include "parser/subject.h"

const HeddlePrefix heddle_prefixes[] = {
  { "re", FALSE }, /* in most languages */
  { "fwd", TRUE },
  { "fw", TRUE },
  { "aw", FALSE },    /* German */
  { "wg", TRUE },     /* German */
  { "sv", FALSE },    /* Danish, Icelandic, Norwegian, Swedish */
  { "vs", FALSE, TRUE }, /* Finnish; in Danish and Norwegian it forwards */
  { "antwort", FALSE }, /* German */
  { "wtrlt", TRUE },    /* German, GroupWise */
  { "betr", FALSE },    /* Dutch, GroupWise */
  { "videresend", TRUE }, /* Norwegian */
  { "vast", FALSE },    /* Finnish */
  { "edasi", TRUE },    /* Estonian */
  { "vá", FALSE },      /* Hungarian */
  { "válasz", FALSE },  /* Hungarian */
  { "tov", TRUE },      /* Hungarian */
  { "továbbítás", TRUE }, /* Hungarian */
  { "rép", FALSE },     /* French */
  { "réf", FALSE },     /* French, GroupWise */
  { "trans", TRUE },    /* French */
  { "vb", TRUE },     /* Swedish */
  { "vl", TRUE },     /* Finnish */
  { "vd", TRUE },     /* Danish */
  { "tr", TRUE },     /* French */
  { "rv", TRUE },     /* Spanish */
  { "rif", FALSE },   /* Italian */
  { "ref", FALSE },   /* French */
  { "r", FALSE },     /* Italian */
  { "i", TRUE },      /* Italian */
  { "res", FALSE },   /* Portuguese */
  { "enc", TRUE },    /* Portuguese */
  { "antw", FALSE },  /* Dutch */
  { "doorst", TRUE }, /* Dutch */
  { "odp", FALSE },   /* Polish */
  { "pd", TRUE },     /* Polish */
  { "ynt", FALSE },   /* Turkish */
  { "ilt", TRUE },    /* Turkish */
  { "i\314\207lt", TRUE },               /* the same, of a capital with its dot */
  { "bls", FALSE },                      /* Indonesian */
  { "trs", TRUE },                       /* Indonesian */
  { "atb", FALSE },                      /* Welsh */
  { "ats", FALSE },                      /* Lithuanian */
  { "fs", TRUE },                        /* Icelandic */
  { "\316\261\317\200", FALSE },         /* απ */
  { "\317\200\317\201\316\270", TRUE },  /* πρθ */
  { "\320\276\321\202\320\262", FALSE }, /* отв */
  { "\320\276\321\202\320\262\320\265\321\202", FALSE },        /* ответ */
  { "\320\277\320\265\321\200\320\265\321\201\320\273", TRUE }, /* пересл */
  { "\330\261\330\257", FALSE },                                /* رد */
  { "\331\276\330\247\330\263\330\256", FALSE },                /* پاسخ */
  { "\330\245\330\271\330\247\330\257\330\251 \330\252\331\210\330\254\331\212\331\207",
    TRUE },                              /* إعادة توجيه */
  { "\345\233\236\345\244\215", FALSE }, /* 回复 */
  { "\347\255\224\345\244\215", FALSE }, /* 答复 */
  { "\345\233\236\350\246\206", FALSE }, /* 回覆 */
  { "\350\275\254\345\217\221", TRUE },  /* 转发 */
  { "\350\275\211\345\257\204", TRUE },  /* 轉寄 */
  { "\350\275\211\347\231\274", TRUE },  /* 轉發 */
  { "回信", FALSE },
  { "转寄", TRUE },
  { "返信", FALSE },
  { "転送", TRUE },
  { "답장", FALSE },
  { "회신", FALSE },
  { "답변", FALSE },
  { "전달", TRUE },
  { "trả lời", FALSE },
  { "về", FALSE },
  { "về việc", FALSE },
  { "chuyển tiếp", TRUE },
  { "balas", FALSE },
  { "balasan", FALSE },
  { "terusan", TRUE },
  { "diteruskan", TRUE },
  { "उत्तर", FALSE },
  { "जवाब", FALSE },
  { "अग्रेषित", TRUE },
  { "फ़ॉरवर्ड", TRUE },
  { "odg", FALSE },
  { "odpověď", FALSE },
  { "odpoveď", FALSE },
  { "odgovor", FALSE },
  { "respuesta", FALSE },
  { "resposta", FALSE },
  { "risposta", FALSE },
  { "odpowiedź", FALSE },
  { "răspuns", FALSE },
  { "reenv", TRUE },
  { "reenviado", TRUE },
  { "inoltra", TRUE },
  { "inoltro", TRUE },
  { "redir.", TRUE },
  { "redir", TRUE },
  { "přeposláno", TRUE },
  { "předáno", TRUE },
  { "preposlané", TRUE },
  { "proslijeđeno", TRUE },
  { "prosleđeno", TRUE },
  { "σχετ", FALSE },
  { "απαντ", FALSE },
  { "προωθ", TRUE },
  { "відп", FALSE },
  { "відповідь", FALSE },
  { "переслано", TRUE },
  { "пересилання", TRUE },
  { "отг", FALSE },
  { "препр", TRUE },
  { "препратено", TRUE },
  { "одг", FALSE },
  { "прослеђено", TRUE },
  { "yanıt", FALSE },
  { "yan", FALSE },
  { "إعادة إرسال", TRUE },
  { "اعادة توجيه", TRUE },
  { "الرد", FALSE },
  { "جواب", FALSE },
  { "هدایت", TRUE },
  { "بازارسال", TRUE },
  { "فوروارد", TRUE },
  { "תגובה", FALSE },
  { "תשובה", FALSE },
  { "מענה", FALSE },
  { "הועבר", TRUE },
  { NULL, FALSE },
};
