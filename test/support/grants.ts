import type { RuleNode } from '../../src/features/grants/eligibility.conditions.js';
import { aCall, aCourse, aPerson, aProgram, type BuiltCourse } from './builders.js';
import type { Client } from './client.js';
import { START, startTestApp, type TestApp } from './test-app.js';

/** What the question of eligibility answers. */
export interface Asked {
  answer: string;
  minutesToEligible: number | null;
  ruleSetNumber: number;
  conditions: {
    key: string;
    result: string;
    reason: string;
    sentence: string;
    decisive: boolean;
    evidence: Record<string, string | null>[];
  }[];
  actions: {
    kind: string;
    sentence: string;
    minutes: number;
    factKind: string | null;
    factAsOf: string | null;
    courseId: string | null;
    before: string | null;
    steps: { sentence: string; minutes: number }[];
  }[];
}

export const ELIGIBILITY = `query ($callId: ID!, $businessId: ID) { eligibility(callId: $callId, businessId: $businessId) {
  answer minutesToEligible ruleSetNumber evaluatedAt
  conditions { key kind result reason negated decisive sentence evidence { kind value asOf source certificateId recordedAt sentence } }
  actions { kind sentence minutes factKind factAsOf courseId before steps { sentence minutes } } } }`;

/** Asks whether a business may have the grant of a call. */
export async function ask(client: Client, callId: string, businessId?: string): Promise<Asked> {
  return (await client.ask(ELIGIBILITY, { callId, businessId })).eligibility;
}

/** An app with a program of one course, to which a suite adds calls. */
export interface Grants {
  app: TestApp;
  trainer: Client;
  manager: Client & { personId: string };
  course: BuiltCourse;
  /** A call of the program. */
  aCallFor: (rules: RuleNode, window?: object) => Promise<string>;
  /** Moves the clock, further than a session lasts. */
  goTo: (instant: string) => Promise<void>;
  /** Before each test: the clock is back at the start. */
  startOver: () => Promise<void>;
}

export async function startGrants(): Promise<Grants> {
  const app = await startTestApp();
  const trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
  const manager = await aPerson(app, { name: 'manager', roles: ['MANAGER'] });
  const course = await aCourse(trainer);
  const { programId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
  return {
    app,
    trainer,
    manager,
    course,
    aCallFor: (rules, window = {}) =>
      aCall(app, { programId, rules, createdBy: manager.personId, ...window }),
    goTo: async (instant) => {
      await app.sql(`UPDATE session SET expires_at = '2100-01-01'`);
      app.clock.set(instant);
    },
    startOver: async () => {
      app.clock.set(START.toISOString());
      await app.sql('DELETE FROM sign_in_code'); // how many an address of the net may ask for in an hour is another matter
    },
  };
}
