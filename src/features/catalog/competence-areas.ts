/**
 * The topics that the catalog is filtered by: the competence areas of DigComp 2.2, the Digital Competence Framework for Citizens
 * (https://publications.jrc.ec.europa.eu/repository/handle/JRC128415). A course that is about one names it among its topics.
 */
export const COMPETENCE_AREAS = [
  'information-and-data-literacy',
  'communication-and-collaboration',
  'digital-content-creation',
  'safety',
  'problem-solving',
] as const;
