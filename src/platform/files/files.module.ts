import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileController } from './file.controller.js';
import { FileStore } from './file-store.js';
import { PrivateFiles } from './private-files.js';
import { StoredFile } from './stored-file.entity.js';

/** The store of files, which every feature may use, how what is in it is served, and the private files beside it. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([StoredFile])],
  controllers: [FileController],
  providers: [FileStore, PrivateFiles],
  exports: [FileStore, PrivateFiles],
})
export class FilesModule {}
