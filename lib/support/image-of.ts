import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/**
 * The image that the Dockerfile of a directory makes, built when it is deployed.
 *
 * Its tag is a hash of what .dockerignore leaves, so nothing else makes the service start new containers.
 */
export function imageOf(directory: string): ContainerImage {
  return ContainerImage.fromAsset(directory, { platform: Platform.LINUX_AMD64 });
}
