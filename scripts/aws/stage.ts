import { stageFromContext } from '../../lib/settings/stage-settings';
import type { Context } from './options';

export type Stage = Readonly<ReturnType<typeof stageOf>>;

/** The stage that settings choose, with the settings as they are typed. @throws ContextError for a setting that cannot be deployed. */
export function stageOf(context: Context) {
  const typed = Object.entries(context).map(([key, value]) => `-c ${key}=${value}`);
  const { stage, settings } = stageFromContext(context);
  return { stage, settings, stackName: `Keepsake-${stage}`, typed: typed.join(' ') };
}

/** A command for this stage, as it is typed. */
export function typedCommand(name: string, { typed }: Stage, more = ''): string {
  const options = [typed, more].filter(Boolean).join(' ');
  return options ? `npm run ${name} -- ${options}` : `npm run ${name}`;
}
