import { type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ForbiddenError, HiddenError } from '../errors.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { GraphqlContext } from './context.js';

/** Audits refused accesses, wherever in the document they happened. Runs per request, not per field. */
export function refusedAccessPlugin(audit: AuditLog): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const raw of errors) {
            const error = unwrapResolverError(raw);
            if (!(error instanceof ForbiddenError || error instanceof HiddenError)) continue;
            await audit.refused({
              actorId: contextValue.viewer?.personId ?? null,
              action: String(raw.path?.[0] ?? 'unknown'),
              subject: error.subject,
              ip: contextValue.req.ip,
            });
          }
        },
      };
    },
  };
}
