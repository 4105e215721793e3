import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import specs from '@asyncapi/specs';
import { contracts, fromMessage } from '@frontline/events';
import { breaksBetween } from './compatibility.ts';
import { committedContracts, committedSamples, declaredContracts, documents, staleDocuments } from './documents.ts';
import { firstSample } from './golden-sample.ts';

describe('the generated documents', () => {
  it('are committed as the code makes them', () => expect(staleDocuments()).toEqual([]));

  it('break no reader of the contracts that are committed', () => {
    expect(breaksBetween(committedContracts(), declaredContracts())).toEqual([]);
  });
});

describe('the JSON Schemas', () => {
  const ajv = formats.default(new Ajv2020({ strict: true, allErrors: true }));
  const { schemas } = committedContracts();
  const samples = committedSamples();

  it.each(
    Object.values(schemas).flatMap((types) =>
      Object.entries(types).map(([type, schema]) => [type, ajv.compile(schema), samples.get(type)] as const),
    ),
  )(
    '%s accepts its golden sample, what a newer version adds, and not what lacks everything',
    (type, validate, sample) => {
      const data = JSON.parse(sample?.value ?? 'null') as object;
      expect([validate(data), validate.errors]).toEqual([true, null]);
      expect(validate({ ...data, added: 1 })).toBe(true);
      expect([type, validate({})]).toEqual([type, false]);
    },
  );
});

describe('the AsyncAPI document', () => {
  const document = JSON.parse(documents().get('docs/events/asyncapi.json') ?? '') as {
    channels: Record<string, { messages: Record<string, object> }>;
  };

  it('is valid AsyncAPI 3.0', () => {
    const { $schema, ...asyncapi } = specs.schemasWithoutId['3.0.0'] as { $schema: string };
    const ajv = formats.default(new Ajv({ strict: false, allErrors: false, validateFormats: true }));
    const validate = ajv.compile(asyncapi);
    expect([$schema, validate(document), validate.errors]).toEqual([expect.stringContaining('draft-07'), true, null]);
    expect(validate({ ...document, channels: { broken: { messages: [] } } })).toBe(false);
  });

  it('refers only to what it holds', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(contracts.size);
    const missing = references.filter(
      (path) =>
        path.split('/').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document) ===
        undefined,
    );
    expect(missing).toEqual([]);
  });

  it('names every event on its topic', () => {
    const carried = Object.values(document.channels).flatMap(({ messages }) => Object.keys(messages));
    expect(carried.sort()).toEqual([...contracts.keys()].sort());
  });
});

describe('the first sample of an event', () => {
  it.each([...contracts.keys()])('of type %s can be read', (type) => {
    const { headers, value } = JSON.parse(firstSample(type)) as { headers: Record<string, string>; value: string };
    expect(fromMessage(headers, value)?.type).toBe(type);
  });
});
