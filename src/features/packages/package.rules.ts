import { defineRefusals } from '../../platform/errors.js';

export const packageRefusals = defineRefusals({
  PACKAGE_CHANGED: {
    en: 'This lesson was changed while its page was open. Reload the page, and open the lesson again.',
    fr: 'Cette leçon a été modifiée pendant que sa page était ouverte. Rechargez la page, puis rouvrez la leçon.',
  },
  PACKAGE_OPENED_ELSEWHERE: {
    en: 'This lesson was opened again in another window: your place is kept there, and no longer here.',
    fr: 'Cette leçon a été rouverte dans une autre fenêtre : votre progression est gardée là-bas, et plus ici.',
  },
  PACKAGE_DATA_TOO_LARGE: {
    en: 'This lesson keeps more data than it may ({max} characters): what you did last is not kept. Tell the trainer of the course.',
    fr: 'Cette leçon garde plus de données que permis ({max} caractères) : ce que vous avez fait en dernier n’est pas gardé. Prévenez le formateur.',
  },
});
