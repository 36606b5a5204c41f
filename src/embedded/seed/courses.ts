import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AuthoringService } from '../../features/studio/authoring.service.js';
import { Course } from '../../features/catalog/course.entity.js';
import { MarkdownImportService } from '../../features/interchange/markdown-import.service.js';
import type { ImportFile } from '../../features/formats/import/import-problems.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';

/** From dist/src/embedded/seed to the project's folder. */
const CONTENT = join(import.meta.dirname, '../../../../content');

/** Imports every folder of content/ as a trainer would, and publishes it. */
export async function importCourses(
  app: INestApplicationContext,
  trainer: Viewer,
  say: (line: string) => void,
): Promise<string[]> {
  const folders = readdirSync(CONTENT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const courseIds: string[] = [];
  for (const { name: slug } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const known = await app.get(Database).read((tx) => tx.findOneBy(Course, { slug }));
    if (known?.publishedVersionId) {
      courseIds.push(known.id);
      continue;
    }
    const files = readFolder(join(CONTENT, slug));
    const { report, version } = await app.get(MarkdownImportService).importOrFail(trainer, { slug, files });
    for (const { file, line, message } of report.problems) say(`  ${slug}/${file}:${line} ${message}`);
    await app.get(AuthoringService).publish(trainer, version.id, 'NEW_LEARNERS_ONLY');
    const { modules, lessons, questions } = report.understood;
    say(`Imported the course ${slug}: ${modules} modules, ${lessons} lessons, ${questions} questions.`);
    courseIds.push(version.courseId);
  }
  return courseIds;
}

function readFolder(folder: string): ImportFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(folder.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
    });
}
