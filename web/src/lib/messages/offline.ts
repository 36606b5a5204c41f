import { messages } from '$lib/i18n';

export const offline = messages({
  en: {
    title: 'No connection',
    text: 'This page could not be fetched. What you have finished is safe with us. Come back when the signal does.',
    again: 'Try again',
  },
  fr: {
    title: 'Pas de connexion',
    text: 'Cette page n’a pas pu être chargée. Ce que vous avez terminé est en sécurité chez nous. Revenez quand le réseau sera là.',
    again: 'Réessayer',
  },
  ar: {
    title: 'لا يوجد اتصال',
    text: 'تعذّر تحميل هذه الصفحة. ما أكملته محفوظ لدينا. عُد حين تعود الشبكة.',
    again: 'أعد المحاولة',
  },
});
