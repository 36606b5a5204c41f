import { graphql } from '$lib/api/graphql';

/** People at risk, as their cards show them. */
export const riskPage = graphql(`
  fragment RiskPage on LearnerAtRiskConnection @_unmask {
    totalCount
    goneCount
    nodes {
      email
      lastActivityAt
      regionName
      person {
        name
      }
      cohort {
        name
      }
      reasons {
        code
        sentence
      }
      enrollment {
        id
        course {
          title
        }
        progress {
          completedLessons
          requiredLessons
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
`);
