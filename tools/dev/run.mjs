/**
 * `node run.mjs PROGRAM …`: runs src/PROGRAM.ts, after checking that this Node can. Plain JavaScript, so that an old one
 * can say what it lacks.
 */
const OLDEST = 24;
const [program] = process.argv.splice(2, 1);
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Frontline runs on Node ${OLDEST}, and this is ${process.version}. \`npm ci\` brings the right one along: run it (without ` +
      `--ignore-scripts, and with a Node of at least 20), then use npm, as in \`npm run ${program}\`.\n`,
  );
  process.exitCode = 1;
} else {
  await import(`./src/${program}.ts`);
}
