/** Why a form was refused, as a page's action answers it. */
export type FormErrors = readonly { field: string | null; message: string }[];

/** The sentences that belong to no field: shown above the form. */
export const generalErrors = (errors: FormErrors | undefined, fields: readonly string[]): string[] =>
  (errors ?? []).filter(({ field }) => !field || !fields.includes(field)).map(({ message }) => message);
