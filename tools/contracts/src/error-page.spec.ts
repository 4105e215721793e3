import { errorPage } from './error-page.ts';

const common = {
  'page.size': { kind: 'invalid', field: 'first', en: 'first must be at most {max}.', zh: '最多 {max}。' },
};
const ofServices = { 'restore.running': { kind: 'illegalState', en: 'Stop it first.', zh: '请先停止。' } };
const page = errorPage([
  {
    service: 'cases',
    errors: {
      ...common,
      ...ofServices,
      'case.illegalMove': { kind: 'illegalState', en: '{field} cannot do that.', zh: '不能。' },
    },
  },
  { service: 'personnel', errors: { ...common, ...ofServices } },
  {
    service: 'gateway',
    errors: { ...common, 'query.syntax': { kind: 'invalid', status: 400, en: '{problem}', zh: '语法不符。' } },
  },
]);
const sectionOf = (title: string) => page.split('\n## ').find((section) => section.startsWith(title)) ?? '';

describe('the error catalogue', () => {
  it('shows once what everybody answers with, with its field and details', () => {
    expect(sectionOf('Everywhere')).toContain(
      '| `page.size` | invalid |  | `first` | `max` | first must be at most {max}. | 最多 {max}。 |',
    );
    expect(page.match(/`page\.size` \|/g)).toHaveLength(1);
  });

  it('shows once what all services answer with and the gateway does not', () => {
    expect(sectionOf('Every service')).toContain('| `restore.running` | illegalState |');
    expect(page.match(/`restore\.running` \|/g)).toHaveLength(1);
  });

  it('shows the rest under who answers with it, the gateway first, and nobody who adds nothing', () => {
    expect(sectionOf('The cases service')).toContain('| `case.illegalMove` | illegalState |  | named |  |');
    expect(sectionOf('The gateway')).toContain('| `query.syntax` | invalid | 400 | where known |  |');
    expect(page.indexOf('## The gateway')).toBeLessThan(page.indexOf('## The cases service'));
    expect(page).not.toContain('The personnel service');
  });
});
