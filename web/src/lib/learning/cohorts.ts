/** A cohort that offers a course, as its learners read it. */
export interface OfferedCohort {
  id: string;
  name: string;
  programName: string;
  /** `YYYY-MM-DD`, as all its days. */
  startsOn: string;
  endsOn: string;
  timeZone: string;
  learningEndsOn: string | null;
  seats: number | null;
  seatsLeft: number | null;
  phase: string | null;
}

/** The value by which a form says that no cohort is wanted. */
export const WITHOUT_COHORT = 'none';

export const isFull = ({ seatsLeft }: OfferedCohort): boolean => seatsLeft === 0;
