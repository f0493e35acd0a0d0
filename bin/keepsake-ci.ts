import { ciSettings } from '../lib/ci/ci-settings';
import { KeepsakeCiStack } from '../lib/ci/keepsake-ci-stack';
import { runApp } from '../lib/support/run-app';

runApp((app, context) => {
  new KeepsakeCiStack(app, 'KeepsakeCi', { settings: ciSettings(context) });
});
