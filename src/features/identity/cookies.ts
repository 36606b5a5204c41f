import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type RunningConfig } from '../../config.js';

/** `session` says who is signed in; `sign-in` ties a code to the browser that asked for it. */
type CookieName = 'session' | 'sign-in';

/**
 * The two cookies of the site. On https they bear the `__Host-` prefix (RFC 6265bis, section 4.1.3.2), which no other
 * host or path can set; on plain http, which only the embedded mode serves, the plain name.
 */
@Injectable()
export class Cookies {
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) config: RunningConfig) {
    this.secure = config.publicUrl.startsWith('https:');
  }

  read(header: string | undefined, name: CookieName): string | undefined {
    const wanted = `${this.nameOf(name)}=`;
    const pair = (header ?? '').split(';').find((part) => part.trim().startsWith(wanted));
    return pair?.trim().slice(wanted.length) || undefined;
  }

  /** @param maxAgeMs how long the browser keeps it, in milliseconds. */
  write(res: Response, name: CookieName, value: string, maxAgeMs: number): void {
    res.cookie(this.nameOf(name), value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
      path: '/',
      maxAge: maxAgeMs,
    });
  }

  clear(res: Response, name: CookieName): void {
    res.clearCookie(this.nameOf(name), { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' });
  }

  private nameOf(name: CookieName): string {
    return this.secure ? `__Host-${name}` : name;
  }
}
