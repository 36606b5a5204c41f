import { messages } from '$lib/i18n';

export const forms = messages({
  en: { offline: 'No connection just now. What you typed is still here: send it again in a moment.' },
  fr: {
    offline:
      'Pas de connexion pour le moment. Ce que vous avez saisi est toujours là : renvoyez-le dans un instant.',
  },
  ar: { offline: 'لا يوجد اتصال الآن. ما كتبته لا يزال هنا: أعد الإرسال بعد قليل.' },
});
