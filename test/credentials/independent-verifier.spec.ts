import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { buildBadge } from '../../src/features/credentials/badge.rules.js';
import {
  generateSigningKey,
  signBadge,
  signCredential,
  type SignedBadge,
} from '../../src/features/credentials/badge.proof.js';
import { buildStatusList, statusEntry } from '../../src/features/credentials/status-list.rules.js';
import { didDocument, didWebFrom } from '../../src/features/credentials/did.js';

// From dist/test/credentials/ to the root of the project.
const script = new URL('../../../scripts/verify-badge.mjs', import.meta.url);

type VerifyBadgeAt = (url: string) => Promise<{ verified: boolean; problems: string[] }>;
let verifyBadgeAt: VerifyBadgeAt;

/** What the site answers, by path. */
const pages = new Map<string, unknown>();
let server: Server;
let origin: string;
let badge: SignedBadge;

beforeAll(async () => {
  ({ verifyBadgeAt } = (await import(script.href)) as { verifyBadgeAt: VerifyBadgeAt });
  server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/ld+json' });
    response.end(JSON.stringify(page ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const did = didWebFrom(origin);
  const key = { did, keyId: 'key-1', ...(await generateSigningKey()) };
  const unsigned = buildBadge({
    publicUrl: origin,
    certificateId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    statusIndex: 1,
    issuedAt: new Date('2026-03-04T05:06:07Z'),
    issuerName: 'Tremplin',
    issuerDid: did,
    holder: { email: 'awa@example.org', salt: 'b1946ac9', subjectId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
    achievement: {
      courseSlug: 'sell-online',
      versionNumber: 1,
      names: { ar: 'البيع عبر الإنترنت' },
      descriptions: { ar: 'افتح متجرًا على الويب.' },
      criteriaNarrative: 'اجتز كل اختبار.',
      locale: 'ar',
    },
  });
  badge = await signBadge(unsigned, key, new Date('2026-03-04T05:06:08Z'));
  pages.set('/.well-known/did.json', didDocument(did, [key]));
  const address = `${origin}/credentials/status/1`;
  const list = buildStatusList({ address, issuerDid: did, validFrom: '2026-03-04T05:06:09Z' }, [1]);
  pages.set('/credentials/status/1', await signCredential(list, key, new Date('2026-03-04T05:06:09Z')));
  pages.set('/genuine', badge);
  const signedWith = (statusIndex: number, listAddress = address) =>
    signBadge(
      {
        ...unsigned,
        credentialStatus: { ...statusEntry(origin, statusIndex), statusListCredential: listAddress },
      },
      key,
      new Date('2026-03-04T05:06:08Z'),
    );
  pages.set('/revoked', await signedWith(2));
  pages.set('/without-list', await signedWith(1, `${origin}/credentials/status/7`));
  pages.set('/credentials/status/8', {
    ...(await signCredential(
      { ...list, id: `${origin}/credentials/status/8` },
      key,
      new Date('2026-03-04T05:06:09Z'),
    )),
    validFrom: '2020-01-01T00:00:00Z',
  });
  pages.set('/forged-list', await signedWith(1, `${origin}/credentials/status/8`));
  pages.set('/renamed', { ...badge, issuer: { ...badge.issuer, name: 'Someone else' } });
  pages.set('/redated', { ...badge, proof: [{ ...badge.proof[0], created: '2026-03-04T05:06:09Z' }] });
  pages.set('/foreign', { ...badge, issuer: { ...badge.issuer, id: 'did:web:other.example' } });
  const otherKey = `${did}#key-2`;
  pages.set('/unknown-key', { ...badge, proof: [{ ...badge.proof[0], verificationMethod: otherKey }] });
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

describe('a verifier that shares no code with the server', () => {
  it('verifies our badge where it is served', async () => {
    expect(await verifyBadgeAt(`${origin}/genuine`)).toEqual({ verified: true, problems: [], badge });
  });

  it.each([
    ['/renamed', 'the signature does not match the badge'],
    ['/redated', 'the signature does not match the badge'],
    ['/foreign', 'not by the issuer did:web:other.example'],
    ['/unknown-key', 'is not an assertionMethod'],
    ['/revoked', 'it was revoked by its issuer'],
    ['/without-list', 'no status list at'],
    ['/forged-list', 'status list: the signature does not match'],
  ])('refuses %s', async (path, problem) => {
    const result = await verifyBadgeAt(`${origin}${path}`);
    expect(result).toMatchObject({ verified: false, problems: [expect.stringContaining(problem)] });
  });

  it('says that there is no badge at an address', async () => {
    await expect(verifyBadgeAt(`${origin}/nothing`)).rejects.toThrow('no badge');
  });

  it.each([
    ['/genuine', 0, /^VERIFIED$/m],
    ['/renamed', 1, /^NOT VERIFIED$/m],
  ])('as a command, reports on %s with exit code %d', async (path, exitCode, report) => {
    const { code, stdout } = await run([fileURLToPath(script), `${origin}${path}`]);
    expect(stdout).toMatch(report);
    expect(code).toBe(exitCode);
  });
});

function run(args: string[]): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }));
  });
}
