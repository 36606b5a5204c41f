import type { Locale } from '../../platform/locale.js';
import type { Certificate } from './certificate.entity.js';

/** The page runs nothing and loads nothing but its badge's picture. */
export const CERTIFICATE_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' http: https:";

const WORDS = {
  en: {
    title: 'Certificate',
    valid: 'This badge is valid.',
    to: 'Given to',
    noName: 'the holder of a hashed email address, named in the badge',
    on: 'Completed on',
    by: 'Issued by',
    criteria: 'What was done',
    check: 'Check it yourself',
    how: 'The badge is an Open Badges 3.0 credential, signed with Data Integrity (eddsa-rdfc-2022). Any verifier can read it at this same address, asking for application/ld+json; the key is in the issuer’s DID document.',
  },
  fr: {
    title: 'Attestation',
    valid: 'Ce badge est valide.',
    to: 'Remis à',
    noName: 'la personne dont l’adresse e-mail, sous forme d’empreinte, figure dans le badge',
    on: 'Terminé le',
    by: 'Délivré par',
    criteria: 'Ce qui a été accompli',
    check: 'Vérifiez par vous-même',
    how: 'Le badge est un titre Open Badges 3.0, signé par Data Integrity (eddsa-rdfc-2022). Tout outil de vérification peut le lire à cette même adresse en demandant application/ld+json ; la clé se trouve dans le document DID de l’émetteur.',
  },
} satisfies Record<Locale, object>;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The plain page of a certificate, for people. */
export function certificatePage({ badge, holderName, issuedAt }: Certificate, locale: Locale): string {
  const words = WORDS[locale];
  const { achievement } = badge.credentialSubject;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(issuedAt);
  const did = `${badge.issuer.url.replace(/\/$/, '')}/.well-known/did.json`;
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}: ${escapeHtml(achievement.name)}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
  main { border: 1px solid #8886; border-radius: 1rem; padding: 1.5rem; }
  img { display: block; inline-size: 8rem; block-size: 8rem; }
  h1 { line-height: 1.2; margin-block: 1rem .5rem; }
  dt { font-size: .875rem; opacity: .8; } dd { margin: 0 0 .75rem; font-weight: 600; }
  .valid { font-weight: 700; } .valid::before { content: "✓ "; }
  p, dd { overflow-wrap: anywhere; }
  @media print { main { border: 0; } details { display: none; } }
</style>
</head>
<body>
<main>
  <img src="${escapeHtml(achievement.image.id)}" alt="">
  <h1>${escapeHtml(achievement.name)}</h1>
  <p class="valid">${words.valid}</p>
  <p>${escapeHtml(achievement.description)}</p>
  <dl>
    <dt>${words.to}</dt><dd>${escapeHtml(holderName ?? words.noName)}</dd>
    <dt>${words.on}</dt><dd><time datetime="${badge.validFrom}">${date}</time></dd>
    <dt>${words.by}</dt><dd>${escapeHtml(badge.issuer.name)}</dd>
    <dt>${words.criteria}</dt><dd>${escapeHtml(achievement.criteria.narrative)}</dd>
  </dl>
  <details>
    <summary>${words.check}</summary>
    <p>${words.how}</p>
    <p><code>${escapeHtml(badge.id)}</code></p>
    <p><a href="${escapeHtml(did)}">${escapeHtml(badge.issuer.id)}</a></p>
  </details>
</main>
</body>
</html>
`;
}
