import type { Api } from '$lib/api/api.server';
import type { Locale } from '$lib/i18n';
import type { PageGateway } from '../../src/web/page-gateway.js';

declare global {
  namespace App {
    interface Locals {
      /** Asks the GraphQL API as the person whose request it is. */
      api: Api;
      locale: Locale;
      /** Whoever the page is made for, once it is known. */
      personId?: string;
      /** How large they read. */
      textSize?: 'MEDIUM' | 'LARGE' | 'LARGEST';
    }
    interface Error {
      message: string;
      /** Named in the log too, so that a report of a fault can be found there. */
      id?: string;
    }
    interface PageData {
      locale: Locale;
      /** IANA time zone that instants are shown in. */
      timeZone: string;
      /** Without the head and the foot of the site: it stands in a frame of another page. */
      bare?: string;
    }
    interface Platform {
      req: { gateway: PageGateway };
    }
  }
}

export {};
