import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { defineErrors, DomainError, errorCatalogue, errorExtensions } from './errors.ts';
import { formatError } from './graphql-server.ts';

const silent = pino({ level: 'silent' });
const testErrors = defineErrors({
  'test.tooLate': { kind: 'illegalState', en: '{field} was due on {due}.', zh: '{field} 应于 {due} 完成。' },
});

describe('expected failures', () => {
  const error = testErrors('test.tooLate', { due: '2018-08-17' }, { field: 'input.answer' });

  it('carry code, kind, field and a sentence in both languages', () => {
    expect(error).toBeInstanceOf(DomainError);
    expect(error.message).toBe('input.answer was due on 2018-08-17.');
    expect(errorExtensions(error)).toEqual({
      code: 'test.tooLate',
      kind: 'illegalState',
      field: 'input.answer',
      messages: { en: 'input.answer was due on 2018-08-17.', zh: 'input.answer 应于 2018-08-17 完成。' },
      details: { due: '2018-08-17' },
    });
  });

  it('stand in the catalogue', () => expect(errorCatalogue.get('test.tooLate')?.kind).toBe('illegalState'));

  it('reach the client as they are', () => {
    const formatted = formatError(
      { message: error.message, path: ['answer'] },
      new GraphQLError(error.message, { originalError: error, path: ['answer'] }),
      silent,
    );
    expect(formatted).toMatchObject({ message: error.message, path: ['answer'], extensions: { code: 'test.tooLate' } });
  });
});

describe('unexpected failures', () => {
  it('are masked: neither text nor stack nor code of the database gets out', () => {
    const original = Object.assign(new Error('relation "household" does not exist'), { code: '42P01' });
    const formatted = formatError(
      { message: original.message, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x'] } },
      new GraphQLError(original.message, { originalError: original, path: ['answer'] }),
      silent,
    );
    expect(formatted.extensions).toEqual({ code: 'internal' });
    expect(JSON.stringify(formatted)).not.toMatch(/household|42P01|stack/);
  });

  it.each(['22021', '22P05'])('say so when PostgreSQL refuses a text (%s)', (code) => {
    const original = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code });
    const formatted = formatError(
      { message: original.message, extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      new GraphQLError(original.message, { path: ['x'], originalError: new Error('wrapped', { cause: original }) }),
      silent,
    );
    expect(formatted.extensions).toMatchObject({ code: 'input.text', kind: 'invalid' });
    expect(formatted.message).toBe(
      'a text must be text without NUL characters and without halves of Unicode characters.',
    );
  });
});
