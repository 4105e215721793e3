import type { ValidationRule } from 'graphql';
import { graphqlError } from '../errors/gateway-errors.ts';
import { queryErrors } from '../errors/query-faults.ts';

/** Refuses kinds of operation that the graph has no root type for; graphql-js leaves that to execution, which Apollo's gateway ends with a crash. */
export const answerableOperations: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    const problem = `This graph answers no ${node.operation}.`;
    context.reportError(graphqlError(queryErrors('query.operationKind', { problem }), { at: [node] }));
  },
});
