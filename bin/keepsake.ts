import { KeepsakeStack } from '../lib/keepsake-stack';
import { stageFromContext } from '../lib/settings/stage-settings';
import { runApp } from '../lib/support/run-app';

runApp((app, context) => {
  const props = stageFromContext(context);
  new KeepsakeStack(app, `Keepsake-${props.stage}`, props);
});
