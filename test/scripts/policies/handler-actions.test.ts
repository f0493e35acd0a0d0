import { handlerActions } from '../../../scripts/policies/handler-actions';
import { schemas } from '../support/schemas';

const environment = schemas(
  (type) => (type === 'AWS::A::Silent' ? [] : ['a:Tag', `a:make${type.slice(8)}`]),
  ['AWS::A::One', 'AWS::A::Two', 'AWS::A::Silent'],
);

test('actions are those of the handlers, with the types that need them', () => {
  expect([...handlerActions(environment, ['AWS::A::One', 'AWS::A::Two'])]).toEqual([
    ['a:Tag', ['AWS::A::One', 'AWS::A::Two']],
    ['a:MakeOne', ['AWS::A::One']],
    ['a:MakeTwo', ['AWS::A::Two']],
  ]);
});

test.each(['AWS::A::Unknown', 'AWS::A::Silent'])(
  '%s, of which no permission is known, is refused',
  (type) => {
    expect(() => handlerActions(environment, [type])).toThrow(`${type}: cfn-lint has no schema`);
  },
);
