import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { userCacheDir } from '../scripts/embedded/temporal-cli.ts';
import { spawnTied } from '../scripts/embedded/tied-process.ts';

const version = '1.38.0';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>baton</groupId><artifactId>time-skipping-server</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * The program of Temporal's server in which days pass in moments: Java, fetched with Maven once into this user's cache. Or the
 * reason why there is none.
 */
export async function timeSkippingServer(): Promise<{ program: string } | { absent: string }> {
  if (!runs('java', '-version')) return { absent: 'there is no Java' };
  const folder = path.join(userCacheDir('baton'), `temporal-test-server-${version}`);
  const program = path.join(folder, 'start');
  if (existsSync(program)) return { program };
  if (!runs('mvn', '--version')) return { absent: 'there is no Maven to fetch the server with' };

  mkdirSync(path.dirname(folder), { recursive: true });
  const work = mkdtempSync(`${folder}-`);
  try {
    writeFileSync(path.join(work, 'pom.xml'), pom);
    const { exited } = await spawnTied('mvn', [
      ...[
        '-q',
        '-B',
        '-f',
        path.join(work, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${work}/jars`,
      ],
    ]);
    if ((await exited) !== 0) return { absent: 'Maven cannot fetch the server' };
    const main = 'io.temporal.testserver.TestServer';
    writeFileSync(path.join(work, 'start'), `#!/bin/sh\nexec java -cp "$(dirname "$0")/jars/*" ${main} "$@"\n`);
    chmodSync(path.join(work, 'start'), 0o755);
    if (!existsSync(folder)) renameSync(work, folder); // else another run was first
    return { program };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const runs = (program: string, flag: string) => spawnSync(program, [flag], { timeout: 15_000 }).status === 0;
