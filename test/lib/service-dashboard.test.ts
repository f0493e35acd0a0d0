import type { Template } from 'aws-cdk-lib/assertions';
import { only } from './support/resources';
import { stage } from './support/stages';

const body = JSON.stringify(
  only(stage('dev').template as Template, 'AWS::CloudWatch::Dashboard').DashboardBody,
);

test.each([
  'Alarms',
  'Requests and errors',
  'Response time',
  'Tasks',
  'CPU and memory of the tasks',
  'Warnings and errors',
])('it shows %s', (title) => {
  expect(body).toContain(`\\"title\\":\\"${title}\\"`);
});
