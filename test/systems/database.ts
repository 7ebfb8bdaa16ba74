import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The URL of a fresh database on the server that TEST_DATABASE_URL names. */
export async function database(): Promise<string> {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client(url.href);
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  url.pathname = `/${name}`;
  return url.href;
}
