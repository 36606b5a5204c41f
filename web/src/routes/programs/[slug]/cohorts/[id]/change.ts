/** A change of a cohort that somebody else made. */
export interface Change {
  changedAt: string;
  changedBy: { name: string | null } | null;
  fields: readonly { field: string; before: readonly string[]; after: readonly string[] }[];
}
