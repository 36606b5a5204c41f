/** A course to complete before another. */
export interface Prerequisite {
  slug: string;
  title: string;
  /** By the viewer. */
  completed: boolean;
}
