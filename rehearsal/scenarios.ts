import type { Scenario } from './scenario';
import { crashes } from './scenarios/crashes';
import { limits } from './scenarios/limits';
import { reclaim, rollout } from './scenarios/rollout';
import { crowd, seed } from './scenarios/seed';
import { storage } from './scenarios/storage';

/** In the order in which they run: the crowd last, of which Docker may leave something behind. */
export const scenarios: readonly Scenario[] = [seed, rollout, reclaim, crashes, storage, limits, crowd];
