import type { CataloguedError, ServiceCatalogue } from './service-catalogue.ts';

const NOTICE = '<!-- Written by `npm run generate` from what code declares with defineErrors. Change it there. -->';

const introduction = `# Errors · 错误目录

For frontend teams: every stable code that an answer can carry. Branch on \`extensions.code\`, never on a sentence; sentences may be reworded, codes are kept.

\`\`\`json
{
  "errors": [
    {
      "message": "first must be between 1 and 100.",
      "path": ["organizations"],
      "extensions": {
        "code": "page.size",
        "kind": "invalid",
        "field": "first",
        "messages": { "en": "first must be between 1 and 100.", "zh": "first 必须在 1 到 100 之间。" },
        "details": { "max": 100 }
      }
    }
  ]
}
\`\`\`

- **kind** says what to do: \`invalid\` correct the input · \`notFound\` it isn't there, or not for this caller (the answer doesn't tell which) · \`forbidden\` sign in, or leave it to somebody with the right · \`conflict\` read again, then repeat · \`illegalState\` not now.
- **HTTP** is the status when the whole request is refused. Without a number the answer has status 200: \`data\` holds what could be answered, and the error stands at its \`path\`.
- **field** is the path of the input that broke the rule, such as \`input.demands[0].caseKind\`; “named” means that each error says it in \`extensions.field\`, “where known” that it does so if the fault has one place.
- **details** are the values in braces of the sentence; \`{problem}\` is a sentence of the GraphQL parser or validator and stands in \`message\` alone.`;

/** The error catalogue in Markdown: what every part answers with, then what each service adds. */
export function errorPage(catalogues: readonly ServiceCatalogue[]): string {
  const everywhere = Object.entries(catalogues[0]?.errors ?? {}).filter(([code]) =>
    catalogues.every(({ errors }) => code in errors),
  );
  const common = new Set(everywhere.map(([code]) => code));
  const sections = catalogues
    .map(({ service, errors }) => ({ service, own: Object.entries(errors).filter(([code]) => !common.has(code)) }))
    .filter(({ own }) => own.length > 0);
  return [
    NOTICE,
    '',
    introduction,
    '',
    ...section('Everywhere', everywhere),
    ...sections
      .sort(({ service: a }, { service: b }) => Number(b === 'gateway') - Number(a === 'gateway'))
      .flatMap(({ service, own }) => section(service === 'gateway' ? 'The gateway' : `The ${service} service`, own)),
  ].join('\n');
}

function section(title: string, errors: readonly [string, CataloguedError][]): string[] {
  return [
    `## ${title}`,
    '',
    '| code | kind | HTTP | field | details | English | 中文 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...errors.map(([code, error]) => {
      const { kind, status, en, zh } = error;
      return `| \`${code}\` | ${kind} | ${status ?? ''} | ${fieldOf(error)} | ${detailsOf(error)} | ${en} | ${zh} |`;
    }),
    '',
  ];
}

function fieldOf({ field, en }: CataloguedError): string {
  if (field) return `\`${field}\``;
  if (en.includes('{field}')) return 'named';
  return en === '{problem}' ? 'where known' : '';
}

function detailsOf({ en, zh }: CataloguedError): string {
  const names = [...`${en} ${zh}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const details = [...new Set(names)].filter((name) => name !== 'field' && name !== 'problem');
  return details.map((name) => `\`${name}\``).join(', ');
}
