import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addOutputs } from '../../../lib/support/add-outputs';

test('an output has exactly its name, so that scripts find it', () => {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
  addOutputs(stack, { Url: 'https://example.org' });
  Template.fromStack(stack).hasOutput('Url', { Value: 'https://example.org' });
});
