import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerRefusal } from '../errors/http-errors.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** Answers requests whose document is not trusted before it is parsed. What is no request for a document passes, and is refused later for what it is. */
export function documentCheck(trusted: TrustedDocuments) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const sent = request.method === 'GET' ? request.query : request.body;
    const text = (sent as { query?: unknown } | null | undefined)?.query;
    const refusal = typeof text === 'string' && text !== '' ? trusted.refusal(text, request.id) : undefined;
    return refusal && answerRefusal(reply, refusal);
  };
}
