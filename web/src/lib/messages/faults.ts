import { messages } from '$lib/i18n';

/** What the error page says, by HTTP status: what happened, and what to do. */
export const faults = messages({
  en: {
    title: (status: number) =>
      ({
        400: 'This address is not right',
        403: 'This page is not for you',
        404: 'There is nothing here',
        405: 'This address is not right',
        413: 'This is too much at once',
      })[status] ?? (status === 503 ? 'A moment, please' : 'Something broke on our side'),
    sentence: (status: number) =>
      ({
        400: 'Something in the address of this page is not right. Go back and follow the link again.',
        403: 'Your account may not open this page. If you think it should, ask whoever runs your program.',
        404: 'The page may have moved, or the link was cut short. Nothing of yours is lost.',
        405: 'Nothing can be sent to this address. Go back and try the form again.',
        413: 'What was sent is too large, and was not kept. Go back and send less: for a badge, its address is enough.',
        503: 'The service is briefly unavailable. Nothing was changed; try again in a moment.',
      })[status] ?? 'The fault is ours, and it was noted. Nothing was changed; try again in a moment.',
    again: 'Try again',
    home: 'Back to the start',
    number: 'Number of the fault',
  },
  fr: {
    title: (status: number) =>
      ({
        400: 'Cette adresse n’est pas bonne',
        403: 'Cette page ne vous est pas ouverte',
        404: 'Il n’y a rien ici',
        405: 'Cette adresse n’est pas bonne',
        413: 'C’est trop en une fois',
      })[status] ?? (status === 503 ? 'Un instant, s’il vous plaît' : 'Une panne de notre côté'),
    sentence: (status: number) =>
      ({
        400: 'Quelque chose ne va pas dans l’adresse de cette page. Revenez en arrière et suivez de nouveau le lien.',
        403: 'Votre compte ne permet pas d’ouvrir cette page. Si c’est une erreur, parlez-en au responsable de votre programme.',
        404: 'La page a peut-être changé d’adresse, ou le lien a été coupé. Rien de ce qui est à vous n’est perdu.',
        405: 'Rien ne peut être envoyé à cette adresse. Revenez en arrière et réessayez le formulaire.',
        413: 'Ce qui a été envoyé est trop gros et n’a pas été gardé. Revenez en arrière et envoyez moins : pour un badge, son adresse suffit.',
        503: 'Le service est indisponible pour un court moment. Rien n’a été modifié ; réessayez dans un instant.',
      })[status] ??
      'La panne vient de nous et elle a été notée. Rien n’a été modifié ; réessayez dans un instant.',
    again: 'Réessayer',
    home: 'Retour à l’accueil',
    number: 'Numéro de la panne',
  },
  ar: {
    again: 'أعد المحاولة',
    home: 'العودة إلى البداية',
  },
});
