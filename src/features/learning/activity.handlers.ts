import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Database } from '../../platform/database/database.js';
import { PrivateFiles } from '../../platform/files/private-files.js';
import { inLocale } from '../../platform/locale.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { Course } from '../catalog/course.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import { ActivitySubmission } from './activity-submission.entity.js';
import { ActivityDecided, ActivityFileDropped } from './learning.events.js';

interface DecisionFacts {
  lesson: string;
  comment: string | null;
  url: string;
}

const MAIL = {
  en: {
    ACCEPTED: ({ lesson, comment, url }: DecisionFacts) => ({
      subject: `Accepted: “${lesson}”`,
      text: `Well done! Your work on “${lesson}” was accepted; the lesson is done.\n${comment ? `\nThe trainer wrote:\n\n${comment}\n` : ''}\n    ${url}\n`,
    }),
    RETURNED: ({ lesson, comment, url }: DecisionFacts) => ({
      subject: `A comment on your work: “${lesson}”`,
      text: `Your work on “${lesson}” is not quite there yet. The trainer wrote:\n\n${comment}\n\nNothing is lost: change what you wrote and hand it in again, as often as it takes.\n\n    ${url}\n`,
    }),
    OVER: ({ lesson, comment, url }: DecisionFacts) => ({
      subject: `A comment on your work: “${lesson}”`,
      text: `Your work on “${lesson}” was not accepted. The trainer wrote:\n\n${comment}\n\nThe time of your course is over, so it cannot be handed in again there. You can start the course again:\n\n    ${url}\n`,
    }),
  },
  fr: {
    ACCEPTED: ({ lesson, comment, url }: DecisionFacts) => ({
      subject: `Accepté : « ${lesson} »`,
      text: `Bravo ! Votre travail sur « ${lesson} » a été accepté ; la leçon est terminée.\n${comment ? `\nLe formateur a écrit :\n\n${comment}\n` : ''}\n    ${url}\n`,
    }),
    RETURNED: ({ lesson, comment, url }: DecisionFacts) => ({
      subject: `Un commentaire sur votre travail : « ${lesson} »`,
      text: `Votre travail sur « ${lesson} » n’est pas encore tout à fait abouti. Le formateur a écrit :\n\n${comment}\n\nRien n’est perdu : modifiez votre réponse et rendez-la de nouveau, autant de fois qu’il le faut.\n\n    ${url}\n`,
    }),
    OVER: ({ lesson, comment, url }: DecisionFacts) => ({
      subject: `Un commentaire sur votre travail : « ${lesson} »`,
      text: `Votre travail sur « ${lesson} » n’a pas été accepté. Le formateur a écrit :\n\n${comment}\n\nLe délai de votre formation est passé : il ne peut plus y être rendu de nouveau. Vous pouvez recommencer la formation :\n\n    ${url}\n`,
    }),
  },
};

/** Tells the learner what was decided, in their language, and forgets the files that they took out again. */
@Injectable()
export class ActivityHandlers {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly mailer: Mailer,
    private readonly files: PrivateFiles,
  ) {}

  @OnEventOutside(ActivityFileDropped, 'learning.forget-activity-file')
  async forget({ fileId }: z.infer<typeof ActivityFileDropped.schema>): Promise<void> {
    await this.files.forget(fileId);
  }

  @OnEventOutside(ActivityDecided, 'learning.mail-activity-decision')
  async mail(
    { submissionId }: z.infer<typeof ActivityDecided.schema>,
    { eventId }: EventMeta,
  ): Promise<void> {
    const { submission, person, course, enrollment } = await this.database.read(async (tx) => {
      const decided = await tx.findOneByOrFail(ActivitySubmission, { id: submissionId });
      const taken = await tx.findOneByOrFail(Enrollment, { id: decided.enrollmentId });
      return {
        submission: decided,
        enrollment: taken,
        person: await tx.findOneByOrFail(Person, { id: taken.personId }),
        course: await tx.findOneByOrFail(Course, { id: taken.courseId }),
      };
    });
    // As the learner's pages call it now; a lesson that is no longer there, by its key.
    const { version, lessons } = await this.outlines.require(enrollment.versionId);
    const lesson = lessons.find(({ key }) => key === submission.lessonKey);
    const title = lesson && inLocale(lesson.titles, person.locale, version.defaultLocale);
    const kind =
      submission.state === 'ACCEPTED' ? 'ACCEPTED' : enrollment.state === 'EXPIRED' ? 'OVER' : 'RETURNED';
    const { subject, text } = MAIL[person.locale][kind]({
      lesson: title ?? submission.lessonKey,
      comment: submission.comment,
      url: `${this.config.publicUrl}/courses/${course.slug}/${submission.lessonKey}`,
    });
    await this.mailer.send({ to: person.email, subject, text, messageKey: eventId });
  }
}
