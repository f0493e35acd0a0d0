import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../lib/support/resources';
import { stage } from '../lib/support/stages';

test('docs/deployment-options.md has the address range of each subnet', () => {
  const text = readFileSync(join(__dirname, '../../docs/deployment-options.md'), 'utf8');
  const subnets = resources(stage('prod').template, 'AWS::EC2::Subnet');
  expect(subnets.length).toBeGreaterThan(0);
  for (const [, { Properties }] of subnets) expect(text).toContain(`\`${Properties.CidrBlock}\``);
});
