import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import type { Locale } from '../../platform/locale.js';
import { allOf, courseNameIn } from '../catalog/course-names.rules.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { findMissingPrerequisites } from './enrollment.queries.js';
import { enrollmentRefusals } from './enrollment.rules.js';

/** What has to be completed before a course may be entered. It is asked of whoever enters, and never again. */
@Injectable()
export class Prerequisites {
  constructor(private readonly outlines: Outlines) {}

  /**
   * Makes sure that somebody may enter a course. The caller holds the course's row, so that what is needed does not change meanwhile.
   * @throws DomainError `PREREQUISITE_MISSING`, which names the courses.
   */
  async require(tx: Tx, personId: string, courseId: string): Promise<void> {
    const versionIds = await findMissingPrerequisites(tx, personId, courseId);
    if (versionIds.length === 0) return;
    const versions: CourseVersion[] = [];
    for (const id of versionIds) versions.push((await this.outlines.require(id, tx)).version);
    const courses = (locale: Locale): string =>
      allOf(
        versions.map((version) => courseNameIn(locale, version)),
        locale,
      );
    throw new DomainError(enrollmentRefusals.PREREQUISITE_MISSING, { courses });
  }
}
