import { fromCommandLine } from '../lib/command-line';
import { KeepsakeStack } from '../lib/keepsake-stack';
import { stageSettings } from '../lib/stage-settings';

fromCommandLine((app, { stage = 'dev', ...overrides }) => {
  new KeepsakeStack(app, `Keepsake-${stage}`, { stage, settings: stageSettings(stage, overrides) });
});
