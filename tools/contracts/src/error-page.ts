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

/** The error catalogue in Markdown: what every part answers with, then every service, then what each one adds. */
export function errorPage(catalogues: readonly ServiceCatalogue[]): string {
  const services = catalogues.filter(({ service }) => service !== 'gateway');
  const gateway = catalogues.filter(({ service }) => service === 'gateway');
  const shown = new Set<string>();
  /** The failures that all of these declare and that no section before has shown. */
  const commonTo = (some: readonly ServiceCatalogue[]): [string, CataloguedError][] => {
    const common = Object.entries(some[0]?.errors ?? {}).filter(
      ([code]) => !shown.has(code) && some.every(({ errors }) => code in errors),
    );
    for (const [code] of common) shown.add(code);
    return common;
  };
  return [
    NOTICE,
    '',
    introduction,
    '',
    ...section('Everywhere', commonTo(catalogues)),
    ...section('The gateway', commonTo(gateway)),
    ...section('Every service', commonTo(services)),
    ...services.flatMap(({ service, errors }) => {
      const own = Object.entries(errors).filter(([code]) => !shown.has(code));
      return section(`The ${service} service`, own);
    }),
  ].join('\n');
}

function section(title: string, errors: readonly [string, CataloguedError][]): string[] {
  if (errors.length === 0) return [];
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
