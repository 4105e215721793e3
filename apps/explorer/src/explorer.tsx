import { GraphiQL, type GraphiQLProps } from 'graphiql';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, dataFacts, hasRolePicker, type DataFacts } from './gateway.ts';
import { RolePicker } from './role-picker.tsx';
import { sampleQueries } from './sample-queries.ts';

const tabs = sampleQueries.map(({ query }) => ({ query }));

/** Forgets the tabs that GraphiQL keeps in this browser, so that the samples come back. */
function restoreSamples(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql:')) localStorage.removeItem(key);
  location.reload();
}

/** GraphiQL over the gateway that serves it, asking as the account that was picked. */
export function Explorer() {
  const token = useRef<string>(undefined);
  const [facts, setFacts] = useState<DataFacts>();
  const [picker, setPicker] = useState(false);
  const takeToken = useCallback((given: string | undefined) => {
    token.current = given;
  }, []);

  useEffect(() => {
    void dataFacts().then(setFacts);
    void hasRolePicker().then(setPicker);
  }, []);

  const fetcher = useCallback<GraphiQLProps['fetcher']>(
    (operation, options) =>
      ask(operation, {
        ...(token.current && { authorization: `Bearer ${token.current}` }),
        ...(options?.headers as Record<string, string> | undefined),
      }) as never,
    [],
  );

  return (
    <>
      <header className="explorer-bar">
        <h1>一线工作法 · Frontline</h1>
        {(facts?.demo || picker) && <strong className="demo-data">演示数据 / demo data</strong>}
        {facts && <span>平台日期 · Platform date {facts.today}</span>}
        {picker && <RolePicker onToken={takeToken} />}
        <button
          type="button"
          onClick={restoreSamples}
          title="还原示例查询 · Closes your tabs and brings the samples back"
        >
          示例 · Samples
        </button>
      </header>
      <main>
        <GraphiQL fetcher={fetcher} defaultTabs={tabs} defaultEditorToolsVisibility={false} />
      </main>
    </>
  );
}
