import { messages } from '$lib/i18n';

/** Lessons that are SCORM packages: their place on the lesson's page, and the document that plays them. */
export const packages = messages({
  en: {
    player: {
      title: 'Lesson',
      opening: 'Opening the lesson …',
      needsScript: 'This lesson runs a program in your browser, and needs JavaScript for it.',
      finished: 'This lesson has ended, and what you did is kept.',
      unsaved: 'The connection is lost. Keep this page open: what you do is sent as soon as it is back.',
      ended: 'This page was open for too long. Reload it and open the lesson again: your place is kept.',
      failed: 'The lesson could not be opened. Try again in a moment.',
    },
    intro: 'This lesson is an interactive program. It opens here, in this page, and keeps your place.',
    needsScript:
      'This lesson is a program that runs in your browser: turn JavaScript on to open it. The other lessons need none.',
    notHere:
      'This lesson cannot be played here: the address that such lessons are played from is not set up. Tell the people who run this site.',
    unreachable:
      'The lesson did not open: its own address cannot be reached from this device. Check your connection and try again.',
    open: 'Open the lesson',
    goOn: 'Go on with the lesson',
    again: 'Open again',
    full: 'Full screen',
    leaveFull: 'Leave full screen',
    frame: (lesson: string) => `Lesson: ${lesson}`,
    statuses: {
      INCOMPLETE: 'Begun. Work through the lesson to its end: it then counts as done by itself.',
      FAILED: 'Not passed yet. Open the lesson again and take another try.',
      COMPLETED: 'Done. You can open the lesson again as often as you like.',
      PASSED: 'Passed. You can open the lesson again as often as you like.',
    },
    score: (percent: string) => `Your best result: ${percent}`,
    preview: 'You are trying it out: nothing of it is recorded.',
  },
  fr: {
    player: {
      title: 'Leçon',
      opening: 'Ouverture de la leçon …',
      needsScript: 'Cette leçon est un programme qui a besoin de JavaScript dans votre navigateur.',
      finished: 'Cette leçon s’est terminée, et ce que vous avez fait est gardé.',
      unsaved:
        'La connexion est perdue. Gardez cette page ouverte : ce que vous faites est envoyé dès qu’elle revient.',
      ended:
        'Cette page est restée ouverte trop longtemps. Rechargez-la et rouvrez la leçon : votre progression est gardée.',
      failed: 'La leçon n’a pas pu s’ouvrir. Réessayez dans un instant.',
    },
    intro:
      'Cette leçon est un programme interactif. Elle s’ouvre ici, dans cette page, et garde votre progression.',
    needsScript:
      'Cette leçon est un programme qui s’exécute dans votre navigateur : activez JavaScript pour l’ouvrir. Les autres leçons n’en ont pas besoin.',
    notHere:
      'Cette leçon ne peut pas être suivie ici : l’adresse d’où ces leçons sont servies n’est pas configurée. Prévenez les personnes qui gèrent ce site.',
    unreachable:
      'La leçon ne s’est pas ouverte : son adresse n’est pas joignable depuis cet appareil. Vérifiez votre connexion et réessayez.',
    open: 'Ouvrir la leçon',
    goOn: 'Reprendre la leçon',
    again: 'Rouvrir',
    full: 'Plein écran',
    leaveFull: 'Quitter le plein écran',
    frame: (lesson: string) => `Leçon : ${lesson}`,
    statuses: {
      INCOMPLETE: 'Commencée. Suivez la leçon jusqu’au bout : elle compte alors d’elle-même comme terminée.',
      FAILED: 'Pas encore réussie. Rouvrez la leçon pour un nouvel essai.',
      COMPLETED: 'Terminée. Vous pouvez rouvrir la leçon autant que vous le souhaitez.',
      PASSED: 'Réussie. Vous pouvez rouvrir la leçon autant que vous le souhaitez.',
    },
    score: (percent: string) => `Votre meilleur résultat : ${percent}`,
    preview: 'Vous l’essayez : rien n’en est enregistré.',
  },
  ar: {
    intro: 'هذا الدرس برنامج تفاعلي. يُفتح هنا في هذه الصفحة ويحفظ موضعك.',
    needsScript: 'هذا الدرس برنامج يعمل في متصفحك: فعّل JavaScript لفتحه. الدروس الأخرى لا تحتاج إليه.',
    open: 'افتح الدرس',
    goOn: 'تابع الدرس',
    again: 'افتح من جديد',
    full: 'ملء الشاشة',
    leaveFull: 'إنهاء ملء الشاشة',
    frame: (lesson: string) => `الدرس: ${lesson}`,
    score: (percent: string) => `أفضل نتيجة لك: ${percent}`,
  },
});
