/** The certificate of an enrollment, which is dated by its completion; undefined while a worker has yet to issue it. */
export const certificateOf = <T extends { issuedAt: string; course: { slug: string } }>(
  certificates: readonly T[],
  slug: string,
  completion: { occurredAt: string } | null | undefined,
): T | undefined =>
  certificates.find(({ course, issuedAt }) => course.slug === slug && issuedAt === completion?.occurredAt);
