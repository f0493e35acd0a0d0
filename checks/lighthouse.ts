/**
 * Lighthouse on the built page: 100 for accessibility, best practices and SEO, or it fails and names the audits that do.
 * With `performance`, prints that score on a desktop and on a phone instead, which no noisy machine should be a gate for.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startKeepsake, temporaryDirectory } from '../bench/support';

const ROOT = join(__dirname, '..');
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

interface Report {
  categories: Record<string, { title: string; score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
}

function lighthouse(origin: string, ...options: string[]): Report {
  const flags = ['--quiet', '--output=json', '--chrome-flags=--headless=new --no-sandbox', ...options];
  const report = execFileSync(join(__dirname, 'node_modules/.bin/lighthouse'), [origin, ...flags], {
    encoding: 'utf8',
    env: { ...process.env, CHROME_PATH: CHROMIUM },
    maxBuffer: 100 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(report);
}

/** Prints each score, and the audits that cost some of it. @returns whether all are 100. */
function show(where: string, { categories, audits }: Report): boolean {
  for (const { title, score, auditRefs } of Object.values(categories)) {
    console.log(`${Math.round(score * 100)} ${title}${where}`);
    for (const { id, weight } of auditRefs) {
      const audit = audits[id];
      if (weight > 0 && (audit?.score ?? 1) < 1)
        console.log(`  ${id}: ${audit?.title} ${audit?.displayValue ?? ''}`);
    }
  }
  return Object.values(categories).every(({ score }) => score === 1);
}

async function main() {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.js')]);
  const server = await startKeepsake(temporaryDirectory());
  try {
    if (process.argv[2] === 'performance') {
      show(', desktop', lighthouse(server.origin, '--only-categories=performance', '--preset=desktop'));
      show(', phone', lighthouse(server.origin, '--only-categories=performance'));
    } else if (!show('', lighthouse(server.origin, '--only-categories=accessibility,best-practices,seo'))) {
      process.exitCode = 1;
    }
  } finally {
    await server.stop();
  }
}

main();
