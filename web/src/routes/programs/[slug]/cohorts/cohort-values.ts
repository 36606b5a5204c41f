/** What stands in the form of a cohort. Empty: none. */
export interface CohortValues extends Record<string, unknown> {
  name: string;
  /** `YYYY-MM-DD`, as all its days. */
  startsOn: string;
  endsOn: string;
  timeZone: string;
  seats: string;
  learningEndsOn: string;
  /** Whether the courses are all of the program's. */
  offer: 'all' | 'some';
  courseIds: string[];
}
