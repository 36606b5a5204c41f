import { messages } from '$lib/i18n';

/** The overall grade of a course that asks for one. */
export const overall = messages({
  en: {
    title: 'Your overall grade',
    asks: (need: string) => `To complete this course you need ${need} on average over its quizzes.`,
    sofar: (have: string) => `So far you have ${have}.`,
    none: 'No quiz is graded yet.',
    raise: 'Take a quiz again to raise it:',
    raiseOrGoOn: 'The quizzes that are left count too. These you may also take again:',
    stays: 'What you passed stays passed.',
    nothing: 'None of your quizzes can be taken again now. Ask your trainer for another try.',
    left: 'The quizzes that are left can raise it.',
    graded: (percent: string) => `you have ${percent}`,
    again: (have: string, need: string) =>
      `You passed this quiz, and that stays. On average over the quizzes you have ${have}, and the course asks for ${need}: you may take it again.`,
    best: 'Your best try counts.',
    afterQuiz: (have: string, need: string) =>
      `To complete the course you need ${need} on average over its quizzes, and you have ${have}.`,
    which: 'See which quiz you may take again',
  },
  fr: {
    title: 'Votre note globale',
    asks: (need: string) => `Pour terminer cette formation, il faut ${need} en moyenne sur ses quiz.`,
    sofar: (have: string) => `Pour l’instant, vous avez ${have}.`,
    none: 'Aucun quiz n’est encore noté.',
    raise: 'Repassez un quiz pour la relever :',
    raiseOrGoOn: 'Les quiz qui restent comptent aussi. Vous pouvez également repasser :',
    stays: 'Ce que vous avez réussi reste réussi.',
    nothing:
      'Aucun de vos quiz ne peut être repassé pour le moment. Demandez un essai de plus à votre formateur.',
    left: 'Les quiz qui restent peuvent la relever.',
    graded: (percent: string) => `vous avez ${percent}`,
    again: (have: string, need: string) =>
      `Vous avez réussi ce quiz, et cela reste. En moyenne sur les quiz vous avez ${have}, et la formation demande ${need} : vous pouvez le repasser.`,
    best: 'Votre meilleur essai compte.',
    afterQuiz: (have: string, need: string) =>
      `Pour terminer la formation, il faut ${need} en moyenne sur ses quiz, et vous avez ${have}.`,
    which: 'Voir quel quiz vous pouvez repasser',
  },
  ar: {
    title: 'معدلك العام',
    asks: (need: string) => `لإتمام هذه الدورة تحتاج إلى معدل ${need} في اختباراتها.`,
    sofar: (have: string) => `لديك حتى الآن ${have}.`,
    none: 'لم يُصحَّح أي اختبار بعد.',
    raise: 'أعد اختبارًا لرفعه:',
    raiseOrGoOn: 'الاختبارات المتبقية تُحتسب أيضًا. ويمكنك كذلك إعادة:',
    stays: 'ما نجحت فيه يبقى ناجحًا.',
    nothing: 'لا يمكن إعادة أي من اختباراتك الآن. اطلب محاولة أخرى من مدربك.',
    left: 'يمكن للاختبارات المتبقية أن ترفعه.',
    graded: (percent: string) => `لديك ${percent}`,
    again: (have: string, need: string) =>
      `لقد نجحت في هذا الاختبار، وهذا يبقى. معدلك في الاختبارات ${have} والدورة تطلب ${need}: يمكنك إعادته.`,
    best: 'تُحتسب أفضل محاولة لك.',
    afterQuiz: (have: string, need: string) =>
      `لإتمام الدورة تحتاج إلى معدل ${need} في اختباراتها، ولديك ${have}.`,
    which: 'اعرف أي اختبار يمكنك إعادته',
  },
});
