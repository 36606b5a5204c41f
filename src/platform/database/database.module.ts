import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type RunningConfig } from '../../config.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { AuditLog } from '../audit/audit-log.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.entity.js';
import { IdempotencyKeys } from '../idempotency/idempotency-keys.js';
import { dataSourceOptions } from './data-source.js';
import { Database } from './database.js';

/** PostgreSQL, and the two records that the platform itself keeps in it. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: RunningConfig) => ({ ...dataSourceOptions(config), autoLoadEntities: true }),
    }),
    TypeOrmModule.forFeature([AuditEntry, IdempotencyKey]),
  ],
  providers: [Database, AuditLog, IdempotencyKeys],
  exports: [Database, AuditLog, IdempotencyKeys],
})
export class DatabaseModule {}
