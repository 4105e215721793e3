import 'reflect-metadata';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { Aggregate } from './aggregate.ts';
import { ormOptions } from './orm.ts';
import { toEntities } from './row-reader.ts';
import { aesGcmCipher, installCipher, personalDataCipher, SealedType } from './sealed.ts';

@Entity()
class Neighbour extends Aggregate {
  @Property({ type: SealedType })
  name!: string;

  @Property({ type: 'date' })
  since!: string;

  @Property({ type: 'timestamptz', nullable: true })
  seenAt?: Date | null;

  isOld(today: string): boolean {
    return this.since < today;
  }
}

@Entity()
class Zoneless extends Aggregate {
  @Property({ columnType: 'timestamp', type: 'datetime' })
  at!: Date;
}

const key = Buffer.alloc(32, 'a key of tests').toString('base64');
let em: EntityManager;
let row: Record<string, unknown>;
const read = () => toEntities(em, Neighbour, [row])[0] as Neighbour;

beforeAll(async () => {
  installCipher(aesGcmCipher([['k', key]], key));
  const storage = { name: 'sample', entities: [Neighbour, Zoneless], migrations: [], migrationsPath: '' };
  em = (await MikroORM.init(ormOptions(storage, 'postgresql://127.0.0.1:1/offline'))).em as EntityManager;
  row = {
    id: '0190163d-8694-739b-aea5-966c26f8ad91',
    version: 3,
    event_sequence: '12',
    name: personalDataCipher().seal('王小明'),
    since: '2018-01-01',
    seen_at: '2018-08-17 09:30:00+08',
  };
});

describe('an entity made of a row', () => {
  it('is one of its class, with its methods and the types of its properties', () => {
    const found = read();
    expect(found).toBeInstanceOf(Neighbour);
    expect(found.isOld('2018-08-17')).toBe(true);
    expect([found.version, found.since, found.name]).toEqual([3, '2018-01-01', '王小明']);
    expect(found.seenAt).toEqual(new Date('2018-08-17T01:30:00Z'));
    row = { ...row, seen_at: null };
    expect(read().seenAt).toBeNull();
  });

  it('cannot be changed', () => {
    const found = read();
    expect(() => (found.since = '2018-02-02')).toThrow(TypeError);
    expect(() => (found.name = '王小红')).toThrow(TypeError);
    expect([found.since, found.name]).toEqual(['2018-01-01', '王小明']);
  });

  it('cannot be saved', () => {
    const unit = em.fork();
    expect(() => unit.persist(read())).toThrow(TypeError);
    expect(unit.getUnitOfWork().getPersistStack().size + unit.getUnitOfWork().getIdentityMap().values().length).toBe(0);
  });

  it('does not give personal data away when it is copied', () => {
    const found = read();
    expect(Object.values({ ...found })).not.toContain('王小明');
    expect({ ...found }).toHaveProperty('since', '2018-01-01');
  });

  it('is opened when it is asked for, not before', () => {
    row = { ...row, name: 'k.damaged' };
    const found = read();
    expect(found.since).toBe('2018-01-01');
    expect(() => found.name).toThrow();
  });
});

describe('an entity with a column that a reader could only guess', () => {
  it('is refused', () => {
    expect(() => toEntities(em, Zoneless, [])).toThrow('Zoneless.at is of a kind that readers can’t make of a row');
  });
});
