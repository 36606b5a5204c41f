import { messages } from '$lib/i18n';

/** The competence areas of DigComp 2.2, as courses name them among their topics. */
export const topics = messages({
  en: {
    'information-and-data-literacy': 'Information and data literacy',
    'communication-and-collaboration': 'Communication and collaboration',
    'digital-content-creation': 'Digital content creation',
    safety: 'Safety',
    'problem-solving': 'Problem solving',
  },
  fr: {
    'information-and-data-literacy': 'Information et données',
    'communication-and-collaboration': 'Communication et collaboration',
    'digital-content-creation': 'Création de contenus numériques',
    safety: 'Sécurité',
    'problem-solving': 'Résolution de problèmes',
  },
  ar: {
    'information-and-data-literacy': 'المعلومات والبيانات',
    'communication-and-collaboration': 'التواصل والتعاون',
    'digital-content-creation': 'إنشاء المحتوى الرقمي',
    safety: 'الأمان',
    'problem-solving': 'حل المشكلات',
  },
});

export type Topic = keyof ReturnType<typeof topics>;

export const TOPICS = [
  'information-and-data-literacy',
  'communication-and-collaboration',
  'digital-content-creation',
  'safety',
  'problem-solving',
] as const satisfies readonly Topic[];

export const isTopic = (text: string): text is Topic => TOPICS.includes(text as Topic);
