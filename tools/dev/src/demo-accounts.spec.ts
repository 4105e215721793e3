import { ROLES } from '@frontline/access';
import { checkAccount, type DemoAccount } from './demo-accounts.ts';

describe('the account of a token', () => {
  const accounts: DemoAccount[] = [
    { sub: 'demo:SUBDISTRICT', role: 'SUBDISTRICT', place: 'a' },
    { sub: 'demo:SUBDISTRICT:310110012', role: 'SUBDISTRICT', place: 'a', code: '310110012' },
    { sub: 'demo:LEADER', role: 'LEADER' },
  ];
  it('may be any role, at its usual place or at another of its places', () => {
    for (const role of ROLES) expect(checkAccount(role, undefined, accounts)).toBe(role);
    expect(checkAccount('SUBDISTRICT', '310110012', accounts)).toBe('SUBDISTRICT');
  });
  it('is refused with what there is', () => {
    expect(() => checkAccount('MAYOR', undefined, accounts)).toThrow(/There is no role MAYOR:[^]*GRID_WORKER[^]*ADMIN/);
    expect(() => checkAccount(undefined, undefined, accounts)).toThrow('Name a role');
    expect(() => checkAccount('SUBDISTRICT', '1', accounts)).toThrow(
      'a place with the code 1: there are 1, among them 310110012',
    );
    expect(() => checkAccount('LEADER', '310110012', accounts)).toThrow(
      'LEADER holds in the whole district: leave --place out',
    );
  });
});
