import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { Certificate, SigningKeyRow } from './certificate.entity.js';
import { CertificateResolver, ViewerCertificatesResolver } from './certificate.resolver.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsHandlers } from './credentials.handlers.js';
import { IssuingService } from './issuing.service.js';
import { SigningKeys } from './signing-keys.js';
import { VerificationResolver } from './verification.resolver.js';

/** Certificates and the badges they carry. */
@Module({
  imports: [CatalogModule, TypeOrmModule.forFeature([Certificate, SigningKeyRow])],
  controllers: [CredentialsController],
  providers: [
    SigningKeys,
    IssuingService,
    CredentialsHandlers,
    CertificateResolver,
    VerificationResolver,
    ViewerCertificatesResolver,
  ],
})
export class CredentialsModule {}
