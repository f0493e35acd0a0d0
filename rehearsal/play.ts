import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock';
import type { Progress } from './progress';
import { type Figure, type Scenario, type Stage, told } from './scenario';
import { Site } from './site';
import { reasons, Timeline } from './timeline';

export interface Outcome {
  readonly scenario: Scenario;
  readonly timeline: Timeline;
  readonly figures: readonly Figure[];
  /** Why it was not played. */
  readonly skipped?: string;
}

/** Plays one scenario and undoes everything that it did, also when it fails or is interrupted. */
export async function play(scenario: Scenario, progress: Progress, signal: AbortSignal): Promise<Outcome> {
  const timeline = new Timeline();
  const skipped = scenario.missing?.();
  if (skipped) return { scenario, timeline, figures: [], skipped };
  const undoing: (() => Promise<unknown> | unknown)[] = [];
  const stage: Stage = {
    timeline,
    signal,
    afterwards: (undo) => void undoing.unshift(undo),
    say(event) {
      timeline.note(event);
      progress.say(event);
    },
    wait: (seconds) => sleep(seconds * 1000, undefined, { signal }),
    open(options) {
      stage.afterwards(() => Site.clear());
      return Site.open(options, signal);
    },
  };
  progress.start(timeline);
  try {
    const figures = await scenario.play(stage);
    return { scenario, timeline, figures };
  } catch (error) {
    signal.throwIfAborted();
    const value = (error as Error).message.split('\n')[0] as string;
    const failed = timeline.failures.length > 0 ? [told('failed requests', reasons(timeline.failures))] : [];
    const figures = [{ what: 'could not be played to its end', value, holds: false }, ...failed];
    return { scenario, timeline, figures };
  } finally {
    timeline.end = now();
    progress.stop();
    // Each of them, also when one before it fails.
    for (const undo of undoing)
      await Promise.resolve()
        .then(undo)
        .catch(({ message }) => progress.say(message));
  }
}
