import { KeepsakeStack } from '../lib/keepsake-stack';
import { stageSettings } from '../lib/settings/stage-settings';
import { fromCommandLine } from '../lib/support/command-line';

fromCommandLine((app, { stage = 'dev', ...overrides }) => {
  new KeepsakeStack(app, `Keepsake-${stage}`, { stage, settings: stageSettings(stage, overrides) });
});
