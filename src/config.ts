import { resolve } from 'node:path';
import { z } from 'zod';
import { parseUrl } from './platform/url.js';

/**
 * The only reader of the environment. Everything else receives a {@link Config}, so that what the process
 * depends on can be read in one place, and a wrong value stops the start instead of failing at noon.
 */
const port = z.coerce.number().int().min(1).max(65_535);

/** A variable that is set to nothing means the same as one that is not set: that is how shells and compose files clear one. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const withDefault = <T extends z.ZodType>(schema: T, fallback: z.infer<T>) =>
  z.preprocess((value) => (value === '' || value === undefined ? fallback : value), schema);

const url = (...protocols: string[]) =>
  z.string().refine((value) => protocols.includes(parseUrl(value)?.protocol ?? ''), {
    error: `must be a URL starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

const environmentSchema = z
  .object({
    PORT: withDefault(port, 3000),
    HOST: optional(z.string()),
    PUBLIC_URL: optional(url('http:', 'https:')),
    PACKAGES_URL: optional(url('http:', 'https:')),
    DATABASE_URL: optional(url('postgres:', 'postgresql:')),
    DATABASE_POOL: withDefault(z.coerce.number().int().min(2).max(200), 10),
    REDIS_URL: optional(url('redis:', 'rediss:')),
    SMTP_URL: optional(url('smtp:', 'smtps:')),
    MAIL_FROM: withDefault(z.string().min(3).max(200), 'Tremplin <no-reply@tremplin.example>'),
    ADMIN_EMAILS: withDefault(z.string(), ''),
    ISSUER_NAME: withDefault(z.string().min(1).max(200), 'Tremplin'),
    MASTER_KEY: optional(
      z.string().refine((value) => Buffer.from(value, 'base64').length === 32, {
        error: 'must be 32 random bytes in base64 (make one with: openssl rand -base64 32)',
      }),
    ),
    SEED: withDefault(z.enum(['demo', 'none']), 'demo'),
    DATA_DIR: withDefault(z.string(), '.data'),
    S3_BUCKET: optional(z.string().min(3).max(63)),
    S3_REGION: withDefault(z.string().min(1).max(50), 'us-east-1'),
    S3_ENDPOINT: optional(url('http:', 'https:')),
    S3_ACCESS_KEY_ID: optional(z.string()),
    S3_SECRET_ACCESS_KEY: optional(z.string()),
    LOG_LEVEL: withDefault(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']), 'info'),
    WORKER: optional(z.enum(['inline', 'none'])),
    TRUST_PROXY: withDefault(z.coerce.number().int().min(0).max(10), 0),
  })
  .superRefine((env, context) => {
    if (env.DATABASE_URL) {
      const missing = (['PUBLIC_URL', 'MASTER_KEY', 'SMTP_URL'] as const).filter((name) => !env[name]);
      for (const name of missing) {
        context.addIssue({ code: 'custom', path: [name], message: 'is required when DATABASE_URL is set' });
      }
    }
    const hostOf = (value: string | undefined): string | undefined => parseUrl(value ?? '')?.hostname;
    if (env.PACKAGES_URL && hostOf(env.PACKAGES_URL) === hostOf(env.PUBLIC_URL ?? 'http://localhost')) {
      context.addIssue({
        code: 'custom',
        path: ['PACKAGES_URL'],
        message: 'must have another host than PUBLIC_URL: what packages run must not pass for the site',
      });
    }
    if (!env.S3_ACCESS_KEY_ID !== !env.S3_SECRET_ACCESS_KEY) {
      const missing = env.S3_ACCESS_KEY_ID ? 'S3_SECRET_ACCESS_KEY' : 'S3_ACCESS_KEY_ID';
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: 'is required when its other half is set',
      });
    }
    if (!env.S3_BUCKET && (env.S3_ENDPOINT || env.S3_ACCESS_KEY_ID)) {
      const message = 'is required when other S3 settings are there: without it, files would go to DATA_DIR';
      context.addIssue({ code: 'custom', path: ['S3_BUCKET'], message });
    }
  });

export interface Config {
  /** TCP port of the HTTP server, 1 to 65535. */
  port: number;
  /** Address that the HTTP server binds to. */
  host: string;
  /** The one source of the site's origin: links in mail, `did:web`, cookies. No trailing slash. */
  publicUrl: string;
  /**
   * Origin from which SCORM packages are played: never the site's own, so that what runs there can do nothing as the person who is
   * signed in. A `*.` at the start of its host stands for a name of each package's own. Null: packages are not played.
   */
  packagesUrl: string | null;
  /** No `DATABASE_URL`: the process runs its own PostgreSQL, mailbox and movable clock. Never in production. */
  embedded: boolean;
  /** Folder of the stored files, unless they are in S3; in embedded mode of PostgreSQL, its mailbox and its master key too. */
  dataDir: string;
  /** Where files are stored instead of `dataDir`, if anywhere. */
  s3: S3Config | undefined;
  /** Undefined until the embedded PostgreSQL has started; see `src/storage.ts`. */
  databaseUrl: string | undefined;
  /** Connections that one process may hold open, besides those of the job queue. */
  databasePool: number;
  redisUrl: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Addresses, in lower case, whose owners become administrators when they sign in: how the first one comes to be. */
  adminEmails: readonly string[];
  /** Who issues the badges, as their page and their credential name it. */
  issuerName: string;
  /** 32 bytes that seal signing keys and sign-in codes at rest. Undefined until storage is prepared in embedded mode. */
  masterKey: Buffer | undefined;
  /** `demo` imports the shipped course and makes demo people in an empty embedded database. */
  seed: 'demo' | 'none';
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Whether the serving process also runs the job workers. */
  workInProcess: boolean;
  /** Number of reverse proxies in front, whose `X-Forwarded-For` is believed. */
  trustProxy: number;
}

