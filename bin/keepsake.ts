import { KeepsakeStack } from '../lib/keepsake-stack';
import { stageFromContext } from '../lib/settings/stage-settings';
import { fromCommandLine } from '../lib/support/command-line';

fromCommandLine((app, context) => {
  const props = stageFromContext(context);
  new KeepsakeStack(app, `Keepsake-${props.stage}`, props);
});
