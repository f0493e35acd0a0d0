import { Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { aService, aStack } from './support/a-service';
import { only } from './support/resources';

const template = Template.fromStack(aService().stack);
const task = only(template, 'AWS::ECS::TaskDefinition');
const [container] = task.ContainerDefinitions;

test('it runs the image, on the port, as the user, in the size that it is given', () => {
  expect(container).toMatchObject({
    Image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/memos:1',
    PortMappings: [{ ContainerPort: 3000, Protocol: 'tcp' }],
    User: '1000',
  });
  expect(task).toMatchObject({ Cpu: '512', Memory: '1024' });
});

test('the image is for x86-64, which every machine can build', () => {
  expect(task.RuntimePlatform).toEqual({ CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' });
});

test('the root file system is read-only', () => {
  expect(container.ReadonlyRootFilesystem).toBe(true);
});

test('all capabilities are dropped, and an init process reaps children', () => {
  expect(container.LinuxParameters).toEqual({ Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true });
});

test('the scratch path is an empty volume of the task', () => {
  expect(task.Volumes).toContainEqual({ Name: 'Scratch' });
  expect(container.MountPoints).toContainEqual({
    SourceVolume: 'Scratch',
    ContainerPath: '/var/tmp',
    ReadOnly: false,
  });
});

test('the container has no environment: the image has it', () => {
  expect(container.Environment).toBeUndefined();
});

test('ECS waits as long as the timing says before it kills a container', () => {
  expect(container.StopTimeout).toBe(40);
});

test('logs that cannot be delivered do not stop the container', () => {
  expect(container.LogConfiguration).toMatchObject({
    LogDriver: 'awslogs',
    Options: { mode: 'non-blocking' },
  });
});

describe('a task that could not run is refused:', () => {
  const publicImage = ContainerImage.fromRegistry('public.ecr.aws/docker/library/memos:1');

  test.each([
    ['as root', { user: '0' }, 'user is "0"; give the number of a user, from 1'],
    ['as a user by name', { user: 'memos' }, 'user is "memos"; give the number of a user, from 1'],
    [
      'in a size that Fargate lacks',
      { cpu: 256 },
      'Fargate has no 4096 MiB with cpu 256; choose 512, 1024 or 2048',
    ],
    ['with a cpu that Fargate lacks', { cpu: 300 }, 'Fargate has no cpu 300; choose 256, 512'],
    ['with two volumes at one path', { scratchPath: '/srv/uploads' }, 'sharedPath are both "/srv/uploads"'],
    [
      'with an image that nothing leads to',
      { image: publicImage },
      'image "public.ecr.aws/docker/library/memos:1" cannot be pulled with egress "none"; copy it to Amazon ECR, or give',
    ],
  ])('%s', (_what, replaced, message) => {
    const service = { memoryLimit: Size.gibibytes(4), cpu: 1024, ...replaced };
    expect(() => aService({ service })).toThrow(message);
  });

  test('but not a public image where the internet is reached', () => {
    expect(() => aService({ egress: 'nat', service: { image: publicImage } })).not.toThrow();
  });

  test('nor an image of this account', () => {
    const repository = Repository.fromRepositoryName(aStack().stack, 'Repository', 'memos');
    const image = ContainerImage.fromEcrRepository(repository);
    expect(() => aService({ service: { image } })).not.toThrow();
  });
});
