import { isDeepStrictEqual } from 'node:util';
import type { EntityClass, EntityManager, EntityMetadata, EntityProperty, MikroORM } from '@mikro-orm/postgresql';
import { toEntities, type Row } from './row-reader.ts';
import { aesGcmCipher, installCipher, personalDataCipher, SealedType } from './sealed.ts';

/** Values of each column type as the driver gives them: dates and instants as texts, arrays and JSON parsed. */
const samples: Readonly<Record<string, unknown>> = {
  uuid: '0190163d-8694-739b-aea5-966c26f8ad91',
  text: '平凉路 “1”',
  date: '2018-08-17',
  timestamptz: '2018-08-17 09:30:00.123+08',
  int: 7,
  bigint: '9007199254740993',
  'double precision': 31.27,
  boolean: true,
  jsonb: { at: [1, null, 'x'], day: '2018-08-17' },
  'text[]': ['a', 'b,"c'],
  'uuid[]': ['0190163d-8694-739b-aea5-966c26f8ad91'],
};

/**
 * Properties, as `Entity.property`, that {@link toEntities} reads otherwise than the ORM does, over a row with a value in
 * each column and over one with nulls where they may stand. It needs no database, and replaces the process's cipher.
 */
export function readingProblems(orm: MikroORM): string[] {
  const key = Buffer.alloc(32, 'readings').toString('base64');
  installCipher(aesGcmCipher([['readings', key]], key));
  const entities = [...orm.getMetadata().getAll().values()].filter(({ abstract, class: made }) => made && !abstract);
  return entities.flatMap((meta) =>
    [false, true].flatMap((nulls) => differences(orm.em.fork() as EntityManager, meta, rowOf(meta, nulls))),
  );
}

function rowOf(meta: EntityMetadata, nulls: boolean): Row {
  return Object.fromEntries(
    meta.props
      .filter(({ persist }) => persist !== false)
      .map((property) => [property.fieldNames[0], nulls && property.nullable ? null : sampleOf(meta, property)]),
  ) as Row;
}

function sampleOf(meta: EntityMetadata, { name, columnTypes, customType }: EntityProperty): unknown {
  if (customType instanceof SealedType) return personalDataCipher().seal('王小明');
  const type = (columnTypes[0] ?? '').replace(/\(\d+\)/, '').replace('varchar', 'text');
  if (!(type in samples)) throw new Error(`${meta.className}.${name}: there is no sample of a column ${type}`);
  return structuredClone(samples[type]);
}

function differences(em: EntityManager, meta: EntityMetadata, row: Row): string[] {
  const entity = meta.class as EntityClass<object>;
  const managed = em.map(entity, structuredClone(row) as never) as Row;
  const [read] = toEntities(em, entity, [row]) as [Row];
  return meta.props
    .filter(({ name }) => !isDeepStrictEqual(managed[name], read[name]))
    .map(({ name }) => `${meta.className}.${name} is read otherwise than the ORM does`);
}
