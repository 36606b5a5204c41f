import { readConfig, ConfigError } from '../../config.js';
import { isPackageHost, packageOrigin, packagePolicy } from './package-hosts.js';

const FILE = 'ab'.repeat(32);
const LABEL = FILE.slice(0, 40);
const served = {
  DATABASE_URL: 'postgres://x/y',
  SMTP_URL: 'smtp://x',
  MASTER_KEY: Buffer.alloc(32).toString('base64'),
};

describe('the hosts that packages are played from', () => {
  it.each([
    [{}, 'http://*.packages.localhost:3000'],
    [{ PORT: '8080' }, 'http://*.packages.localhost:8080'],
    [{ ...served, PUBLIC_URL: 'http://localhost' }, 'http://*.packages.localhost'],
    [{ ...served, PUBLIC_URL: 'https://learn.example.org' }, null],
    [
      { ...served, PUBLIC_URL: 'https://learn.example.org', PACKAGES_URL: 'https://packages.example.net/' },
      'https://packages.example.net',
    ],
    [
      { ...served, PUBLIC_URL: 'https://learn.example.org', PACKAGES_URL: 'https://*.packages.example.net' },
      'https://*.packages.example.net',
    ],
  ])('are by %j %s', (environment, origin) => {
    expect(readConfig(environment).packagesUrl).toBe(origin);
  });

  it.each([
    [{ PACKAGES_URL: 'http://localhost:3001' }],
    [{ ...served, PUBLIC_URL: 'https://learn.example.org', PACKAGES_URL: 'https://learn.example.org:8443' }],
    [{ PACKAGES_URL: 'packages' }],
  ])('are never the site’s: %j', (environment) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow('PACKAGES_URL');
  });

  it('are one for each package, or one for all', () => {
    const own = { publicUrl: 'https://a.org', embedded: false, packagesUrl: 'https://*.p.net' };
    expect(packageOrigin(own, FILE)).toBe(`https://${LABEL}.p.net`);
    for (const host of [`${LABEL}.p.net`]) expect(isPackageHost(own, host)).toBe(true);
    for (const host of [
      'p.net',
      `${LABEL}.p.net:8080`,
      `x.${LABEL}.p.net`,
      'short.p.net',
      `${LABEL}.p.net.org`,
      '',
    ])
      expect(isPackageHost(own, host)).toBe(false);
    const shared = { ...own, packagesUrl: 'https://p.net:8443' };
    expect(packageOrigin(shared, FILE)).toBe('https://p.net:8443');
    expect([isPackageHost(shared, 'p.net:8443'), isPackageHost(shared, 'p.net')]).toEqual([true, false]);
    expect(isPackageHost({ ...own, packagesUrl: null }, '')).toBe(false);
  });

  it('are shown in a frame of the site alone', () => {
    const own = { publicUrl: 'https://a.org', embedded: false, packagesUrl: 'https://*.p.net' };
    expect(packagePolicy(own)).toMatch(/frame-ancestors 'self' https:\/\/a\.org$/);
    expect(packagePolicy({ ...own, publicUrl: 'http://localhost:3000', embedded: true })).toMatch(
      /frame-ancestors 'self' http:\/\/localhost:3000 http:\/\/127\.0\.0\.1:3000$/,
    );
  });
});
