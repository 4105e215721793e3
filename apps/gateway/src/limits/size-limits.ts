import type { ValidationRule } from 'graphql';
import { gatewayErrors, graphqlError } from '../errors/gateway-errors.ts';
import { querySize } from './query-size.ts';

/** What an operation may measure at most. */
export interface SizeLimits {
  depth: number;
  aliases: number;
  rootFields: number;
}

/**
 * A validation rule that refuses operations larger than the limits, before any service is asked. Stable codes and a
 * limit on root fields are why this is ours and not graphql-armor's, which answers with syntax errors.
 */
export function sizeLimits(limits: SizeLimits): ValidationRule {
  return (context) => ({
    Document: {
      enter(document) {
        const size = querySize(document);
        for (const part of ['depth', 'aliases', 'rootFields'] as const)
          if (size[part] > limits[part])
            context.reportError(
              graphqlError(gatewayErrors(`limit.${part}`, { actual: size[part], max: limits[part] })),
            );
      },
    },
  });
}
