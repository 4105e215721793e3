export { explorerBuild, explorerIsBuilt } from './explorer-build.ts';
export { demoToken, developmentSecrets, frontlineFolder } from './secrets.ts';
