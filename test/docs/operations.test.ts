import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../lib/support/resources';
import { stage } from '../lib/support/stages';

const PATH = 'docs/operations.md';
const text = readFileSync(join(__dirname, '../..', PATH), 'utf8');
const [, alarmsSection = ''] = text.match(/^## Alarms$(.*?)^## /ms) ?? [];
const alarmHeadings = [...alarmsSection.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading as string);

describe.each(['dev', 'prod'])('the runbook, for the alarms of %s', (name) => {
  const { stack, template } = stage(name);
  const alarms = resources(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  test('has a heading for each, and for no other', () => {
    const ids = alarms.map(({ AlarmName }) => AlarmName.replace(`${stack.stackName}-`, ''));
    expect(ids.length).toBeGreaterThan(0);
    expect(alarmHeadings.toSorted()).toEqual(ids.toSorted());
  });

  test("is where each alarm's description says", () => {
    const anchors = alarmHeadings.map((heading) => `${PATH}#${heading.toLowerCase()}`);
    for (const { AlarmDescription } of alarms) expect(anchors).toContain(AlarmDescription.split('See ')[1]);
  });

  test('names the outputs that there are', () => {
    const asked = [...text.matchAll(/\$\(output (\w+)\)/g)].map(([, output]) => output as string);
    expect(asked.length).toBeGreaterThan(0);
    expect(Object.keys(template.toJSON().Outputs)).toEqual(expect.arrayContaining(asked));
  });
});
