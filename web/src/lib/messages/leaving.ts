import { messages } from '$lib/i18n';
import type { LEAVING_REASONS } from '$lib/learning/leaving';

type Reasons = Record<(typeof LEAVING_REASONS)[number], string>;

/** The ways in which an enrollment ends and begins anew. */
export const leaving = messages({
  en: {
    leave: 'Leave this course',
    lead: 'What you did is kept, and you may come back whenever you like: you then start again from the first lesson, with the quiz attempts you have left.',
    cooling: (date: string) =>
      `If you leave by ${date}, you do not count in the figures of the program. Later, you count as somebody who enrolled.`,
    why: 'Why are you leaving?',
    choose: 'Choose a reason',
    chooseReason: 'Choose the reason that fits best.',
    reasons: {
      NO_TIME: 'I have no time for it now',
      NOT_WHAT_I_NEED: 'It is not what I need',
      TOO_HARD: 'It is too hard',
      TOO_EASY: 'I know all this already',
      TECHNICAL: 'It does not work well on my phone or computer',
      OTHER: 'Another reason',
    } as Reasons,
    /** As others read them. */
    reasonsTold: {
      NO_TIME: 'no time now',
      NOT_WHAT_I_NEED: 'not what they need',
      TOO_HARD: 'too hard',
      TOO_EASY: 'known already',
      TECHNICAL: 'technical trouble',
      OTHER: 'another reason',
    } as Reasons,
    note: 'Would you tell us more? (optional)',
    confirm: 'Leave the course',
    left: (date: string) => `You left this course on ${date}.`,
    expired: (date: string) => `The time for this course was over on ${date}.`,
    startAgain: 'What you did then is kept. If you start again, you begin with the first lesson.',
    until: (date: string, city: string) => `You have until the end of ${date} (${city}) to finish it.`,
    again: 'Take the course again',
    againLead: 'Your badge stays. You begin with the first lesson, and earn a new badge at the end.',
    earlierBadge: (date: string) => `See my badge of ${date}`,
    endedTitle: 'No longer taken',
  },
  fr: {
    leave: 'Quitter cette formation',
    lead: 'Ce que vous avez fait est conservé, et vous pouvez revenir quand vous voulez : vous recommencez alors à la première leçon, avec les essais de quiz qu’il vous reste.',
    cooling: (date: string) =>
      `Si vous partez au plus tard le ${date}, vous ne comptez pas dans les chiffres du programme. Après cette date, vous y comptez parmi les inscrits.`,
    why: 'Pourquoi partez-vous ?',
    choose: 'Choisissez une raison',
    chooseReason: 'Choisissez la raison qui convient le mieux.',
    reasons: {
      NO_TIME: 'Je n’ai pas le temps en ce moment',
      NOT_WHAT_I_NEED: 'Ce n’est pas ce qu’il me faut',
      TOO_HARD: 'C’est trop difficile',
      TOO_EASY: 'Je sais déjà tout cela',
      TECHNICAL: 'Cela marche mal sur mon téléphone ou mon ordinateur',
      OTHER: 'Une autre raison',
    } as Reasons,
    reasonsTold: {
      NO_TIME: 'pas le temps',
      NOT_WHAT_I_NEED: 'pas ce qu’il faut',
      TOO_HARD: 'trop difficile',
      TOO_EASY: 'déjà connu',
      TECHNICAL: 'difficulté technique',
      OTHER: 'autre raison',
    } as Reasons,
    note: 'Voulez-vous nous en dire plus ? (facultatif)',
    confirm: 'Quitter la formation',
    left: (date: string) => `Vous avez quitté cette formation le ${date}.`,
    expired: (date: string) => `Le délai pour cette formation est passé depuis le ${date}.`,
    startAgain:
      'Ce que vous aviez fait est conservé. Si vous recommencez, vous reprenez à la première leçon.',
    until: (date: string, city: string) => `Vous avez jusqu’à la fin du ${date} (${city}) pour la terminer.`,
    again: 'Suivre à nouveau la formation',
    againLead: 'Votre badge reste. Vous recommencez à la première leçon et gagnez un nouveau badge à la fin.',
    earlierBadge: (date: string) => `Voir mon badge du ${date}`,
    endedTitle: 'Formations quittées ou expirées',
  },
});
