import { explorerBuild, explorerIsBuilt } from '@frontline/dev';
import { runCommand } from '@frontline/processes';
import { chromiumForTests, describeWith, PlatformUnderTest } from '@frontline/testing';
import { chromium, type Browser, type Page } from 'playwright-core';

const account = {
  type: 'account',
  id: '018f0000-0000-7000-8000-000000000001',
  sub: 'demo:ADMIN',
  label: '系统管理员（演示）',
  grants: [{ role: 'ADMIN' }],
};

describeWith('chromium')('the explorer in a browser', () => {
  let platform: PlatformUnderTest;
  let browser: Browser;
  let page: Page;
  const requests: URL[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (!explorerIsBuilt()) await runCommand(process.execPath, explorerBuild(), { name: 'building the explorer' });
    platform = await PlatformUnderTest.start({
      today: '2018-08-17',
      records: { personnel: [account] },
      broker: false,
    });
    browser = await chromium.launch({
      executablePath: chromiumForTests(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage({ viewport: { width: 1400, height: 850 } });
    page.on('request', (request) => requests.push(new URL(request.url())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${platform.gateway.url}/`);
    await page.waitForSelector('.graphiql-editor .view-line');
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });

  const answer = () => page.locator('.graphiql-response .view-lines').innerText();

  it('says in both languages what it is and that the data is made up', async () => {
    expect(await page.title()).toBe('一线工作法 · Frontline explorer');
    expect(await page.locator('.demo-data').innerText()).toBe('演示数据 / demo data');
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^data:/);
  });

  it('begins with a tab for each kind of user', async () => {
    const titles = await page.locator('[role=tab], .graphiql-tab').allInnerTexts();
    for (const title of ['WhoAmI', 'SubdistrictPage', 'MyWork', 'Snapshot', 'WhatIsLoaded'])
      expect(titles.join('\n')).toContain(title);
  });

  it('runs a sample query as the account that was picked', async () => {
    const given = page.waitForResponse((response) => response.url().endsWith('/development/token'));
    await page.selectOption('select[name=role]', 'ADMIN');
    await (await given).finished();
    await page.click('.graphiql-execute-button');
    await page.waitForFunction(() => document.querySelector('.graphiql-response')?.textContent?.includes('demo:ADMIN'));
    expect(await answer()).toMatch(/"sub":\s*"demo:ADMIN"/);
  });

  it('explains the graph', async () => {
    await page.getByRole('button', { name: /Documentation Explorer/ }).click();
    await page.getByRole('link', { name: 'Query' }).first().click();
    await page.getByText('contactSchemes', { exact: false }).first().waitFor();
  });

  it('complains about nothing and asks nobody outside this machine', () => {
    expect(complaints).toEqual([]);
    const outside = requests.filter(
      ({ protocol, hostname }) => protocol !== 'data:' && protocol !== 'blob:' && hostname !== '127.0.0.1',
    );
    expect(outside).toEqual([]);
    expect(requests.some(({ pathname }) => pathname.includes('graphql.worker'))).toBe(true);
  });
});
