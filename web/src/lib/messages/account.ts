import { messages } from '$lib/i18n';

export const account = messages({
  en: {
    title: 'My account',
    welcome: 'What name should be on your certificate?',
    welcomeIntro:
      'Write it as you would sign a letter. You can change it here until a certificate is issued; a certificate keeps the name it was issued with.',
    name: 'Your name',
    nameHint:
      'As it will stand on your certificates. Those you already have keep the name they were issued with.',
    continue: 'Save and go on',
    skip: 'Not now',
    save: 'Save',
    nameSaved: 'Your name is saved.',
    timeZoneSaved: 'Your time zone is saved.',
    email: 'Email address',
    emailHint: 'Your codes and reminders go there. It is how we know you, so it stays the same.',
    language: 'Language',
    languageHint: 'Of these pages, and of our mails to you, which are in French or in English.',
    timeZone: 'Time zone',
    timeZoneHint: 'Times and deadlines are shown in it.',
    leaving: 'On a shared computer, sign out when you are done. Your progress stays safe.',
  },
  fr: {
    title: 'Mon compte',
    welcome: 'Quel nom inscrire sur votre attestation ?',
    welcomeIntro:
      'Écrivez-le comme vous signeriez une lettre. Vous pourrez le changer ici ; une attestation déjà délivrée garde le nom qu’elle portait.',
    name: 'Votre nom',
    nameHint:
      'Tel qu’il figurera sur vos attestations. Celles que vous avez déjà gardent le nom qu’elles portaient.',
    continue: 'Enregistrer et continuer',
    skip: 'Plus tard',
    save: 'Enregistrer',
    nameSaved: 'Votre nom est enregistré.',
    timeZoneSaved: 'Votre fuseau horaire est enregistré.',
    email: 'Adresse e-mail',
    emailHint: 'Vos codes et vos rappels y sont envoyés. C’est elle qui vous identifie : elle ne change pas.',
    language: 'Langue',
    languageHint: 'Celle de ces pages et de nos messages, qui sont en français ou en anglais.',
    timeZone: 'Fuseau horaire',
    timeZoneHint: 'Les heures et les dates limites sont affichées dans ce fuseau.',
    leaving:
      'Sur un ordinateur partagé, déconnectez-vous quand vous avez fini. Votre progression est conservée.',
  },
  ar: {
    title: 'حسابي',
    welcome: 'ما الاسم الذي يُكتب على شهادتك؟',
    welcomeIntro:
      'اكتبه كما توقّع رسالة. يمكنك تغييره هنا لاحقًا، أما الشهادة الصادرة فتحتفظ بالاسم الذي صدرت به.',
    name: 'اسمك',
    nameHint: 'كما سيظهر على شهاداتك. الشهادات التي لديك تحتفظ بالاسم الذي صدرت به.',
    continue: 'احفظ وتابع',
    skip: 'ليس الآن',
    save: 'حفظ',
    nameSaved: 'تم حفظ اسمك.',
    timeZoneSaved: 'تم حفظ منطقتك الزمنية.',
    email: 'البريد الإلكتروني',
    emailHint: 'إليه تُرسل رموزك وتذكيراتك. به نعرفك، لذلك لا يتغيّر.',
    language: 'اللغة',
    languageHint: 'لغة هذه الصفحات ورسائلنا إليك، وهي بالفرنسية أو الإنجليزية.',
    timeZone: 'المنطقة الزمنية',
    timeZoneHint: 'تُعرض بها الأوقات والمواعيد النهائية.',
    leaving: 'على حاسوب مشترك، سجّل الخروج عند الانتهاء. تقدّمك محفوظ.',
  },
});
