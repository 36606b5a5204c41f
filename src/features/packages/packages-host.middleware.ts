import type { NextFunction, Request, Response } from 'express';
import type { RunningConfig } from '../../config.js';
import { isPackageHost, packagePolicy } from './package-hosts.js';

/** What is answered there: packages, and the program files of the pages, which hold nothing of anybody. */
const OWN_PATHS = /^\/(packages|_app\/immutable)\//;

/**
 * Keeps the site and the packages apart, before anything else looks at a request: on a host of packages there is nothing but packages,
 * and on the site's own host there are none.
 */
export function separatePackages(config: RunningConfig) {
  const policy = packagePolicy(config);
  return (req: Request, res: Response, next: NextFunction): void => {
    const isOwn = OWN_PATHS.test(req.path);
    if (!isPackageHost(config, req.host ?? '')) {
      if (/^\/packages(\/|$)/i.test(req.path)) return void res.status(404).end();
      return next();
    }
    res.setHeader('Content-Security-Policy', policy);
    // `frame-ancestors` of the policy says who may show it.
    res.removeHeader('X-Frame-Options');
    res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    // An address holds the right to what is behind it.
    res.setHeader('Referrer-Policy', 'same-origin');
    // A service worker would outlive the lesson and stand before every later answer.
    if (!isOwn || req.get('service-worker') === 'script') return void res.status(404).end();
    next();
  };
}
