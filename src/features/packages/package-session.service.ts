import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import type { PackageContent } from '../catalog/course-content.js';
import { Lesson } from '../catalog/lesson.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { touchEnrollment } from '../enrollment/enrollment.queries.js';
import { refusalToWork } from '../enrollment/enrollment.rules.js';
import { Person } from '../identity/person.entity.js';
import { FollowedLessonService } from '../learning/followed-lesson.service.js';
import { LessonService } from '../learning/lesson.service.js';
import { acceptedValues, MOST_UNITS, sizeOf, type PackageValues } from './package-elements.rules.js';
import { launchValues, openWork } from './package-launch.rules.js';
import type { PackagePass } from './package-passes.js';
import { findPackageRecord, savePackageRecord } from './package-record.queries.js';
import { isDone, keptResult, packageResult, type PackageResult } from './package-result.rules.js';
import { packageRefusals } from './package.rules.js';

/** A package opened: what it can read of the learner, and where it begins. */
export interface PackageSession {
  /** From 1; 0 when nothing is recorded. */
  session: number;
  standard: PackageContent['standard'];
  launch: string;
  values: PackageValues;
}

/** What a package set since its last save was received. */
export interface PackageSave {
  session: number;
  /** From 1, one more for each save of a session. */
  sequence: number;
  values: Record<string, string>;
  isFinished: boolean;
}

/** What became of a save. */
export interface PackageSaved extends PackageResult {
  isDone: boolean;
  /** Elements that were not kept: they are unknown, or their values are not what the element may hold. */
  refused: string[];
}

/** A lesson that is a package. */
type PackageLesson = Lesson & { package: PackageContent };

/**
 * Sessions of packages with their learners. Who has a pass may record what they like in the one enrollment that it names: what a
 * package reports is said by the learner's own browser, and believed as SCORM has it.
 */
