import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LearningModule } from '../learning/learning.module.js';
import { PackageFileController } from './package-file.controller.js';
import { PackageFiles } from './package-files.js';
import { PackagePasses } from './package-passes.js';
import { PackageRecord } from './package-record.entity.js';
import { PackageSessionController } from './package-session.controller.js';
import { PackageSessionService } from './package-session.service.js';
import { PackageResolver } from './package.resolver.js';

/** SCORM packages: where they are played from, what they report, and what that counts for. */
@Module({
  imports: [CatalogModule, LearningModule, TypeOrmModule.forFeature([PackageRecord])],
  controllers: [PackageFileController, PackageSessionController],
  providers: [PackageFiles, PackagePasses, PackageSessionService, PackageResolver],
})
export class PackagesModule {}
