/** Invented people and businesses of the demonstration: names that are common, put together at random. */
export const FIRST_NAMES = [
  ...['Aïcha', 'Alain', 'Amélie', 'Antoine', 'Aurélie', 'Bruno', 'Camille', 'Catherine', 'Cédric', 'Chloé'],
  ...['Denis', 'Élodie', 'Émilie', 'Fatima', 'Florence', 'François', 'Gaëlle', 'Hugo', 'Inès', 'Isabelle'],
  ...['Jérôme', 'Julie', 'Karim', 'Laurent', 'Léa', 'Linh', 'Lucas', 'Mamadou', 'Manon', 'Mathieu'],
  ...[
    'Mélanie',
    'Mohamed',
    'Nathalie',
    'Nicolas',
    'Olivier',
    'Patrick',
    'Rachida',
    'Sandrine',
    'Sofia',
    'Yann',
  ],
];
export const LAST_NAMES = [
  ...['Aubert', 'Bailly', 'Benoît', 'Berger', 'Besson', 'Blanchard', 'Boyer', 'Brun', 'Camara', 'Chevalier'],
  ...['Colin', 'Da Silva', 'Diallo', 'Dubois', 'Dupuis', 'Fabre', 'Faure', 'Fontaine', 'Garnier', 'Gauthier'],
  ...['Gérard', 'Girard', 'Guérin', 'Haddad', 'Hamidi', 'Henry', 'Kone', 'Lambert', 'Leclerc', 'Lefèvre'],
  ...['Lemoine', 'Lopes', 'Marchand', 'Mercier', 'Meunier', 'Moreau', 'Nguyen', 'Perrin', 'Picard', 'Renard'],
  ...['Rey', 'Rivière', 'Robin', 'Rousseau', 'Saidi', 'Simon', 'Traoré', 'Vidal', 'Vincent', 'Weber'],
];
/** What the business is called before its owner's name, and its sector (NACE Rev. 2). */
export const TRADES: readonly (readonly [name: string, sector: string])[] = [
  ['Boulangerie', '10.7'],
  ['Pâtisserie', '10.7'],
  ['Menuiserie', '43.32'],
  ['Plomberie', '43.22'],
  ['Peinture', '43.34'],
  ['Garage', '45.2'],
  ['Épicerie', '47.11'],
  ['Fleurs', '47.76'],
  ['Librairie', '47.61'],
  ['Restaurant', '56.1'],
  ['Café', '56.3'],
  ['Photographie', '74.2'],
  ['Coiffure', '96.02'],
  ['Pressing', '96.01'],
  ['Couture', '14.13'],
];
/** Regions by ISO 3166-2, each as often as it stands here. */
export const REGIONS = [
  ...Array.from({ length: 13 }, () => 'FR-IDF'),
  ...['FR-HDF', 'FR-HDF', 'FR-CVL', 'FR-NOR', 'FR-ARA', 'FR-BRE', 'FR-GES'],
];
