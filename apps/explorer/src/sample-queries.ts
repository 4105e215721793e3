import { subdistrictPage } from './subdistrict-page.ts';

/** A query to begin with, for one kind of user. */
export interface SampleQuery {
  /** Who would ask this, in both languages. */
  forWhom: string;
  /** The demo account that sees all of it; anybody when absent. */
  role?: string;
  /** What it shows, in both languages. */
  shows: string;
  query: string;
}

/** Sample queries. No one knows a code of the data that happens to be loaded: each starts from who asks, or from a list. */
const queries: readonly SampleQuery[] = [
  {
    forWhom: '任何人 · Anybody',
    shows: '平台日期与我的身份 · The day the platform takes for today, and who you are here',
    query: `query WhoAmI {
  platform { today demo version }
  viewer {
    sub
    roles
    places { role organization { code name nameEn } }
    cadre { name staffNumber posts { title organization { name } } }
  }
}`,
  },
  {
    forWhom: '街镇 · Subdistrict or town',
    role: 'SUBDISTRICT',
    shows:
      '一个街镇的页面：联系干部、本月职责、走访、诉求、办件、网格与团队 · A whole page over four services in one query',
    query: subdistrictPage,
  },
  {
    forWhom: '干部 · Cadre',
    role: 'CADRE',
    shows: '我联系谁、要做什么、帮扶谁、手上的办件 · Whom I contact, what is due, whom I assist, cases in my hands',
    query: `query MyWork {
  viewer {
    cadre {
      name
      rank
      posts { title organization { name } }
      liaisons { name }
      assignments { nodes { scheme target { code name kind } reason } }
      duties(first: 5, filter: { states: [DUE, LATE, UPCOMING] }) {
        totalCount
        nodes { activity state windowStart windowEnd assignment { target { name } } }
      }
      assistedHouseholds { nodes { code address masked head { name } hardships { category level } } }
      openCases(first: 5, order: DUE) { nodes { number title state promiseDueAt } }
    }
  }
}`,
  },
  {
    forWhom: '网格工作者 · Grid worker',
    role: 'GRID_WORKER',
    shows: '我的网格、团队与困难家庭 · My grids, teams and households in hardship',
    query: `query MyGrids {
  viewer {
    places {
      organization {
        name
        grids(first: 3) {
          nodes {
            code
            name
            leader { name }
            teams { nodes { name participants(first: 3) { totalCount nodes { name role } } } }
            households(first: 3) {
              totalCount
              nodes { code address masked hardships { category level reviewOn } visits(first: 1) { nodes { heldAt } } }
            }
          }
        }
      }
    }
  }
}`,
  },
  {
    forWhom: '一线办 · Frontline Office',
    role: 'FRONTLINE_OFFICE',
    shows: '各项制度的覆盖 · How far every contact scheme and paired assistance reach',
    query: `query Coverage {
  contactSchemes {
    nodes {
      code
      nameZh
      nameEn
      coverage { asOf contactors { eligible covered } targets { eligible covered } }
      duties { activity recurrence assumed }
    }
  }
  assistanceCoverage { cadres { eligible covered } households { eligible covered } }
}`,
  },
  {
    forWhom: '派单中心 · Dispatch centre',
    role: 'DISPATCH_CENTRE',
    shows: '先到期的在办件 · Open cases, those due first',
    query: `query OpenCases {
  cases(first: 10, filter: { open: true }, order: DUE) {
    totalCount
    nodes {
      number
      title
      state
      channel
      promiseDueAt
      hopDueAt
      area { name }
      leadOrganization { name }
      moves { state at organization { name } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    forWhom: '督查 · Inspection',
    role: 'INSPECTION',
    shows: '错过的职责与曾超时的办件 · Duties that were missed, cases past their promise',
    query: `query Missed {
  duties(first: 10, filter: { states: [MISSED, LATE] }) {
    totalCount
    nodes { activity state windowStart windowEnd assignment { scheme target { name } contactor { cadre { name } } } }
  }
  cases(first: 10, filter: { overdue: true }) { totalCount nodes { number title state promiseDueAt } }
}`,
  },
  {
    forWhom: '组织部 · Organization Department',
    role: 'ORG_DEPARTMENT',
    shows: '基层经历与两代表一委员 · Grassroots experience, delegates, deputies and CPPCC members',
    query: `query Experience {
  grassrootsExperience { asOf population without shareWithout }
  cadres(first: 5, filter: { ranks: [DIVISION] }, order: STAFF_NUMBER) {
    totalCount
    nodes { name rank experience { kind from until organization { name } } }
  }
  publicRepresentatives(first: 5) { totalCount nodes { name kind level termFrom termUntil } }
}`,
  },
  {
    forWhom: '合作系统 · Integration partner',
    role: 'PARTNER',
    shows: '从快照开始，再跟随主题 · Start from a snapshot, then follow its topic',
    query: `query Snapshot {
  organizationSnapshot(first: 3) {
    epoch
    mark
    nodes { id sequence record }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    forWhom: '前端团队 · Frontend team',
    role: 'FRONTLINE_OFFICE',
    shows: '列表、筛选与翻页；枚举的中英文名 · Lists, filters and pages; names of enum values in both languages',
    query: `query ListsAndNames {
  organizations(first: 5, filter: { kinds: [SUBDISTRICT, TOWN] }, order: NAME) {
    totalCount
    edges { cursor node { code name nameEn residents location { longitude latitude } } }
    pageInfo { hasNextPage endCursor }
  }
  __type(name: "CaseState") { enumValues { name description } }
}`,
  },
  {
    forWhom: '系统管理员 · Administrator',
    role: 'ADMIN',
    shows: '装载了多少数据 · How much of everything is loaded',
    query: `query WhatIsLoaded {
  platform { demo today now version }
  organizations(first: 1) { totalCount }
  cadres(first: 1) { totalCount }
  contactAssignments(first: 1) { totalCount }
  duties(first: 1) { totalCount }
  branchPairings(first: 1) { totalCount }
  grids(first: 1) { totalCount }
  serviceTeams(first: 1) { totalCount }
  caseCategories(first: 1) { totalCount }
}`,
  },
];

const start = `# 从这里开始：先在上方选择身份，再按 ▶（Ctrl-Enter）。
# Start here: pick above who you ask as, then press ▶ (Ctrl-Enter).
# The book at the left explains every type; Ctrl-Space completes what you type.
`;

/** The samples as they stand in the editor, each under a comment that says for whom it is and what it shows. */
export const sampleQueries: readonly SampleQuery[] = queries.map((sample, index) => {
  const asWhom = sample.role === undefined ? '' : ` (${sample.role})`;
  const heading = `# ${sample.forWhom}${asWhom}\n# ${sample.shows}\n`;
  return { ...sample, query: `${index === 0 ? start : ''}${heading}${sample.query}\n` };
});
