import { enumNames, NamesDiffer } from './enum-names.ts';

const service = (name: string, ...enums: { name: string; values: Record<string, { zh: string; en: string }> }[]) => ({
  service: name,
  errors: {},
  enums: enums.map((one) => ({ zh: '类型', description: 'What it is.', ...one })),
});
const kind = (zh: string) => ({ name: 'CaseKind', values: { ENQUIRY: { zh, en: 'Enquiry' } } });

describe('the names of all enum values', () => {
  it('list each enum of the graph once, by name', () => {
    const state = { name: 'AState', values: { OPEN: { zh: '未结', en: 'Open' } } };
    const names = enumNames([service('cases', kind('咨询'), state), service('households', kind('咨询'))]);
    expect([...names.matchAll(/"name":"(\w+)"/g)].map(([, name]) => name)).toEqual(['AState', 'CaseKind']);
  });

  it('are refused where two services name one value differently', () =>
    expect(() => enumNames([service('cases', kind('咨询')), service('households', kind('询问'))])).toThrow(
      NamesDiffer,
    ));
});
