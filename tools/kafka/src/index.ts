export { type BrokerOptions, type RunningBroker, DEFAULT_PORT, startBroker } from './start-broker.ts';
export { type JarsOptions, ensureJars, missingForBroker } from './jars.ts';
export { findJava } from './java.ts';
export { type BrokerKey, makeBrokerKey } from './keystore.ts';
export { type BrokerSecurity } from './server-properties.ts';
