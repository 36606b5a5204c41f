import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, ForbiddenError, NotFoundError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import { Person } from '../identity/person.entity.js';
import { ContentFiles } from './content-files.js';
import type { CourseImport, ImportState, ImportStep } from './course-import.entity.js';
import { beginRun, endRun, findBankHashes, lockImport, type RunResult } from './course-import.queries.js';
import { EXPIRED, MOST_RUNS, NOT_YOURS, OUR_FAULT } from './course-import.rules.js';
import { contentHash } from '../catalog/course.rules.js';
import { RunLost, RunProgress } from './import-run.js';
import { ImportWriting } from './import-writing.service.js';
import { ArchiveRefused } from '../formats/import/archive-limits.js';
import { unpack } from '../formats/import/archive.js';
import {
  FileReport,
  listedProblems,
  type ImportProblem,
  type Sentence,
} from '../formats/import/import-problems.js';
import { readSource, type Reading } from '../formats/import/read-source.js';
import { UploadStore } from './upload-store.js';

/** Shares of the whole at which each step begins, in percent. */
const READING_STEPS: Record<ImportStep, number> = { UNPACKING: 0, READING: 40, WRITING: 100 };
const APPLYING_STEPS: Record<ImportStep, number> = { UNPACKING: 0, READING: 30, WRITING: 80 };

/** A run: the import as it was when it began, and what tells how far it is. */
interface Run {
  job: CourseImport;
  runId: string;
  progress: RunProgress;
}

/**
 * The background part of an import. It holds no transaction while it reads, which may take minutes; a run that was killed
 * is started over, and of two runs of the same import only the one that began last changes anything.
 */
@Injectable()
export class ImportRuns {
  private readonly logger = new Logger(ImportRuns.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly uploads: UploadStore,
    private readonly files: ContentFiles,
    private readonly writing: ImportWriting,
  ) {}

  /** The dry run: reads the upload, and keeps the report. */
  async read(importId: string): Promise<void> {
    const run = await this.begin(
      importId,
      { from: ['UPLOADED', 'READING'], state: 'READING' },
      READING_STEPS,
    );
    if (!run) return;
    await this.guarded(run, async () => {
      const { format, problems, summary, failure, questions } = await this.readUpload(run, false);
      const replaced = await this.replacedQuestions(run.job, questions);
      await this.end(run, {
        state: failure ? 'FAILED' : 'READY',
        format,
        summary: { ...summary, warnings: summary.warnings + replaced.length },
        problems: listedProblems([...problems, ...replaced]),
        failure,
      });
    });
  }

  /** Reads the upload again and writes it, in one transaction. */
  async apply(importId: string): Promise<void> {
    const run = await this.begin(importId, { from: ['APPLYING'], state: 'APPLYING' }, APPLYING_STEPS);
    if (!run) return;
    await this.guarded(run, async () => {
      const reading = await this.readUpload(run, true);
      if (reading.failure) return this.end(run, { state: 'FAILED', failure: reading.failure });
      run.progress.report('WRITING', 0);
      await run.progress.settled();
      await this.database.transaction(async (tx) => {
        const job = await lockImport(tx, importId);
        if (job?.runId !== run.runId || job.state !== 'APPLYING') throw new RunLost();
        const person = await tx.findOneByOrFail(Person, { id: job.personId });
        const version = await this.writing.write(tx, viewerOf(person), job, reading);
        const result = { state: 'APPLIED', versionId: version?.id ?? null } as const;
        if (!(await endRun(tx, run.runId, result, this.clock.now()))) throw new RunLost();
      });
    });
  }

  private async begin(
    importId: string,
    { from, state }: { from: ImportState[]; state: ImportState },
    steps: Record<ImportStep, number>,
  ): Promise<Run | null> {
    const runId = this.ids.next();
    const now = this.clock.now();
    const job = await this.database.transaction((tx) => beginRun(tx, importId, { runId, from, state, now }));
    return job && { job, runId, progress: new RunProgress(this.database, runId, steps) };
  }

  /** Whatever becomes of the work, the person reads what it was. @throws when not even that can be written: it is tried again. */
  private async guarded(run: Run, work: () => Promise<void>): Promise<void> {
    try {
      if (run.job.tries > MOST_RUNS)
        throw new Error(`Import ${run.job.id} ended its worker ${MOST_RUNS} times.`);
      await work();
    } catch (error) {
      if (error instanceof RunLost) return;
      const failure = this.sentenceOf(error);
      await this.end(run, { state: 'FAILED', failure }).catch((lost: unknown) => {
        if (!(lost instanceof RunLost)) throw lost;
      });
    }
  }

  private sentenceOf(error: unknown): Sentence {
    if (error instanceof ArchiveRefused) return error.sentence;
    if (error instanceof DomainError) return { en: error.sentence('en'), fr: error.sentence('fr') };
    if (error instanceof ForbiddenError || error instanceof NotFoundError) return NOT_YOURS;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EXPIRED;
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return OUR_FAULT;
  }

  private async end(run: Run, result: RunResult): Promise<void> {
    await run.progress.settled();
    await this.database.transaction((tx) => endRun(tx, run.runId, result, this.clock.now()));
  }

  private async readUpload({ job, runId, progress }: Run, keep: boolean): Promise<Reading> {
    const { path, workFolder } = await this.uploads.open(job.id);
    // What a killed run left there. Where another one still reads, it has the file open, and loses nothing.
    await rm(workFolder, { recursive: true, force: true });
    const unpacked = await unpack(path, {
      name: job.fileName,
      folder: join(workFolder, runId),
      limits: this.uploads.limits,
      progress: (share) => progress.report('UNPACKING', share),
    });
    try {
      const context = {
        slug: job.slug,
        locale: job.locale,
        files: this.files.intake(keep ? job.personId : null),
        progress: (share: number) => progress.report('READING', share),
      };
      return await readSource(unpacked.source, context, unpacked.problems);
    } finally {
      await unpacked.close();
      await rm(workFolder, { recursive: true, force: true });
    }
  }

  /** Bank questions whose key the bank knows for another content: a trainer must know before, as quizzes may ask them. */
  private async replacedQuestions(
    job: CourseImport,
    questions: Reading['questions'],
  ): Promise<ImportProblem[]> {
    if (!job.courseId) return [];
    const keys = questions.map(({ key }) => key);
    const known = await this.database.read((tx) => findBankHashes(tx, job.courseId!, keys));
    const problems: ImportProblem[] = [];
    const report = new FileReport('.', problems);
    for (const { key, kind, prompt, options, explanation } of questions) {
      const hash = known.get(key);
      if (hash === undefined || hash === contentHash({ kind, prompt, options, explanation })) continue;
      report.warning('QUESTION_REPLACED', 1, {
        en: `The bank has a question “${key}” that differs. This one becomes its next version; published quizzes keep theirs.`,
        fr: `La banque a déjà une question « ${key} », différente. Celle-ci en devient la version suivante ; les quiz publiés gardent la leur.`,
      });
    }
    return problems;
  }
}

/** The trainer, who is not there while it is applied. */
const viewerOf = ({ id, email, roles, locale, timeZone }: Person): Viewer => ({
  personId: id,
  email,
  roles: new Set(roles),
  locale,
  timeZone,
  sessionHash: Buffer.alloc(0),
});
