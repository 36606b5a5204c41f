/* eslint max-lines: off -- one story, told from top to bottom */
/**
 * `npm run demo`: walks the whole product as its people would, against the running server, over GraphQL and HTTP only.
 * Tells the story, and exits 0 only if all of it holds.
 */
import { learn } from './demo/learning.mjs';
import { badge, findOwner, grantAfter, grantBefore, reminder } from './demo/owner.mjs';
import { countsBefore, newVersion, report } from './demo/staff.mjs';
import { chapter, check, checksDone, origin } from './demo/story.mjs';

async function main() {
  console.log(`Walking through Tremplin at ${origin}`);
  chapter('A business owner signs in with a code from their mail');
  const { owner, name, business } = await findOwner();
  check(business, `${name} is signed in, for ${business?.name}`);
  const before = await countsBefore();
  const call = await grantBefore(owner, business);
  const enrolled = await reminder(owner);
  await newVersion(owner, enrolled);
  await learn(owner);
  await badge(owner);
  await grantAfter(owner, business, call);
  await report(before, owner.email);
  console.log(`\nAll of it holds: ${checksDone()} checks.`);
}

main().catch((error) => {
  console.error(`\n✗ ${error.message}`);
  if (error.cause) console.error(`  ${error.cause.message ?? error.cause}`);
  process.exit(1);
});
