/** How the demonstration tells its story and checks it. */
export const origin = process.env.PUBLIC_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
export const SLUG = 'get-found-online';

let checks = 0;

/** How many things were found to hold. */
export const checksDone = () => checks;
export const tell = (line) => console.log(`  ${line}`);
export const chapter = (title) => console.log(`\n${title}`);

/** @param {unknown} holds @param {string} sentence */
export function check(holds, sentence) {
  if (!holds) throw new Error(`This does not hold: ${sentence}`);
  checks += 1;
  tell(`✓ ${sentence}`);
}

/** Asks until the answer is there: background work takes a moment. */
export async function eventually(what, ask) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited 30 s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export const COURSE = `query ($slug: String!) { course(slug: $slug) { id title
  version { id number } modules { title lessons { id key title kind required body } }
  enrollment { id state version { number } progress { requiredLessons completedLessons minutesLeft missing { code lesson { title } minutes } } } } }`;
