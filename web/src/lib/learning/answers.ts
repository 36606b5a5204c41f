/** An answer as the API takes it. */
export interface SentAnswer {
  questionId: string;
  optionIds: string[];
  text: string | null;
  pairs: { optionId: string; matchId: string }[];
}

/** Names of the fields that answer a question. One of a pair or a place is followed by the option's id. */
export const fieldOf = {
  choice: (question: string) => `choice-${question}`,
  text: (question: string) => `text-${question}`,
  match: (question: string, option = '') => `match-${question}-${option}`,
  place: (question: string, option = '') => `place-${question}-${option}`,
};

/** The answers of a form, in the order of its questions. Items to order without a place are left out. */
export const answersOf = (form: FormData): SentAnswer[] =>
  form
    .getAll('asked')
    .map(String)
    .map((questionId) => {
      const filled = (prefix: string) =>
        [...form]
          .filter(([name, value]) => name.startsWith(prefix) && value !== '')
          .map(([name, value]) => ({ optionId: name.slice(prefix.length), value: String(value) }));
      const places = filled(fieldOf.place(questionId)).sort((a, b) => Number(a.value) - Number(b.value));
      return {
        questionId,
        optionIds: [
          ...form.getAll(fieldOf.choice(questionId)).map(String),
          ...places.map(({ optionId }) => optionId),
        ],
        text: String(form.get(fieldOf.text(questionId)) ?? '') || null,
        pairs: filled(fieldOf.match(questionId)).map(({ optionId, value }) => ({ optionId, matchId: value })),
      };
    });

/** Where two items were given the same place: the indexes of those questions. */
export const sharedPlaces = (form: FormData): number[] =>
  form.getAll('asked').flatMap((questionId, index) => {
    const places = [...form].flatMap(([name, value]) =>
      name.startsWith(fieldOf.place(String(questionId))) && value !== '' ? [value] : [],
    );
    return new Set(places).size < places.length ? [index] : [];
  });

/** What was filled in, by the name of the field, to be shown again. */
export const filledIn = (form: FormData): Record<string, string[]> =>
  Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).map(String)]));