/** A bucket of Amazon S3, or of a server that speaks its protocol. */
export interface S3Config {
  bucket: string;
  region: string;
  /** Undefined for Amazon's own. */
  endpoint: string | undefined;
  /** Undefined: what the machine it runs on is allowed, as the S3 client finds out by itself. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
}

export class ConfigError extends Error {}

/**
 * Reads the configuration.
 * @throws ConfigError naming every wrong variable and what it should be; values are not repeated, as they may be secrets.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(
      `The configuration is wrong:\n${lines.join('\n')}\nSee .env.example for every variable.`,
    );
  }
  const env = parsed.data;
  const embedded = env.DATABASE_URL === undefined;
  return {
    port: env.PORT,
    host: env.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).origin,
    packagesUrl: packagesUrl(env),
    embedded,
    dataDir: resolve(env.DATA_DIR),
    s3: readS3(env),
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    redisUrl: env.REDIS_URL,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    adminEmails: env.ADMIN_EMAILS.toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
    issuerName: env.ISSUER_NAME,
    masterKey: env.MASTER_KEY === undefined ? undefined : Buffer.from(env.MASTER_KEY, 'base64'),
    seed: env.SEED,
    logLevel: env.LOG_LEVEL,
    workInProcess: env.WORKER ? env.WORKER === 'inline' : embedded,
    trustProxy: env.TRUST_PROXY,
  };
}

/** On the machine itself `*.localhost` is free: browsers take it there without asking anybody. */
function packagesUrl(env: z.infer<typeof environmentSchema>): string | null {
  if (env.PACKAGES_URL) return new URL(env.PACKAGES_URL).origin;
  const { protocol, hostname, port } = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`);
  return hostname === 'localhost' ? `${protocol}//*.packages.localhost${port && `:${port}`}` : null;
}

function readS3(env: z.infer<typeof environmentSchema>): S3Config | undefined {
  if (!env.S3_BUCKET) return undefined;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return {
    bucket: env.S3_BUCKET,
    region: env.S3_REGION,
    endpoint: env.S3_ENDPOINT,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  };
}

/** A configuration whose storage is ready: what the Nest application runs on. */
export type RunningConfig = Config & { databaseUrl: string; masterKey: Buffer };

/** Injection token of the {@link RunningConfig}. */
export const CONFIG = Symbol('CONFIG');
