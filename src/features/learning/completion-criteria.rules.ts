import { defineRefusals } from '../../platform/errors.js';

/** Longest reason for a change, in characters. */
export const MAX_CRITERIA_REASON = 500;

export const criteriaRefusals = defineRefusals({
  CRITERIA_MINIMUM_OUT_OF_RANGE: {
    en: 'The overall minimum is a whole number of percent from 1 to 100. Leave it empty for none.',
    fr: 'Le minimum global est un nombre entier de pour cent, de 1 à 100. Laissez vide pour n’en demander aucun.',
    field: 'overallMinimumPercent',
  },
  CRITERIA_UNCHANGED: {
    en: 'This is what the course asks already: there is nothing to change.',
    fr: 'C’est déjà ce que la formation demande : il n’y a rien à changer.',
    field: 'overallMinimumPercent',
  },
  CRITERIA_CHANGED_MEANWHILE: {
    en: 'Somebody changed the criteria meanwhile. Look at the preview again before you apply yours.',
    fr: 'Quelqu’un a modifié les critères entre-temps. Regardez de nouveau l’aperçu avant d’appliquer les vôtres.',
  },
});

export const isMinimum = (percent: number | null): boolean =>
  percent === null || (Number.isInteger(percent) && percent >= 1 && percent <= 100);
