import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataDir } from '../harness.ts';
import { page, root } from './pages.ts';

const compose = page('docker-compose.yml');
const named = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort();

describe('docker-compose.yml', () => {
  it('hands on every variable of .env.example, and asks for no other', () => {
    const example = named(page('.env.example'), /^#?([A-Z_]+)=/gm);
    assert.deepEqual(named(compose, /(?<!\$)\$\{([A-Z_]+)/g), example);
  });

  it('has a health check for everything that stays up', () => {
    const services = compose
      .slice(compose.indexOf('\nservices:'), compose.indexOf('\nvolumes:'))
      .split(/\n(?=  [\w-]+:\n)/);
    for (const service of services.slice(1))
      if (/restart: unless-stopped/.test(service) || service.includes('<<: *postgres'))
        assert.ok(service.includes('healthcheck:') || service.includes('<<: *postgres'), service.split('\n')[0]);
  });

  it('asks the worker in a way that works: a file that is there and was touched just now', () => {
    const [, program] = /'(process\.exit\(Date\.now[^']*)'/.exec(compose)!;
    const file = path.join(dataDir, 'health');
    const status = () =>
      spawnSync(process.execPath, ['-e', program!], { env: { ...process.env, HEALTH_FILE: file } }).status;
    assert.equal(status(), 1);
    writeFileSync(file, '');
    assert.equal(status(), 0);
    const old = new Date(Date.now() - 60_000);
    utimesSync(file, old, old);
    assert.equal(status(), 1);
  });
});

describe('the Dockerfile', () => {
  it('takes every folder that a program is made of', () => {
    const copied = named(page('Dockerfile'), /^COPY (\w+) \w+$/gm);
    const folders = readdirSync(root, { withFileTypes: true }).filter(
      (one) => one.isDirectory() && !one.name.startsWith('.'),
    );
    const apart = ['bench', 'coverage', 'deploy', 'docs', 'node_modules', 'test', 'types'];
    for (const folder of copied) assert.match(page('.dockerignore'), new RegExp(`^!${folder}$`, 'm'));
    assert.deepEqual(
      copied,
      folders
        .map(({ name }) => name)
        .filter((name) => !apart.includes(name))
        .sort(),
    );
  });
});
