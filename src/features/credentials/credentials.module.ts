import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { Certificate, SigningKeyRow } from './certificate.entity.js';
import { CertificateResolver, ViewerCertificatesResolver } from './certificate.resolver.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsHandlers } from './credentials.handlers.js';
import { LearningModule } from '../learning/learning.module.js';
import { IssuingService } from './issuing.service.js';
import { LearnerRecordResolver } from './learner-record.resolver.js';
import { ReversalResolver } from './reversal.resolver.js';
import { ReversalService } from './reversal.service.js';
import { SigningKeys } from './signing-keys.js';
import { StatusLists } from './status-lists.js';
import { VerificationResolver } from './verification.resolver.js';

/** Certificates and the badges they carry. */
@Module({
  imports: [CatalogModule, LearningModule, TypeOrmModule.forFeature([Certificate, SigningKeyRow])],
  controllers: [CredentialsController],
  providers: [
    SigningKeys,
    StatusLists,
    IssuingService,
    CredentialsHandlers,
    ReversalService,
    ReversalResolver,
    LearnerRecordResolver,
    CertificateResolver,
    VerificationResolver,
    ViewerCertificatesResolver,
  ],
})
export class CredentialsModule {}
