import pg from 'pg';
import { prepareDatabase } from './messaging.fixture.ts';

const admin = process.env['FRONTLINE_TEST_POSTGRES'] ?? 'postgres://postgres:postgres@127.0.0.1:54777/postgres';
export const brokers = [process.env['FRONTLINE_TEST_KAFKA'] ?? '127.0.0.1:29092'];

/** A fresh database of its own, with the platform's tables. */
export async function freshDatabase(): Promise<string> {
  const url = await emptyDatabase();
  await prepareDatabase(url);
  return url;
}

/** A fresh database without any table. */
export async function emptyDatabase(): Promise<string> {
  const name = `t${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`;
  const client = new pg.Client(admin);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}
