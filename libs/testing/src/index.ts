export { AppUnderTest, type AppName, type AppReadiness } from './app-under-test.ts';
export { BrokerUnderTest } from './broker-under-test.ts';
export { eventually } from './eventually.ts';
export {
  PlatformUnderTest,
  SERVICES,
  type Answer,
  type PlatformOptions,
  type Records,
  type ServiceName,
  type Who,
} from './platform-under-test.ts';
export { foreignToken } from './signed-token.ts';
export { subgraphUnderTest, type SubgraphUnderTest } from './subgraph-under-test.ts';
export { TableFiles, workbook } from './table-files.ts';
export { brokerForTests, chromiumForTests, describeWith, postgresForTests } from '@frontline/test-servers';
