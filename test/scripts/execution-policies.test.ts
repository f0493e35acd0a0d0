import { render } from '../../scripts/execution-policies';
import { stageResources, typesOf } from '../../scripts/policies/deployed-templates';
import { schemas } from './support/schemas';

test('a service that nobody has decided on stops the generation', () => {
  const environment = schemas(() => ['newservice:Create']);
  expect(() => render(environment)).toThrow(
    /newservice:Create of AWS::.+say in scripts\/policies\/in-use\.ts/,
  );
});

test('a reason that no schema needs stops the generation', () => {
  const environment = schemas(() => ['ec2:CreateVpc']);
  expect(() => render(environment)).toThrow(/amplify.+no longer needed/);
});

test('the settings that add resources are among what is deployed', () => {
  const types = typesOf(...stageResources());
  expect(types).toEqual(
    expect.arrayContaining([
      'AWS::EC2::NatGateway',
      'AWS::EC2::VPCEndpoint',
      'AWS::CertificateManager::Certificate',
      'AWS::SNS::Subscription',
      'AWS::WAFv2::WebACL',
    ]),
  );
});
