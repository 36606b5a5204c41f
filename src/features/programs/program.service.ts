import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import type { Localized } from '../../platform/locale.js';
import { Cohort, Program, ProgramCourse, ProgramManager } from './program.entity.js';

/** Everything a program starts with. */
export interface NewProgram {
  slug: string;
  names: Localized;
  /** IANA time zone. */
  timeZone: string;
  managerIds: string[];
  courseIds: string[];
  cohorts: { name: string; startsOn: string; endsOn: string; learningEndsOn?: string; seats?: number }[];
}

/** Sets programs up. */
@Injectable()
export class ProgramService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async create(input: NewProgram): Promise<{ program: Program; cohorts: Cohort[] }> {
    const { slug, names, timeZone, managerIds, courseIds } = input;
    const createdAt = this.clock.now();
    const program: Program = { id: this.ids.next(), slug, names, timeZone, createdAt };
    const cohorts: Cohort[] = input.cohorts.map((cohort) => ({
      id: this.ids.next(),
      programId: program.id,
      timeZone,
      learningEndsOn: null,
      seats: null,
      revision: 1,
      ...cohort,
    }));
    await this.database.transaction(async (tx) => {
      await tx.insert(Program, program);
      await tx.insert(
        ProgramManager,
        managerIds.map((personId) => ({ programId: program.id, personId, createdAt })),
      );
      await tx.insert(
        ProgramCourse,
        courseIds.map((courseId) => ({ programId: program.id, courseId })),
      );
      await tx.insert(Cohort, cohorts);
    });
    return { program, cohorts };
  }
}
