import { ask } from './api';
import type { Commands } from './commands';
import { questionsFor, typesThatAre } from './questions';
import type { AwsTarget } from './target';

/** A stage that is protected, and keeps its history. */
export async function prod(
  commands: Commands,
  { adapted, unbacked = [], remade = [] }: AwsTarget,
  credentials: NodeJS.ProcessEnv,
): Promise<void> {
  const zone =
    '<CreateHostedZoneRequest><Name>example.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>';
  const [, hostedZone] =
    /hostedzone\/(Z\w+)/.exec(await ask(`route53 POST /2013-04-01/hostedzone ${zone}`)) ?? [];
  const settings = `-c stage=prod -c domainName=keepsake.example.com -c hostedZoneId=${hostedZone}`;
  const deploy = `npm run deploy -- ${settings} -- --require-approval never`;
  const destroy = `npm run destroy -- ${settings}`;
  const unprotect = `${destroy} --unprotect Keepsake-prod`;
  const first = /What failed:\n.*WebAcl\w+: Name is required/;
  await commands.type(deploy, { env: credentials, code: 1, says: first });
  // The emulator rolls nothing back: what is kept on destroy is there.
  const kept = /(?=.*it is the history).*it keeps the backups/s;
  await commands.type(unprotect, { code: 1, says: kept });
  await commands.type(deploy, { env: { ...credentials, ...adapted } });
  const resources = await questionsFor('Keepsake-prod');
  const unknown = await typesThatAre(false, resources);
  commands.same('types that the API does not know while they are deployed', unknown, unbacked);
  const isProtected = new RegExp(`is protected from deletion; ${unprotect} lifts that`);
  await commands.type(`${destroy} -- --force`, { code: 2, says: isProtected });
  await commands.type(unprotect, { code: 1, says: kept });
  const left = (await typesThatAre(true, resources)).filter((type) => !remade.includes(type));
  commands.same('types that are left', left, ['AWS::Backup::BackupVault', 'AWS::EFS::FileSystem']);
}
