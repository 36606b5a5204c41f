/** What happens to learners on earlier versions when a version is published. */
export const PUBLISH_POLICIES = ['NEW_LEARNERS_ONLY', 'MOVE_IN_PROGRESS', 'MOVE_AND_ASK_COMPLETED'] as const;
export type PublishPolicy = (typeof PUBLISH_POLICIES)[number];
