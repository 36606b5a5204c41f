import { registerEnumType } from '@nestjs/graphql';
import { GRADE_POLICIES, SHOW_ANSWERS } from './course-content.js';

export const GradePolicyEnum = Object.fromEntries(GRADE_POLICIES.map((policy) => [policy, policy]));
registerEnumType(GradePolicyEnum, {
  name: 'GradePolicy',
  description: 'Which attempts make the result of a quiz. A quiz once passed stays passed.',
});

export const ShowAnswersEnum = Object.fromEntries(SHOW_ANSWERS.map((when) => [when, when]));
registerEnumType(ShowAnswersEnum, {
  name: 'ShowAnswers',
  description: 'When a learner is shown, question by question, what is right. The score is always told.',
  valuesMap: {
    AFTER_ATTEMPT: { description: 'As soon as the attempt is graded.' },
    AFTER_PASS: { description: 'Once the learner has passed, in one of their attempts.' },
    AFTER_CLOSE: { description: 'After the quiz has closed for everybody.' },
  },
});
