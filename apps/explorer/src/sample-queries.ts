/** A query to begin with, for one kind of user. */
export interface SampleQuery {
  /** Who would ask this, in both languages. */
  forWhom: string;
  /** A demo role that may read all of it; shown to everybody when absent. */
  role?: string;
  query: string;
  variables?: Record<string, unknown>;
}

/** Sample queries; a spec holds each of them against the committed schema. */
export const sampleQueries: readonly SampleQuery[] = [
  {
    forWhom: '任何人 · anybody',
    query: `# 从这里开始 · Start here. Pick who you ask as in the bar above, then press ▶ (Ctrl-Enter).
# The book at the left explains every type; Ctrl-Space completes what you type.
query WhoAmI {
  viewer {
    sub
    roles
    cadre { name staffNumber }
  }
}
`,
  },
];
