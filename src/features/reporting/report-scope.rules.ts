import { BadInputError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';

/** The region code of enrollments whose region nobody stated. */
export const NOT_STATED = 'NOT_STATED';

/** Filters as a manager chose them. */
export interface ReportFilters {
  enrolledFrom?: string | null;
  enrolledUntil?: string | null;
  courseId?: string | null;
  cohortId?: string | null;
  regionCode?: string | null;
}

/** Which enrollments of a program are meant. Every filter applies to every figure and list. */
export interface ReportScope {
  programId: string;
  /** First and last calendar day of enrollment, in the program's time zone. */
  enrolledFrom: string | null;
  enrolledUntil: string | null;
  courseId: string | null;
  cohortId: string | null;
  /** ISO 3166-2 code; {@link NOT_STATED} for enrollments without a region. */
  regionCode: string | null;
  /** Enrollments made up to then. */
  asOf: Date;
}

/** @throws BadInputError about a filter; NotFoundError when a course or cohort cannot exist. */
export function readScope(programId: string, filters: ReportFilters, asOf: Date): ReportScope {
  const { regionCode } = filters;
  if (regionCode != null && regionCode !== NOT_STATED && !/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(regionCode)) {
    throw new BadInputError(`regionCode: must be an ISO 3166-2 code such as FR-IDF, or ${NOT_STATED}.`);
  }
  for (const name of ['enrolledFrom', 'enrolledUntil'] as const) {
    if (filters[name]?.startsWith('0000')) throw new BadInputError(`${name}: there is no year 0.`);
  }
  return {
    programId,
    enrolledFrom: filters.enrolledFrom ?? null,
    enrolledUntil: filters.enrolledUntil ?? null,
    courseId: filters.courseId ? parseId(filters.courseId) : null,
    cohortId: filters.cohortId ? parseId(filters.cohortId) : null,
    regionCode: regionCode ?? null,
    asOf,
  };
}
