import { setTimeout as sleep } from 'node:timers/promises';
import { LocalDeployment } from './local-deployment';
import type { Progress } from './progress';
import { type Figure, type Scenario, type ScenarioContext, told } from './scenario';
import { reasons, Timeline } from './timeline';

export interface Outcome {
  readonly scenario: Scenario;
  readonly timeline: Timeline;
  readonly figures: readonly Figure[];
  /** Why it was not run. */
  readonly skipped?: string;
}

/** Runs one scenario and undoes everything that it did, also when it fails or is interrupted. */
export async function runScenario(
  scenario: Scenario,
  progress: Progress,
  signal: AbortSignal,
): Promise<Outcome> {
  const timeline = new Timeline();
  const skipped = scenario.missing?.();
  if (skipped) return { scenario, timeline, figures: [], skipped };
  const undoing: (() => Promise<unknown> | unknown)[] = [];
  const context: ScenarioContext = {
    timeline,
    signal,
    cleanUp: (undo) => void undoing.unshift(undo),
    say(event) {
      timeline.note(event);
      progress.say(event);
    },
    wait: (seconds) => sleep(seconds * 1000, undefined, { signal }),
    deploy(options) {
      context.cleanUp(() => LocalDeployment.clear());
      return LocalDeployment.start(options, signal);
    },
  };
  progress.start(timeline);
  try {
    return { scenario, timeline, figures: await scenario.run(context) };
  } catch (error) {
    signal.throwIfAborted();
    const value = (error as Error).message.split('\n')[0] as string;
    const failed = timeline.failures.length > 0 ? [told('failed requests', reasons(timeline.failures))] : [];
    const figures = [{ what: 'could not be run to its end', value, holds: false }, ...failed];
    return { scenario, timeline, figures };
  } finally {
    progress.stop();
    // Each of them, also when one before it fails.
    for (const undo of undoing)
      await Promise.resolve()
        .then(undo)
        .catch(({ message }) => progress.say(message));
  }
}
