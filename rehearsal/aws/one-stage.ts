import { fetch } from 'undici';
import { findStack, idsOf, outputOf, resourcesOf } from '../../scripts/aws/stack';
import { routes } from '../routes';
import { reasons } from '../timeline';
import { ask } from './api';
import { changedCheckout } from './changed-checkout';
import type { Commands } from './commands';
import { questionsFor, typesThatAre } from './questions';
import type { AwsTarget } from './target';
import { updateService } from './update-service';

/** Requests a second while the version changes. */
const RATE = 20;

/** Not while the image is built, when it is started to be compiled. */
const CANNOT_START =
  "if (process.env.HISTORY_DIR === '/mnt/history') { console.error('This version cannot start.'); process.exit(3); }";

/** The life of a stage from its first deployment to the last resource that is gone. */
export async function oneStage(
  commands: Commands,
  target: AwsTarget,
  credentials: NodeJS.ProcessEnv,
): Promise<void> {
  const { run } = commands;
  const { stackName, settings, adapted, unbacked = [], remade = [] } = target;
  const env = { ...credentials, ...adapted };
  const deploy = `npm run deploy${settings} -- --require-approval never`;

  // The first change for the emulator is needed as long as this fails; the second, as long as it spells the volume's key wrong.
  const refused = /What failed:\n.*ServiceNamespace is required/;
  if (adapted) await commands.type(deploy, { env: credentials, code: 1, says: refused });
  await commands.type(deploy, { env });
  if (adapted) {
    const [taskDefinition] = idsOf(await resourcesOf(stackName), 'AWS::ECS::TaskDefinition');
    const described = await ask(`ecs DescribeTaskDefinition {"taskDefinition":"${taskDefinition}"}`);
    commands.same('volumes of EFS that are spelt wrong', described.match(/eFSVolume/g) ?? [], ['eFSVolume']);
  }
  const url = outputOf(await findStack(stackName), 'Url') ?? '';
  const origin = (await target.originOf?.(url)) ?? url;
  const get = (path: string): Promise<Record<string, unknown>> =>
    fetch(origin + path)
      .then((answer) => answer.json() as Promise<Record<string, unknown>>)
      .catch(() => ({}));
  await commands.until('it answers', 120, async () => 'file' in (await get('/file')));
  await commands.type(`npm run smoke -- ${origin}`, { says: / 0 failed/ });
  const { file } = await get('/file');
  await commands.type(deploy, { env });
  commands.same('the task that answers', [(await get('/file')).file], [file]);
  await commands.type(`npm run diff${settings}`, {
    env,
    says: /There were no differences.*cost without requests: unchanged/s,
  });

  const unknown = await typesThatAre(false, await questionsFor(stackName));
  commands.same('types that the API does not know while they are deployed', unknown, unbacked);

  await updateService(stackName, { desiredCount: 3 });
  const files = new Set<unknown>();
  await commands.until(
    'three containers answer',
    180,
    async () => files.add((await get('/file')).file).size > 2,
  );
  await commands.until('and list each other', 30, async () => Number((await get('/files')).total) >= 2);

  const load = run.load(origin, routes(`${file}`)).atRate(RATE);
  const greeting = (text: string) => text.replaceAll('Hello World', 'Hello again');
  await commands.type(deploy, {
    env,
    cwd: changedCheckout(run, 'app/routes/home.ts', greeting),
  });
  await target.settle?.();
  await commands.until(
    'the new version answers',
    120,
    async () => (await get('/')).message === 'Hello again',
  );
  await load.stop();
  const failed = reasons(run.timeline.failures) || 'none';
  if (target.settle) run.say(`failed requests, as it replaces all tasks at once: ${failed}`);
  else commands.same('failed requests', [failed], ['none']);
  await commands.type(`npm run status${settings}`, {
    says: /tasks +\d of 3 run\n.* RUNNING .*USD a month/s,
  });

  const cannotStart = changedCheckout(run, 'app/main.ts', (text) => `${CANNOT_START}\n${text}`);
  const why = /What failed:\n.*\nThe last tasks that stopped:\n.*exit code 3.*This version cannot start/s;
  if (target.settle) {
    // There, CloudFormation does not wait for the tasks. Something else has to fail while they stop.
    await commands.type(deploy, { env, cwd: cannotStart });
    await target.settle();
    const says = /stopped .*\n.*exit code 3\n.*This version cannot start/;
    await run.wait(20);
    await commands.type(`npm run status${settings}`, { says });
    await commands.type(deploy, { code: 1, cwd: cannotStart, says: why });
  } else {
    await commands.type(deploy, { code: 1, env, cwd: cannotStart, says: why });
  }

  const resources = (await questionsFor(stackName)).filter(({ type }) => !remade.includes(type));
  await commands.type(`npm run destroy${settings} -- --force`, { says: /Nothing is left/ });
  commands.same('types that are left', await typesThatAre(true, resources), []);
}
