import { messages } from '$lib/i18n';

export const signIn = messages({
  en: {
    title: 'Sign in',
    intro:
      'No password: we send a six-digit code to your email address. New here? This makes your account too.',
    email: 'Email address',
    send: 'Send me the code',
    sentTo: (email: string) =>
      `The code is on its way to ${email}. It works for 10 minutes, in this browser.`,
    code: 'Six-digit code',
    codeHint: 'Nothing after a minute? Look among the unwanted mail.',
    enter: 'Sign in',
    other: 'Use another address, or send a new code',
    mailbox: 'Demonstration: open the mailbox in a new tab',
  },
  fr: {
    title: 'Se connecter',
    intro:
      'Pas de mot de passe : nous envoyons un code à six chiffres à votre adresse. Première visite ? Votre compte est créé en même temps.',
    email: 'Adresse e-mail',
    send: 'Recevoir le code',
    sentTo: (email: string) => `Le code part vers ${email}. Il est valable 10 minutes, dans ce navigateur.`,
    code: 'Code à six chiffres',
    codeHint: 'Rien après une minute ? Regardez dans les courriers indésirables.',
    enter: 'Se connecter',
    other: 'Utiliser une autre adresse, ou renvoyer un code',
    mailbox: 'Démonstration : ouvrir la boîte aux lettres dans un nouvel onglet',
  },
  ar: {
    title: 'تسجيل الدخول',
    intro: 'بلا كلمة مرور: نرسل رمزًا من ستة أرقام إلى بريدك الإلكتروني. أول زيارة؟ يُنشأ حسابك في الوقت نفسه.',
    email: 'البريد الإلكتروني',
    send: 'أرسل لي الرمز',
    sentTo: (email: string) => `الرمز في طريقه إلى ${email}. يعمل لمدة 10 دقائق في هذا المتصفح.`,
    code: 'الرمز المكوّن من ستة أرقام',
    codeHint: 'لم يصل شيء بعد دقيقة؟ ابحث في البريد غير المرغوب فيه.',
    enter: 'دخول',
    other: 'استخدم عنوانًا آخر أو أرسل رمزًا جديدًا',
    mailbox: 'عرض تجريبي: افتح صندوق البريد في علامة تبويب جديدة',
  },
});
