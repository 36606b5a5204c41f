import { Field, ObjectType, ResolveField, Resolver } from '@nestjs/graphql';
import { Course } from '../catalog/course.entity.js';
import { EXPORT_FORMATS } from '../formats/export/formats.js';

@ObjectType({ description: 'A format that a course can leave in.' })
class CourseExportFormat {
  @Field(() => String, { description: 'For `GET /studio-export/<slug>/<name>`, which is for its trainers.' })
  name!: string;

  @Field(() => String, { description: 'IANA media type.' })
  mediaType!: string;

  @Field(() => String, { description: 'Of the file’s name, without the dot.' })
  extension!: string;
}

@Resolver(() => Course)
export class CourseExportResolver {
  @ResolveField(() => [CourseExportFormat], { description: 'What the course can be downloaded as.' })
  exportFormats(): CourseExportFormat[] {
    return EXPORT_FORMATS.map(({ name, mediaType, extension }) => ({ name, mediaType, extension }));
  }
}
