/** Names that say nothing of what is inside: such a file collects whatever has no home. */
const NAMELESS = /(^|[/.\-_])(utils?|helpers?|common|shared|managers?|misc)([/.\-_]|$)/i;

/** The paths that have a name without a meaning in them; a path below the repository's root, with `/`. */
export function namelessPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => NAMELESS.test(path));
}
