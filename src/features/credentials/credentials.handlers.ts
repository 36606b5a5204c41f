import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OnEvent, OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { Person } from '../identity/person.entity.js';
import { CourseCompletion } from '../learning/course-completion.entity.js';
import { CourseCompleted } from '../learning/learning.events.js';
import { Certificate } from './certificate.entity.js';
import { CertificateIssued } from './credentials.events.js';
import { IssuingService } from './issuing.service.js';

const FIRST = {
  en: (course: string, url: string) => ({
    subject: `Your badge: ${course}`,
    text: `Well done! You completed “${course}”, and your badge is ready:\n\n    ${url}\n\nAnyone you give this address to can check that it is genuine.\n`,
  }),
  fr: (course: string, url: string) => ({
    subject: `Votre badge : ${course}`,
    text: `Bravo ! Vous avez terminé « ${course} », et votre badge est prêt :\n\n    ${url}\n\nToute personne à qui vous donnez cette adresse peut vérifier qu’il est authentique.\n`,
  }),
};

/** The badge of a completion that took the place of a reversed one. */
const AGAIN = {
  en: (course: string, url: string) => ({
    subject: `Your new badge: ${course}`,
    text: `Your completion of “${course}” holds again, and this is your new badge:\n\n    ${url}\n\nThe one before stays revoked: give this address instead. Anyone can check that it is genuine.\n`,
  }),
  fr: (course: string, url: string) => ({
    subject: `Votre nouveau badge : ${course}`,
    text: `« ${course} » compte de nouveau comme terminée, et voici votre nouveau badge :\n\n    ${url}\n\nLe précédent reste révoqué : donnez plutôt cette adresse. Toute personne peut vérifier qu’il est authentique.\n`,
  }),
};

@Injectable()
export class CredentialsHandlers {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly issuing: IssuingService,
    private readonly database: Database,
    private readonly mailer: Mailer,
  ) {}

  @OnEvent(CourseCompleted, 'credentials.issue-certificate')
  async issue({ completionId }: z.infer<typeof CourseCompleted.schema>, tx: Tx): Promise<void> {
    await this.issuing.issue(tx, completionId);
  }

  @OnEventOutside(CertificateIssued, 'credentials.mail-certificate')
  async mail(
    { certificateId }: z.infer<typeof CertificateIssued.schema>,
    { eventId }: EventMeta,
  ): Promise<void> {
    const { certificate, person, completion } = await this.database.read(async (tx) => {
      const found = await tx.findOneByOrFail(Certificate, { id: certificateId });
      return {
        certificate: found,
        person: await tx.findOneByOrFail(Person, { id: found.personId }),
        completion: await tx.findOneByOrFail(CourseCompletion, { id: found.completionId }),
      };
    });
    const url = `${this.config.publicUrl}/credentials/${certificate.id}`;
    const { subject, text } = (completion.replacesId ? AGAIN : FIRST)[person.locale](
      certificate.badge.name,
      url,
    );
    await this.mailer.send({ to: person.email, subject, text, messageKey: eventId });
  }
}
