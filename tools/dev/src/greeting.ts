import { ROLES } from '@frontline/access';
import { demoAccounts, meanings, scenarioLines, type DemoAccount } from './demo-accounts.ts';

/** What is said when everything runs. */
export interface Greeting {
  gateway: string;
  kafka: string | undefined;
  asOf: string;
  seconds: number;
}

interface OrganizationLine {
  id: string;
  code: string;
  names: { zh: string; en: string }[];
}

/** URLs, a demo account of every role, and three things to try: each can be copied into a shell. */
export function greeting({ gateway, kafka, asOf, seconds }: Greeting): string {
  const accounts = demoAccounts();
  return `
Frontline is ready after ${seconds} s. Today is ${asOf}. Demo data: persons and households are invented (演示数据).

  GraphQL    ${gateway}/graphql
  Explorer   ${gateway}/
  Kafka      ${kafka ?? 'none; events wait in the outbox'}
  Health     ${gateway}/readyz
  Metrics    ${gateway}/metrics

One demo account per role; a token, for example:  npm run --silent token -- FRONTLINE_OFFICE
(--place CODE takes another place of a role that has places)

${accountTable(accounts)}

Try, in another terminal of this folder:
${tries(gateway, accounts, asOf)}

Ctrl-C stops everything.
`;
}

function accountTable(accounts: readonly DemoAccount[]): string {
  const organizations = new Map(
    scenarioLines<OrganizationLine>('organizations', 'organization').map((line) => [line.id, line]),
  );
  return ROLES.map((role) => {
    const usual = accounts.find((account) => account.role === role && account.code === undefined);
    const place = usual?.place ? organizations.get(usual.place) : undefined;
    const where = place
      ? `${place.code} ${place.names.at(-1)?.zh ?? ''}`
      : accounts.length > 0
        ? '全区 · district'
        : '';
    return `  ${role.padEnd(17)}${meanings[role]}${where && `\n  ${''.padEnd(17)}at ${where}`}`;
  }).join('\n');
}

function tries(gateway: string, accounts: readonly DemoAccount[], asOf: string): string {
  const ask = (role: string, body: object) => `curl -s ${gateway}/graphql -H 'content-type: application/json' \\
       -H "authorization: Bearer $(npm run --silent token -- ${role})" \\
       -d '${JSON.stringify(body)}'`;
  const coverage =
    '{ contactScheme(code: "bureau-subdistrict") { coverage { contactors { eligible covered } targets { eligible covered } } } }';
  const mine =
    '{ viewer { cadre { name duties(first: 3) { totalCount nodes { activity state windowEnd assignment { target { name } } } } } } }';
  const list = [
    `  1. Who is covered by contacts, counted from the records:\n     ${ask('FRONTLINE_OFFICE', { query: coverage })}`,
    `  2. What a cadre has to do:\n     ${ask('CADRE', { query: mine })}`,
  ];
  const visit = visitToRecord(accounts, asOf);
  if (visit) {
    list.push(
      `  3. Record a visit as that cadre, with a demand that becomes a case; run it twice, and see the case's number:\n     ${ask('CADRE', visit)}`,
    );
  } else list.push(`  3. Open ${gateway}/, pick a role, and run a sample query.`);
  return list.join('\n');
}

/** A visit that the demo cadre may record today, to somebody whom they contact. */
function visitToRecord(accounts: readonly DemoAccount[], asOf: string): object | undefined {
  const cadreId = accounts.find(({ role, code }) => role === 'CADRE' && !code)?.cadreId;
  const assignment = scenarioLines<{ id: string; until?: string; targetId: string; contactorIds: string[] }>(
    'organizations',
    'contactAssignment',
  ).find((line) => !line.until && cadreId !== undefined && line.contactorIds.includes(cadreId));
  if (!assignment) return undefined;
  const { id: assignmentId, targetId } = assignment;
  const demand = {
    text: 'The drain at the gate is blocked.',
    disposition: 'CASE',
    caseKind: 'HELP_REQUEST',
    categoryCode: 'roads.drainage',
  };
  const input = {
    idempotencyKey: 'my-first-visit',
    kind: 'VISIT',
    assignmentId,
    targetId,
    heldAt: `${asOf}T08:30:00+08:00`,
  };
  return {
    query:
      'mutation($input: RecordActivityInput!) { recordActivity(input: $input) { id demands { text caseNumber caseState } } }',
    variables: { input: { ...input, demands: [demand] } },
  };
}
