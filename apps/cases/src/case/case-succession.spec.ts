import { afterSuccession } from './case-succession.ts';

const split = {
  organizationId: 'street',
  on: '2019-03-01',
  parts: [
    { successorId: 'east', residentialAreaIds: ['area-1'] },
    { successorId: 'west', residentialAreaIds: ['area-2', 'area-3'] },
  ],
};
const leadOf = (succession: Parameters<typeof afterSuccession>[0], areaId: string, leadOrganizationId = 'street') =>
  afterSuccession(succession, { areaId, leadOrganizationId }).leadOrganizationId;

describe('a case whose organization is taken over', () => {
  it('goes to whoever took the residential area that it is about', () => {
    expect(leadOf({ ...split, heirId: 'west' }, 'area-1')).toBe('east');
    expect(leadOf({ ...split, heirId: 'west' }, 'area-3')).toBe('west');
    expect(leadOf({ ...split, heirId: 'west' }, 'elsewhere')).toBe('west');
  });

  it('stays with an organization that goes on, unless its area was given away', () => {
    expect(leadOf(split, 'area-2')).toBe('west');
    expect(leadOf(split, 'area-4')).toBe('street');
  });

  it('of another organization is not concerned', () => {
    expect(leadOf({ ...split, heirId: 'west' }, 'area-1', 'water')).toBe('water');
    expect(afterSuccession({ ...split, heirId: 'west' }, { areaId: 'area-1' })).toEqual({
      areaId: 'area-1',
      leadOrganizationId: null,
    });
  });

  it('is about the successor of a place that has ended, and about the same place while that goes on', () => {
    const merged = {
      organizationId: 'area-1',
      on: '2019-03-01',
      heirId: 'area-2',
      parts: [{ successorId: 'area-2', residentialAreaIds: [] }],
    };
    expect(afterSuccession(merged, { areaId: 'area-1', leadOrganizationId: 'area-1' })).toEqual({
      areaId: 'area-2',
      leadOrganizationId: 'area-2',
    });
    expect(afterSuccession({ ...merged, heirId: undefined }, { areaId: 'area-1' }).areaId).toBe('area-1');
  });
});
