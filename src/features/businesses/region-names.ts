import type { Localized } from '../../platform/locale.js';

const same = (name: string): Localized => ({ en: name, fr: name });

/**
 * Names of regions by ISO 3166-2 code, where the product is used. Neither Node nor its Intl data names subdivisions; a
 * region that is not here reads as its code.
 */
export const REGION_NAMES: Readonly<Record<string, Localized>> = {
  'FR-ARA': same('Auvergne-Rhône-Alpes'),
  'FR-BFC': same('Bourgogne-Franche-Comté'),
  'FR-BRE': { en: 'Brittany', fr: 'Bretagne' },
  'FR-CVL': same('Centre-Val de Loire'),
  'FR-20R': { en: 'Corsica', fr: 'Corse' },
  'FR-GES': same('Grand Est'),
  'FR-HDF': same('Hauts-de-France'),
  'FR-IDF': same('Île-de-France'),
  'FR-NOR': { en: 'Normandy', fr: 'Normandie' },
  'FR-NAQ': same('Nouvelle-Aquitaine'),
  'FR-OCC': { en: 'Occitania', fr: 'Occitanie' },
  'FR-PDL': same('Pays de la Loire'),
  'FR-PAC': same('Provence-Alpes-Côte d’Azur'),
  'FR-971': same('Guadeloupe'),
  'FR-972': same('Martinique'),
  'FR-973': { en: 'French Guiana', fr: 'Guyane' },
  'FR-974': { en: 'Réunion', fr: 'La Réunion' },
  'FR-976': same('Mayotte'),
};
