import { messages } from '$lib/i18n';

/** The places that learners mark for themselves. */
export const bookmarks = messages({
  en: {
    title: 'My bookmarks',
    lead: 'The places that you marked in your courses. Only you can see them.',
    none: 'No bookmarks yet',
    noneText:
      'In a lesson, press the bookmark beside its title, or beside a heading or a video in it. All your bookmarks will be here.',
    noneHere: 'No bookmark in this course',
    more: 'Earlier bookmarks',
    all: 'All my bookmarks',
    ofCourse: 'My bookmarks in this course',
    onlyCourse: (course: string) => `Only those of “${course}”`,
    set: 'Set a bookmark',
    marked: 'Bookmark set',
    setAt: (place: string) => `Set a bookmark: ${place}`,
    video: 'the video',
    setOn: (when: string) => `Set on ${when}`,
    remove: 'Remove the bookmark',
    removeAt: (place: string) => `Remove the bookmark: ${place}`,
    removed: 'The bookmark is removed.',
    undo: 'Set it again',
    gone: 'This lesson is no longer part of the course.',
  },
  fr: {
    title: 'Mes marque-pages',
    lead: 'Les endroits que vous avez marqués dans vos formations. Vous seul pouvez les voir.',
    none: 'Pas encore de marque-pages',
    noneText:
      'Dans une leçon, appuyez sur le marque-page à côté de son titre, d’un intertitre ou d’une vidéo. Tous vos marque-pages seront réunis ici.',
    noneHere: 'Aucun marque-page dans cette formation',
    more: 'Marque-pages plus anciens',
    all: 'Tous mes marque-pages',
    ofCourse: 'Mes marque-pages dans cette formation',
    onlyCourse: (course: string) => `Seulement ceux de « ${course} »`,
    set: 'Poser un marque-page',
    marked: 'Marque-page posé',
    setAt: (place: string) => `Poser un marque-page : ${place}`,
    video: 'la vidéo',
    setOn: (when: string) => `Posé le ${when}`,
    remove: 'Retirer le marque-page',
    removeAt: (place: string) => `Retirer le marque-page : ${place}`,
    removed: 'Le marque-page est retiré.',
    undo: 'Le remettre',
    gone: 'Cette leçon ne fait plus partie de la formation.',
  },
});
