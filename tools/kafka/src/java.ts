import { join } from 'node:path';
import { ServerUnavailable, runCommand } from '@frontline/processes';

const OLDEST = 17;
const INSTEAD = 'or point Frontline to a broker of yours with KAFKA_BROKERS=host:port';

/** The major version in what `java -version` prints: 17 for `version "17.0.15"`, 8 for `version "1.8.0_392"`. */
export function majorVersion(printed: string): number | undefined {
  const found = /version "(?:1\.)?(\d+)/.exec(printed);
  return found ? Number(found[1]) : undefined;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** The Java program to use: JAVA_HOME's if that is set, else the one on the path. Fails where it is missing or too old. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  let printed: string;
  try {
    printed = await runCommand(java, ['-version'], { name: 'java -version', env });
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new ServerUnavailable(
      'java-missing',
      `No Java found (${java}): install Java ${OLDEST} or newer for the Kafka broker, ${INSTEAD}.`,
      { cause },
    );
  }
  const version = majorVersion(printed);
  if (version === undefined || version < OLDEST) {
    throw new ServerUnavailable(
      'java-too-old',
      `Java ${version ?? '(unknown version)'} is too old for the Kafka broker: install Java ${OLDEST} or newer, ${INSTEAD}.`,
    );
  }
  return java;
}

/** Fails with a readable sentence where Maven is missing. */
export async function findMaven(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  await runMaven(['--version'], env);
}

/** Runs Maven; a missing one, or one that fails (it has no network), is named with what to do. */
export async function runMaven(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
  abort?: AbortSignal,
): Promise<void> {
  try {
    await runCommand('mvn', args, { name: 'Maven', env, ...(abort && { abort }) });
  } catch (cause) {
    abort?.throwIfAborted();
    if (!isMissing(cause)) {
      throw new ServerUnavailable(
        'failed',
        `Maven could not fetch the Kafka broker: mend what it says and start again, ${INSTEAD}.\n${(cause as Error).message}`,
        { cause },
      );
    }
    throw new ServerUnavailable(
      'maven-missing',
      `No Maven found (mvn): install it, so that Frontline can fetch the Kafka broker once, ${INSTEAD}.`,
      { cause },
    );
  }
}
