import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Database } from '../../platform/database/database.js';
import { inLocale } from '../../platform/locale.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { Course } from '../catalog/course.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import { CompletionReversal, CourseCompletion } from './course-completion.entity.js';
import { CompletionReversed } from './learning.events.js';

interface Told {
  course: string;
  reason: string;
  /** Titles of the lessons to do again. */
  asked: string[];
  url: string;
}

const MAIL = {
  en: ({ course, reason, asked, url }: Told) => ({
    subject: `Your completion of “${course}” was reversed`,
    text:
      `Those who run your program have reversed your completion of “${course}”, and its badge is no longer valid.\n\n` +
      `Their reason:\n\n    ${reason}\n\n` +
      `What you did is kept. Only this is to be done again:\n\n${asked.map((title) => `  - ${title}\n`).join('')}\n` +
      `You can go on here, and get a new badge at the end:\n\n    ${url}\n\n` +
      `If you think that this is a mistake, answer those who run your program: they can reinstate it.\n`,
  }),
  fr: ({ course, reason, asked, url }: Told) => ({
    subject: `« ${course} » n’est plus considérée comme terminée`,
    text:
      `Les responsables de votre programme ont annulé l’achèvement de « ${course} », et son badge n’est plus valable.\n\n` +
      `Leur motif :\n\n    ${reason}\n\n` +
      `Ce que vous avez fait est gardé. Seul ceci est à refaire :\n\n${asked.map((title) => `  - ${title}\n`).join('')}\n` +
      `Vous pouvez continuer ici, et recevoir un nouveau badge à la fin :\n\n    ${url}\n\n` +
      `Si vous pensez qu’il s’agit d’une erreur, dites-le aux responsables de votre programme : ils peuvent revenir dessus.\n`,
  }),
};

/** Tells learners whose completion was reversed. */
@Injectable()
export class CompletionReversalHandlers {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly mailer: Mailer,
  ) {}

  @OnEventOutside(CompletionReversed, 'learning.mail-reversal')
  async mail(
    { completionId }: z.infer<typeof CompletionReversed.schema>,
    { eventId }: EventMeta,
  ): Promise<void> {
    const { person, told } = await this.database.read(async (tx) => {
      const reversal = await tx.findOneByOrFail(CompletionReversal, { completionId });
      const completion = await tx.findOneByOrFail(CourseCompletion, { id: completionId });
      const { personId, courseId } = await tx.findOneByOrFail(Enrollment, { id: completion.enrollmentId });
      const learner = await tx.findOneByOrFail(Person, { id: personId });
      const { slug } = await tx.findOneByOrFail(Course, { id: courseId });
      const outline = await this.outlines.require(completion.versionId, tx);
      const asked = outline
        .lessonsIn(learner.locale)
        .flatMap(({ key, title }) => (reversal.askedKeys.includes(key) ? [title ?? key] : []));
      const course = inLocale(outline.version.titles, learner.locale) ?? slug;
      const url = `${this.config.publicUrl}/courses/${slug}`;
      return { person: learner, told: { course, reason: reversal.reason, asked, url } };
    });
    const { subject, text } = MAIL[person.locale](told);
    await this.mailer.send({ to: person.email, subject, text, messageKey: eventId });
  }
}
