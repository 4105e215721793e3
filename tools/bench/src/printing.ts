/*
 * Why: a benchmark prints while it measures, and whoever reads may go: `npm run bench | head`. It would then die where it
 * stands, and leave its servers, databases and folders behind. So it is told in its own course, and puts them away.
 */
let failure: Error | undefined;

process.stdout.on('error', (error) => {
  failure ??= new Error(`the results can't be printed any more: ${error.message}`);
});

/** Prints a part of the results; throws if nobody reads them any more. */
export function print(text: string): void {
  expectReader();
  process.stdout.write(text);
}

/** Throws if nobody reads the results any more: measuring on would be for nothing. */
export function expectReader(): void {
  if (failure) throw failure;
}
