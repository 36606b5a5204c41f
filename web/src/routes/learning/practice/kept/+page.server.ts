import { redirect } from '@sveltejs/kit';
import { signInAddress } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { shownQuestion } from '$lib/learning/question.server';
import { localDateOf } from '$lib/calendar';
import type { PageServerLoad } from './$types';

const PracticeKept = graphql(
  `
    query PracticeKept($dueBy: LocalDate!) {
      viewer {
        practice {
          today
          cards(first: 15, dueBy: $dueBy) {
            id
            versionId
            dueOn
            course {
              slug
              title
            }
            lesson {
              title
            }
            readAgain {
              key
              title
            }
            recognized {
              texts
              value
              tolerance
              whole
            }
            question {
              ...ShownQuestion
            }
            solved {
              explanation
              options {
                id
                text
                correct
              }
              solution {
                texts
                optionIds
                pairs {
                  optionId
                  matchId
                }
              }
            }
          }
        }
      }
    }
  `,
  [shownQuestion],
);

/** How long a phone may be without a line and still have what comes due meanwhile. */
const DAYS_AHEAD = 14;

/** What may be gone over without a line, with what is right in it: its learner has been shown it before. */
export const load: PageServerLoad = async ({ locals, url, parent }) => {
  const { now, timeZone } = await parent();
  const last = new Date(Date.parse(now) + DAYS_AHEAD * 86_400_000).toISOString();
  const { viewer } = await locals.api.query(PracticeKept, { dueBy: localDateOf(last, timeZone) });
  if (!viewer) redirect(303, signInAddress(url));
  return { practice: viewer.practice };
};
