import { contracts } from '@frontline/events';
import { eventFlows, eventFlowTable } from './event-flow.ts';
import { committedCatalogues, type ServiceCatalogue } from './service-catalogue.ts';

const committed = committedCatalogues();
/** Services that take nothing, but for the changes that a test makes. */
const services = (changes: Record<string, Partial<ServiceCatalogue>>): ServiceCatalogue[] =>
  ['personnel', 'organizations', 'households', 'cases'].map((service) => ({
    service,
    errors: {},
    ...changes[service],
  }));
const flowOf = (type: string, catalogues: readonly ServiceCatalogue[]) =>
  eventFlows(catalogues).find((flow) => flow.type === type);

describe('who tells whom what', () => {
  it('shows every event once, with the service that owns it', () => {
    const flows = eventFlows(committed);
    expect(flows.map(({ type }) => type).sort()).toEqual([...contracts.keys()].sort());
    for (const { type, publisher } of flows) expect([type, publisher]).toEqual([type, contracts.get(type)?.context]);
  });

  it('follows the manifests: consumers by name, and copies only where an event carries the record', () => {
    const catalogues = services({
      cases: { consumers: { 'open-cases': ['activity.recorded'] }, copies: ['organization', 'activity'] },
    });
    expect(flowOf('activity.recorded', catalogues)).toMatchObject({ consumers: ['cases: open-cases'], copiedBy: [] });
    expect(flowOf('organization.renamed', catalogues)).toMatchObject({ consumers: [], copiedBy: ['cases'] });
    expect(flowOf('activity.recorded', services({}))).toMatchObject({ consumers: [], copiedBy: [] });
  });

  it('names the file that makes an event, whatever a consumer or a test does with the contract', () => {
    expect(flowOf('case.registered', committed)?.madeIn).toEqual(['apps/cases/src/case/case.commands.ts']);
  });

  it('lists snapshots with the services that start from them', () => {
    const catalogues = services({ cases: { snapshots: ['case'] }, households: { copies: ['case'] } });
    expect(eventFlowTable(catalogues)).toContain('| cases | `caseSnapshot` | households |');
  });

  it('lets no service consume or copy what it tells itself, so that no event goes in circles', () => {
    const circles = eventFlows(committed).filter(
      ({ publisher, consumers, copiedBy }) =>
        copiedBy.includes(publisher) || consumers.some((consumer) => consumer.startsWith(`${publisher}: `)),
    );
    expect(circles).toEqual([]);
  });
});
