import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileController } from './file.controller.js';
import { FileStore } from './file-store.js';
import { StoredFile } from './stored-file.entity.js';

/** The store of files, which every feature may use, and how what is in it is served. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([StoredFile])],
  controllers: [FileController],
  providers: [FileStore],
  exports: [FileStore],
})
export class FilesModule {}
