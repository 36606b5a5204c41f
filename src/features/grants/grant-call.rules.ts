import { defineRefusals } from '../../platform/errors.js';

export const grantRefusals = defineRefusals({
  BUSINESS_NEEDED: {
    en: 'Say for which business you ask, or register yours first.',
    fr: 'Indiquez pour quelle entreprise vous posez la question, ou enregistrez d’abord la vôtre.',
    field: 'businessId',
  },
});
