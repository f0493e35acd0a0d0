import { ciSettings } from '../lib/ci/ci-settings';
import { KeepsakeCiStack } from '../lib/ci/keepsake-ci-stack';
import { fromCommandLine } from '../lib/support/command-line';

fromCommandLine((app, context) => {
  new KeepsakeCiStack(app, 'KeepsakeCi', { settings: ciSettings(context) });
});
