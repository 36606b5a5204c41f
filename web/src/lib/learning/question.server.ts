import { graphql } from '$lib/api/graphql';

/** A question as its learner is shown it, with what they gave and, once it may be seen, what is right. */
export const shownQuestion = graphql(`
  fragment ShownQuestion on AttemptQuestion @_unmask {
    id
    kind
    promptHtml
    chosenOptionIds
    text
    pairs {
      optionId
      matchId
    }
    points
    feedback
    explanation
    options {
      id
      text
      correct
      feedback
    }
    matches {
      id
      text
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
`);
