export { explorerBuild, explorerIsBuilt } from './explorer-build.ts';
