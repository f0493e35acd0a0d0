import { ciSettings } from '../lib/ci-settings';
import { fromCommandLine } from '../lib/command-line';
import { KeepsakeCiStack } from '../lib/keepsake-ci-stack';

fromCommandLine((app, context) => {
  new KeepsakeCiStack(app, 'KeepsakeCi', { settings: ciSettings(context) });
});
