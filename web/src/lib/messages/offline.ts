import { messages } from '$lib/i18n';

/** Learning without a connection. `#` stands for what a script fills in. */
export const offline = messages({
  en: {
    title: 'No connection',
    text: 'This page is not kept on this phone, and could not be fetched. What you have finished is safe. Come back when the signal does.',
    hint: 'To read a course without a connection, open its page while you have one, and download it.',
    onPhone: 'Courses on this phone',
    again: 'Try again',
    download: (size: string) => `Download this course (${size})`,
    renew: (size: string) => `Update the download (${size})`,
    keeping: 'Downloading',
    kept: 'On this phone: you can read it and finish its lessons without a connection, and go over questions. Quizzes need one.',
    changed: 'The course has changed since you downloaded it.',
    broken: 'The connection was lost. What has arrived is kept: press again to go on.',
    full: 'There is not enough room on this phone. Free some space, then try again.',
    videosNotKept: 'Videos are not kept, as they are large: their transcripts are.',
    drop: 'Remove from this phone',
    waiting: {
      one: '# lesson is waiting to be sent. It goes by itself when the connection is back.',
      two: '# lessons are waiting to be sent. They go by themselves when the connection is back.',
      few: '# lessons are waiting to be sent. They go by themselves when the connection is back.',
      many: '# lessons are waiting to be sent. They go by themselves when the connection is back.',
      other: '# lessons are waiting to be sent. They go by themselves when the connection is back.',
    },
    answersWaiting: {
      one: '# answer is waiting to be sent.',
      other: '# answers are waiting to be sent.',
    },
    waits: 'waiting to be sent',
    doneHere: 'Done on this phone. It will be sent by itself when the connection is back.',
    refused: 'Something done on this phone could not be taken:',
    dismiss: 'Understood',
    quizNeedsLine:
      'A quiz needs a connection: your answers are checked with us, and the right ones never lie on a phone. The lessons you finish meanwhile count.',
    videoNotKept: 'The video needs a connection. Its transcript, if there is one, is below.',
    losing: (n: string) =>
      `Not sent yet: ${n}. If you sign out now, that will be lost: lessons will not count as done. Sign out all the same?`,
  },
  fr: {
    title: 'Pas de connexion',
    text: 'Cette page n’est pas gardée sur ce téléphone et n’a pas pu être chargée. Ce que vous avez terminé est en sécurité. Revenez quand le réseau sera là.',
    hint: 'Pour lire une formation sans connexion, ouvrez sa page quand vous en avez une, et téléchargez-la.',
    onPhone: 'Formations sur ce téléphone',
    again: 'Réessayer',
    download: (size: string) => `Télécharger cette formation (${size})`,
    renew: (size: string) => `Mettre à jour (${size})`,
    keeping: 'Téléchargement',
    kept: 'Sur ce téléphone : vous pouvez la lire et terminer ses leçons sans connexion, et revoir des questions. Les quiz en demandent une.',
    changed: 'La formation a changé depuis votre téléchargement.',
    broken: 'La connexion a été perdue. Ce qui est arrivé est gardé : appuyez de nouveau pour continuer.',
    full: 'Il n’y a pas assez de place sur ce téléphone. Libérez-en, puis réessayez.',
    videosNotKept: 'Les vidéos, trop lourdes, ne sont pas gardées ; leurs transcriptions le sont.',
    drop: 'Retirer de ce téléphone',
    waiting: {
      one: '# leçon attend d’être envoyée. Elle partira d’elle-même au retour du réseau.',
      two: '# leçons attendent d’être envoyées. Elles partiront d’elles-mêmes au retour du réseau.',
      few: '# leçons attendent d’être envoyées. Elles partiront d’elles-mêmes au retour du réseau.',
      many: '# leçons attendent d’être envoyées. Elles partiront d’elles-mêmes au retour du réseau.',
      other: '# leçons attendent d’être envoyées. Elles partiront d’elles-mêmes au retour du réseau.',
    },
    answersWaiting: {
      one: '# réponse attend d’être envoyée.',
      other: '# réponses attendent d’être envoyées.',
    },
    waits: 'à envoyer',
    doneHere: 'Terminée sur ce téléphone. Elle sera envoyée d’elle-même au retour du réseau.',
    refused: 'Quelque chose que vous avez fait sur ce téléphone n’a pas pu être pris en compte :',
    dismiss: 'J’ai compris',
    quizNeedsLine:
      'Un quiz demande une connexion : vos réponses sont vérifiées chez nous, et les bonnes ne restent jamais sur un téléphone. Les leçons que vous terminez entre-temps comptent.',
    videoNotKept: 'La vidéo demande une connexion. Sa transcription, s’il y en a une, est plus bas.',
    losing: (n: string) =>
      `Pas encore envoyé : ${n}. Si vous vous déconnectez maintenant, ce sera perdu : les leçons ne compteront pas comme terminées. Vous déconnecter quand même ?`,
  },
  ar: {
    title: 'لا يوجد اتصال',
    text: 'هذه الصفحة غير محفوظة على هذا الهاتف وتعذّر تحميلها. ما أكملته محفوظ. عُد حين تعود الشبكة.',
    again: 'أعد المحاولة',
  },
});
