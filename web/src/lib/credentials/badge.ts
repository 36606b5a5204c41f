/** What a page shows of an Open Badges 3.0 credential of ours. */
export interface BadgeFace {
  name: string;
  description: string;
  /** BCP 47 tag of the language that it is written in. */
  language: string;
  /** What had to be done. */
  criteria: string;
  issuer: string;
  /** Where the issuer's keys are published. */
  issuerUrl: string;
  /** RFC 3339. */
  issuedAt: string;
  /** Where the list is that says whether it was revoked; older badges do not say it. */
  statusList?: string;
}

/** Reads them from a badge whose form was checked. */
export function faceOf(badge: Record<string, unknown>): BadgeFace {
  const { issuer, credentialSubject, validFrom, credentialStatus } = badge as {
    issuer: { name: string; url: string };
    validFrom: string;
    credentialStatus?: { statusListCredential: string };
    credentialSubject: {
      achievement: {
        name: string;
        description: string;
        inLanguage: string;
        criteria: { narrative: string };
      };
    };
  };
  const { name, description, inLanguage, criteria } = credentialSubject.achievement;
  return {
    name,
    description,
    language: inLanguage,
    criteria: criteria.narrative,
    issuer: issuer.name,
    issuerUrl: issuer.url,
    issuedAt: validFrom,
    statusList: credentialStatus?.statusListCredential,
  };
}
