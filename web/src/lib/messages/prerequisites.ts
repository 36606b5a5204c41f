import { messages } from '$lib/i18n';

/** What has to be completed before a course, for learners and for its authors. */
export const prerequisites = messages({
  en: {
    title: 'Before this course',
    done: 'completed',
    missing: 'to complete',
    lead: 'Complete what is missing first. Then you can start this course.',
    invitation: 'Complete what is missing first. Then you can accept the invitation.',
    goTo: (course: string) => `Go to “${course}”`,

    heading: 'Prerequisites',
    headingText:
      'Only those who have completed these courses can start this one. It holds at once, without publishing. Those who are enrolled already go on as before.',
    none: 'None yet: anyone can start this course.',
    onlyAuthors: 'Its authors can change this.',
    choose: 'A course to complete first',
    chooseOne: 'Choose a course',
    noOther: 'No other course is published yet.',
    add: 'Add the course',
    remove: 'Remove',
    removeOf: (course: string) => `Remove “${course}”`,
    saved: 'Saved. It holds from now on.',
  },
  fr: {
    title: 'Avant cette formation',
    done: 'terminée',
    missing: 'à terminer',
    lead: 'Terminez d’abord ce qui manque. Vous pourrez ensuite commencer cette formation.',
    invitation: 'Terminez d’abord ce qui manque. Vous pourrez ensuite accepter l’invitation.',
    goTo: (course: string) => `Aller à « ${course} »`,

    heading: 'Prérequis',
    headingText:
      'Seules les personnes qui ont terminé ces formations peuvent commencer celle-ci. Cela vaut tout de suite, sans publier. Celles qui sont déjà inscrites continuent comme avant.',
    none: 'Aucun pour l’instant : tout le monde peut commencer cette formation.',
    onlyAuthors: 'Ses auteurs peuvent changer cela.',
    choose: 'Une formation à terminer d’abord',
    chooseOne: 'Choisissez une formation',
    noOther: 'Aucune autre formation n’est encore publiée.',
    add: 'Ajouter la formation',
    remove: 'Retirer',
    removeOf: (course: string) => `Retirer « ${course} »`,
    saved: 'Enregistré. Cela vaut dès maintenant.',
  },
});