@Injectable()
export class PackageSessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly followed: FollowedLessonService,
    private readonly lessons: LessonService,
  ) {}

  /** @throws NotFoundError when the lesson is gone; DomainError `ENROLLMENT_ENDED`, `PACKAGE_CHANGED` */
  async begin(pass: PackagePass): Promise<PackageSession> {
    if (pass.kind === 'PREVIEW') return this.beginPreview(pass);
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const { enrollment, lesson } = await this.lock(tx, pass, now);
      const { standard, launch } = lesson.package;
      const known = await findPackageRecord(tx, enrollment.id, lesson.key);
      const isSame = known?.file === lesson.package.file && known.launch === launch;
      const opened = openWork(standard, isSame ? { ...known, values: known.runtimeData } : null);
      const result = keptResult(known, packageResult(lesson.package, opened.values, false));
      const session = (known?.session ?? 0) + 1;
      await savePackageRecord(tx, {
        enrollmentId: enrollment.id,
        lessonKey: lesson.key,
        file: lesson.package.file,
        launch,
        session,
        sequence: 0,
        isFinished: false,
        runtimeData: opened.values,
        ...result,
        totalSeconds: opened.totalSeconds,
        openedAt: now,
        updatedAt: now,
      });
      if (isDone(result.status)) await this.lessons.record(tx, enrollment, lesson, { completedAt: now });
      const learner = { ...(await personOf(tx, enrollment.personId)), id: enrollment.id, isRecorded: true };
      return { session, standard, launch, values: launchValues(lesson.package, opened, learner) };
    });
  }

  /**
   * Keeps what a package set. Sent twice is the same as once; what comes late is old. A session that is not the newest writes no data,
   * yet what was reached in it counts.
   * @throws NotFoundError when the lesson is gone; DomainError `ENROLLMENT_ENDED`, `PACKAGE_CHANGED`, `PACKAGE_OPENED_ELSEWHERE`, `PACKAGE_DATA_TOO_LARGE`
   */
  async save(pass: PackagePass, input: PackageSave): Promise<PackageSaved> {
    if (pass.kind === 'PREVIEW') return this.judgePreview(pass, input);
    const { saved, refusal } = await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const { enrollment, lesson } = await this.lock(tx, pass, now);
      const record = await findPackageRecord(tx, enrollment.id, lesson.key);
      if (!record || input.session > record.session) throw new NotFoundError();
      const { values, refused } = acceptedValues(lesson.package.standard, input.values);
      const isNewest = input.session === record.session;
      const isNews = isNewest && input.sequence > record.sequence;
      const runtimeData = isNewest && !isNews ? record.runtimeData : { ...record.runtimeData, ...values };
      if (sizeOf(runtimeData) > MOST_UNITS)
        throw new DomainError(packageRefusals.PACKAGE_DATA_TOO_LARGE, { max: MOST_UNITS });
      const isFinished = isNewest && !isNews ? record.isFinished : input.isFinished;
      const reported = packageResult(lesson.package, runtimeData, isFinished);
      const result = isNewest || isDone(reported.status) ? keptResult(record, reported) : record;
      await savePackageRecord(tx, {
        ...record,
        ...(isNews && { sequence: input.sequence, isFinished, runtimeData }),
        status: result.status,
        scorePercent: result.scorePercent,
        updatedAt: now,
      });
      if (isDone(result.status)) await this.lessons.record(tx, enrollment, lesson, { completedAt: now });
      const { status, scorePercent } = result;
      return {
        saved: { status, scorePercent, isDone: isDone(status), refused },
        refusal: isNewest ? null : packageRefusals.PACKAGE_OPENED_ELSEWHERE,
      };
    });
    // Said after what was reached is kept.
    if (refusal) throw new DomainError(refusal);
    return saved;
  }

  /** Locks the enrollment, and finds the lesson as its learner takes it. */
  private async lock(
    tx: Tx,
    { subjectId, lessonId, file }: PackagePass,
    now: Date,
  ): Promise<{ enrollment: Enrollment; lesson: PackageLesson }> {
    const enrollment = await touchEnrollment(tx, subjectId, now);
    const lesson = enrollment && (await this.followed.find(tx, enrollment, lessonId))?.lesson;
    if (!enrollment || !lesson) throw new NotFoundError();
    const over = refusalToWork(enrollment);
    if (over) throw new DomainError(over);
    if (!isPackage(lesson) || lesson.package.file !== file)
      throw new DomainError(packageRefusals.PACKAGE_CHANGED);
    return { enrollment, lesson };
  }

  private async beginPreview({ subjectId, lessonId, file }: PackagePass): Promise<PackageSession> {
    const content = await this.previewed(lessonId, file);
    const { name } = await this.database.read((tx) => personOf(tx, subjectId));
    const learner = { id: subjectId, name, isRecorded: false };
    const values = launchValues(content, openWork(content.standard, null), learner);
    return { session: 0, standard: content.standard, launch: content.launch, values };
  }

  private async judgePreview({ lessonId, file }: PackagePass, input: PackageSave): Promise<PackageSaved> {
    const content = await this.previewed(lessonId, file);
    const { values, refused } = acceptedValues(content.standard, input.values);
    const result = packageResult(content, values, input.isFinished);
    return { ...result, isDone: isDone(result.status), refused };
  }

  private async previewed(lessonId: string, file: string): Promise<PackageContent> {
    const lesson = await this.database.read((tx) => tx.findOneBy(Lesson, { id: lessonId }));
    if (!lesson || !isPackage(lesson)) throw new NotFoundError();
    if (lesson.package.file !== file) throw new DomainError(packageRefusals.PACKAGE_CHANGED);
    return lesson.package;
  }
}

const isPackage = (lesson: Lesson): lesson is PackageLesson => lesson.package !== null;

async function personOf(tx: Tx, id: string): Promise<{ name: string }> {
  const person = await tx.findOneByOrFail(Person, { id });
  return { name: person.name ?? '' };
}
